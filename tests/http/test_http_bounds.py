"""The bounds of connections: how long heads and bodies may be and may take, and how many there may be."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from answer_support import problem
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

HEAD_LIMIT = 64 * 1024
SECONDS = 1
CONNECTIONS = 16
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


@pytest.fixture(scope="module")
def bounded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that waits a second for a head and a small body."""
    folder = tmp_path_factory.mktemp("bounded")
    home = SnapshotHome(folder / "home")
    publish_quads(home, quads_of())
    limits = {"head_seconds": SECONDS, "body_seconds": SECONDS, "connections": CONNECTIONS, "workers": 2}
    with run_server(home, folder / "log", **limits) as running:
        wait_until(lambda: is_ready(running))
        yield running


@pytest.fixture(autouse=True)
def _log_stays_short(bounded: Server) -> Iterator[None]:
    """What clients do wrong is told to them and not to the log."""
    before = bounded.log.read_text()
    yield
    wait_until(lambda: is_ready(bounded))
    assert bounded.log.read_text() == before


def told(received: bytes) -> tuple[int, str, dict[str, str]]:
    """Give status, kind of problem and header fields of one refusal behind which the connection ended."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines)
    assert fields["content-type"] == "application/problem+json"
    assert int(fields["content-length"]) == len(body)
    assert fields["connection"] == "close"
    content: dict[str, Any] = json.loads(body)
    assert content["status"] == int(first.split()[1])
    assert content["title"]
    assert content["detail"]
    return content["status"], content["type"].rpartition("/")[2], fields


def read_all(connection: socket.socket) -> bytes:
    received = bytearray()
    while part := connection.recv(65536):
        received += part
    return bytes(received)


def post(body: bytes, *fields: str, length: int | None = None) -> bytes:
    lines = [
        "POST /sparql HTTP/1.1",
        "Host: x",
        f"Content-Type: {QUERY}",
        f"Content-Length: {len(body) if length is None else length}",
        *fields,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


# Length


def test_an_address_over_the_limit_is_told_to_use_post(bounded: Server) -> None:
    query = quote("ASK {} #" + "x" * HEAD_LIMIT)
    received = bounded.exchange(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert told(received)[:2] == (414, "address-too-long")
    assert b"POST" in received


def test_an_address_of_most_of_the_limit_is_answered(bounded: Server) -> None:
    with bounded.client() as client:
        query = "ASK {} #" + "x" * (HEAD_LIMIT - 1000)
        assert client.get("/sparql", params={"query": query}).json()["boolean"] is True


def test_fields_over_the_limit_are_431(bounded: Server) -> None:
    field = b"X: " + b"x" * HEAD_LIMIT
    received = bounded.exchange(b"GET / HTTP/1.1\r\nHost: x\r\n" + field + b"\r\n\r\n")
    assert told(received)[:2] == (431, "head-too-large")


@pytest.mark.parametrize(("number", "status"), [(120, 200), (129, 431)])
def test_fields_are_counted(bounded: Server, number: int, status: int) -> None:
    fields = b"".join(b"x%d: y\r\n" % place for place in range(number))
    received = bounded.exchange(
        b"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + fields + b"\r\n"
    )
    assert int(received.split()[1]) == status


@pytest.mark.parametrize("trailer", [b"x: " + b"y" * 2 * HEAD_LIMIT, b"x: y\r\n" * 200], ids=["long", "many"])
def test_fields_behind_a_chunked_body_are_bounded_too(bounded: Server, trailer: bytes) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nTransfer-Encoding: chunked\r\n\r\n"
    received = bounded.exchange(head.encode() + b"6\r\nASK {}\r\n0\r\n" + trailer + b"\r\n\r\n")
    assert told(received)[:2] == (431, "head-too-large")


def test_what_is_not_http_is_told_so(bounded: Server) -> None:
    assert told(bounded.exchange(b"HELLO\r\n\r\n"))[:2] == (400, "bad-request")


def test_an_answer_comes_before_the_refusal_of_what_follows(bounded: Server) -> None:
    """Pipelined: the answer to the first request must not be taken for that to the second."""
    first = post(b"ASK {}")
    received = bounded.exchange(first + b"HELLO\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 200")
    assert b"\r\nconnection: close\r\n" in received
    assert received.endswith(b'"boolean":true}')


def test_requests_in_a_row_behind_large_bodies_are_all_answered(bounded: Server) -> None:
    large = post(b"ASK {} #" + b"x" * 300_000)
    received = bounded.exchange(large * 3 + post(b"ASK {}", "Connection: close"))
    assert received.count(b"HTTP/1.1 200") == 4


# Bodies


@pytest.mark.parametrize("expect", [(), ("Expect: 100-continue",)])
def test_a_body_over_the_limit_is_refused_by_its_length(bounded: Server, expect: tuple[str, ...]) -> None:
    with bounded.connect() as connection:
        connection.sendall(post(b"", *expect, length=2_000_000))
        assert told(read_all(connection))[:2] == (413, "too-large")


def test_a_client_that_is_sending_too_much_sees_why(bounded: Server) -> None:
    """Closing at once would have the client's system throw the answer away."""
    with bounded.client() as client:
        answer = client.post("/sparql", content=b"x" * 2_000_000, headers={"content-type": QUERY})
        problem(answer, 413, "too-large")


def test_a_client_that_asks_first_is_told_to_go_on(bounded: Server) -> None:
    with bounded.connect() as connection:
        connection.sendall(post(b"", "Expect: 100-continue", "Connection: close", length=6))
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"ASK {}")
        assert read_all(connection).startswith(b"HTTP/1.1 200")


def test_a_query_of_a_mebibyte_in_one_field_is_answered(bounded: Server) -> None:
    body = b"query=" + quote("ASK {} #").encode() + b"%C3%A9" * 170_000
    with bounded.client() as client:
        answer = client.post("/sparql", content=body, headers={"content-type": FORM})
        assert answer.json()["boolean"] is True


def test_a_client_that_leaves_in_the_middle_of_its_body_is_not_logged(bounded: Server) -> None:
    with bounded.connect() as connection:
        connection.sendall(post(b"ASK", length=1000))
        time.sleep(0.1)
    time.sleep(0.1)


def test_broken_chunks_in_the_middle_of_a_body_are_400(bounded: Server) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\nTransfer-Encoding: chunked\r\n\r\n"
    with bounded.connect() as connection:
        connection.sendall(head.encode() + b"3\r\nASK\r\n")
        time.sleep(0.1)
        connection.sendall(b"zz\r\n")
        assert told(read_all(connection))[:2] == (400, "bad-request")


# Time


@pytest.mark.parametrize("sent", [b"GET /sparql HT", b"GET / HTTP/1.1\r\nHost: x\r\nX: y"])
def test_a_head_that_does_not_end_in_time_is_408(bounded: Server, sent: bytes) -> None:
    started = time.monotonic()
    assert told(bounded.exchange(sent))[:2] == (408, "request-timeout")
    assert SECONDS <= time.monotonic() - started < SECONDS + 2


@pytest.mark.parametrize("sent", [b"", b"\r\n\r\n"])
def test_a_connection_that_asks_nothing_is_closed(bounded: Server, sent: bytes) -> None:
    started = time.monotonic()
    assert bounded.exchange(sent) == b""
    assert time.monotonic() - started < SECONDS + 2


def test_a_head_that_comes_byte_by_byte_has_no_longer(bounded: Server) -> None:
    with bounded.connect() as connection:
        started = time.monotonic()
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        connection.settimeout(0.1)
        received = b""
        while not received and time.monotonic() - started < 5:
            connection.sendall(b"x")
            try:
                received = connection.recv(1000)
            except TimeoutError:
                continue
        assert told(received)[:2] == (408, "request-timeout")


def test_a_head_in_two_parts_is_answered(bounded: Server) -> None:
    with bounded.connect() as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost")
        time.sleep(SECONDS / 2)
        connection.sendall(b": x\r\nConnection: close\r\n\r\n")
        assert read_all(connection).startswith(b"HTTP/1.1 200")


def test_a_body_that_stops_coming_is_408(bounded: Server) -> None:
    assert told(bounded.exchange(post(b"ASK", length=1000)))[:2] == (408, "request-timeout")


def test_a_body_that_keeps_coming_may_take_longer(bounded: Server) -> None:
    """Each KiB gives it another second."""
    parts = 8
    with bounded.connect() as connection:
        connection.sendall(post(b"ASK {}#", "Connection: close", length=7 + parts * 1000))
        for _ in range(parts):
            time.sleep(SECONDS / 4)
            connection.sendall(b"x" * 1000)
        assert read_all(connection).startswith(b"HTTP/1.1 200")


def test_a_connection_is_kept_between_requests(bounded: Server) -> None:
    with bounded.connect() as connection:
        for _ in range(3):
            connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
            received = b""
            while not received.endswith(b"}"):
                received += connection.recv(65536)
            assert received.startswith(b"HTTP/1.1 200")
            time.sleep(SECONDS / 3)


# Number


def test_a_client_has_at_most_half_of_the_connections(bounded: Server) -> None:
    with ExitStack() as opened:
        connections = [opened.enter_context(bounded.connect(source="127.0.0.2")) for _ in range(CONNECTIONS)]
        connections[-1].settimeout(5)
        status, slug, fields = told(read_all(connections[-1]))
        assert (status, slug) == (503, "busy")
        assert int(fields["retry-after"]) > 0
        others = httpx.HTTPTransport(local_address="127.0.0.3")
        with bounded.client(transport=others) as client:
            assert client.get("/health/live").status_code == 200


def test_connections_that_end_can_be_opened_again(bounded: Server) -> None:
    for _ in range(3 * CONNECTIONS):
        bounded.connect().close()
    wait_until(lambda: is_ready(bounded), seconds=3)
