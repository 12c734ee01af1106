"""A server over the snapshot of the whole dataset."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from reconciliation_support import OpenRefine
from server_support import is_ready, run_server, wait_until

from graph.snapshots.home import SnapshotHome


@pytest.fixture(scope="session")
def http(snapshot_home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Give a client of the server, which starts once for all tests of the session."""
    log = tmp_path_factory.mktemp("competency") / "log"
    with run_server(snapshot_home, log) as server:
        wait_until(lambda: is_ready(server), 60)
        with server.client() as client:
            yield client


@pytest.fixture(scope="session")
def refine(http: httpx.Client) -> OpenRefine:
    """Give a client of the reconciliation service."""
    return OpenRefine(http)
