"""What HTTP and SPARQL 1.1 Protocol leave to requests that the W3C's suite does not make."""

from __future__ import annotations

import gzip

import httpx
import pytest
from answer_support import media_type, problem
from server_support import Server

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
ONE = "http://example.org/data/1"
SELECT = f"SELECT ?type {{ <{ONE}> a ?type }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{ONE}> a ?type }}"
JSON = "application/sparql-results+json"
CSV = "text/csv"
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "QUERY")


# HEAD (RFC 9110, section 9.3.2)


@pytest.mark.parametrize(
    "params", [{"query": SELECT}, {"query": CONSTRUCT}, {"query": "SELECT"}, {}, {"update": "CLEAR ALL"}]
)
def test_head_is_get_without_the_body(client: httpx.Client, params: dict[str, str]) -> None:
    got, headed = (client.request(method, "/sparql", params=params) for method in ("GET", "HEAD"))
    assert headed.status_code == got.status_code
    assert headed.content == b""
    own = dict.fromkeys(("date", "query-id", "query-token"), "")  # of each request
    assert {**headed.headers, **own} == {**got.headers, **own}


# OPTIONS (section 9.3.7)


def test_options_names_each_method_that_works(client: httpx.Client) -> None:
    response = client.options("/sparql")
    assert response.status_code in (200, 204)
    allowed = {name.strip() for name in response.headers["allow"].split(",")}
    assert allowed == set(METHODS)
    for method in set(METHODS) - {"OPTIONS"}:
        answered = client.request(method, "/sparql", params={"query": "ASK {}"} if method == "GET" else {})
        assert answered.status_code not in (405, 501)


def test_a_preflight_allows_each_method_that_a_page_may_send(client: httpx.Client) -> None:
    for method in ("POST", "QUERY"):
        asked = {"origin": "https://a.example", "access-control-request-method": method}
        response = client.options("/sparql", headers=asked)
        assert response.is_success
        assert method in response.headers["access-control-allow-methods"].replace(" ", "").split(",")


# QUERY (the HTTP QUERY method): a safe POST, its body says what is asked


def test_query_method_with_a_query_is_answered(client: httpx.Client) -> None:
    asked = client.request("QUERY", "/sparql", content=SELECT, headers={"content-type": QUERY})
    posted = client.post("/sparql", content=SELECT, headers={"content-type": QUERY})
    assert media_type(asked) == "application/sparql-results+json"
    assert asked.json() == posted.json()


def test_query_method_with_a_form_is_answered(client: httpx.Client) -> None:
    asked = client.request("QUERY", "/sparql", data={"query": SELECT, "format": "csv"})
    assert media_type(asked) == "text/csv"


def test_query_method_takes_the_dataset_from_the_address(client: httpx.Client) -> None:
    asked = client.request(
        "QUERY",
        "/sparql",
        params={"default-graph-uri": "http://example.org/data/2"},
        content=f"ASK {{ <{ONE}> a ?type }}",
        headers={"content-type": QUERY},
    )
    assert asked.json()["boolean"] is False


def test_query_method_may_be_conditional(client: httpx.Client) -> None:
    headers = {"content-type": QUERY}
    first = client.request("QUERY", "/sparql", content=SELECT, headers=headers)
    headers["if-none-match"] = first.headers["etag"]
    assert client.request("QUERY", "/sparql", content=SELECT, headers=headers).status_code == 304
    assert client.request("QUERY", "/sparql", content=SELECT + " ", headers=headers).status_code == 200


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/sparql-update"])
def test_query_method_with_no_or_another_media_type_is_refused(
    client: httpx.Client, content_type: str
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    response = client.request("QUERY", "/sparql", content=SELECT, headers=headers)
    problem(response, 403 if "update" in content_type else 415)


def test_what_query_method_reads_is_announced(client: httpx.Client) -> None:
    announced = client.options("/sparql").headers["accept-query"]
    assert QUERY in announced
    assert FORM in announced


# The character encoding of a request


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_utf_8_by_any_name_is_read(client: httpx.Client, charset: str) -> None:
    for content_type, body in ((QUERY, 'ASK { FILTER("ạ" = "ạ") }'), (FORM, "query=ASK%20%7B%7D")):
        headers = {"content-type": f"{content_type}; charset={charset}"}
        assert client.post("/sparql", content=body.encode(), headers=headers).json()["boolean"] is True


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-1", "windows-1258", "nonsense"])
def test_another_charset_is_415(client: httpx.Client, charset: str) -> None:
    for content_type, body in ((QUERY, "ASK {}"), (FORM, "query=ASK%20%7B%7D")):
        headers = {"content-type": f"{content_type}; charset={charset}"}
        problem(client.post("/sparql", content=body, headers=headers), 415, "unsupported-media-type")


def test_a_byte_order_mark_before_a_query_is_skipped(client: httpx.Client) -> None:
    """Some editors write one, and `curl --data-binary @query.rq` sends it."""
    response = client.post("/sparql", content=b"\xef\xbb\xbfASK {}", headers={"content-type": QUERY})
    assert media_type(response) == JSON


def test_a_packed_body_is_read_or_refused_as_such(client: httpx.Client) -> None:
    headers = {"content-type": QUERY, "content-encoding": "gzip"}
    response = client.post("/sparql", content=gzip.compress(b"ASK {}"), headers=headers)
    if response.status_code != 200:
        problem(response, 415, "unsupported-media-type")


def test_a_body_in_pieces_is_read(client: httpx.Client) -> None:
    pieces = iter([b"ASK { FILTER(", '"Thái'.encode()[:-1], '"Thái'.encode()[-1:] + b' Nguyen" != "") }'])
    response = client.post("/sparql", content=pieces, headers={"content-type": QUERY})
    assert response.json()["boolean"] is True


def test_a_multipart_form_is_415(client: httpx.Client) -> None:
    problem(client.post("/sparql", files={"query": b"ASK {}"}), 415, "unsupported-media-type")


# Percent signs are decoded once, in whichever way a query comes

SPELLINGS = {
    "http://example.org/Bắc_Ninh": "raw",
    "http://example.org/B%E1%BA%AFc_Ninh": "encoded",
    "http://example.org/Ba\u0306\u0301c_Ninh": "decomposed",
}


@pytest.mark.parametrize("way", ["get", "form", "direct", "query"])
@pytest.mark.parametrize(("iri", "expected"), SPELLINGS.items(), ids=SPELLINGS.values())
def test_an_iri_is_meant_as_it_is_spelt(client: httpx.Client, way: str, iri: str, expected: str) -> None:
    query = f"SELECT ?is {{ <{iri}> <http://example.org/value/is> ?is }}"
    match way:
        case "get":
            response = client.get("/sparql", params={"query": query})
        case "form":
            response = client.post("/sparql", data={"query": query})
        case "direct":
            response = client.post("/sparql", content=query, headers={"content-type": QUERY})
        case _:
            response = client.request("QUERY", "/sparql", content=query, headers={"content-type": QUERY})
    assert [row["is"]["value"] for row in response.json()["results"]["bindings"]] == [expected]


def test_letters_in_the_request_line_are_read_as_utf_8(endpoint: Server) -> None:
    """No URI has them, but curl and scripts send them; a server may refuse them, not misread them."""
    query = "SELECT?is{<http://example.org/Bắc_Ninh><http://example.org/value/is>?is}"
    request = f"GET /sparql?query={query}&format=csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    head, _, body = endpoint.exchange(request.encode()).partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 400"))
    if head.startswith(b"HTTP/1.1 200"):
        assert body.endswith(b"is\r\nraw\r\n")


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("a+b", "a b"),
        ("a%2Bb", "a+b"),
        ("a%2525b", "a%25b"),
        ("%e1%ba%a1", "ạ"),
        ("a;b", "a;b"),
        ("a=b", "a=b"),
    ],
)
def test_what_is_special_in_an_address_is_read_as_the_url_standard_says(
    endpoint: Server, sent: str, meant: str
) -> None:
    encoded = f"query=SELECT%20(%22{sent}%22%20AS%20?x)%20%7B%7D"
    got = httpx.get(f"{endpoint.base}/sparql?{encoded}")
    posted = httpx.post(f"{endpoint.base}/sparql", content=encoded, headers={"content-type": FORM})
    for response in (got, posted):
        assert response.json()["results"]["bindings"][0]["x"]["value"] == meant


@pytest.mark.parametrize("way", ["address", "form"])
def test_bytes_that_are_not_utf_8_are_400(endpoint: Server, way: str) -> None:
    body = "query=ASK%20%7B%7D%23%FF"
    if way == "address":
        response = httpx.get(f"{endpoint.base}/sparql?{body}")
    else:
        response = httpx.post(f"{endpoint.base}/sparql", content=body, headers={"content-type": FORM})
    problem(response, 400, "bad-request")


# Parameters and updates


def test_parameters_of_other_products_do_no_harm(client: httpx.Client) -> None:
    params = {
        "query": SELECT,
        "output": "xml",
        "results": "json",
        "stream": "true",
        "infer": "false",
        "should-sponge": "soft",
        "debug": "on",
        "bắc": "ninh",
        "": "",
    }
    for response in (client.get("/sparql", params=params), client.post("/sparql", data=params)):
        assert media_type(response) == JSON


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://e/s> <http://e/p> 1 }",
        "# an update\nPREFIX e: <http://e/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/> INTO GRAPH <http://e/g>",
        "LOAD <file:///etc/hostname>",
        "DROP SILENT ALL",
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "COPY <http://e/a> TO <http://e/b>",
    ],
)
def test_an_update_is_403_however_it_is_sent(client: httpx.Client, update: str) -> None:
    attempts = [
        client.get("/sparql", params={"update": update}),
        client.get("/sparql", params={"query": update}),
        client.post("/sparql", data={"update": update}),
        client.post("/sparql", data={"query": "ASK {}", "update": update}),
        client.post("/sparql", content=update, headers={"content-type": "application/sparql-update"}),
        client.post("/sparql", content=update, headers={"content-type": QUERY}),
    ]
    for response in attempts:
        assert "read" in str(problem(response, 403, "read-only")["title"])


def test_a_graph_store_request_is_no_query(client: httpx.Client) -> None:
    """SPARQL 1.1 Graph Store Protocol: there is none here, and nothing may look as if it were."""
    for method in ("PUT", "DELETE", "PATCH"):
        response = client.request(method, "/sparql", params={"graph": ONE})
        problem(response, 405, "method-not-allowed")
    response = client.post(
        "/sparql", params={"graph": ONE}, content="", headers={"content-type": "text/turtle"}
    )
    problem(response, 415, "unsupported-media-type")


# Validators


def test_a_tag_among_others_and_a_star_are_known_again(client: httpx.Client) -> None:
    params = {"query": SELECT}
    tag = client.get("/sparql", params=params).headers["etag"]
    for known in (f'"other", {tag}', f"W/{tag}", "*"):
        assert client.get("/sparql", params=params, headers={"if-none-match": known}).status_code == 304
    for unknown in ('"other"', ""):
        assert client.get("/sparql", params=params, headers={"if-none-match": unknown}).status_code == 200


def test_get_post_and_accept_of_one_answer_agree_on_its_tag(client: httpx.Client) -> None:
    by_get = client.get("/sparql", params={"query": SELECT}, headers={"accept": CSV})
    by_name = client.post("/sparql", data={"query": SELECT, "format": "csv"})
    assert by_get.content == by_name.content
    assert by_get.headers["etag"] == by_name.headers["etag"]


# Content codings (RFC 9110, section 12.5.3)

LARGE = "SELECT * { ?s <http://e/p> ?o } LIMIT 500"


@pytest.mark.parametrize(
    "accepted", ["gzip", "GZIP", "gzip;q=0.5", "br;q=0, gzip", "*;q=0, gzip", "deflate, gzip"]
)
def test_an_answer_is_packed_for_who_can_unpack_it(client: httpx.Client, accepted: str) -> None:
    plain = client.get("/sparql", params={"query": LARGE}, headers={"accept-encoding": "identity"})
    packed = client.get("/sparql", params={"query": LARGE}, headers={"accept-encoding": accepted})
    assert "content-encoding" in packed.headers
    assert packed.content == plain.content
    assert "Accept-Encoding" in packed.headers["vary"]


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "gzip;q=0, *;q=0", "x-notgzip", "unknown"])
def test_an_answer_is_not_packed_for_who_cannot_unpack_it(client: httpx.Client, accepted: str) -> None:
    response = client.get("/sparql", params={"query": LARGE}, headers={"accept-encoding": accepted})
    assert response.status_code == 200
    assert response.headers.get("content-encoding", "identity") == "identity"
    assert len(response.json()["results"]["bindings"]) == 500
