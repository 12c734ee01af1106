"""Queries that endless work or memory would answer, and what must hold after each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
from process_support import is_running, processes_of, resident_bytes
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

MIB = 1024**2
WORKERS = 2
KEPT_BYTES = 64 * MIB
"""What the server may keep of answers, to give them again."""
GRACE_SECONDS = 1
"""A query ends at most so long after its deadline; a worker is free so soon after its client left."""

THAI_NGUYEN = "<https://w3id.org/vndx/id/unit/2025/19>"
CODE = f"SELECT ?code {{ {THAI_NGUYEN} <https://w3id.org/vndx/ontology#code> ?code }}"
CROSS_PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PAIRS = "{ ?a <http://e/p> ?c . ?d <http://e/p> ?f }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {CROSS_PRODUCT}"
ENDLESS_ROWS = f"SELECT * {CROSS_PRODUCT}"
SORTED = f"SELECT * {CROSS_PRODUCT} ORDER BY ?c ?f ?i"

RUNAWAY = {
    "sorting": SORTED,
    "counting": ENDLESS,
    "grouping": f"SELECT ?c ?f (COUNT(*) AS ?n) {CROSS_PRODUCT} GROUP BY ?c ?f",
    "telling apart": f"SELECT (COUNT(DISTINCT CONCAT(?c, ?f)) AS ?n) {PAIRS}",
    "matching": 'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(v*)*(a*)*x$")) }',
    "filtering": f"SELECT * {CROSS_PRODUCT[:-1]} FILTER(?c = ?f && ?f < ?i && ?i < ?c) }}",
}
HUNGRY = {
    "sorting": SORTED,
    "telling apart": f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?c ?f ?i {CROSS_PRODUCT} }}",
    "joining texts": f"SELECT (STRLEN(GROUP_CONCAT(CONCAT(?c, ?f))) AS ?n) {PAIRS}",
}


@contextmanager
def abusable_server(folder: Path, **settings: object) -> Iterator[Server]:
    """Run a server over 40,000 triples, whose cross product has no end.

    It keeps no answers unless it is told to, so that each query meets a worker.
    """
    home = SnapshotHome(folder / "home")
    publish_quads(home, [*quads_of(), *many_quads(40_000)])
    with run_server(home, folder / "log", **{"workers": WORKERS, "answer_cache": 0, **settings}) as running:
        wait_until(lambda: is_ready(running))
        yield running


@contextmanager
def as_before(server: Server) -> Iterator[Server]:
    """After what is done with a server, it is as it was: its processes, its memory, its answers, its log."""
    before = processes_of(server)
    resident = resident_bytes(server.pid)
    logged = len(server.log.read_text())
    yield server
    after = processes_of(server)
    assert (after.server, after.zygote) == (before.server, before.zygote)
    wait_until(lambda: len(processes_of(server).workers) == WORKERS, seconds=5)
    wait_until(lambda: is_ready(server), seconds=5)
    assert_right(server)
    assert resident_bytes(server.pid) < resident + KEPT_BYTES + 64 * MIB
    assert "Traceback" not in server.log.read_text()[logged:]


def ask(server: Server, query: str, timeout: str = "1s", **parameters: str) -> httpx.Response:
    with server.client() as client:
        return client.post("/sparql", data={"query": query, "timeout": timeout, **parameters})


def assert_right(server: Server) -> None:
    response = ask(server, CODE, timeout="10s")
    assert response.status_code == 200, response.text
    assert response.json()["results"]["bindings"] == [{"code": {"type": "literal", "value": "19"}}]


def in_background(work: Callable[[], httpx.Response]) -> Future[httpx.Response]:
    pool = ThreadPoolExecutor(1)
    future = pool.submit(work)
    pool.shutdown(wait=False)
    return future


def is_replaced(server: Server, worker: int) -> bool:
    return not is_running(worker) and len(processes_of(server).workers) == WORKERS
