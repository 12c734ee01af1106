"""A real server over the graphs that the specifications' own tests ask for, and ours beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

FIXTURES = Path(__file__).parents[1] / "fixtures" / "service"


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over small graphs and 20,000 further triples."""
    folder = tmp_path_factory.mktemp("conformance")
    home = SnapshotHome(folder / "home")
    files = [FIXTURES / name for name in ("small.trig", "documents.trig", "values.trig")]
    publish_quads(home, [*(quad for path in files for quad in quads_of(path)), *many_quads(20_000)])
    with run_server(home, folder / "log", deadline=10, workers=2) as running:
        wait_until(lambda: is_ready(running))
        yield running


@pytest.fixture
def client(endpoint: Server) -> Iterator[httpx.Client]:
    """A client of the server, which follows no redirects."""
    with endpoint.client() as opened:
        yield opened
