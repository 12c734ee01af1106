"""SPARQL 1.1 Protocol, section 2.1.4: the dataset of a query, and what its IRIs are relative to."""

from __future__ import annotations

import httpx
from answer_support import problem
from sparql_support import CODE, CONCEPTS, QUERY, THAI_NGUYEN, UNITS, code_of

COUNT_DEFAULT = f"SELECT (COUNT(*) AS ?n) {{ {THAI_NGUYEN} ?p ?o }}"
COUNT_NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def count(http: httpx.Client, query: str, **dataset: object) -> int:
    params = {"query": query, **{name.replace("_", "-"): value for name, value in dataset.items()}}
    got = http.get("/sparql", params=params)
    posted = http.post("/sparql", data=params)
    assert got.json() == posted.json()
    return int(got.json()["results"]["bindings"][0]["n"]["value"])


def test_the_default_graph_is_the_union_of_the_named_graphs(http: httpx.Client) -> None:
    assert count(http, COUNT_DEFAULT) > 10
    assert count(http, COUNT_NAMED) == 6


def test_default_graph_uri_alone_hides_every_named_graph(http: httpx.Client) -> None:
    assert count(http, COUNT_DEFAULT, default_graph_uri=UNITS) > 10
    assert count(http, COUNT_DEFAULT, default_graph_uri=CONCEPTS) == 0
    assert count(http, COUNT_NAMED, default_graph_uri=UNITS) == 0


def test_named_graph_uri_alone_makes_the_default_graph_empty(http: httpx.Client) -> None:
    assert count(http, COUNT_DEFAULT, named_graph_uri=UNITS) == 0
    assert count(http, COUNT_NAMED, named_graph_uri=[UNITS, CONCEPTS]) == 2


def test_dataset_parameters_override_from(http: httpx.Client) -> None:
    query = COUNT_DEFAULT.replace("{", f"FROM <{UNITS}> {{", 1)
    assert count(http, query) > 10
    assert count(http, query, default_graph_uri=CONCEPTS) == 0


def test_from_of_the_query_replaces_the_union(http: httpx.Client) -> None:
    assert count(http, COUNT_DEFAULT.replace("{", f"FROM <{CONCEPTS}> {{", 1)) == 0
    assert count(http, COUNT_DEFAULT.replace("{", f"FROM NAMED <{UNITS}> {{", 1)) == 0
    assert count(http, COUNT_NAMED.replace("{", f"FROM NAMED <{UNITS}> {{", 1)) == 1


def test_an_unknown_graph_is_empty(http: httpx.Client) -> None:
    assert count(http, COUNT_DEFAULT, default_graph_uri="http://e/unknown") == 0


def test_the_default_graph_of_rdflib_is_the_default_graph(http: httpx.Client) -> None:
    assert count(http, COUNT_DEFAULT, default_graph_uri="urn:x-rdflib:default") > 10


def test_dataset_parameters_of_the_address_count_for_post_direct(http: httpx.Client) -> None:
    response = http.post(
        "/sparql",
        params={"default-graph-uri": CONCEPTS},
        content=f"ASK {{ {THAI_NGUYEN} ?p ?o }}",
        headers={"content-type": QUERY},
    )
    assert response.json()["boolean"] is False


def test_a_graph_name_that_is_no_iri_is_400(http: httpx.Client) -> None:
    response = http.get("/sparql", params={"query": CODE, "default-graph-uri": "not an IRI"})
    assert "default-graph-uri" in str(problem(response, 400, "bad-request")["detail"])


def test_a_relative_iri_of_a_query_is_below_the_base_of_vndx(http: httpx.Client) -> None:
    query = "SELECT ?code { <id/unit/2025/19> <ontology#code> ?code }"
    assert code_of(http.get("/sparql", params={"query": query})) == "19"
