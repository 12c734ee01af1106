"""A real server process over a data home, for the tests that look at the service from outside."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from graph.snapshots.home import SnapshotHome

START_SECONDS = 30
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Without certificates, which take 50 ms to load for each client and are not needed here."""


@dataclass(frozen=True)
class Server:
    """A running server and what it serves."""

    base: str
    home: SnapshotHome
    log: Path
    pid: int

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.base, **{"timeout": 20, "verify": NO_TLS, **options})  # type: ignore[arg-type]

    def connect(self, seconds: float = 20, source: str = "") -> socket.socket:
        """Open a connection, from an address if one is given, to send what no HTTP client would send."""
        address = urlsplit(self.base)
        return socket.create_connection((address.hostname, address.port), seconds, (source, 0))

    def exchange(self, request: bytes, seconds: float = 20) -> bytes:
        """Send bytes as they are, and give all that comes back until the server closes the connection."""
        with self.connect(seconds) as connection:
            connection.sendall(request)
            received = bytearray()
            with suppress(ConnectionResetError):
                while part := connection.recv(65536):
                    received += part
            return bytes(received)


@contextmanager
def run_server(home: SnapshotHome, log: Path, **settings: object) -> Iterator[Server]:
    """Start a server process, wait until it listens, and end it; settings are those of `api.settings`.

    It does not warm up unless that is set: most tests ask for little, and none should hang on the order.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VNDX_")}
    environment |= {f"VNDX_{name.upper()}": str(value) for name, value in {"warm": False, **settings}.items()}
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
    with server.client() as client:
        return client.get("/health/ready").status_code == 200


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"running on (http://\S+)", log.read_text()):
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {log.read_text()}")
