"""Queries that take too long, are too deep or too large: a clear no, or a connection that breaks off."""

from __future__ import annotations

import socket
import threading
import time

import httpx
import pytest
from answer_support import problem
from server_support import Server
from sparql_support import CODE, CROSS_PRODUCT, ENDLESS, LARGE, QUERY, code_of


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
