"""Comparing the answers of servers: what may differ, and what may not."""

import json
from typing import Any

import pytest

from bench.answers import UnreadableAnswerError, compare, concatenations, read_graph, read_solutions

XSD = "http://www.w3.org/2001/XMLSchema#"


def _body(rows: list[dict[str, dict[str, str]]], variables: str = "a b") -> bytes:
    document: dict[str, Any] = {"head": {"vars": variables.split()}, "results": {"bindings": rows}}
    return json.dumps(document).encode()


def _literal(value: str, datatype: str = "", language: str = "") -> dict[str, str]:
    term = {"type": "literal", "value": value}
    if datatype:
        term["datatype"] = XSD + datatype
    if language:
        term["xml:lang"] = language
    return term


def _same(left: dict[str, str], right: dict[str, str], query: str = "") -> bool:
    first = read_solutions(_body([{"a": left}], "a"), query)
    second = read_solutions(_body([{"a": right}], "a"), query)
    return compare(first, second) is None


def test_the_order_of_rows_and_of_variables_does_not_count() -> None:
    one, two = {"a": _literal("1"), "b": _literal("x")}, {"a": _literal("2")}

    assert (
        compare(read_solutions(_body([one, two]), ""), read_solutions(_body([two, one], "b a"), "")) is None
    )


def test_how_often_a_row_comes_counts() -> None:
    row = {"a": _literal("1")}
    difference = compare(read_solutions(_body([row, row]), ""), read_solutions(_body([row]), ""))

    assert difference is not None
    assert difference.rows == (2, 1)
    assert "2 rows, not 1" in str(difference)


def test_an_unbound_variable_is_not_an_empty_string_in_another_column() -> None:
    left = read_solutions(_body([{"a": _literal("x")}]), "")
    right = read_solutions(_body([{"b": _literal("x")}]), "")

    assert compare(left, right) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (_literal("5", "integer"), _literal("05", "int")),
        (_literal("1.50", "decimal"), _literal("1.5", "double")),
        (_literal("331344.82", "decimal"), _literal("331344.81999999995", "double")),
        (_literal("1E2", "double"), _literal("100", "integer")),
        (_literal("true", "boolean"), _literal("1", "boolean")),
        (_literal("x", "string"), _literal("x")),
        (_literal("xã", language="vi-VN"), _literal("xã", language="vi-vn")),
        ({"type": "bnode", "value": "b0"}, {"type": "bnode", "value": "genid7"}),
        ({"type": "typed-literal", "value": "3", "datatype": XSD + "integer"}, _literal("3", "integer")),
    ],
)
def test_two_ways_to_write_one_term_are_the_same(left: dict[str, str], right: dict[str, str]) -> None:
    assert _same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (_literal("5", "integer"), _literal("6", "integer")),
        (_literal("1.5001", "decimal"), _literal("1.5", "decimal")),
        (_literal("x", language="vi"), _literal("x", language="en")),
        (_literal("x", language="vi"), _literal("x")),
        (_literal("2020-01-01", "date"), _literal("2020-01-01")),
        (_literal("5"), _literal("05")),
        ({"type": "uri", "value": "urn:x"}, _literal("urn:x")),
    ],
)
def test_two_terms_are_two(left: dict[str, str], right: dict[str, str]) -> None:
    assert not _same(left, right)


def test_the_order_within_group_concat_does_not_count_but_its_parts_do() -> None:
    query = 'SELECT (GROUP_CONCAT(?x; SEPARATOR=" | ") AS ?a) {}'

    assert _same(_literal("một | hai"), _literal("hai | một"), query)
    assert _same(_literal("một | hai", language="vi"), _literal("hai | một", language="vi"), query)
    assert not _same(_literal("một | hai"), _literal("hai | ba"), query)
    assert not _same(_literal("một hai"), _literal("hai một"), query)


def test_group_concat_may_keep_the_language_or_drop_it() -> None:
    query = 'SELECT (GROUP_CONCAT(?x; SEPARATOR=" | ") AS ?a) {}'

    assert _same(_literal("một | hai", language="vi"), _literal("hai | một"), query)
    assert not _same(_literal("một", language="vi"), _literal("một"), "SELECT ?a {}")


def test_the_parts_of_other_variables_keep_their_order() -> None:
    query = "SELECT ?a (GROUP_CONCAT(?x) AS ?b) {}"

    assert not _same(_literal("một hai"), _literal("hai một"), query)


def test_concatenations_are_found_with_their_separators() -> None:
    query = """\
SELECT ?z (group_concat(DISTINCT STR(?x); separator=', ') AS ?a) (COALESCE(GROUP_CONCAT(?y), "") as $b)
       (GROUP_CONCAT(?y; SEPARATOR="") AS ?c) {}"""

    assert concatenations(query) == {"a": ", ", "b": " ", "c": ""}
    assert concatenations("SELECT (STR(?x) AS ?a) {}") == {}


@pytest.mark.parametrize("value", [True, False])
def test_ask_is_the_same_as_virtuosos_row(value: bool) -> None:
    standard = read_solutions(json.dumps({"head": {}, "boolean": value}).encode(), "")
    row = {"__ASK_RETVAL": {"type": "typed-literal", "value": str(int(value)), "datatype": XSD + "integer"}}
    virtuoso = read_solutions(_body([row], "__ASK_RETVAL"), "")
    other = read_solutions(json.dumps({"head": {}, "boolean": not value}).encode(), "")

    assert compare(virtuoso, standard) is None
    assert compare(virtuoso, other) is not None


def test_graphs_are_sets_of_triples() -> None:
    one, two = b'<urn:a> <urn:p> "05"^^<%sint> .\n' % XSD.encode(), b"<urn:a> <urn:p> _:x .\n"
    other = b'<urn:a> <urn:p> "5"^^<%sinteger> .\n' % XSD.encode()

    assert compare(read_graph(one + two + one), read_graph(two.replace(b"_:x", b"_:y") + other)) is None
    assert compare(read_graph(one), read_graph(two)) is not None


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"head": {}}', b'{"results": {"bindings": []}}'])
def test_what_is_no_result_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableAnswerError, match="no SPARQL results"):
        read_solutions(body, "")


def test_a_cut_off_graph_is_refused() -> None:
    with pytest.raises(UnreadableAnswerError, match="no N-Triples"):
        read_graph(b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <ur")
