"""Queries made to break a parser, a planner or an evaluation: each ends in time, without harm to anybody."""

from __future__ import annotations

import socket
import time
from contextlib import suppress

import httpx
import pytest
from abuse_support import GRACE_SECONDS, ask
from answer_support import PROBLEM_JSON, problem
from server_support import Server

SECONDS = 0.3
DEPTH = 290
"""Below the depth at which brackets are refused before anything looks at them."""
PROBLEMS = (
    "query-syntax",
    "query-evaluation",
    "query-timeout",
    "query-memory",
    "query-too-complex",
    "result-too-large",
)


def nested(opening: str, middle: str, closing: str, depth: int = DEPTH) -> str:
    return opening * depth + middle + closing * depth


def joined(separator: str, pattern: str, number: int) -> str:
    """Repeat a pattern, with the place of each in it for ``#`` and the next place for ``+``."""
    return separator.join(pattern.replace("#", str(n)).replace("+", str(n + 1)) for n in range(number))


NESTED = {
    "groups": "ASK { " + nested("{ ", "?s ?p ?o", " }") + " }",
    "parentheses": "ASK { FILTER(" + nested("(", "1", ")") + ") }",
    "calls": "ASK { FILTER(" + nested("STR(", "1", ")") + ") }",
    "conditions": "ASK { FILTER(" + nested("IF(true, 1, ", "1", ")") + ") }",
    "comparisons": "ASK { FILTER(" + nested("(1 < ", "1", ")") + ") }",
    "paths": "ASK { ?s " + nested("(", "<http://e/p>", ")*") + " ?o }",
    "inverse paths": "ASK { ?s " + nested("^(", "<http://e/p>", ")") + " ?o }",
    "blank nodes": "ASK { ?s ?p " + nested("[ ?p ", "1", " ]") + " }",
    "lists": "ASK { ?s ?p " + nested("(", "1", ")") + " }",
    "exists": "ASK { " + nested("FILTER EXISTS { ?s ?p ?o ", "", "}") + " }",
    "optionals": "SELECT * { " + nested("OPTIONAL { ?s ?p ?o ", "", "}") + " }",
    "minuses": "SELECT * { ?s ?p ?o " + nested("MINUS { ?s ?p ?o ", "", "}") + " }",
    "subqueries": "SELECT * { " + nested("{ SELECT * { ", "?s ?p ?o", " } }", DEPTH // 2) + " }",
    "graphs": "ASK { " + nested("GRAPH ?g { ", "?s ?p ?o", " }") + " }",
    "too deep": "ASK { " + nested("{", "", "}", 200_000) + " }",
    "never closed": "ASK { " + "{" * 400_000,
    "only closed": "}" * 400_000,
    "negations": "ASK { FILTER(" + "!" * 200_000 + "true) }",
    "unions": "ASK { " + "{} UNION " * 50_000 + "{} }",
    "minus signs": "SELECT (" + "- " * 100_000 + "1 AS ?x) {}",
    "laterals": "SELECT * { ?s ?p ?o " + nested("LATERAL { ?s ?p ?o ", "", "}") + " }",
    "annotations": "ASK { ?s ?p ?o " + nested("{| ?q ?r ", "", "|}") + " }",
    "triple terms": "ASK { ?s ?p " + nested("<<( ?a ?b ", "?c", " )>>") + " }",
    "long names": "ASK { FILTER(" + "a." * 400_000 + ") }",
    "quoted triples": "ASK { " + nested("<< ", "?s ?p ?o", " ?p ?o >>") + " ?p ?o }",
}
LARGE = {
    "an IN list": "SELECT * { ?s ?p ?o FILTER(?o IN (" + joined(",", '"v#"', 60_000) + ")) }",
    "a VALUES list": "SELECT * { VALUES ?o { " + joined(" ", '"v#"', 60_000) + " } ?s ?p ?o }",
    "a join": "SELECT * { " + joined(" ", "?s# <http://e/p> ?s+ .", 500) + " }",
    "a cross product": "SELECT (COUNT(*) AS ?n) { " + joined(" ", "?a# ?b# ?c# .", 300) + " }",
    "columns": "SELECT * { " + joined(" ", "?s ?p ?v# .", 1_000) + " } LIMIT 1",
    "sort keys": "SELECT * { ?s ?p ?o } ORDER BY " + joined(" ", "(STRLEN(STR(?o)) + #)", 2_000),
    "prefixes": joined(" ", "PREFIX p#: <http://e/#>", 20_000) + " ASK {}",
    "versions": 'VERSION "1.2" ' * 30_000 + "ASK {}",
    "bases": joined(" ", "BASE <a#/>", 20_000) + " ASK {}",
    "less-than signs": "ASK { FILTER(" + "?a<b" * 200_000 + ") SERVICE <http://e/> {} }",
    "described things": "DESCRIBE " + joined(" ", "<http://e/s#>", 30_000),
    "filters": "SELECT * { ?s ?p ?o " + joined(" ", "FILTER(?o != #)", 5_000) + " }",
    "an IRI": "ASK { <http://e/" + "a" * 900_000 + "> ?p ?o }",
    "a text": 'ASK { FILTER(STRLEN("' + "ạ" * 300_000 + '") = 300000) }',
    "escapes": "ASK { FILTER(STRLEN('" + "\\u1EA1" * 150_000 + "') > 0) }",
    "a comment": "ASK {} #" + "x" * 900_000,
    "alternatives": "SELECT * { ?s (" + joined("|", "<http://e/p#>", 20_000) + ")* ?o }",
    "a negated set": "SELECT (COUNT(*) AS ?n) { ?s !(" + joined("|", "<http://e/q#>", 20_000) + ") ?o }",
    "a sequence": "SELECT * { ?s " + joined("/", "<http://e/p>*", 500) + " ?o }",
    "graphs": joined(" ", "FROM NAMED <http://e/g#>", 20_000).join(
        ("SELECT * ", " { GRAPH ?g { ?s ?p ?o } }")
    ),
}
EXPENSIVE = {
    "closure of everything": "SELECT (COUNT(*) AS ?n) { ?s (<>|!<>|^<>|^!<>)* ?o }",
    "closures in a row": "SELECT (COUNT(*) AS ?n) { ?a (!<>)* ?b . ?b (!<>)* ?c . ?c ^(!<>)* ?a }",
    "regular expression": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "((v+)+)+(x*x*x*)*$")) }',
    "counted expression": 'ASK { FILTER(REGEX("a", "(((a{1,999}){1,999}){1,999})")) }',
    "expression from data": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r FILTER(REGEX(STR(?o), STR(?r))) }",
    "replacement": "SELECT (COUNT(?x) AS ?n) { ?s ?p ?o . ?t ?q ?r "
    'BIND(REPLACE(STR(?o), "(.)", "$1$1$1$1$1$1$1$1") AS ?x) }',
    "doubling": 'SELECT (STRLEN(?x30) AS ?n) { BIND("aaaaaaaa" AS ?x0) '
    + joined(" ", "BIND(CONCAT(?x#, ?x#) AS ?x+)", 30)
    + " }",
    "correlated exists": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r FILTER NOT EXISTS { ?s ?x ?r } }",
    "sampled": "SELECT (SAMPLE(?o) AS ?x) (COUNT(DISTINCT ?r) AS ?n) { ?s ?p ?o . ?t ?q ?r } GROUP BY ?s",
    "far away": "SELECT * { ?s ?p ?o . ?t ?q ?r } OFFSET 999999999999 LIMIT 1",
    "described": "DESCRIBE * { ?s ?p ?o . ?t ?q ?r }",
    "constructed": "CONSTRUCT { ?s ?q ?o . ?t ?p ?r . [] ?p ?q } WHERE { ?s ?p ?o . ?t ?q ?r }",
    "numbers": "SELECT (" + "*".join(["9999999999999999999"] * 2_000) + " AS ?x) {}",
}


def ends_without_harm(server: Server, query: str) -> None:
    params = {"timeout": f"{SECONDS}s", "format": "nt" if is_graph(query) else "json"}
    headers = {"content-type": "application/sparql-query"}
    start = time.monotonic()
    with server.client() as client, suppress(httpx.RemoteProtocolError):  # it broke off at its deadline
        response = client.post("/sparql", params=params, content=query.encode(), headers=headers)
        if response.status_code == 200:
            assert is_graph(query) or response.json()
        else:
            assert response.headers["content-type"] == PROBLEM_JSON
            assert response.json()["type"].rpartition("/")[2] in PROBLEMS
    assert time.monotonic() - start <= SECONDS + GRACE_SECONDS


def is_graph(query: str) -> bool:
    return query.startswith(("CONSTRUCT", "DESCRIBE"))


@pytest.mark.parametrize("query", NESTED.values(), ids=NESTED)
def test_deep_nesting_does_no_harm(abused: Server, query: str) -> None:
    ends_without_harm(abused, query)


@pytest.mark.parametrize("name", ["negations", "unions"])
def test_a_query_that_overflows_the_stack_is_told_to_be_too_complex(abused: Server, name: str) -> None:
    """It is the fault of the query, so it is no 500, which would wake those who run the service."""
    problem(ask(abused, NESTED[name], timeout="5s"), 400, "query-too-complex")


@pytest.mark.parametrize("query", LARGE.values(), ids=LARGE)
def test_a_query_with_much_of_something_does_no_harm(abused: Server, query: str) -> None:
    ends_without_harm(abused, query)


@pytest.mark.parametrize("query", EXPENSIVE.values(), ids=EXPENSIVE)
def test_a_short_query_that_asks_much_does_no_harm(abused: Server, query: str) -> None:
    ends_without_harm(abused, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { GRAPH ?g { OPTIONAL { SERVICE <ADDRESS> { ?s ?p ?o } } } } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
        "BASE <ADDRESS> SELECT * { SERVICE <> { ?s ?p ?o } }",
        "BASE <ADDRESS> SELECT * { SERVICE <x> { ?s ?p ?o } }",
        "PREFIX s: <ADDRESS> SELECT * { SERVICE s: { ?s ?p ?o } }",
        "SELECT * { BIND(<ADDRESS> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { sErViCe#\n<ADDRESS>\n{ ?s ?p ?o } }",
        "SELECT * FROM <ADDRESS> { ?s ?p ?o }",
        "SELECT * FROM NAMED <ADDRESS> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <ADDRESS> { ?s ?p ?o } }",
        "LOAD <ADDRESS>",
        "LOAD SILENT <ADDRESS> INTO GRAPH <http://e/g>",
        "DESCRIBE <ADDRESS>",
        "CONSTRUCT { GRAPH <ADDRESS> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        "ASK { FILTER EXISTS { GRAPH <ADDRESS> { ?s ?p ?o } } }",
        'VERSION "1.2" LOAD <ADDRESS>',
        "PREFIXs: <ADDRESS> SELECT * { SERVICE s: { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o LATERAL { SERVICE <ADDRESS> { ?s ?p ?o } } }",
        "SELECT (<ADDRESS>() AS ?x) {}",
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> CONSTRUCT { <> owl:imports <ADDRESS> } WHERE {}",
    ],
)
def test_no_query_makes_the_service_call_an_address(abused: Server, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for text in (query.replace("ADDRESS", address), query.replace("ADDRESS", "file:///etc/hostname")):
            response = ask(abused, text, format="nt" if is_graph(text) else "json")
            assert response.status_code in (200, 400, 403)
        graphs = {"default-graph-uri": address, "named-graph-uri": address}
        assert ask(abused, "SELECT * { ?s ?p ?o }", **graphs).json()["results"]["bindings"] == []
        with pytest.raises(TimeoutError):
            listener.accept()
