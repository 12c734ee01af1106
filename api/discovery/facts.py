"""What discovery documents are made from: the snapshot that is served, and those before it."""

from __future__ import annotations

from collections.abc import Iterator

from api.problems import ProblemError
from graph.description.dcat import CatalogueFacts, DumpFile, Version
from graph.query.engine import SnapshotView
from graph.snapshots.home import Snapshot, SnapshotHome
from graph.snapshots.manifest import Manifest
from graph.snapshots.publishing import history

MOST_VERSIONS = 20
"""How many earlier snapshots are named."""


def catalogue_facts(view: SnapshotView, root: str) -> CatalogueFacts:
    """Give what the catalogue says; with a remote engine there are no dumps and no versions.

    Args:
        view: the snapshot.
        root: where the service is, without a slash at its end.

    """
    files = view.files
    if files is None:
        return CatalogueFacts(root, Version(view.id), view.triples, ())
    manifest = files.manifest()
    return CatalogueFacts(
        root=root,
        version=Version(view.id, manifest.created),
        triples=view.triples,
        files=[DumpFile(entry.file, entry.bytes, entry.sha256) for entry in manifest.dumps],
        earlier=[Version(found.id, made.created) for found, made in earlier_snapshots(files)],
    )


def files_of(view: SnapshotView) -> Snapshot:
    """Give the files of a snapshot.

    Raises:
        ProblemError: if they are elsewhere.

    """
    if view.files is None:
        raise ProblemError(
            "unavailable", "the queries of this service are answered by another server: it has no files here"
        )
    return view.files


def home_of(snapshot: Snapshot) -> SnapshotHome:
    """Give the data home that a snapshot lies in."""
    return SnapshotHome(snapshot.path.parent.parent)


def earlier_snapshots(snapshot: Snapshot) -> list[tuple[Snapshot, Manifest]]:
    """Give the snapshots that were published and made before one and are still there, the latest first."""
    created = snapshot.manifest().created
    found = [pair for pair in _published(snapshot) if pair[1].created < created]
    return sorted(found, key=lambda pair: pair[1].created, reverse=True)[:MOST_VERSIONS]


def _published(snapshot: Snapshot) -> Iterator[tuple[Snapshot, Manifest]]:
    home = home_of(snapshot)
    published = {publication.after for publication in history(home)}
    for other in home:
        if other.id != snapshot.id and other.id in published:
            try:
                yield other, other.manifest()
            except (OSError, ValueError):
                continue  # pruned meanwhile, or of another version of vndx: its dumps cannot be had here
