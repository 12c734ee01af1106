"""Clients that people use get right answers: SPARQLWrapper, rdflib, curl."""

from __future__ import annotations

import json
import subprocess

import httpx
import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_support import Server
from sparql_support import CODE, CONSTRUCT, LARGE, THAI_NGUYEN
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper


def test_sparqlwrapper_gets_right_answers(server: Server) -> None:
    for method, way in (("GET", None), (POST, None), (POST, POSTDIRECTLY)):
        client = SPARQLWrapper(f"{server.base}/sparql")
        client.setMethod(method)
        if way:
            client.setRequestMethod(way)
        client.setQuery(CODE)
        client.setReturnFormat(JSON)
        assert client.queryAndConvert()["results"]["bindings"][0]["code"]["value"] == "19"
        client.setReturnFormat(XML)
        assert "19" in client.queryAndConvert().toxml()
        client.setReturnFormat(CSV)
        assert client.queryAndConvert().split() == [b"code", b"19"]
        client.setQuery(CONSTRUCT)
        client.setReturnFormat(TURTLE)
        assert b"ontology#code" in client.queryAndConvert()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparqlstore_gets_right_answers(server: Server, method: str) -> None:
    store = SPARQLStore(f"{server.base}/sparql", method=method)
    dataset = Dataset(store=store, default_union=True)
    rows = list(dataset.query(CODE))
    assert [str(row[0]) for row in rows] == ["19"]
    graph = Graph(store=store)
    assert len(list(graph.triples((URIRef(THAI_NGUYEN.strip("<>")), None, None)))) > 10


def test_curl_gets_right_answers(server: Server) -> None:
    command = ["curl", "-sS", "--fail", "--data-urlencode", f"query={CODE}", "-H", "Accept: text/csv"]
    done = subprocess.run([*command, f"{server.base}/sparql"], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["code", "19"]


def test_curl_sees_that_an_answer_broke_off(server: Server) -> None:
    command = ["curl", "-sS", "-o", "/dev/null", "-d", "timeout=400ms", "--data-urlencode", f"query={LARGE}"]
    done = subprocess.run([*command, f"{server.base}/sparql"], capture_output=True, check=False, text=True)
    assert done.returncode in (18, 56, 92), done.stderr


def test_answers_are_json_in_utf_8(http: httpx.Client) -> None:
    query = f"SELECT ?x {{ {THAI_NGUYEN} <http://www.w3.org/2004/02/skos/core#prefLabel> ?x }} ORDER BY ?x"
    bindings = json.loads(http.get("/sparql", params={"query": query}).content)["results"]["bindings"]
    assert [b["x"]["value"] for b in bindings] == ["Thai Nguyen", "Thái Nguyên"]
