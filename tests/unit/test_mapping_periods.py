"""Printed periods: what they say of a plan's span and its horizons, and how a period node is stated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mapping.periods import Span, parse_period, state_period
from graph.mapping.sink import GraphSink
from graph.model import iris
from graph.model.namespaces import ID, RDF, SKOS, VNDX


@pytest.mark.parametrize(
    ("printed", "main", "horizons"),
    [
        ("2025", "2025", []),
        ("2021-2025", "2021_2025", []),
        ("2025–2030", "2025_2030", []),
        ("đến năm 2030", "_2030", []),
        ("2021-2025, định hướng đến năm 2030", "2021_2025", ["_2030"]),
        ("đến năm 2025, tầm nhìn đến năm 2030", "_2025", ["_2030"]),
        ("2019-2020, định hướng đến 2025", "2019_2020", ["_2025"]),
        ("2017-2020, tầm nhìn 2025", "2017_2020", ["_2025"]),
        ("2025, định hướng đến năm 2030", "2025", ["_2030"]),
        ("2020-2025, định hướng đến năm 2030, tầm nhìn đến năm 2045", "2020_2025", ["_2030", "_2045"]),
    ],
)
def test_a_printed_period_gives_its_span_and_its_horizons(
    printed: str, main: str, horizons: list[str]
) -> None:
    period = parse_period(printed)
    assert period is not None
    assert period.main.node == ID[f"period/{main}"]
    assert [horizon.node for horizon in period.horizons] == [ID[f"period/{key}"] for key in horizons]


@pytest.mark.parametrize(
    "printed", ["4 tháng cuối năm 2025", "đến năm 2025, đến năm 2030", "2025-2020", "năm nay", ""]
)
def test_another_wording_is_not_guessed(printed: str) -> None:
    assert parse_period(printed) is None


def test_a_period_is_stated_with_class_ends_and_labels() -> None:
    sink = GraphSink(iris.graph("register", "periods"))
    node = state_period(sink, Span("2021", "2025"))
    stated = {(quad.predicate, str(quad.object)) for quad in sink if quad.subject == node}
    year = "^^<http://www.w3.org/2001/XMLSchema#gYear>"
    assert stated == {
        (RDF["type"], str(VNDX["Period"])),
        (VNDX["start"], f'"2021"{year}'),
        (VNDX["end"], f'"2025"{year}'),
        (SKOS["prefLabel"], '"2021–2025"@vi'),
        (SKOS["prefLabel"], '"2021–2025"@en'),
    }


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("", "2025", "đến năm 2025"),
        ("2021-06", "2021-06", "tháng 6/2021"),
        ("2021-06-01", "2021-06-30", "01/06/2021–30/06/2021"),
        ("2025-09", "2025-12", "9/2025–12/2025"),
    ],
)
def test_a_period_has_a_vietnamese_label(start: str, end: str, label: str) -> None:
    sink = GraphSink(iris.graph("register", "periods"))
    state_period(sink, Span(start, end))
    assert {
        q.object.value for q in sink if q.predicate == SKOS["prefLabel"] and q.object.language == "vi"
    } == {label}


@pytest.mark.parametrize(("start", "end"), [("2025", "2021"), ("2025", ""), ("", ""), ("2025-13", "2026")])
def test_a_span_that_is_no_period_is_refused(start: str, end: str) -> None:
    sink = GraphSink(iris.graph("register", "periods"))
    with pytest.raises(ValueError, match=r"period|date"):
        state_period(sink, Span(start, end))
    assert len(sink) == 0


@given(st.integers(1990, 2060), st.integers(0, 40), st.integers(2000, 2080))
def test_what_is_printed_is_what_is_read(start: int, length: int, horizon: int) -> None:
    period = parse_period(f"{start}-{start + length}, định hướng đến năm {horizon}")
    assert period is not None
    assert period.main == Span(str(start), str(start + length))
    assert period.horizons == (Span("", str(horizon)),)
