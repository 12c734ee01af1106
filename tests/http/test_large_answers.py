"""Answers of any size leave the server's memory as it is, and slow readers hold up nobody but themselves."""

from __future__ import annotations

import time
from contextlib import suppress

import httpx
from abuse_support import ENDLESS_ROWS, GRACE_SECONDS, MIB, WORKERS, assert_right
from process_support import processes_of, resident_bytes
from server_support import Server

LONG_TEXT = "chuyển đổi số " * 100
LARGE = (
    "SELECT * { ?s <http://e/p> ?o . ?s2 <http://e/p> ?o2 "
    f'BIND("{LONG_TEXT}" AS ?text) }} LIMIT 260000'
)  # fmt: skip


def test_an_answer_of_500_megabytes_needs_no_memory_of_the_server(abused: Server) -> None:
    before = resident_bytes(abused.pid)
    workers = {pid: resident_bytes(pid) for pid in processes_of(abused).workers}
    peak, received, rows = before, 0, 0
    params = {"query": LARGE, "format": "csv", "timeout": "30s"}
    headers = {"accept-encoding": "identity"}
    with abused.client() as client, client.stream("GET", "/sparql", params=params, headers=headers) as answer:
        for number, piece in enumerate(answer.iter_raw()):
            received += len(piece)
            rows += piece.count(LONG_TEXT[-20:].encode())
            if number == 5:
                time.sleep(1)  # whoever does not wait for the reader has all of it in memory by now
            if number % 50 == 0 or number == 6:
                peak = max(peak, resident_bytes(abused.pid))
    assert received > 500_000_000
    assert rows > 255_000  # but for those that a boundary between pieces cuts in two
    assert peak < before + 32 * MIB
    for pid, resident in workers.items():
        assert resident_bytes(pid) < resident + 32 * MIB


def test_slow_readers_end_at_their_deadline_and_hold_nobody_up_for_longer(abused: Server) -> None:
    target = httpx.URL("/sparql", params={"query": ENDLESS_ROWS, "format": "csv", "timeout": "1s"})
    connections = [abused.connect(source=f"127.0.0.{10 + number}") for number in range(WORKERS)]
    for connection in connections:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    start = time.monotonic()
    assert_right(abused)
    assert time.monotonic() - start <= 1 + GRACE_SECONDS
    for connection in connections:
        with suppress(ConnectionResetError):
            while connection.recv(65536):
                pass
        connection.close()
