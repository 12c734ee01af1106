"""Equal requests, at once and again, and requests that differ by a letter: each gets an answer of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from abuse_support import ENDLESS, GRACE_SECONDS, MIB, as_before
from answer_support import problem
from process_support import resident_bytes
from server_support import Server

QUERY = "application/sparql-query"
KIB = 1024
LARGE = "SELECT * { ?s <http://e/p> ?o }"


@pytest.fixture(params=["wide_server", "sharing_server"], ids=["each evaluated", "shared and kept"])
def served(request: pytest.FixtureRequest) -> Iterator[Server]:
    with as_before(request.getfixturevalue(request.param)) as server:
        yield server


def send(server: Server, way: str, query: str, **parameters: str) -> httpx.Response:
    with server.client() as client:
        match way:
            case "get":
                return client.get("/sparql", params={"query": query, **parameters})
            case "form":
                return client.post("/sparql", data={"query": query, **parameters})
            case _:
                method = "POST" if way == "direct" else "QUERY"
                headers = {"content-type": QUERY}
                return client.request(method, "/sparql", params=parameters, content=query, headers=headers)


def at_once(server: Server, way: str, query: str, number: int, **parameters: str) -> list[httpx.Response]:
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda _: send(server, way, query, **parameters), range(number)))


@pytest.mark.parametrize("way", ["get", "form", "direct", "query"])
def test_equal_requests_at_once_each_end(served: Server, way: str) -> None:
    """Also if the first has no answer that it could share."""
    number, seconds = 4, 0.4
    start = time.monotonic()
    for response in at_once(served, way, ENDLESS, number, timeout=f"{seconds}s"):
        problem(response, 503, "query-timeout")
    assert time.monotonic() - start <= seconds * (1 + number) + GRACE_SECONDS


@pytest.mark.parametrize("way", ["get", "form", "direct", "query"])
def test_equal_requests_at_once_get_equal_whole_answers(served: Server, way: str) -> None:
    first, *others = at_once(served, way, LARGE, 5, format="csv")
    assert first.status_code == 200
    assert first.text.count("\n") == 40_001
    for other in others:
        assert (other.status_code, other.content) == (200, first.content)
        assert other.headers["etag"] == first.headers["etag"]


def test_requests_that_differ_fill_no_memory(served: Server) -> None:
    """Each is 60 KB long and its answer is tiny: what is kept of it must be counted whole, or not be kept."""
    before = resident_bytes(served.pid)
    with served.client() as client:
        for number in range(300):
            query = f"ASK {{}} #{number:060000d}"
            response = client.post("/sparql", content=query, headers={"content-type": QUERY})
            assert response.status_code == 200
    assert resident_bytes(served.pid) < before + 8 * MIB


def test_many_requests_that_differ_fill_no_memory(sharing_server: Server) -> None:
    """What is kept of each request is counted, however small its answer is."""
    with as_before(sharing_server) as served, served.client() as client:
        client.get("/sparql", params={"query": "ASK {}"})
        before = resident_bytes(served.pid)
        for number in range(1500):
            answered = client.get("/sparql", params={"query": f"ASK {{}} #{number:03000d}"})
            assert answered.status_code == 200
        assert resident_bytes(served.pid) < before + 1500 * 8 * KIB


@pytest.mark.parametrize("coding", ["identity", "zstd"])
def test_an_answer_too_large_to_keep_needs_no_memory(sharing_server: Server, coding: str) -> None:
    """Some 80 MB of text that does not pack well, read in small parts."""
    hashes = ", ".join(f'SHA512(CONCAT(STR(?s), STR(?n), "{letter}"))' for letter in "abcd")
    pairs = "?s <http://e/p> ?o VALUES ?n { 1 2 3 4 }"
    params = {"query": f"SELECT (CONCAT({hashes}) AS ?x) {{ {pairs} }}", "format": "csv"}
    headers = {"accept-encoding": coding}
    with as_before(sharing_server) as served, served.client() as client:
        before = peak = resident_bytes(served.pid)
        received = 0
        with client.stream("GET", "/sparql", params=params, headers=headers) as answer:
            for number, piece in enumerate(answer.iter_raw()):
                received += len(piece)
                if number == 5:
                    time.sleep(1)  # whoever does not wait for the reader has all of it in memory by now
                if number % 50 == 0 or number == 6:
                    peak = max(peak, resident_bytes(served.pid))
    assert received > 25 * MIB
    assert peak < before + 32 * MIB


def test_an_answer_in_one_form_is_not_given_for_another(served: Server) -> None:
    """What decides an answer: all that the request says of dataset, format, encoding and base."""
    query = "SELECT (COUNT(*) AS ?n) { ?s <http://e/p> ?o }"
    with served.client(headers={"accept-encoding": "identity"}) as client:
        for _ in range(2):  # the second time from what was kept
            answers = {
                name: client.get("/sparql", params={"query": query, "format": "csv", **more}).text.split()[1]
                for name, more in {
                    "all": {},
                    "one": {"default-graph-uri": "http://e/g"},
                    "none": {"default-graph-uri": "http://e/none"},
                    "named": {"named-graph-uri": "http://e/g"},
                }.items()
            }
            assert answers == {"all": "40000", "one": "40000", "none": "0", "named": "0"}
            types = []
            for accept in ("text/csv", "application/sparql-results+xml", "*/*", "text/*, text/csv;q=0"):
                response = client.get("/sparql", params={"query": query}, headers={"accept": accept})
                types.append(response.headers["content-type"])
            assert len({found.partition(";")[0] for found in types}) == 4
