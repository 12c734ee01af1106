"""Larger copies of the data: files, and a data home that VNDX can serve."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from pathlib import Path

from bench.data.dataset import DUMP, Dataset
from bench.data.dump import renamed
from bench.data.pinning import link_tree, publish
from graph.snapshots.home import SnapshotHome
from graph.snapshots.manifest import manifest_bytes


def scale(base: Dataset, factor: int, folder: Path) -> Dataset:
    """Write the data ``factor`` times, each further copy under names of its own; the home comes later.

    Raises:
        OSError: if a file cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    quads, merge = folder / "named-graphs.nq", folder / "merge.nt"
    quad_count = _multiply(base.quads, quads, factor)
    triple_count = _multiply(base.merge, merge, factor)
    digest = hashlib.sha256(f"{base.snapshot_id} x {factor}".encode()).hexdigest()
    return Dataset(digest[:16], SnapshotHome(folder / "home"), quads, merge, quad_count, triple_count)


def make_home(dataset: Dataset, base: Dataset, store: Path) -> None:
    """Make the data home of a scaled dataset from a store that holds it already.

    The full-text index stays that of the base: the query set does not use it.

    Args:
        dataset: what `scale` gave.
        base: what it was scaled from.
        store: an Oxigraph store with the named graphs and their merge as default graph.

    """
    original = base.home.get(base.snapshot_id)
    target = dataset.home.path_of(dataset.snapshot_id)
    link_tree(original.path, target)
    shutil.rmtree(target / "store")
    link_tree(store, target / "store")
    dump = target / "dumps" / DUMP
    dump.unlink()  # a hard link: never write through it
    with dataset.quads.open("rb") as plain, gzip.open(dump, "wb", compresslevel=1) as packed:
        shutil.copyfileobj(plain, packed, 1 << 20)
    changed = {
        "id": dataset.snapshot_id,
        "triples": dataset.quad_count,
        "distinct_triples": dataset.triple_count,
    }
    manifest = target / "manifest.json"
    manifest.unlink()
    manifest.write_bytes(manifest_bytes(original.manifest().model_copy(update=changed)))
    publish(dataset.home, dataset.snapshot_id)


def _multiply(source: Path, target: Path, factor: int) -> int:
    count = 0
    with target.open("wb") as file:
        for copy in range(1, factor + 1):
            with source.open("rb") as lines:
                for line in lines:
                    written = line if copy == 1 else renamed(line, copy)
                    if written is not None:
                        file.write(written)
                        count += 1
    return count
