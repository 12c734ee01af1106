"""The log of slow queries: one line for each, from the time that the setting says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

LOGGER = "WARNING api.slow_queries: "
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def slow_queries(log: Path) -> list[dict[str, Any]]:
    lines = [line.partition(LOGGER)[2] for line in log.read_text().splitlines() if LOGGER in line]
    return [json.loads(line) for line in lines]


def logged(server: Server, answer: httpx.Response) -> dict[str, Any]:
    """Give what the log says of the query that was answered; the line may come a little later."""

    def found() -> list[dict[str, Any]]:
        return [line for line in slow_queries(server.log) if line["id"] == answer.headers["query-id"]]

    wait_until(lambda: bool(found()), seconds=5)
    (line,) = found()
    return line


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server to which every query is slow."""
    folder = tmp_path_factory.mktemp("strict")
    home = SnapshotHome(folder / "home")
    publish_quads(home, [*quads_of(), *many_quads(2_000)])
    with run_server(home, folder / "log", workers=1, deadline=1, slow_query=0) as running:
        wait_until(lambda: is_ready(running))
        yield running


def test_a_slow_query_is_one_line_with_its_facts(strict: Server) -> None:
    query = "SELECT ?s {\n ?s <http://e/p> ?o } # Thừa Thiên Huế\n" + "#" * 300
    with strict.client() as client:
        answer = client.post("/sparql", data={"query": query, "format": "csv"})
    line = logged(strict, answer)
    assert line["outcome"] == "answered"
    assert line["bytes"] == len(answer.content) > 10_000
    assert line["sha256"] == hashlib.sha256(query.encode()).hexdigest()
    assert line["query"] == query[:200]
    assert 0 < line["seconds"] < 20
    assert answer.headers["query-token"] not in strict.log.read_text()


@pytest.mark.parametrize(
    ("query", "outcome"), [(ENDLESS, "query-timeout"), ("ASK", "query-syntax"), ("ASK {}", "answered")]
)
def test_it_says_how_the_query_ended(strict: Server, query: str, outcome: str) -> None:
    with strict.client() as client:
        answer = client.post("/sparql", data={"query": query})
    assert logged(strict, answer)["outcome"] == outcome


def test_an_answer_that_its_reader_left_is_client_gone(strict: Server) -> None:
    with strict.client() as client:
        rows = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}
        with client.stream("POST", "/sparql", data=rows) as answer:
            next(answer.iter_raw())
        assert logged(strict, answer)["outcome"] == "client-gone"


def test_no_query_writes_lines_of_its_own(strict: Server) -> None:
    query = "ASK {} #\n2026-01-01 WARNING api.slow_queries: {}\u2028\x85\x1b[2J"
    with strict.client() as client:
        answer = client.post("/sparql", data={"query": query})
    assert logged(strict, answer)["query"] == query
    assert "\x1b" not in strict.log.read_text()


def test_what_is_not_slow_is_not_logged(http: httpx.Client, server: Server) -> None:
    answer = http.get("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 200
    assert answer.headers["query-id"] not in server.log.read_text()
