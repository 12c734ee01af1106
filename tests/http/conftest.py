"""A real server process over a small snapshot, on a port of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

START_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A running server and what it serves."""

    base: str
    home: SnapshotHome
    log: Path
    pid: int

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.base, timeout=20, **options)  # type: ignore[arg-type]


@contextmanager
def run_server(home: SnapshotHome, log: Path, **settings: object) -> Iterator[Server]:
    """Start a server process, wait until it listens, and end it; settings are those of `api.settings`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VNDX_")}
    environment |= {f"VNDX_{name.upper()}": str(value) for name, value in settings.items()}
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "api", "--home", str(home.root), "--port", "0"],
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            yield Server(_address(process, log), home, log, process.pid)
        finally:
            process.terminate()
            process.wait(15)


def wait_until(condition: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def is_ready(server: Server) -> bool:
    return httpx.get(f"{server.base}/health/ready").status_code == 200


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"running on (http://\S+)", log.read_text()):
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {log.read_text()}")


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
