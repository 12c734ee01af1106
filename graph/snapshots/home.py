"""The data home: the folder that holds the snapshots, the link to the current one, and the build cache."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.snapshots.manifest import Manifest, read_manifest

DEFAULT_HOME = Path(".vndx")
HOME_VARIABLE = "VNDX_HOME"

_ID = re.compile(r"[0-9a-f]{16}")


class UnknownSnapshotError(LookupError):
    """There is no snapshot of that id in the data home."""


@dataclass(frozen=True)
class Snapshot:
    """One whole snapshot; the files that it is made of are never written again."""

    id: str
    path: Path

    @property
    def store(self) -> Path:
        """The Oxigraph store, to be opened with `pyoxigraph.Store.read_only`."""
        return self.path / "store"

    @property
    def index(self) -> Path:
        """The full-text index, an SQLite file."""
        return self.path / "index.sqlite"

    @property
    def gazetteer(self) -> Path:
        """The names of all administrative units since 2004 and what became of them, in JSON."""
        return self.path / "gazetteer.json"

    @property
    def dumps(self) -> Path:
        """The folder of the dumps and their check sums."""
        return self.path / "dumps"

    @property
    def void(self) -> Path:
        """The VoID and DCAT description of this snapshot, in Turtle."""
        return self.path / "void.ttl"

    @property
    def report_turtle(self) -> Path:
        """The SHACL validation report, in Turtle."""
        return self.path / "report.ttl"

    @property
    def report_json(self) -> Path:
        """The SHACL validation report, in JSON."""
        return self.path / "report.json"

    @property
    def manifest_file(self) -> Path:
        """The manifest, written last: a folder that has it is whole."""
        return self.path / "manifest.json"

    def manifest(self) -> Manifest:
        """Read the manifest.

        Raises:
            OSError: if it cannot be read.
            ValueError: if it is no manifest.

        """
        return read_manifest(self.manifest_file)


class SnapshotHome:
    """The layout of a data home; creates nothing until something is written to it.

    Args:
        root: the folder, e.g. ``.vndx``.

    """

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()

    @classmethod
    def resolve(cls, given: Path | None, environment: Mapping[str, str] = os.environ) -> SnapshotHome:
        """Give the home that was asked for, else the one of ``VNDX_HOME``, else ``.vndx`` here."""
        return cls(given or Path(environment.get(HOME_VARIABLE) or DEFAULT_HOME))

    @property
    def snapshots(self) -> Path:
        """The folder of whole snapshots, one folder each."""
        return self.root / "snapshots"

    @property
    def temporary(self) -> Path:
        """The folder in which snapshots are made; what is left in it belongs to a build that was killed."""
        return self.root / "tmp"

    @property
    def cache(self) -> Path:
        """The folder of the build cache; it may be deleted at any time."""
        return self.root / "cache"

    @property
    def current_link(self) -> Path:
        """The symbolic link to the published snapshot."""
        return self.root / "current"

    @property
    def lock_file(self) -> Path:
        """The file that builds and publications lock."""
        return self.root / "lock"

    @property
    def history_file(self) -> Path:
        """The log of publications, one JSON object a line."""
        return self.root / "history.jsonl"

    def path_of(self, snapshot_id: str) -> Path:
        """Give the folder of a snapshot, whether it is there or not."""
        return self.snapshots / snapshot_id

    def get(self, snapshot_id: str) -> Snapshot:
        """Give a snapshot by its id.

        Raises:
            UnknownSnapshotError: if there is none.

        """
        snapshot = Snapshot(snapshot_id, self.path_of(snapshot_id))
        if not _ID.fullmatch(snapshot_id) or not snapshot.manifest_file.is_file():
            raise UnknownSnapshotError(f"there is no snapshot {snapshot_id!r} in {self.snapshots}")
        return snapshot

    def current(self) -> Snapshot | None:
        """Give the published snapshot, None if nothing has been published.

        Raises:
            UnknownSnapshotError: if the link leads to a snapshot that is not there.

        """
        try:
            target = self.current_link.readlink()
        except FileNotFoundError:
            return None
        return self.get(target.name)

    def __iter__(self) -> Iterator[Snapshot]:
        """Go through the whole snapshots in the order of their ids."""
        for path in sorted(self.snapshots.glob("*")):
            if _ID.fullmatch(path.name) and (path / "manifest.json").is_file():
                yield Snapshot(path.name, path)
