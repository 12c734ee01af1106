"""Queries that would bring other endpoints down: each ends at its limit, and the service is as before."""

from __future__ import annotations

import os
import signal
import time

import httpx
import pytest
from abuse_support import (
    ENDLESS,
    ENDLESS_ROWS,
    GRACE_SECONDS,
    HUNGRY,
    MIB,
    RUNAWAY,
    SORTED,
    WORKERS,
    ask,
    assert_right,
    in_background,
    is_replaced,
)
from answer_support import problem
from process_support import busy_worker, computing_workers, processes_of, processor_times, resident_bytes
from server_support import Server, wait_until

# Deadlines


@pytest.mark.parametrize("query", RUNAWAY.values(), ids=RUNAWAY)
def test_a_runaway_query_ends_at_its_deadline_with_its_worker(abused: Server, query: str) -> None:
    before = processor_times(abused)
    start = time.monotonic()
    answer = in_background(lambda: ask(abused, query, timeout="1s"))
    worker = busy_worker(abused, before)
    response = answer.result()
    assert time.monotonic() - start <= 1 + GRACE_SECONDS
    assert problem(response, 503, "query-timeout")["seconds"] == 1
    assert int(response.headers["retry-after"]) > 0
    wait_until(lambda: is_replaced(abused, worker), GRACE_SECONDS)


def test_the_memory_of_a_runaway_query_goes_with_it(abused: Server) -> None:
    def largest() -> int:
        return max((resident_bytes(pid) for pid in processes_of(abused).workers), default=0)

    wait_until(lambda: len(processes_of(abused).workers) == WORKERS)
    before = largest()
    answer = in_background(lambda: ask(abused, SORTED, timeout="1500ms"))
    wait_until(lambda: largest() > before + 100 * MIB, seconds=3)
    problem(answer.result(), 503, "query-timeout")
    wait_until(lambda: largest() < before + 20 * MIB, GRACE_SECONDS)


# Memory


@pytest.mark.parametrize("query", HUNGRY.values(), ids=HUNGRY)
def test_a_hungry_query_ends_at_its_memory(narrow: Server, query: str) -> None:
    response = ask(narrow, query, timeout="20s")
    content = problem(response, 503, "query-memory")
    assert "memory" in content["detail"]
    assert int(response.headers["retry-after"]) > 0


# Answers over the cap


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_answer_over_the_cap_is_never_cut_in_silence(narrow: Server, encoding: str) -> None:
    """More than 2 MiB, of which the first 64 KiB have gone before that is known."""
    with narrow.client(headers={"accept-encoding": encoding}) as client:
        params = {"query": "SELECT * { ?s <http://e/p> ?o }", "format": "json"}
        with pytest.raises((httpx.RemoteProtocolError, httpx.DecodingError)):
            client.get("/sparql", params=params)


def test_an_answer_just_below_the_cap_is_whole(narrow: Server) -> None:
    response = ask(narrow, "SELECT * { ?s <http://e/p> ?o }", format="csv")
    assert 1 * MIB < len(response.content) < 2 * MIB
    assert response.text.count("\n") == 40_001


def test_an_answer_over_the_cap_is_told_to_a_client_that_needs_its_length(narrow: Server) -> None:
    """An HTTP/1.0 answer is gathered first, so there still is a status to say it with."""
    target = httpx.URL("/sparql", params={"query": "SELECT * { ?s <http://e/p> ?o }", "format": "json"})
    received = narrow.exchange(f"GET {target} HTTP/1.0\r\nAccept: */*\r\n\r\n".encode())
    assert b" 200 " not in received.partition(b"\r\n")[0]


# Clients that leave


@pytest.mark.parametrize("query", [ENDLESS, SORTED], ids=["counting", "sorting"])
def test_a_client_that_leaves_frees_its_worker(abused: Server, query: str) -> None:
    before = processor_times(abused)
    target = httpx.URL("/sparql", params={"query": query})
    with abused.connect() as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        worker = busy_worker(abused, before)
    wait_until(lambda: is_replaced(abused, worker), GRACE_SECONDS)


def test_a_client_that_leaves_in_the_middle_of_an_answer_frees_its_worker(abused: Server) -> None:
    before = processor_times(abused)
    target = httpx.URL("/sparql", params={"query": ENDLESS_ROWS, "format": "csv"})
    with abused.connect() as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = 0
        while received < 4 * MIB:
            received += len(connection.recv(65536))
        worker = busy_worker(abused, before)
    wait_until(lambda: is_replaced(abused, worker), GRACE_SECONDS)


def test_a_client_that_leaves_the_queue_gets_no_worker(abused: Server) -> None:
    target = httpx.URL("/sparql", params={"query": ENDLESS})
    connections = []
    before = processor_times(abused)
    for number in range(WORKERS + 6):
        connections.append(abused.connect(source=f"127.0.0.{10 + number}"))
        connections[-1].sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    busy_worker(abused, before)
    for connection in connections:
        connection.close()
    start = time.monotonic()
    assert_right(abused)
    assert time.monotonic() - start <= 2 * GRACE_SECONDS


# Workers that die


def test_a_worker_that_dies_costs_one_query_and_is_told(abused: Server) -> None:
    before = processor_times(abused)
    answer = in_background(lambda: ask(abused, ENDLESS, timeout="20s"))
    worker = busy_worker(abused, before)
    os.kill(worker, signal.SIGSEGV)
    problem(answer.result(), 500, "query-crash")
    wait_until(lambda: is_replaced(abused, worker), GRACE_SECONDS)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_answer_whose_worker_dies_breaks_off(abused: Server, encoding: str) -> None:
    before = processor_times(abused)
    params = {"query": ENDLESS_ROWS, "format": "csv", "timeout": "20s"}
    headers = {"accept-encoding": encoding}
    with abused.client() as client, client.stream("GET", "/sparql", params=params, headers=headers) as answer:
        assert answer.status_code == 200
        pieces = answer.iter_raw()
        while not (working := computing_workers(abused, before)):
            next(pieces)
        os.kill(working[0], signal.SIGKILL)
        with pytest.raises(httpx.RemoteProtocolError):
            for _ in pieces:
                pass
