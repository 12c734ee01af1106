"""Requests that are hostile before any query is read: heads, bodies and connections without measure."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import httpx
import pytest
from abuse_support import CODE, MIB, WORKERS, assert_right
from answer_support import problem
from process_support import resident_bytes
from server_support import Server

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


# Heads


@pytest.mark.parametrize("start", [b"GET /sparql?query=", b"GET / HTTP/1.1\r\nX: "], ids=["address", "field"])
def test_a_head_without_an_end_is_not_kept_in_memory(abused: Server, start: bytes) -> None:
    before = resident_bytes(abused.pid)
    sent = 0
    with abused.connect() as connection, suppress(ConnectionError, TimeoutError):
        connection.settimeout(5)
        connection.sendall(start)
        while sent < 64 * MIB:
            connection.sendall(b"x" * MIB)
            sent += MIB
    assert sent < 64 * MIB, "the server read it all"
    assert resident_bytes(abused.pid) < before + 32 * MIB


def test_many_head_fields_are_refused(abused: Server) -> None:
    fields = b"".join(b"x%d: y\r\n" % number for number in range(50_000))
    received = abused.exchange(b"GET /health/live HTTP/1.1\r\nHost: x\r\n" + fields + b"\r\n")
    assert received.startswith((b"HTTP/1.1 431", b"HTTP/1.1 400")) or not received


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("accept", "a/b,"),
        ("accept", "*/*;q=0.1,"),
        ("accept", "text/csv;a=b;c=d;q=0.1,"),
        ("accept-language", "vi;q=0.1,"),
        ("accept-encoding", "gzip;q=0.1,"),
        ("if-none-match", 'W/"a",'),
        ("content-type", "a=b;"),
        ("cookie", "a=b;"),
    ],
)
def test_a_long_field_is_refused_or_answered_at_once(abused: Server, name: str, element: str) -> None:
    """Its elements are looked at one by one by the process that serves everybody: there must be few."""
    headers = {name: element * (MIB // len(element))}
    start = time.monotonic()
    with abused.client() as client, suppress(httpx.RemoteProtocolError, httpx.WriteError, httpx.ReadError):
        response = client.get("/sparql", params={"query": CODE}, headers=headers)
        assert response.status_code in (200, 400, 406, 431)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "request_text",
    [
        b"GET /sparql HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /sparql HTTP/1.1\r\nHost : x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}x",
        (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /sparql?query=ASK\x00{} HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["version", "no target", "TLS", "space", "negative", "two lengths", "two framings", "chunk", "NUL"],
)
def test_what_is_not_http_is_refused_and_the_connection_closed(abused: Server, request_text: bytes) -> None:
    received = abused.exchange(request_text, seconds=10)
    assert received == b"" or received.startswith(b"HTTP/1.1 400")


# Bodies


def test_a_body_is_not_read_beyond_the_limit(abused: Server) -> None:
    before = resident_bytes(abused.pid)
    pieces = 0

    def endless() -> object:
        nonlocal pieces
        while pieces < 500:
            pieces += 1
            yield b"x" * MIB

    with abused.client() as client:
        for content_type in (QUERY, FORM, "text/plain"):
            pieces = 0
            with suppress(httpx.WriteError, httpx.ReadError):  # it may hang up while we still send
                headers = {"content-type": content_type}
                response = client.post("/sparql", content=endless(), headers=headers)  # type: ignore[arg-type]
                assert response.status_code in (413, 415)
            assert pieces < 500
    assert resident_bytes(abused.pid) < before + 32 * MIB


def test_a_body_that_claims_to_be_large_is_refused_before_it_is_sent(abused: Server) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nContent-Length: 99999999999\r\n\r\n"
    with abused.connect(5) as connection:
        connection.sendall(head.encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("field", ["a=b&", "&", "default-graph-uri=a:b&", "query=&"])
def test_a_form_of_many_fields_is_refused(abused: Server, field: str) -> None:
    """Nobody has a use for so many, and telling them apart would hold everybody up."""
    body = field * (900_000 // len(field)) + "query=ASK%7B%7D"
    with abused.client() as client:
        response = client.post("/sparql", content=body, headers={"content-type": FORM})
    problem(response, 413 if response.status_code == 413 else 400)


def test_slow_bodies_take_no_worker(abused: Server) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nContent-Length: 1000\r\n\r\nASK"
    with ExitStack() as opened:
        for _ in range(WORKERS * 5):
            opened.enter_context(abused.connect()).sendall(head.encode())
        assert_right(abused)


# Connections


def test_silent_connections_keep_nobody_out(abused: Server) -> None:
    with ExitStack() as opened:
        for number in range(200):
            connection = opened.enter_context(abused.connect())
            connection.sendall(b"GET /sparql HTTP/1.1\r\nX: "[: number % 26])
        assert_right(abused)


def test_many_short_connections_keep_nobody_out(abused: Server) -> None:
    def open_and_close(_: int) -> None:
        with suppress(ConnectionError):
            connection = abused.connect()
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # end with RST
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(open_and_close, range(400)))
    assert_right(abused)


def test_requests_in_a_row_on_one_connection_are_answered_in_their_order(abused: Server) -> None:
    """Pipelining (RFC 9112, section 9.3.2): a slow query before a cheap one."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a <http://e/p> ?b . ?c <http://e/p> ?d } # slow"
    targets = [
        httpx.URL("/sparql", params={"query": slow, "timeout": "300ms"}),
        httpx.URL("/sparql", params={"query": "ASK {}"}),
    ]
    lines = [f"GET {target} HTTP/1.1\r\nHost: x\r\n" for target in targets]
    received = abused.exchange(f"{lines[0]}\r\n{lines[1]}Connection: close\r\n\r\n".encode())
    first, second = received.split(b"HTTP/1.1 ")[1:]
    assert first.startswith(b"503")
    assert second.startswith(b"200")
    assert second.endswith(b'"boolean":true}')
