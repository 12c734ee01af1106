"""The evidence of a table row: page, quotation and further pages, stated one way for all tables."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from graph.mapping.evidence import has_sound_evidence, source_addresses, state_evidence
from graph.mapping.reader import Row
from graph.mapping.sink import GraphSink
from graph.model import iris
from graph.model.namespaces import ID, OA, RDF, VNDX
from graph.problems import Problems

PAGE = "https://example.vn/a"
SUBJECT = ID["document/1"]


def row_with(**cells: str) -> Row:
    return Row("policy/x", 7, {"source_url": PAGE, "quote": "Nghị quyết số 01", "more_sources": "", **cells})


def stated(*rows: Row) -> GraphSink:
    sink = GraphSink(iris.graph("table", "x"))
    for row in rows:
        state_evidence(sink, SUBJECT, row)
    return sink


def objects(sink: GraphSink, subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {quad.object.value for quad in sink if quad.subject == subject and quad.predicate == predicate}


def test_a_row_states_its_quotation_with_language_and_its_page() -> None:
    sink = stated(row_with())
    (evidence,) = objects(sink, SUBJECT, VNDX["hasEvidence"])
    selector = NamedNode(evidence + "#quote")
    exact = [quad.object for quad in sink if quad.subject == selector and quad.predicate == OA["exact"]]
    assert exact == [Literal("Nghị quyết số 01", language="vi")]
    assert objects(sink, NamedNode(evidence), OA["hasSource"]) == {iris.source_page(PAGE).value}
    assert objects(sink, selector, RDF["type"]) == {OA["TextQuoteSelector"].value}


def test_an_english_quotation_is_tagged_english() -> None:
    sink = stated(row_with(quote="over 5.2 million households had accounts"))
    assert {q.object.language for q in sink if q.predicate == OA["exact"]} == {"en"}


def test_every_further_page_is_a_source_of_the_statement() -> None:
    sink = stated(row_with(more_sources="https://b.vn/ https://c.vn/“x”.html"))
    pages = [PAGE, "https://b.vn/", "https://c.vn/“x”.html"]
    assert source_addresses(row_with(more_sources="https://b.vn/ https://c.vn/“x”.html")) == pages
    assert objects(sink, SUBJECT, VNDX["statedIn"]) == {iris.source_page(page).value for page in pages}


def test_the_same_words_of_the_same_page_are_one_evidence_in_every_table() -> None:
    assert len(stated(row_with())) == len(stated(row_with(), row_with(more_sources="")))


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"source_url": ""}, "source_url"),
        ({"source_url": "www.example.vn"}, "source_url"),
        ({"more_sources": "example.vn/b"}, "more_sources"),
        ({"quote": ""}, "quote"),
        ({"quote": "a" * 161}, "quote"),
    ],
)
def test_a_row_without_sound_evidence_is_reported_with_its_place(cells: dict[str, str], column: str) -> None:
    problems = Problems()
    assert not has_sound_evidence(row_with(**cells), problems)
    assert not has_sound_evidence(row_with(**cells), problems), "asked again, the answer is the same"
    (problem,) = problems
    assert (problem.file, problem.line, problem.column) == ("tables/policy/x.csv", 7, column)
    assert problem.vi
    assert problem.en


def test_a_quotation_of_exactly_160_characters_is_sound() -> None:
    problems = Problems()
    assert has_sound_evidence(row_with(quote="a" * 160), problems)
    assert len(problems) == 0
