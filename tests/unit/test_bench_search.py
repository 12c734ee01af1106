"""The scenario that times search."""

from pathlib import Path

from search_support import small_index

from bench.scenarios.search import real_queries, search_in_process


def test_both_routes_are_timed_over_all_real_queries(tmp_path: Path) -> None:
    figures = search_in_process(small_index(tmp_path / "index.sqlite"), 2)
    assert [(row.where, row.route) for row in figures] == [
        ("in process", "search"),
        ("in process", "suggest"),
    ]
    for row in figures:
        assert row.queries == len(real_queries()) >= 150
        assert 0 < row.first_median <= row.first_p99
        assert 0 < row.again_median <= row.again_p99
