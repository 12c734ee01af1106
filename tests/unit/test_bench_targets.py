"""Holding targets against what was measured."""

import pytest

from bench.queries.model import Group
from bench.report.targets import (
    Row,
    Target,
    abuse_verdict,
    peers_verdicts,
    throughput_ratio,
    time_ratio,
    verdict,
)
from bench.report.verdicts import verdict_document
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
    found = verdict(Target("at most 1", 1), [("a", 0.5), ("b", 1.5), ("c", None), ("d", 4.0)])

    assert found.is_met is False
    assert found.figures == (("d", 4.0), ("b", 1.5), ("a", 0.5))
    assert found.missed == (("d", 4.0), ("b", 1.5))
    assert found.mean == pytest.approx(3 ** (1 / 3))


def test_the_worst_throughput_is_the_lowest() -> None:
    found = verdict(Target("at least 1", 1, at_least=True), [("a", 0.5), ("b", 0.1), ("c", 1.0)])

    assert found.missed == (("b", 0.1), ("a", 0.5))


def test_without_figures_a_target_is_neither_met_nor_missed() -> None:
    assert verdict(Target("any", 1), []).is_met is None


def test_a_figure_that_is_only_stated_is_neither_met_nor_missed() -> None:
    found = verdict(Target("stated", None), [("a", 25.0)])

    assert found.is_met is None
    assert found.missed == ()
    assert found.mean == pytest.approx(25)


def test_each_target_looks_at_its_own_families() -> None:
    point = _row(Group.POINT, VNDX=0.5, Oxigraph=0.2)
    join = _row(Group.JOIN, {"rdflib-endpoint": 3000}, VNDX=100, Oxigraph=110, Virtuoso=4)
    large = _row(Group.LARGE, VNDX=300, Oxigraph=200)
    found = peers_verdicts([point, join, large], [_row(VNDX=1, Oxigraph=2)])
    repeated, from_5_ms, look_ups, rdflib, virtuoso, first_byte = found

    assert (repeated.is_met, len(repeated.figures)) == (True, 1)
    assert (from_5_ms.is_met, len(from_5_ms.figures), from_5_ms.missed[0][1]) == (False, 2, 1.5)
    assert (look_ups.is_met, len(look_ups.figures)) == (True, 1)
    assert (rdflib.is_met, len(rdflib.figures)) == (True, 1)
    assert (virtuoso.is_met, virtuoso.mean) == (None, pytest.approx(25))
    assert (first_byte.is_met, first_byte.figures) == (True, (("q", 1.0),))


def test_under_abuse_the_99th_percentile_may_be_three_times_the_quiet_one() -> None:
    assert abuse_verdict(2.0, 6.0, failures=0).is_met is True
    assert abuse_verdict(2.0, 6.1, failures=0).is_met is False
    assert abuse_verdict(None, None, failures=0).is_met is None


def test_a_cheap_query_that_fails_under_abuse_misses_the_target() -> None:
    found = abuse_verdict(2.0, 2.0, failures=1)

    assert found.is_met is False
    assert verdict_document(found)["figures"] == {"cheap queries": None}
