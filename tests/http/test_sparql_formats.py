"""Each form of query is given in the formats that fit it, the one that was asked for."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import httpx
import pytest
from answer_support import problem
from pyoxigraph import RdfFormat, parse
from sparql_support import CODE, CONSTRUCT, THAI_NGUYEN


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
        ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.4", "application/sparql-results+xml"),
    ],
)
def test_select_is_given_in_the_accepted_format(http: httpx.Client, accept: str, expected: str) -> None:
    response = http.get("/sparql", params={"query": CODE}, headers={"accept": accept})
    assert response.headers["content-type"] == expected
    assert "Accept" in response.headers["vary"]
    assert "19" in response.text


def test_each_format_of_solutions_says_the_same(http: httpx.Client) -> None:
    query = f"SELECT ?p ?o {{ {THAI_NGUYEN} ?p ?o }} ORDER BY ?p ?o"

    def get(name: str) -> httpx.Response:
        return http.get("/sparql", params={"query": query, "format": name})

    rows = [(row["p"]["value"], row["o"]["value"]) for row in get("json").json()["results"]["bindings"]]
    assert len(rows) > 10
    assert [tuple(row) for row in csv.reader(io.StringIO(get("csv").text))][1:] == rows
    space = "{http://www.w3.org/2005/sparql-results#}"
    xml = ElementTree.fromstring(get("xml").content)  # noqa: S314 - it is our own
    found = [
        tuple("".join(binding.itertext()) for binding in sorted(row, key=lambda b: b.get("name") == "o"))
        for row in xml.iter(f"{space}result")
    ]
    assert found == rows
    assert len(get("tsv").text.splitlines()) == len(rows) + 1


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig", "application/trig"),
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/sparql-results+json, application/n-triples;q=0.1", "application/n-triples"),
    ],
)
def test_construct_is_given_in_the_accepted_format(http: httpx.Client, accept: str, expected: str) -> None:
    response = http.get("/sparql", params={"query": CONSTRUCT}, headers={"accept": accept})
    assert response.headers["content-type"] == expected
    media_type = expected.partition(";")[0]
    read = {quad.triple for quad in parse(response.content, RdfFormat.from_media_type(media_type))}
    plain = http.get("/sparql", params={"query": CONSTRUCT, "format": "nt"})
    triples = {quad.triple for quad in parse(plain.content, RdfFormat.N_TRIPLES)}
    assert len(triples) > 10
    assert read == triples


def test_turtle_has_the_prefixes_of_the_query(http: httpx.Client) -> None:
    response = http.get(
        "/sparql", params={"query": f"PREFIX v: <https://w3id.org/vndx/ontology#> {CONSTRUCT}"}
    )
    assert 'v:code "19"' in response.text


def test_describe_and_ask_are_answered(http: httpx.Client) -> None:
    described = http.get("/sparql", params={"query": f"DESCRIBE {THAI_NGUYEN}", "format": "nt"})
    assert len(described.text.splitlines()) > 10
    for accept, body in (("text/csv", "true"), ("application/sparql-results+xml", "<boolean>true</boolean>")):
        asked = http.get("/sparql", params={"query": "ASK {}"}, headers={"accept": accept})
        assert body in asked.text


@pytest.mark.parametrize(
    ("query", "accept"),
    [(CODE, "image/png"), (CODE, "text/turtle"), (CONSTRUCT, "text/csv"), (CODE, "*/*;q=0")],
)
def test_no_accepted_format_is_406(http: httpx.Client, query: str, accept: str) -> None:
    response = http.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert problem(response, 406, "not-acceptable")["available"]


def test_format_wins_over_accept(http: httpx.Client) -> None:
    params = {"query": CODE, "format": "csv"}
    response = http.get("/sparql", params=params, headers={"accept": "application/sparql-results+xml"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_an_unknown_format_is_406(http: httpx.Client) -> None:
    problem(http.get("/sparql", params={"query": CODE, "format": "xls"}), 406, "not-acceptable")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (r'SELECT ("\u0001" AS ?x) {}', "xml"),
        (r'CONSTRUCT { <http://e/s> <http://e/p> "\u0001" } WHERE {}', "rdf"),
        ("CONSTRUCT { <http://e/s> <http://e/1> 1 } WHERE {}", "rdf"),
    ],
)
def test_what_a_format_cannot_carry_is_406_and_not_malformed(
    http: httpx.Client, query: str, name: str
) -> None:
    problem(http.get("/sparql", params={"query": query, "format": name}), 406, "not-acceptable")
