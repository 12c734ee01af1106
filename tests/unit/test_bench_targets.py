"""Holding targets against what was measured."""

import pytest

from bench.queries.model import Group
from bench.report.targets import Row, throughput_ratio, time_ratio, verdict, verdicts
from bench.timings import Summary


def _summary(median: float, *, failures: int = 0, first_byte: float = 1.0) -> Summary:
    failed = {"HTTP 503": failures} if failures else {}
    return Summary(100, failed, median, median, first_byte, 1000 / median, 0.0, None, 0.1)


def _row(group: Group = Group.POINT, once: dict[str, float] | None = None, **medians: float) -> Row:
    return Row("q", group, {name: _summary(median) for name, median in medians.items()}, once or {})


def test_the_ratio_of_times_is_ours_divided_by_theirs() -> None:
    assert time_ratio(_row(VNDX=3, Oxigraph=1), "Oxigraph") == pytest.approx(3)


def test_the_ratio_of_throughput_is_above_1_where_we_are_faster() -> None:
    assert throughput_ratio(_row(VNDX=1, Oxigraph=4), "Oxigraph") == pytest.approx(4)


def test_there_is_no_ratio_after_failures_or_without_the_peer() -> None:
    failed = Row("q", Group.POINT, {"VNDX": _summary(1), "Oxigraph": _summary(1, failures=1)})

    assert time_ratio(failed, "Oxigraph") is None
    assert throughput_ratio(failed, "Oxigraph") is None
    assert time_ratio(_row(VNDX=1), "Oxigraph") is None


def test_a_server_that_was_timed_once_has_a_ratio_of_times() -> None:
    row = _row(Group.JOIN, {"rdflib-endpoint": 4000}, VNDX=100)

    assert time_ratio(row, "rdflib-endpoint") == pytest.approx(1 / 40)


def test_a_verdict_names_what_missed_the_target_worst_first() -> None:
    found = verdict("at most 1", [("a", 0.5), ("b", 1.5), ("c", None), ("d", 4.0)], lambda value: value <= 1)

    assert (found.met, found.of, found.is_met) == (1, 3, False)
    assert found.missed == (("d", 4.0), ("b", 1.5))
    assert found.mean == pytest.approx(3 ** (1 / 3))


def test_the_worst_throughput_is_the_lowest() -> None:
    found = verdict("at least 1", [("a", 0.5), ("b", 0.1)], lambda value: value >= 1)

    assert found.missed == (("b", 0.1), ("a", 0.5))


def test_without_figures_a_target_is_neither_met_nor_missed() -> None:
    assert verdict("any", [], lambda _: True).is_met is None


def test_each_target_looks_at_its_own_families() -> None:
    point = _row(Group.POINT, VNDX=0.5, Oxigraph=0.2)
    join = _row(Group.JOIN, {"rdflib-endpoint": 3000}, VNDX=100, Oxigraph=110, Virtuoso=4)
    large = _row(Group.LARGE, VNDX=300, Oxigraph=200)
    repeated, from_5_ms, look_ups, rdflib, virtuoso, first_byte = verdicts(
        [point, join, large], [_row(VNDX=1, Oxigraph=2)]
    )

    assert (repeated.met, repeated.of) == (1, 1)
    assert (from_5_ms.met, from_5_ms.of) == (1, 2)
    assert (look_ups.met, look_ups.of) == (1, 1)
    assert (rdflib.met, rdflib.of) == (1, 1)
    assert (virtuoso.met, virtuoso.of, virtuoso.mean) == (0, 1, pytest.approx(25))
    assert (first_byte.met, first_byte.of) == (1, 1)
