"""Known deviations of servers: what they smooth over, and what they must not."""

import json

import pytest

from bench.allowances import (
    Allowance,
    booleans_as_numbers,
    compare_with,
    graphs_of_its_own,
    rows_for_each_way,
)
from bench.answers import Answer, read_solutions

OWN = "http://example.org/own#"


def _answer(*rows: str, datatype: str | None = None) -> Answer:
    """Give an answer with one variable: IRIs, or literals of a datatype."""
    kind = {"type": "literal", "datatype": datatype} if datatype else {"type": "uri"}
    bindings = [{"a": {**kind, "value": row}} for row in rows]
    return read_solutions(
        json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": bindings}}).encode(), ""
    )


def _agree(allowance: Allowance, query: str, answer: Answer, reference: Answer) -> tuple[str, ...] | None:
    """Give the allowances that it took, None if the answers differ all the same."""
    difference, taken = compare_with([allowance], query, answer, reference)
    return None if difference else taken


def test_an_answer_that_is_the_same_takes_no_allowance() -> None:
    assert _agree(booleans_as_numbers(), "SELECT ?a {}", _answer("urn:x"), _answer("urn:x")) == ()


def test_computed_booleans_may_be_numbers_but_not_the_other_ones() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    true, one = _answer("true", datatype=f"{xsd}boolean"), _answer("1", datatype=f"{xsd}integer")
    zero = _answer("0", datatype=f"{xsd}integer")

    assert _agree(booleans_as_numbers(), "SELECT ?a {}", one, true) == ("booleans as numbers",)
    assert _agree(booleans_as_numbers(), "SELECT ?a {}", zero, true) is None


@pytest.mark.parametrize(
    "path", ["vndx:partOf+ ?b", "(vndx:a|^vndx:b)* ?b", "<urn:p>+ ?b", "vndx:a+/vndx:b ?b"]
)
def test_a_repeating_path_may_give_a_row_for_each_way(path: str) -> None:
    query = f"SELECT ?a {{ ?a {path} }}"

    twice = _answer("urn:x", "urn:x")
    assert _agree(rows_for_each_way(), query, twice, _answer("urn:x")) == ("a row for each way",)
    assert _agree(rows_for_each_way(), query, twice, _answer("urn:y")) is None


@pytest.mark.parametrize(
    "query", ["SELECT (COUNT(*) AS ?a) {}", "SELECT * { ?a <urn:p> ?b }", "SELECT (1 + 2 AS ?a) {}"]
)
def test_rows_may_not_come_twice_without_such_a_path(query: str) -> None:
    assert _agree(rows_for_each_way(), query, _answer("urn:x", "urn:x"), _answer("urn:x")) is None


def test_named_graphs_of_the_server_itself_do_not_count_but_others_do() -> None:
    allowance, query = graphs_of_its_own(frozenset({OWN})), "SELECT ?a { GRAPH ?a {} }"

    assert _agree(allowance, query, _answer(OWN, "urn:g"), _answer("urn:g")) == ("graphs of its own",)
    assert _agree(allowance, query, _answer("urn:other", "urn:g"), _answer("urn:g")) is None


def test_what_differs_for_another_reason_still_differs_and_takes_no_allowance() -> None:
    difference, taken = compare_with(
        [booleans_as_numbers(), rows_for_each_way()], "SELECT ?a {}", _answer("urn:x"), _answer("urn:y")
    )

    assert difference is not None
    assert taken == ()
