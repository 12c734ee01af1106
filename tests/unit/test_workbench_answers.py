"""Answers as tables for people: rows, cells, and where they lead."""

from __future__ import annotations

import json

from pyoxigraph import BlankNode, Literal, NamedNode

from api.workbench.answers import MOST_ROWS, Cell, cells, named_things, read_answer
from graph.model.namespaces import XSD
from graph.query.formats import AnswerKind

UNIT = "https://w3id.org/vndx/id/unit/2025/19"


def solutions(count: int) -> bytes:
    rows = [{"x": {"type": "literal", "value": str(number)}} for number in range(count)]
    return json.dumps({"head": {"vars": ["x", "y"]}, "results": {"bindings": rows}}).encode()


def test_solutions_are_rows_with_gaps_where_a_variable_is_unbound() -> None:
    answer = read_answer(solutions(2), AnswerKind.SOLUTIONS, whole=True)
    assert answer.columns == ["x", "y"]
    assert [list(row) for row in answer.rows] == [[Literal("0"), None], [Literal("1"), None]]
    assert answer.total == 2


def test_of_a_large_answer_the_first_rows_are_shown_and_all_are_counted() -> None:
    answer = read_answer(solutions(MOST_ROWS + 50), AnswerKind.SOLUTIONS, whole=True)
    assert (len(answer.rows), answer.total) == (MOST_ROWS, MOST_ROWS + 50)


def test_of_the_start_of_an_answer_the_first_rows_are_shown_and_none_counted() -> None:
    start = solutions(MOST_ROWS + 50)[:-700]
    answer = read_answer(start, AnswerKind.SOLUTIONS, whole=False)
    assert (len(answer.rows), answer.total) == (MOST_ROWS, None)


def test_a_start_of_few_long_rows_shows_those_that_are_whole() -> None:
    start = solutions(20)[:-30]
    answer = read_answer(start, AnswerKind.SOLUTIONS, whole=False)
    assert (len(answer.rows), answer.total) == (19, None)


def test_a_boolean_is_no_table() -> None:
    answer = read_answer(b'{"head":{},"boolean":false}', AnswerKind.SOLUTIONS, whole=True)
    assert (answer.boolean, list(answer.rows)) == (False, [])


def test_the_start_of_a_graph_ends_with_its_last_whole_line() -> None:
    lines = b'<http://e/s> <http://e/p> "o" .\n<http://e/s> <http://e/p> "ha'
    answer = read_answer(lines, AnswerKind.GRAPH, whole=False)
    assert [row[2] for row in answer.rows] == [Literal("o")]
    assert answer.total is None


def test_things_lead_to_their_pages_and_only_web_addresses_lead_elsewhere() -> None:
    row = [NamedNode(UNIT), NamedNode("http://e/x"), NamedNode("javascript:x"), None]
    assert cells(row, {UNIT: "Thái Nguyên"}) == [
        Cell("Thái Nguyên", path="/page/unit/2025/19", iri=UNIT),
        Cell("http://e/x", address="http://e/x", iri="http://e/x"),
        Cell("javascript:x", iri="javascript:x"),
        Cell(),
    ]


def test_terms_of_the_ontology_lead_to_their_place_in_it() -> None:
    (cell,) = cells([NamedNode("https://w3id.org/vndx/ontology#code")], {})
    assert (cell.text, cell.path) == ("vndx:code", "/ontology#code")


def test_numbers_languages_and_blank_nodes_are_told_apart() -> None:
    number, text, blank = cells(
        [Literal("1.5", datatype=XSD["decimal"]), Literal("một", language="vi"), BlankNode("b")], {}
    )
    assert (number.numeric, text.numeric, text.language, blank.text) == (True, False, "vi", "_:b")


def test_things_to_be_named_are_ours_and_each_once() -> None:
    row = {"x": {"type": "uri", "value": UNIT}, "y": {"type": "uri", "value": "http://e/x"}}
    body = json.dumps({"head": {"vars": ["x", "y"]}, "results": {"bindings": [row, row]}}).encode()
    assert named_things(read_answer(body, AnswerKind.SOLUTIONS, whole=True)) == (NamedNode(UNIT),)
