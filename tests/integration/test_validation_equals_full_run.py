"""The report of the gate is that of a plain full run of pySHACL, on sound and on broken data."""

from pathlib import Path

import pytest
from validation_support import as_plain, broken, plain_run, stated_and_shapes

from graph.cache import ContentCache
from graph.progress import Silent, Stage
from graph.snapshots.home import SnapshotHome
from graph.validation.gate import Gate
from graph.validation.statements import Statements


def compare(home: SnapshotHome, cache: ContentCache, every: int, at_least: int) -> None:
    """Compare on data of which one triple in so many is broken, with results kept of the sound data."""
    snapshot = home.current()
    assert snapshot is not None
    stated, shapes = stated_and_shapes(snapshot.dumps / "vndx.nq.gz")
    gate = Gate(shapes, cache, workers=2)
    gate.validate(Statements.of(stated), Stage(Silent()))
    worse = broken(stated, every)
    stage = Stage(Silent())
    ours = as_plain(gate.validate(Statements.of(worse), stage).results)
    assert ours == plain_run(worse, shapes)
    assert len(ours) >= at_least


@pytest.mark.parametrize("every", [20, 200])
def test_on_the_small_data_with_broken_triples(small_home: SnapshotHome, tmp_path: Path, every: int) -> None:
    compare(small_home, ContentCache(tmp_path), every, at_least=2000 // every)


@pytest.mark.slow
@pytest.mark.snapshot
def test_on_the_whole_data_with_broken_triples(snapshot_home: SnapshotHome, tmp_path: Path) -> None:
    compare(snapshot_home, ContentCache(tmp_path), every=1500, at_least=300)
