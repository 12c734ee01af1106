"""The manifest of a snapshot that was just made."""

from __future__ import annotations

import hashlib
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from graph.build.files_writer import WrittenFiles
from graph.build.prepare import Prepared
from graph.description.void_graph import VOID_GRAPH
from graph.model import ntriples
from graph.snapshots.manifest import (
    MANIFEST_FORMAT,
    GraphEntry,
    InputEntry,
    Manifest,
    StageEntry,
    ValidationEntry,
)
from graph.validation.results import Report, Severity

_LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "vndx", "zstandard")


def tools() -> dict[str, str]:
    """Give the versions of what makes snapshots."""
    own = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return own | {name: version(name) for name in _LIBRARIES}


def make_manifest(
    prepared: Prepared,
    report: Report,
    written: WrittenFiles,
    *,
    stages: Sequence[StageEntry],
    size_bytes: int,
    peak_memory_bytes: int,
) -> Manifest:
    """Give the manifest.

    Args:
        prepared: what went into the snapshot.
        report: what validation found.
        written: the files.
        stages: the stages so far; those of `written` ran beside them.
        size_bytes: what the files take on disk.
        peak_memory_bytes: the most memory that the build and its workers took together.

    """
    dataset = prepared.dataset
    digests = {**dataset.digests, VOID_GRAPH.value: hashlib.sha256(written.void).hexdigest()}
    texts = {**dataset.graphs, VOID_GRAPH.value: written.void}
    graphs = tuple(
        GraphEntry(iri=graph, triples=ntriples.count(text), sha256=digests[graph])
        for graph, text in sorted(texts.items())
    )
    return Manifest(
        format=MANIFEST_FORMAT,
        id=prepared.id,
        content_sha256=prepared.content_sha256,
        index_sha256=prepared.index_sha256,
        triples=sum(graph.triples for graph in graphs),
        distinct_triples=written.distinct_triples,
        entities=written.entities,
        graphs=graphs,
        classes=dataset.class_counts,
        inputs=tuple(
            InputEntry(file=file.name, bytes=file.size, sha256=file.sha256) for file in prepared.inputs.all()
        ),
        dumps=written.dumps,
        created=datetime.now(UTC),
        stages=(*stages, *written.stages),
        peak_memory_bytes=peak_memory_bytes,
        size_bytes=size_bytes,
        validation=ValidationEntry(
            conforms=not report.results,
            focus_nodes=report.focus_nodes,
            violations=report.count(Severity.VIOLATION),
            warnings=report.count(Severity.WARNING),
            infos=report.count(Severity.INFO),
        ),
        tools=tools(),
    )
