"""A real server process over a small snapshot, on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from abuse_support import KEPT_BYTES, MIB, abusable_server, as_before
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the small snapshot and 40,000 further triples, with a short deadline."""
    folder = tmp_path_factory.mktemp("served")
    home = SnapshotHome(folder / "home")
    publish_quads(home, [*quads_of(), *many_quads(40_000)])
    limits = {"deadline": 2, "workers": 2, "worker_memory": 256 * 1024**2, "query_limit": 20_000}
    with run_server(home, folder / "log", **limits) as running:
        wait_until(lambda: is_ready(running))
        yield running


@pytest.fixture
def http(server: Server) -> Iterator[httpx.Client]:
    """A client of the server, which follows no redirects."""
    with server.client() as client:
        yield client


@pytest.fixture(scope="session")
def wide_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose limits are so wide that each test sets its own deadline."""
    limits = {"deadline": 30, "worker_memory": 2048 * MIB, "result_limit": 2048 * MIB}
    with abusable_server(tmp_path_factory.mktemp("wide"), **limits) as running:
        yield running


@pytest.fixture(scope="session")
def narrow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives a query little memory and few bytes."""
    limits = {"deadline": 20, "worker_memory": 96 * MIB, "result_limit": 2 * MIB}
    with abusable_server(tmp_path_factory.mktemp("narrow"), **limits) as running:
        yield running


@pytest.fixture(scope="session")
def sharing_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that keeps answers to send them again."""
    limits = {"deadline": 30, "answer_cache": KEPT_BYTES}
    with abusable_server(tmp_path_factory.mktemp("sharing"), **limits) as running:
        yield running


@pytest.fixture
def abused(wide_server: Server) -> Iterator[Server]:
    """A server with wide limits, which must be as before after the test."""
    with as_before(wide_server):
        yield wide_server


@pytest.fixture
def narrow(narrow_server: Server) -> Iterator[Server]:
    """A server with narrow limits, which must be as before after the test."""
    with as_before(narrow_server):
        yield narrow_server


@pytest.fixture(scope="session")
def built_server(small_home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a snapshot that was built from files: with ontology, shapes, dumps and index."""
    log = tmp_path_factory.mktemp("built") / "log"
    limits = {"validation_limit": 200_000, "validation_seconds": 60, "validators": 2}
    with run_server(small_home, log, **limits) as running:
        wait_until(lambda: is_ready(running), 60)
        yield running


@pytest.fixture
def built(built_server: Server) -> Iterator[httpx.Client]:
    """A client of that server, which follows no redirects."""
    with built_server.client(timeout=90) as client:
        yield client
