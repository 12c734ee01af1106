"""Writing the files of a snapshot that follow from its graphs: store, index and dumps.

It runs in a process of its own, beside validation, and needs nothing but what it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.build.dumps import DumpWriter
from graph.build.index_file import write_index
from graph.build.index_rows import IndexRows
from graph.build.store_writer import StoreBase, write_store
from graph.cache import ContentCache
from graph.progress import Silent, Stages
from graph.snapshots.home import Snapshot
from graph.snapshots.manifest import DumpEntry, StageEntry


@dataclass(frozen=True)
class FilesJob:
    """What to write.

    Attributes:
        target: the folder of the snapshot; it is there, with its folder of dumps.
        graphs: the sorted N-Triples of each named graph, by its IRI.
        rows: the rows of the index.
        cache: keeps the compressed parts of the dumps.
        base: an earlier snapshot to start from, and the store in it.

    """

    target: Snapshot
    graphs: Mapping[str, bytes]
    rows: IndexRows
    cache: ContentCache
    base: tuple[Snapshot, StoreBase] | None


@dataclass(frozen=True)
class WrittenFiles:
    """What was written: triples of the default graph, entities, dumps, and the time each took."""

    distinct_triples: int
    entities: int
    dumps: tuple[DumpEntry, ...]
    stages: tuple[StageEntry, ...]


def write_files(job: FilesJob) -> WrittenFiles:
    """Write store, index and dumps.

    Raises:
        OSError: if they cannot be written.

    """
    snapshot, store_base = job.base or (None, None)
    stages = Stages(Silent())
    with stages.stage("store"):
        distinct = write_store(job.target.store, job.graphs, store_base)
    with stages.stage("index"):
        entities = write_index(job.target.index, job.rows, snapshot.index if snapshot else None)
    with stages.stage("dumps"):
        dumps = DumpWriter(job.graphs, job.cache).write(job.target.dumps)
    return WrittenFiles(distinct, entities, dumps, tuple(stages.done))
