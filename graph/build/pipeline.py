"""The whole build: files in, a snapshot out, and nothing at all when something is wrong."""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from graph.build import fulltext
from graph.build.assemble import make_units, plan_units
from graph.build.dataset import BuildDataset, complete
from graph.build.dumps import DumpWriter
from graph.build.inputs import Inputs, Project, collect
from graph.build.memory import peak_bytes
from graph.build.store_writer import write_store
from graph.build.void import void_turtle
from graph.cache import ContentCache
from graph.mapping.table_mapping import TableMapping
from graph.model import ntriples
from graph.problems import Problems
from graph.processes import Background
from graph.progress import Progress, Stages
from graph.snapshots.cleanup import remove_remains
from graph.snapshots.durable import size_of, sync_file, sync_tree
from graph.snapshots.home import Snapshot, SnapshotHome, UnknownSnapshotError
from graph.snapshots.manifest import (
    MANIFEST_FORMAT,
    DumpEntry,
    GraphEntry,
    InputEntry,
    Manifest,
    StageEntry,
    ValidationEntry,
    manifest_bytes,
)
from graph.validation.files import GivenFiles
from graph.validation.gate import Gate
from graph.validation.report import report_json, report_turtle
from graph.validation.results import NotConformingError, Report, Severity
from graph.validation.statements import Statements

_TOOLS = ("pyoxigraph", "rdflib", "pyshacl", "vndx")


@dataclass(frozen=True)
class BuildSettings:
    """What to build and how.

    Attributes:
        project: the folders to read.
        mappings: the table mappings.
        workers: how many processes validate at the same time.
        use_cache: whether results of earlier builds may be reused.

    """

    project: Project
    mappings: tuple[TableMapping, ...]
    workers: int = os.cpu_count() or 1
    use_cache: bool = True


@dataclass(frozen=True)
class Built:
    """A snapshot, its manifest, and whether it was there already."""

    snapshot: Snapshot
    manifest: Manifest
    existed: bool


@dataclass(frozen=True)
class Prepared:
    """All that is known before something is written: the inputs, the dataset, the rows of the index."""

    inputs: Inputs
    dataset: BuildDataset
    rows: list[fulltext.Row]
    content_sha256: str
    index_sha256: str

    @property
    def id(self) -> str:
        """The snapshot's id: 16 hexadecimal digits that depend on its content alone."""
        parts = f"{MANIFEST_FORMAT}\n{self.content_sha256}\n{self.index_sha256}\n"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Written:
    """What was written: the dumps, the triples of the default graph, and the bytes of all files."""

    dumps: tuple[DumpEntry, ...]
    distinct_triples: int
    size_bytes: int


def build(settings: BuildSettings, home: SnapshotHome, progress: Progress) -> Built:
    """Build a snapshot; it is whole and on disk when this returns, and not yet published.

    The caller holds the lock of the home.

    Raises:
        ProblemsError: if input files are wrong, with all that is wrong in them.
        NotConformingError: if the data breaks shapes of severity Violation.
        ShapesError: if the shapes cannot be read.
        OSError: if the home cannot be written; nothing is left behind but temporary files.

    """
    removed = remove_remains(home)
    if removed:
        progress.say(f"removed what {removed} unfinished build(s) left behind")
    cache = ContentCache(home.cache if settings.use_cache else None)
    stages = Stages(progress)
    prepared = prepare(settings, cache, stages)
    try:
        snapshot = home.get(prepared.id)
        return Built(snapshot, snapshot.manifest(), existed=True)
    except UnknownSnapshotError:
        snapshot = _make(prepared, settings, home, cache, stages)
    cache.trim()
    return Built(snapshot, snapshot.manifest(), existed=False)


def prepare(settings: BuildSettings, cache: ContentCache, stages: Stages) -> Prepared:
    """Read and map all files and add what follows from them; nothing is written but the cache.

    Raises:
        ProblemsError: if input files are wrong.

    """
    problems = Problems()
    inputs = collect(settings.project, problems)
    plans = plan_units(settings.project, inputs, settings.mappings)
    with stages.stage("read and map", len(plans)) as stage:
        units = make_units(plans, cache, problems, stage)
        stage.note = f"{sum(ntriples.count(unit.triples) for unit in units):,} triples stated"
    with stages.stage("infer") as stage:
        dataset = complete(units, cache)
        stage.note = f"{sum(map(ntriples.count, dataset.graphs.values())):,} triples in all"
    with stages.stage("identify") as stage:
        rows = fulltext.rows(fulltext.entities(dataset.stated.values()), dataset.schema)
        prepared = Prepared(inputs, dataset, rows, dataset.content_digest(), fulltext.digest(rows))
        stage.note = f"snapshot {prepared.id}"
    return prepared


def validate(prepared: Prepared, settings: BuildSettings, cache: ContentCache, stages: Stages) -> Report:
    """Validate a dataset with SHACL.

    Raises:
        ShapesError: if the shapes cannot be read.

    """
    dataset = prepared.dataset
    with stages.stage("validate") as stage:
        gate = Gate(dataset.shapes, cache, settings.workers)
        report = gate.validate(Statements.of(dataset.merged()), stage).located(dataset.origins)
        counts = (f"{report.count(severity)} {severity.value}" for severity in Severity)
        stage.note = f"{report.focus_nodes:,} nodes: {', '.join(counts)}"
    return report


def validate_given(
    given: GivenFiles, prepared: Prepared, settings: BuildSettings, cache: ContentCache, stages: Stages
) -> Report:
    """Validate what some files state, in the context of a dataset.

    Raises:
        ShapesError: if the shapes cannot be read.

    """
    dataset = prepared.dataset
    with stages.stage("validate") as stage:
        statements = Statements.of(ntriples.joined(ntriples.lines_of(dataset.merged() + given.triples)))
        gate = Gate(dataset.shapes, cache, settings.workers)
        report = gate.validate(statements, stage, given.subjects())
    return report.located({**dataset.origins, **given.origins})


def _make(
    prepared: Prepared, settings: BuildSettings, home: SnapshotHome, cache: ContentCache, stages: Stages
) -> Snapshot:
    """Write a snapshot into a temporary folder, and rename it when it is whole."""
    dataset = prepared.dataset
    folder = home.temporary / secrets.token_hex(8)
    making = Snapshot(prepared.id, folder)
    making.dumps.mkdir(parents=True)
    with Background(write_store, making.store, dataset.graphs) as store:
        report = validate(prepared, settings, cache, stages)
        making.report_turtle.write_bytes(report_turtle(report, prepared.id))
        making.report_json.write_bytes(report_json(report))
        if not report.publishable:
            raise NotConformingError(report)
        with stages.stage("index") as stage:
            entities = fulltext.write_index(making.index, prepared.rows)
            stage.note = f"{entities:,} entities"
        with stages.stage("dumps") as stage:
            dumps = DumpWriter(dataset.graphs, dataset.digests, cache).write(making.dumps)
            stage.note = f"{sum(dump.bytes for dump in dumps) / 1e6:.1f} MB"
        with stages.stage("store") as stage:
            size = store.result()
            stage.note = f"{size:,} distinct triples"
    making.void.write_bytes(void_turtle(dataset, prepared.id, size, dumps))
    with stages.stage("finish"):
        sync_tree(folder)
        written = Written(dumps, size, size_of(folder))
        manifest = _manifest(prepared, report, written, stages.done)
        making.manifest_file.write_bytes(manifest_bytes(manifest))
        sync_file(making.manifest_file)
        home.snapshots.mkdir(exist_ok=True)
        folder.rename(home.path_of(prepared.id))
        sync_file(home.snapshots)
    return home.get(prepared.id)


def _manifest(prepared: Prepared, report: Report, written: Written, stages: Sequence[StageEntry]) -> Manifest:
    dataset = prepared.dataset
    graphs = tuple(
        GraphEntry(iri=graph, triples=ntriples.count(text), sha256=dataset.digests[graph])
        for graph, text in dataset.graphs.items()
    )
    return Manifest(
        format=MANIFEST_FORMAT,
        id=prepared.id,
        content_sha256=prepared.content_sha256,
        index_sha256=prepared.index_sha256,
        triples=sum(graph.triples for graph in graphs),
        distinct_triples=written.distinct_triples,
        entities=len(prepared.rows),
        graphs=graphs,
        classes=dataset.class_counts(),
        inputs=tuple(
            InputEntry(file=file.name, bytes=file.size, sha256=file.sha256) for file in prepared.inputs.all()
        ),
        dumps=written.dumps,
        created=datetime.now(UTC),
        stages=tuple(stages),
        peak_memory_bytes=peak_bytes(1),
        size_bytes=written.size_bytes,
        validation=ValidationEntry(
            conforms=not report.results,
            focus_nodes=report.focus_nodes,
            violations=report.count(Severity.VIOLATION),
            warnings=report.count(Severity.WARNING),
            infos=report.count(Severity.INFO),
        ),
        tools={
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in _TOOLS},
        },
    )
