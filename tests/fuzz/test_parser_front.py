"""Whatever is sent, there is a valid answer or a problem, in time, and nothing is broken or called."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Iterator, Set
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from answer_support import PROBLEM_JSON
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from process_support import processes_of
from pyoxigraph import RdfFormat, parse
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of
from sparql_strategies import SEEDS, calls, damaged_queries, made_queries

from graph.snapshots.home import SnapshotHome

FIXTURES = Path(__file__).parents[1] / "fixtures" / "service"
QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
PROBLEM_STATUSES = {400, 403, 404, 405, 406, 413, 414, 415, 429, 431, 503}
CALL_STATUSES = {*PROBLEM_STATUSES, 502}
"""A server that may be called, and is not there, is no fault of ours either."""
ALLOWED = "http://127.0.0.2:9"
"""An origin that may be called, where nobody listens."""
FORMATS = ("json", "xml", "csv", "tsv", "ttl", "nt", "rdf", "jsonld", "nq", "trig")

bounded = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@pytest.fixture(scope="module")
def trap() -> Iterator[socket.socket]:
    """An address that no query may make the service call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with little data and a short deadline."""
    folder = tmp_path_factory.mktemp("fuzzed")
    home = SnapshotHome(folder / "home")
    files = [FIXTURES / name for name in ("small.trig", "documents.trig", "values.trig")]
    publish_quads(home, [quad for path in files for quad in quads_of(path)])
    limits = {"deadline": 1, "workers": 2, "worker_memory": 256 * 1024**2, "query_limit": 50_000}
    federation = {"service_origins": ALLOWED, "service_allow_private": True}
    with run_server(home, folder / "log", **limits, **federation) as running:
        wait_until(lambda: is_ready(running))
        yield running


@pytest.fixture(scope="module")
def client(endpoint: Server) -> Iterator[httpx.Client]:
    """A client that gives up on an answer long after the deadline of the server: that would be a hang."""
    with httpx.Client(base_url=endpoint.base, timeout=10) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _nothing_is_broken_or_called(endpoint: Server, trap: socket.socket) -> Iterator[None]:
    before = processes_of(endpoint)
    logged = len(endpoint.log.read_text())
    yield
    after = processes_of(endpoint)
    assert (after.server, after.zygote) == (before.server, before.zygote)
    assert httpx.post(f"{endpoint.base}/sparql", data={"query": "ASK {}"}).json()["boolean"] is True
    assert "Traceback" not in endpoint.log.read_text()[logged:]
    assert_not_called(trap)


def assert_not_called(trap: socket.socket) -> None:
    with pytest.raises(BlockingIOError):
        trap.accept()


def assert_valid(response: httpx.Response, problems: Set[int] = frozenset(PROBLEM_STATUSES)) -> None:
    """An answer that its media type's reader reads, or a problem that says what is wrong; never our fault."""
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if response.status_code in (204, 304) or response.request.method == "HEAD":
        assert response.status_code in (200, 204, 304, *PROBLEM_STATUSES)
        assert response.content == b""
    elif response.status_code == 200:
        read(media_type, response.content)
    else:
        assert response.status_code in problems, response.text
        assert media_type in (PROBLEM_JSON, "text/html")
        if media_type == PROBLEM_JSON:
            content = response.json()
            assert content["status"] == response.status_code
            assert content["type"].startswith("https://w3id.org/vndx/problem/")


def read(media_type: str, content: bytes) -> None:
    match media_type:
        case "application/sparql-results+json" | "application/json" | "application/ld+json":
            json.loads(content)
        case "application/sparql-results+xml" | "application/xml" | "text/xml":
            ElementTree.fromstring(content)  # noqa: S314 - it is our own
        case "text/csv":
            list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        case "text/tab-separated-values":
            head, *lines = content.decode("utf-8").removesuffix("\n").split("\n")
            assert all(line.count("\t") == head.count("\t") for line in lines)
        case "text/html":
            assert content.startswith(b"<!doctype html>")
        case _:
            list(parse(content, RdfFormat.from_media_type(media_type)))


def addressed(query: str, trap: socket.socket) -> bytes:
    return query.replace("ADDRESS", f"http://127.0.0.1:{trap.getsockname()[1]}/").encode()


@bounded
@given(query=damaged_queries(), name=st.sampled_from(FORMATS))
def test_damaged_queries(client: httpx.Client, trap: socket.socket, query: str, name: str) -> None:
    headers = {"content-type": QUERY}
    assert_valid(
        client.post("/sparql", params={"format": name}, content=addressed(query, trap), headers=headers)
    )


@bounded
@given(query=calls())
@example('PREFIX s: <ALLOWED> VERSION "1.2" PREFIX s: <ADDRESS> SELECT * { SERVICE s: { ?x ?y ?z } }')
@example("PREFIX s: <ALLOWED> PREFIXs: <ADDRESS> SELECT * { SERVICE s: { ?x ?y ?z } }")
@example("PREFIX SILENTs: <ALLOWED> PREFIX s: <ADDRESS> SELECT * { SERVICE SILENTs:x { ?x ?y ?z } }")
@example("SELECT * { FILTER(?a<?b)SERVICE#>\n<ADDRESS>{ ?x ?y ?z } }")
@example("SELECT * { SERVICE <ALLOWED> { SERVICE <ADDRESS> { ?x ?y ?z } } }")
@example("ASK { SERVICE <ALLOWED> { ?x ?y ?z } }")
def test_calls_of_addresses(client: httpx.Client, trap: socket.socket, query: str) -> None:
    """Whatever the query does to hide where it calls."""
    sent = addressed(query, trap).replace(b"ALLOWED", f"{ALLOWED}/".encode())
    answer = client.post("/sparql", content=sent, headers={"content-type": QUERY})
    assert_valid(answer, CALL_STATUSES)
    if answer.status_code == 502:
        assert ALLOWED in answer.json()["detail"]
    # No message names the gateway.
    assert "127.0.0.1:" not in answer.text.replace(f"127.0.0.1:{trap.getsockname()[1]}", "")
    assert_not_called(trap)


@bounded
@given(query=made_queries(), name=st.sampled_from(("json", "xml", "csv", "tsv")))
def test_made_queries(client: httpx.Client, trap: socket.socket, query: str, name: str) -> None:
    is_graph = query.startswith(("CONSTRUCT", "DESCRIBE"))
    data = {"query": addressed(query, trap).decode(), "format": "trig" if is_graph else name}
    assert_valid(client.post("/sparql", data=data))


BODY_TYPES = (QUERY, FORM, "application/sparql-update", "")


@bounded
@given(body=st.binary(max_size=200), content_type=st.sampled_from(BODY_TYPES))
def test_any_bytes_as_body(client: httpx.Client, body: bytes, content_type: str) -> None:
    headers = {"content-type": content_type} if content_type else {}
    assert_valid(client.post("/sparql", content=body, headers=headers))


FORM_PIECES = (b"query=", b"%", b"%4", b"%FF", b"ASK{}", b"&", b"=", b"+", b"\xff", b"format=", b"\x00")


@bounded
@given(pieces=st.lists(st.sampled_from(FORM_PIECES)))
def test_any_bytes_as_form_and_as_address(client: httpx.Client, pieces: list[bytes]) -> None:
    form = b"".join(pieces)
    assert_valid(client.post("/sparql", content=form, headers={"content-type": FORM}))
    address = form.replace(b"\xff", b"%ff").replace(b"\x00", b"%00")
    assert_valid(client.get(client.base_url.copy_with(path="/sparql", query=address)))


NAMES = (
    *("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "format", "timeout"),
    *("output", "results", "lang", "callback", "query ", "QUERY", "", "tên"),
)
ODD_VALUES = ("", "0", "-1", "1ms", "5 s", "nan", "inf", "1e9", "http://e/g", "urn:x", "::", "\x00")
VALUES = st.sampled_from((*SEEDS, *FORMATS, *ODD_VALUES)) | st.text(max_size=30)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6).map(httpx.QueryParams)


@bounded
@given(address=PAIRS, form=PAIRS, method=st.sampled_from(("GET", "HEAD", "POST", "QUERY")))
def test_any_parameters(
    client: httpx.Client, address: httpx.QueryParams, form: httpx.QueryParams, method: str
) -> None:
    if method in ("GET", "HEAD"):
        assert_valid(client.request(method, "/sparql", params=address))
    else:
        headers = {"content-type": FORM}
        assert_valid(client.request(method, "/sparql", params=address, content=str(form), headers=headers))


METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "QUERY")
FIELDS = (
    *("accept", "accept-language", "accept-encoding", "accept-charset", "content-type", "if-none-match"),
    *("if-modified-since", "if-match", "range", "origin", "access-control-request-method", "referer"),
    *("x-forwarded-for", "x-forwarded-proto", "forwarded", "x-http-method-override", "authorization"),
)
ELEMENTS = (
    *("*/*", "text/html", "text/csv", "application/sparql-results+json", "text/turtle", "image/png"),
    *(";q=0", ";q=0.5", ";q=1.0", ";q=2", ";q=", ";", ",", ", ", "=", '"', "\\", "W/", "bytes=0-", "vi-VN"),
    *("charset=", "utf-8", "utf-16", "\t", "*", "/", "()<>@", "x" * 300, "\xe1\xba\xa1", "%", QUERY, FORM),
)
TEXTS = st.lists(st.sampled_from(ELEMENTS), max_size=8).map(lambda found: "".join(found).strip())
HEADERS = st.dictionaries(st.sampled_from(FIELDS), TEXTS.map(lambda text: text.encode("latin-1")), max_size=5)


@bounded
@given(headers=HEADERS, method=st.sampled_from(METHODS), seed=st.sampled_from(SEEDS))
def test_any_headers(
    client: httpx.Client, trap: socket.socket, headers: dict[str, bytes], method: str, seed: str
) -> None:
    query = addressed(seed, trap)
    if method in ("GET", "HEAD"):
        response = client.request(method, "/sparql", params={"query": query.decode()}, headers=headers)
    else:
        sent = {"content-type": QUERY.encode(), **headers}
        response = client.request(method, "/sparql", content=query, headers=sent)
    assert_valid(response)


REQUEST_PIECES = (
    *(b"GET ", b"POST ", b"QUERY ", b"/sparql", b"?query=ASK%7B%7D", b" HTTP/1.1", b"\r\n", b"\n", b": "),
    *(b"Host: x\r\n", b"Content-Length: 6\r\n", b"Content-Length: x\r\n", b"Connection: close\r\n"),
    *(b"Transfer-Encoding: chunked\r\n", b"Content-Type: application/sparql-query\r\n", b"ASK {}"),
    *(b"6\r\nASK {}\r\n0\r\n\r\n", b"\x00", b"\xff", b"\r\n\r\n"),
)
WHOLE_REQUEST = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n"


@bounded
@given(
    start=st.sampled_from((b"", WHOLE_REQUEST)), pieces=st.lists(st.sampled_from(REQUEST_PIECES), max_size=12)
)
def test_any_bytes_as_request(endpoint: Server, start: bytes, pieces: list[bytes]) -> None:
    """Below HTTP: the connection is answered or closed, whatever came, and others are served."""
    with endpoint.connect(5) as connection:
        connection.sendall(start + b"".join(pieces) + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        received = bytearray()
        with suppress(ConnectionResetError):
            while part := connection.recv(65536):
                received += part
    assert not received or received.startswith(b"HTTP/1.1 ")
    assert b"HTTP/1.1 5" not in received
