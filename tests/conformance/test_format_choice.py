"""Which format an answer has: by name (``format=``), by the suffix of the address, else by Accept."""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import pytest
from answer_support import media_type, problem
from pyoxigraph import RdfFormat, parse
from server_support import Server

ONE = "http://example.org/data/1"
SELECT = f"SELECT ?type {{ <{ONE}> a ?type }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{ONE}> a ?type }}"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"

# By name and by suffix: both win over Accept

SUFFIXES = {
    "json": "application/sparql-results+json",
    "srj": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "srx": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH_SUFFIXES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "trig": "application/trig",
}


@pytest.mark.parametrize(("name", "expected"), [*SUFFIXES.items(), *GRAPH_SUFFIXES.items()])
def test_format_names_the_format(client: httpx.Client, name: str, expected: str) -> None:
    params = {"query": SELECT if name in SUFFIXES else CONSTRUCT, "format": name}
    assert media_type(client.get("/sparql", params=params, headers={"accept": "image/png"})) == expected
    assert media_type(client.post("/sparql", data=params)) == expected


@pytest.mark.parametrize("expected", sorted({*SUFFIXES.values(), *GRAPH_SUFFIXES.values()}))
def test_format_may_be_a_media_type(client: httpx.Client, expected: str) -> None:
    query = SELECT if expected in SUFFIXES.values() else CONSTRUCT
    assert media_type(client.get("/sparql", params={"query": query, "format": expected})) == expected


@pytest.mark.parametrize(("suffix", "expected"), [*SUFFIXES.items(), *GRAPH_SUFFIXES.items()])
def test_a_suffix_names_the_format(client: httpx.Client, suffix: str, expected: str) -> None:
    params = {"query": SELECT if suffix in SUFFIXES else CONSTRUCT}
    got = client.get(f"/sparql.{suffix}", params=params, headers={"accept": "image/png"})
    assert media_type(got) == expected
    assert media_type(client.post(f"/sparql.{suffix}", data=params)) == expected


def test_a_suffix_that_is_no_format_is_404(client: httpx.Client) -> None:
    problem(client.get("/sparql.exe", params={"query": SELECT}), 404, "not-found")


def test_a_suffix_for_the_other_kind_of_answer_is_406(client: httpx.Client) -> None:
    problem(client.get("/sparql.ttl", params={"query": SELECT}), 406, "not-acceptable")
    problem(client.get("/sparql.csv", params={"query": CONSTRUCT}), 406, "not-acceptable")


def test_the_endpoint_may_be_written_with_a_slash_at_its_end(client: httpx.Client) -> None:
    """As the W3C's suite does; a redirect would turn a POST into a GET in many clients."""
    assert media_type(client.get("/sparql/", params={"query": SELECT})) == "application/sparql-results+json"
    assert media_type(client.post("/sparql/", data={"query": SELECT})) == "application/sparql-results+json"


# By Accept (RFC 9110, section 12.5.1)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*;q=0.1", JSON),
        ("application/*", JSON),
        ("text/*", CSV),
        ("text/*;q=0.5, text/csv;q=0.1", TSV),
        ("text/*, text/csv;q=0", TSV),
        ("*/*, application/sparql-results+json;q=0, application/json;q=0", XML),
        ("application/sparql-results+json;q=0.999, application/sparql-results+xml;q=1.000", XML),
        ("application/sparql-results+xml, application/sparql-results+json", JSON),
        ("APPLICATION/SPARQL-RESULTS+XML", XML),
        ("application/sparql-results+xml ; Q=0.8 , text/csv;q=0.7", XML),
        ("application/sparql-results+json;charset=utf-8", JSON),
        ("image/png, text/csv;q=0.001", CSV),
        (";;;, text/csv", CSV),
        ("text/csv, application/sparql-results+json;q=1.5", CSV),
        ('image/png;note="text/csv, */*;q=1", text/tab-separated-values', TSV),
        ("text/html, text/csv;q=0.9", CSV),
        ("application/rdf+xml, text/turtle, application/sparql-results+xml;q=0.5", XML),
    ],
)
def test_select_is_what_accept_prefers(client: httpx.Client, accept: str, expected: str) -> None:
    assert media_type(client.get("/sparql", params={"query": SELECT}, headers={"accept": accept})) == expected


def exchange(endpoint: Server, *headers: str) -> tuple[bytes, bytes]:
    """Send a query with just these headers, and give head and body of what comes back."""
    lines = [f"GET /sparql?query={quote(SELECT)} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
    head, _, body = endpoint.exchange("\r\n".join(lines).encode()).partition(b"\r\n\r\n")
    return head, body


def test_lines_of_one_header_are_one_list(endpoint: Server) -> None:
    """RFC 9110, section 5.3: the second line says more of the same."""
    accept = "Accept: text/csv;q=0.1\r\nAccept: text/tab-separated-values"
    request = (
        f"GET /sparql?query={quote(SELECT)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{accept}\r\n\r\n"
    )
    head, _, _ = endpoint.exchange(request.encode()).partition(b"\r\n\r\n")
    assert b"content-type: text/tab-separated-values" in head.lower()


def test_no_accept_at_all_is_answered(endpoint: Server) -> None:
    head, body = exchange(endpoint)
    assert b"content-type: application/sparql-results+json" in head.lower()
    assert json.loads(body)["results"]["bindings"]


@pytest.mark.parametrize("accept", ["text/html", "application/xhtml+xml, text/html;q=0.9"])
def test_one_who_takes_html_only_is_told_what_there_is(client: httpx.Client, accept: str) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"accept": accept})
    assert response.status_code == 406
    assert "text/csv" in response.text


def test_describe_gives_the_same_triples_in_each_format(client: httpx.Client) -> None:
    query = "DESCRIBE <https://w3id.org/vndx/id/platform/c-thai-nguyen>"
    graphs = []
    for expected in GRAPH_SUFFIXES.values():
        body = client.get("/sparql", params={"query": query}, headers={"accept": expected}).content
        graphs.append({quad.triple for quad in parse(body, RdfFormat.from_media_type(expected))})
    assert len(graphs[0]) > 5
    assert all(graph == graphs[0] for graph in graphs)
