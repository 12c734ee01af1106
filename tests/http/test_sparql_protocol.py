"""SPARQL 1.1 Protocol, query operation: what each request gets, seen from outside."""

from __future__ import annotations

import httpx
import pytest
from answer_support import problem
from rdflib import Graph, URIRef
from server_support import Server
from sparql_support import CODE, CONCEPTS, FORM, LARGE, QUERY, UNITS, code_of

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
