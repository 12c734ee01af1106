"""From files to everything that a snapshot will hold, in memory: the part of a build that writes nothing."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from graph.build import index_file
from graph.build.assemble import make_units, plan_units
from graph.build.dataset import BuildDataset, complete
from graph.build.filtered import FilteredLines
from graph.build.index_entities import INDEXED
from graph.build.index_entities import collect as collect_entities
from graph.build.index_rows import IndexRows, rows
from graph.build.inputs import Inputs, Project, collect
from graph.cache import ContentCache
from graph.mapping.table_mapping import TableMapping
from graph.model import ntriples
from graph.problems import Problems
from graph.progress import Stages
from graph.snapshots.manifest import MANIFEST_FORMAT
from graph.validation.files import GivenFiles
from graph.validation.gate import Gate
from graph.validation.results import Report, Severity
from graph.validation.statements import Statements

DERIVED = 3
"""Raised when partitions, descriptions or dumps are made otherwise from the same content."""


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
class Prepared:
    """All that is known before something is written: the inputs, the dataset, the rows of the index."""

    inputs: Inputs
    dataset: BuildDataset
    rows: IndexRows
    content_sha256: str
    index_sha256: str

    @property
    def id(self) -> str:
        """The snapshot's id: 16 hexadecimal digits that depend on its content alone."""
        parts = f"{MANIFEST_FORMAT}\n{DERIVED}\n{self.content_sha256}\n{self.index_sha256}\n"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


def prepare(settings: BuildSettings, cache: ContentCache, stages: Stages) -> Prepared:
    """Read and map all files and add what follows from them; nothing is written but the cache.

    Raises:
        ProblemsError: if input files are wrong, with all that is wrong in them.

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
        found = index_rows(dataset, cache)
        prepared = Prepared(inputs, dataset, found, dataset.content_digest(), index_file.digest(found))
        stage.note = f"snapshot {prepared.id}"
    return prepared


def index_rows(dataset: BuildDataset, cache: ContentCache) -> IndexRows:
    """Give the rows of the full-text index of what the files state."""
    lines = FilteredLines(INDEXED, cache)
    named = (lines.of(dataset.digests[graph], text) for graph, text in dataset.stated.items())
    return rows(collect_entities(named), dataset.schema)


def validate(prepared: Prepared, settings: BuildSettings, cache: ContentCache, stages: Stages) -> Report:
    """Validate a dataset with SHACL.

    Raises:
        ShapesError: if the shapes cannot be read or run.

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
        ShapesError: if the shapes cannot be read or run.

    """
    dataset = prepared.dataset
    with stages.stage("validate") as stage:
        statements = Statements.of(ntriples.joined(ntriples.lines_of(dataset.merged() + given.triples)))
        gate = Gate(dataset.shapes, cache, settings.workers)
        report = gate.validate(statements, stage, given.subjects())
    return report.located({**dataset.origins, **given.origins})
