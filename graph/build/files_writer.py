"""Writing what follows from the graphs of a snapshot: the graph of partitions, store, index and dumps.

It runs in a process of its own, beside validation, and needs nothing but what it is given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from graph.build.catalogue import INFERRED_DESCRIPTION
from graph.build.dumps import DumpBase, DumpWriter
from graph.build.gazetteer import gazetteer_content
from graph.build.index_file import write_index
from graph.build.index_rows import IndexRows
from graph.build.store_writer import StoreBase, write_store
from graph.build.units import GRAPH_TEXTS
from graph.cache import ContentCache
from graph.description.partitions import partition
from graph.description.void_graph import VOID_GRAPH, void_graph
from graph.progress import Silent, Stages
from graph.snapshots.home import Snapshot
from graph.snapshots.manifest import DumpEntry, StageEntry


@dataclass(frozen=True)
class FilesJob:
    """What to write.

    Attributes:
        target: the folder of the snapshot; it is there, with its folder of dumps.
        graphs: the sorted N-Triples of each named graph, by its IRI.
        super_classes: for a class, as N-Triples term, every class above it.
        rows: the rows of the index.
        cache: keeps the compressed parts of the dumps.
        base: an earlier snapshot to start from, if there is one.

    """

    target: Snapshot
    graphs: Mapping[str, bytes]
    super_classes: Mapping[str, tuple[str, ...]]
    rows: IndexRows
    cache: ContentCache
    base: FilesBase | None


@dataclass(frozen=True)
class FilesBase:
    """An earlier snapshot: its index, its store and its dumps."""

    snapshot: Snapshot
    store: StoreBase
    dumps: DumpBase


@dataclass(frozen=True)
class WrittenFiles:
    """What was written.

    Attributes:
        void: the sorted N-Triples of the graph of partitions.
        distinct_triples: triples of the default graph.
        entities: entities in the index.
        dumps: the dumps.
        stages: the time that each took.

    """

    void: bytes
    distinct_triples: int
    entities: int
    dumps: tuple[DumpEntry, ...]
    stages: tuple[StageEntry, ...]


def write_files(job: FilesJob) -> WrittenFiles:
    """Write store, index, gazetteer and dumps.

    Raises:
        OSError: if they cannot be written.

    """
    base = job.base
    stages = Stages(Silent())
    with stages.stage("partitions"):
        void = void_graph(partition(job.graphs.values(), job.super_classes))
        # For the next build, which has to know what it changes.
        job.cache.put(GRAPH_TEXTS, hashlib.sha256(void).hexdigest(), void)
        graphs = dict(sorted({**job.graphs, VOID_GRAPH.value: void}.items()))
    with stages.stage("store"):
        distinct = write_store(job.target.store, graphs, base.store if base else None)
    with stages.stage("index"):
        entities = write_index(job.target.index, job.rows, base.snapshot.index if base else None)
    with stages.stage("gazetteer"):
        stated = {iri: text for iri, text in job.graphs.items() if iri != INFERRED_DESCRIPTION.graph}
        job.target.gazetteer.write_bytes(gazetteer_content(stated, job.cache))
    with stages.stage("dumps"):
        dumps = DumpWriter(graphs, job.cache, base.dumps if base else None).write(job.target.dumps)
    return WrittenFiles(void, distinct, entities, dumps, tuple(stages.done))
