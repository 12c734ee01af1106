"""The whole build: files in, a snapshot out, and nothing at all when something is wrong."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass

from graph.build.dataset import BuildDataset
from graph.build.describe import make_manifest, tools
from graph.build.dumps import DumpBase
from graph.build.files_writer import FilesBase, FilesJob, write_files
from graph.build.memory import MemoryWatch
from graph.build.prepare import BuildSettings, Prepared, prepare, validate
from graph.build.store_writer import StoreBase
from graph.build.units import GRAPH_TEXTS
from graph.build.void import void_turtle
from graph.cache import ContentCache
from graph.processes import Background
from graph.progress import Progress, Stages
from graph.snapshots.cleanup import remove_remains
from graph.snapshots.dump_names import graph_file
from graph.snapshots.durable import size_of, sync_file, sync_tree
from graph.snapshots.home import Snapshot, SnapshotHome, UnknownSnapshotError
from graph.snapshots.manifest import Manifest, manifest_bytes
from graph.validation.report import report_json, report_turtle
from graph.validation.results import NotConformingError


@dataclass(frozen=True)
class Built:
    """A snapshot, its manifest, and whether it was there already."""

    snapshot: Snapshot
    manifest: Manifest
    existed: bool


def build(settings: BuildSettings, home: SnapshotHome, progress: Progress) -> Built:
    """Build a snapshot; it is whole and on disk when this returns, and not yet published.

    The caller holds the lock of the home.

    Raises:
        ProblemsError: if input files are wrong, with all that is wrong in them.
        NotConformingError: if the data breaks shapes of severity Violation.
        ShapesError: if the shapes cannot be read or run.
        OSError: if the home cannot be written.

    """
    removed = remove_remains(home)
    if removed:
        progress.say(f"removed what {removed} unfinished build(s) left behind")
    cache = ContentCache(home.cache if settings.use_cache else None)
    stages = Stages(progress)
    with MemoryWatch() as memory:
        prepared = prepare(settings, cache, stages)
        try:
            snapshot = home.get(prepared.id)
            return Built(snapshot, snapshot.manifest(), existed=True)
        except UnknownSnapshotError:
            snapshot = _make(prepared, settings, _Workshop(home, cache, memory), stages)
    cache.trim()
    return Built(snapshot, snapshot.manifest(), existed=False)


def _make(prepared: Prepared, settings: BuildSettings, shop: _Workshop, stages: Stages) -> Snapshot:
    """Write a snapshot into a temporary folder, and rename it when it is whole."""
    home = shop.home
    making = Snapshot(prepared.id, home.temporary / secrets.token_hex(8))
    making.dumps.mkdir(parents=True)
    try:
        _write(making, prepared, settings, shop, stages)
        home.snapshots.mkdir(exist_ok=True)
        making.path.rename(home.path_of(prepared.id))
    except BaseException:
        # Only a courtesy: the next build removes whatever is left.
        shutil.rmtree(making.path, ignore_errors=True)
        raise
    sync_file(home.snapshots)
    return home.get(prepared.id)


@dataclass(frozen=True)
class _Workshop:
    """Where a snapshot is made: the home, what earlier builds left in it, and who watches the memory."""

    home: SnapshotHome
    cache: ContentCache
    memory: MemoryWatch

    def base_for(self, dataset: BuildDataset) -> FilesBase | None:
        """Give the current snapshot, if it is known how the dataset differs from it."""
        try:
            snapshot = self.home.current()
            manifest = snapshot.manifest() if snapshot else None
        except (UnknownSnapshotError, ValueError):
            return None
        if snapshot is None or manifest is None or manifest.tools != tools():
            return None
        before = {graph.iri: graph.sha256 for graph in manifest.graphs}
        changed: dict[str, bytes] = {}
        for graph in {*before, *dataset.digests}:
            if before.get(graph) != dataset.digests.get(graph):
                text = self.cache.get(GRAPH_TEXTS, before[graph]) if graph in before else b""
                if text is None:
                    return None
                changed[graph] = text
        dumps = {entry.file: entry for entry in manifest.dumps}
        same = {graph: graph_file(graph) for graph in before if graph not in changed}
        kept = {graph: dumps[file] for graph, file in same.items() if file in dumps}
        return FilesBase(snapshot, StoreBase(snapshot.store, changed), DumpBase(snapshot.dumps, kept))


def _write(
    making: Snapshot, prepared: Prepared, settings: BuildSettings, shop: _Workshop, stages: Stages
) -> None:
    dataset = prepared.dataset
    job = FilesJob(
        making,
        dataset.graphs,
        dataset.schema.super_classes,
        prepared.rows,
        shop.cache,
        shop.base_for(dataset),
    )
    with Background(write_files, job) as writing:
        report = validate(prepared, settings, shop.cache, stages)
        making.report_turtle.write_bytes(report_turtle(report, prepared.id))
        making.report_json.write_bytes(report_json(report))
        if not report.publishable:
            raise NotConformingError(report)
        with stages.stage("write") as stage:
            written = writing.result()
            times = ", ".join(f"{entry.name} {entry.seconds:.1f} s" for entry in written.stages)
            stage.note = (
                f"{written.distinct_triples:,} distinct triples, {written.entities:,} entities; {times}"
            )
    with stages.stage("finish"):
        making.void.write_bytes(void_turtle(dataset, prepared.id, written))
        sync_tree(making.path)
        manifest = make_manifest(
            prepared,
            report,
            written,
            stages=stages.done,
            size_bytes=size_of(making.path),
            peak_memory_bytes=shop.memory.peak_bytes,
        )
        making.manifest_file.write_bytes(manifest_bytes(manifest))
        sync_file(making.manifest_file)
        sync_file(making.path)
