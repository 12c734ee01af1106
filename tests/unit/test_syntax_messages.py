"""Syntax errors are told in words, with the place; the reports are those of the parser itself."""

from __future__ import annotations

import pyoxigraph
import pytest

from api.sparql.errors import problem_of
from graph.query.errors import QuerySyntaxError
from graph.query.evaluation import evaluate
from graph.query.requests import QueryRequest


class Nowhere:
    def head(self, *_: object) -> None: ...

    def data(self, chunk: bytes) -> None: ...


def detail_of(query: str) -> str:
    with pytest.raises(QuerySyntaxError) as raised:
        evaluate(pyoxigraph.Store(), QueryRequest(query), Nowhere(), max_bytes=100)
    return problem_of(raised.value, query).detail


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s a foo:Bar }", "line 1, column 24, after `SELECT * { ?s a foo:Bar`: a prefix is used"),
        ("SELECT *\n{ ?s\n  rdfs:label ?o }", "line 3, column 13, after `  rdfs:label`: a prefix is used"),
        ("SELEC * {}", "a query starts with PREFIX, BASE, SELECT"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "neither in GROUP BY nor in an aggregate"),
        ("SELECT * { ?s <a b> ?o }", "this is no IRI"),
        ('SELECT * { ?s ?p "abc }', "a string has no end on its line"),
        ("SELECT * { ?s ?p ", "expected, among others,"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", "line 1, column 41"),
        ("SELECT * { " + "{" * 400 + "}" * 400 + "}", "nested deeper than"),
    ],
)
def test_a_syntax_error_says_what_is_wrong_and_where(query: str, said: str) -> None:
    detail = detail_of(query)
    assert said in detail
    assert "u{" not in detail
    assert len(detail) < 300
