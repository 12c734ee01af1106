"""SPARQL 1.1 Protocol, query operation: what each request gets, seen from outside."""

from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import threading
import time
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_support import Server
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
THAI_NGUYEN = "<https://w3id.org/vndx/id/unit/2025/19>"
CODE = f"SELECT ?code {{ {THAI_NGUYEN} <https://w3id.org/vndx/ontology#code> ?code }}"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . FILTER(?s = {THAI_NGUYEN}) }}"
CROSS_PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {CROSS_PRODUCT}"
LARGE = "SELECT * { ?s ?p ?o . ?s2 <http://e/p> ?o2 } LIMIT 1000000"


def problem(response: httpx.Response, status: int, slug: str) -> dict[str, object]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    content = response.json()
    assert content["type"] == f"https://w3id.org/vndx/problem/{slug}"
    assert content["status"] == status
    assert isinstance(content, dict)
    return content


def code_of(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    value = response.json()["results"]["bindings"][0]["code"]["value"]
    assert isinstance(value, str)
    return value


# The three ways to send a query (section 2.1)


def test_get_with_query_is_answered(http: httpx.Client) -> None:
    assert code_of(http.get("/sparql", params={"query": CODE})) == "19"


def test_post_form_is_answered(http: httpx.Client) -> None:
    assert code_of(http.post("/sparql", data={"query": CODE})) == "19"


def test_post_form_with_charset_is_answered(http: httpx.Client) -> None:
    body = httpx.QueryParams({"query": CODE})
    response = http.post("/sparql", content=str(body), headers={"content-type": f"{FORM}; charset=UTF-8"})
    assert code_of(response) == "19"


def test_post_direct_is_answered(http: httpx.Client) -> None:
    assert code_of(http.post("/sparql", content=CODE, headers={"content-type": QUERY})) == "19"


def test_post_direct_with_charset_is_answered(http: httpx.Client) -> None:
    response = http.post("/sparql", content=CODE, headers={"content-type": f"{QUERY};charset=utf-8"})
    assert code_of(response) == "19"


def test_head_has_the_headers_of_get_and_no_body(http: httpx.Client) -> None:
    got, headed = (http.request(method, "/sparql", params={"query": CODE}) for method in ("GET", "HEAD"))
    assert headed.status_code == 200
    assert headed.content == b""
    for name in ("content-type", "content-length", "etag", "vary"):
        assert headed.headers[name] == got.headers[name]


def test_head_of_a_large_answer_is_answered(http: httpx.Client) -> None:
    response = http.head("/sparql", params={"query": LARGE})
    assert (response.status_code, response.content) == (200, b"")


def test_options_names_the_methods(http: httpx.Client) -> None:
    response = http.options("/sparql")
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST, QUERY"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405(http: httpx.Client, method: str) -> None:
    response = http.request(method, "/sparql", params={"query": CODE})
    problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST, QUERY"


# What is no query request


@pytest.mark.parametrize("params", [{"query": ["ASK {}", "ASK {}"]}, {"query": ""}, {"query": "  \n"}])
def test_get_with_two_or_empty_queries_is_400(http: httpx.Client, params: dict[str, str]) -> None:
    problem(http.get("/sparql", params=params), 400, "bad-request")


def test_post_form_with_two_queries_is_400(http: httpx.Client) -> None:
    problem(http.post("/sparql", data={"query": ["ASK {}", "ASK {}"]}), 400, "bad-request")


def test_post_form_without_query_is_400(http: httpx.Client) -> None:
    problem(http.post("/sparql", data={"other": "x"}), 400, "bad-request")


def test_post_direct_with_a_second_query_in_the_address_is_400(http: httpx.Client) -> None:
    response = http.post("/sparql", params={"query": CODE}, content=CODE, headers={"content-type": QUERY})
    problem(response, 400, "bad-request")


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", ""])
def test_post_of_another_media_type_is_415(http: httpx.Client, media_type: str) -> None:
    headers = {"content-type": media_type} if media_type else {}
    response = http.post("/sparql", content=CODE.encode(), headers=headers)
    problem(response, 415, "unsupported-media-type")
    assert QUERY in response.headers["accept-post"]


def test_post_direct_in_utf_16_is_415(http: httpx.Client) -> None:
    headers = {"content-type": f"{QUERY}; charset=UTF-16"}
    response = http.post("/sparql", content=CODE.encode("utf-16"), headers=headers)
    problem(response, 415, "unsupported-media-type")


def test_post_direct_that_is_not_utf_8_is_400(http: httpx.Client) -> None:
    response = http.post("/sparql", content=b"ASK {} # \xff", headers={"content-type": QUERY})
    problem(response, 400, "bad-request")


def test_a_request_over_the_limit_is_413(http: httpx.Client) -> None:
    long_query = "ASK {} #" + "x" * 30_000
    problem(http.post("/sparql", content=long_query, headers={"content-type": QUERY}), 413, "too-large")
    problem(http.get("/sparql", params={"query": long_query}), 413, "too-large")


UPDATE = "INSERT DATA { <http://e/s> <http://e/p> 1 }"


def test_updates_are_403_however_they_are_sent(http: httpx.Client) -> None:
    updates = {"content-type": "application/sparql-update"}
    problem(http.get("/sparql", params={"update": UPDATE}), 403, "read-only")
    problem(http.post("/sparql", data={"update": UPDATE}), 403, "read-only")
    problem(http.post("/sparql", content=UPDATE, headers=updates), 403, "read-only")
    problem(http.post("/sparql", data={"query": UPDATE}), 403, "read-only")
    problem(http.post("/sparql", data={"query": "LOAD <http://127.0.0.1/>"}), 403, "read-only")


def test_a_syntax_error_is_400_with_line_and_column(http: httpx.Client) -> None:
    content = problem(http.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p"}), 400, "query-syntax")
    assert (content["line"], content["column"]) == (2, 14)
    assert "line 2, column 14" in str(content["detail"])


def test_an_error_is_a_page_for_a_browser(http: httpx.Client) -> None:
    response = http.get("/sparql", params={"query": "SELECT"}, headers={"accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Truy vấn sai cú pháp" in response.text


def test_unknown_parameters_are_tolerated(http: httpx.Client) -> None:
    params = {"query": CODE, "output": "xml", "results": "json", "x": "1"}
    assert code_of(http.get("/sparql", params=params)) == "19"


# SERVICE


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <{server}> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <{server}> { ?s ?p ?o } }",
        "PREFIX : <{server}> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n<{server}>{?s ?p ?o} }",
        "SELECT * { VALUES ?x { <{server}> } SERVICE ?x { ?s ?p ?o } }",
    ],
)
def test_service_is_403_and_no_connection_is_made(http: httpx.Client, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        problem(
            http.post("/sparql", data={"query": query.replace("{server}", address)}), 403, "service-refused"
        )
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_word_service_in_a_string_is_no_call(http: httpx.Client) -> None:
    response = http.get("/sparql", params={"query": 'ASK { FILTER(STRLEN("SERVICE <http://e/> {}") > 0) }'})
    assert response.json()["boolean"] is True


# Percent signs are decoded once


@pytest.mark.parametrize("value", ["100%25", "a+b", "Bắc Ninh", "B%E1%BA%AFc", "a&b=c", "đ\u0323", "\u00a0"])
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_text_comes_back_as_it_was_sent(http: httpx.Client, value: str, way: str) -> None:
    query = f'SELECT ("{value}" AS ?x) {{}}'
    if way == "get":
        response = http.get("/sparql", params={"query": query})
    elif way == "form":
        response = http.post("/sparql", data={"query": query})
    else:
        response = http.post("/sparql", content=query, headers={"content-type": QUERY})
    assert response.json()["results"]["bindings"][0]["x"]["value"] == value


# The dataset (section 2.1.4)

UNITS = "https://w3id.org/vndx/graph/table/units"
CONCEPTS = "https://w3id.org/vndx/graph/concepts"
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


# Formats


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


# Service description


def test_get_without_query_describes_the_service(http: httpx.Client, server: Server) -> None:
    for accept in ("*/*", "text/turtle", "application/rdf+xml", "application/ld+json"):
        response = http.get("/sparql", headers={"accept": accept})
        assert response.status_code == 200
        media_type = response.headers["content-type"].partition(";")[0]
        graph = Graph().parse(data=response.content, format=media_type)
        sd = "http://www.w3.org/ns/sparql-service-description#"
        endpoints = set(graph.objects(None, URIRef(sd + "endpoint")))
        assert endpoints == {URIRef(f"{server.base}/sparql")}
        names = {str(name) for name in graph.objects(None, URIRef(sd + "name"))}
        assert {UNITS, CONCEPTS} <= names
        assert (None, URIRef(sd + "feature"), URIRef(sd + "UnionDefaultGraph")) in graph


def test_the_service_description_does_not_repeat_the_host_header(http: httpx.Client) -> None:
    assert "evil.example" not in http.get("/sparql", headers={"host": "evil.example"}).text


def test_get_without_query_is_a_form_for_a_browser(http: httpx.Client) -> None:
    response = http.get("/sparql", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<form" in response.text


# Limits


def test_a_query_past_its_deadline_is_503_with_retry_after(http: httpx.Client) -> None:
    start = time.monotonic()
    response = http.get("/sparql", params={"query": ENDLESS, "timeout": "300ms"})
    assert time.monotonic() - start < 1.5
    problem(response, 503, "query-timeout")
    assert int(response.headers["retry-after"]) > 0


def test_timeout_never_raises_the_deadline_of_the_server(http: httpx.Client) -> None:
    start = time.monotonic()
    problem(http.get("/sparql", params={"query": ENDLESS, "timeout": "3600"}), 503, "query-timeout")
    assert time.monotonic() - start < 4


@pytest.mark.parametrize("given", ["0", "-1", "soon", "5 minutes"])
def test_a_timeout_that_is_no_time_is_400(http: httpx.Client, given: str) -> None:
    problem(http.get("/sparql", params={"query": CODE, "timeout": given}), 400, "bad-request")


def test_sorting_a_cross_product_ends_without_harm(http: httpx.Client) -> None:
    response = http.get("/sparql", params={"query": f"SELECT * {CROSS_PRODUCT} ORDER BY ?c ?f ?i"})
    assert response.status_code == 503
    assert response.json()["type"].rpartition("/")[2] in ("query-timeout", "query-memory")
    assert code_of(http.get("/sparql", params={"query": CODE})) == "19"


def test_deep_nesting_is_400_and_costs_nobody_else(http: httpx.Client) -> None:
    nested = "SELECT * { " + "{" * 1_000 + "}" * 1_000 + " }"
    problem(http.post("/sparql", data={"query": nested}), 400, "query-syntax")
    assert code_of(http.get("/sparql", params={"query": CODE})) == "19"


def test_a_query_that_overflows_the_stack_of_its_worker_is_a_clear_400(http: httpx.Client) -> None:
    overflowing = "SELECT (" + "!" * 18_000 + "true AS ?x) {}"
    response = http.post("/sparql", content=overflowing, headers={"content-type": QUERY})
    problem(response, 400, "query-too-complex")
    assert code_of(http.get("/sparql", params={"query": CODE})) == "19"


def test_an_answer_that_fails_on_the_way_has_no_clean_end(http: httpx.Client) -> None:
    params = {"query": LARGE, "format": "csv", "timeout": "400ms"}
    with http.stream("GET", "/sparql", params=params, headers={"accept-encoding": "identity"}) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()


def test_a_compressed_answer_that_fails_has_no_clean_end(http: httpx.Client) -> None:
    params = {"query": LARGE, "format": "csv", "timeout": "400ms"}
    with pytest.raises((httpx.RemoteProtocolError, httpx.DecodingError)):
        http.get("/sparql", params=params, headers={"accept-encoding": "gzip"})


def test_an_http_1_0_client_gets_a_length_or_no_answer(server: Server) -> None:
    def ask(query: str, timeout: str) -> bytes:
        host, port = server.base.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 20) as connection:
            target = httpx.URL("/sparql", params={"query": query, "format": "csv", "timeout": timeout})
            connection.sendall(f"GET {target} HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            received = b""
            while part := connection.recv(65536):
                received += part
            return received

    head, _, body = ask("SELECT * { ?s <http://e/p> ?o }", "2s").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert f"content-length: {len(body)}".encode() in head
    assert b"transfer-encoding" not in head
    assert b" 200 " not in ask(LARGE, "200ms").partition(b"\r\n")[0]


def test_a_client_that_leaves_frees_its_worker(http: httpx.Client, server: Server) -> None:
    def leave_early() -> None:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.base}/sparql", params={"query": ENDLESS}, timeout=0.3)

    leavers = [threading.Thread(target=leave_early) for _ in range(2)]
    for leaver in leavers:
        leaver.start()
    for leaver in leavers:
        leaver.join()
    start = time.monotonic()
    assert code_of(http.get("/sparql", params={"query": CODE})) == "19"
    assert time.monotonic() - start < 1


def test_a_large_answer_is_whole(http: httpx.Client) -> None:
    response = http.get("/sparql", params={"query": "SELECT * { ?s <http://e/p> ?o }", "format": "csv"})
    assert len(response.text.splitlines()) == 40_001


# Caching


def test_the_same_request_with_its_entity_tag_is_304(http: httpx.Client) -> None:
    first = http.get("/sparql", params={"query": CODE})
    assert first.headers["etag"].startswith('"')
    assert first.headers["cache-control"] == "public, no-cache"
    again = http.get("/sparql", params={"query": CODE}, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_another_format_dataset_or_query_has_another_tag(http: httpx.Client) -> None:
    requests = [
        {"query": CODE},
        {"query": CODE, "format": "csv"},
        {"query": CODE + " "},
        {"query": CODE, "default-graph-uri": UNITS},
        {"query": CODE, "named-graph-uri": UNITS},
    ]
    tags = [http.get("/sparql", params=params).headers["etag"] for params in requests]
    assert len(set(tags)) == len(tags)


def test_the_compressed_form_has_a_tag_of_its_own_that_is_known_again(http: httpx.Client) -> None:
    params = {"query": "SELECT * { ?s ?p ?o } LIMIT 100"}
    plain = http.get("/sparql", params=params, headers={"accept-encoding": "identity"})
    packed = http.get("/sparql", params=params, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    headers = {"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]}
    again = http.get("/sparql", params=params, headers=headers)
    assert (again.status_code, again.headers["etag"]) == (304, packed.headers["etag"])


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_an_answer_that_is_new_each_time_is_not_kept(http: httpx.Client, function: str) -> None:
    response = http.get("/sparql", params={"query": f"SELECT ({function} AS ?x) {{}}"})
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


# Other origins


def test_every_answer_may_be_read_from_any_origin_without_credentials(http: httpx.Client) -> None:
    for params in ({"query": CODE}, {"query": "SELECT"}, {}):
        response = http.get("/sparql", params=params)
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers


def test_a_preflight_is_answered(http: httpx.Client) -> None:
    headers = {
        "origin": "https://example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type, if-none-match",
    }
    response = http.options("/sparql", headers=headers)
    assert response.status_code == 204
    assert "POST" in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-allow-headers"] == "content-type, if-none-match"


# Clients that people use


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
