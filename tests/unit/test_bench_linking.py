"""The scenario that times the linking of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.scenarios.linking import link_tables
from graph.snapshots.home import SnapshotHome

pytestmark = pytest.mark.snapshot


def test_each_table_is_linked_and_its_figures_are_measured(
    snapshot_home: SnapshotHome, tmp_path: Path
) -> None:
    snapshot = snapshot_home.current()
    assert snapshot is not None
    found = link_tables(snapshot_home, snapshot.gazetteer, 200, tmp_path)
    assert [figures.rows for figures in found] == [200] * 4
    assert [figures.matched for figures in found[:3]] == [200] * 3
    assert all(figures.seconds > 0 and figures.peak_bytes > 0 for figures in found)
