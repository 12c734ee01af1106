"""A process that may connect to some ports only; in a process of its own, as there is no way back."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

CONFINED = """
import socket, sys
from graph.query.landlock import connect_only_to
allowed, forbidden = map(int, sys.argv[1:])
if not connect_only_to([allowed]):
    sys.exit("unsupported")
socket.create_connection(("127.0.0.1", allowed)).close()
calls = (socket.create_connection, ("127.0.0.1", forbidden)), (socket.create_server, ("", 0))
for attempt, address in calls:
    try:
        attempt(address)
    except PermissionError:
        continue
    sys.exit("not confined")
"""


def test_only_the_ports_that_are_named_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        ports = [str(listener.getsockname()[1]) for listener in (first, second)]
        done = subprocess.run(
            [sys.executable, "-c", CONFINED, *ports], capture_output=True, text=True, timeout=30, check=False
        )
    if done.stderr.strip() == "unsupported":
        pytest.skip("this kernel has no Landlock for TCP")
    assert (done.returncode, done.stderr) == (0, "")
