"""A server over the snapshot of the whole dataset, and the store of that snapshot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Store
from server_support import Server, is_ready, run_server, wait_until

from graph.snapshots.home import SnapshotHome


@pytest.fixture(scope="session")
def server(snapshot_home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server over the whole dataset, started once for all tests of the session."""
    with run_server(snapshot_home, tmp_path_factory.mktemp("entities") / "log") as running:
        wait_until(lambda: is_ready(running), 60)
        yield running


@pytest.fixture(scope="session")
def store(snapshot_home: SnapshotHome) -> Store:
    """Give the store of the snapshot that is served."""
    snapshot = snapshot_home.current()
    assert snapshot is not None
    return Store.read_only(str(snapshot.store))
