"""The data of a run as files: what every server loads."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.data.constants import draw
from bench.data.dump import graph_of, merged
from bench.queries.model import Constants
from graph.snapshots.home import SnapshotHome

DUMP = "vndx.nq.gz"


@dataclass(frozen=True)
class Dataset:
    """One size of the data.

    Attributes:
        snapshot_id: the snapshot that it comes from.
        home: a data home with a published snapshot of these data.
        quads: the named graphs, as N-Quads.
        merge: the merge of the named graphs, as N-Triples: the default graph by DESIGN section 1.
        quad_count: how many quads the first file has.
        triple_count: how many triples the second has.

    """

    snapshot_id: str
    home: SnapshotHome
    quads: Path
    merge: Path
    quad_count: int
    triple_count: int

    def graphs(self) -> tuple[str, ...]:
        """Give the IRIs of the named graphs, sorted."""
        with self.quads.open("rb") as lines:
            return tuple(sorted({graph_of(line) for line in lines}))

    def constants(self) -> Mapping[Constants, tuple[str, ...]]:
        """Draw constants from the data."""
        with self.merge.open("rb") as lines:
            return draw(lines)


def unpack(home: SnapshotHome, snapshot_id: str, folder: Path) -> Dataset:
    """Unpack the dump of a pinned snapshot.

    Raises:
        OSError: if a file cannot be read or written.
        ValueError: if the dump is not as the build writes it.

    """
    folder.mkdir(parents=True, exist_ok=True)
    quads, merge = folder / "named-graphs.nq", folder / "merge.nt"
    with gzip.open(home.get(snapshot_id).dumps / DUMP) as packed, quads.open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
    with quads.open("rb") as lines:
        quad_count = sum(1 for _ in lines)
    triple_count = 0
    with quads.open("rb") as lines, merge.open("wb") as target:
        for triple in merged(lines):
            target.write(triple)
            triple_count += 1
    return Dataset(snapshot_id, home, quads, merge, quad_count, triple_count)
