"""Abusive clients and others: whoever asks little is answered, however much somebody else asks."""

from __future__ import annotations

import itertools
import threading
import time
from contextlib import suppress

import httpx
import pytest
from abuse_support import CODE, ENDLESS, HUNGRY, RUNAWAY
from server_support import NO_TLS, Server


class Abuser(threading.Thread):
    """A client at an address of its own that sends queries in a loop, whatever it is told."""

    def __init__(self, server: Server, address: str, queries: list[str], timeout: str) -> None:
        super().__init__()
        self._options = {"transport": httpx.HTTPTransport(local_address=address, verify=NO_TLS), "timeout": 3}
        self._server, self._queries, self._timeout = server, queries, timeout
        self._stopped = threading.Event()
        self.answers: list[httpx.Response] = []

    def run(self) -> None:
        with self._server.client(**self._options) as client:
            for query in itertools.cycle(self._queries):
                if self._stopped.is_set():
                    return
                # An answer may break off at its deadline, and this client does not wait for ever.
                with suppress(httpx.RemoteProtocolError, httpx.ReadTimeout):
                    params = {"query": query, "timeout": self._timeout, "format": "csv"}
                    self.answers.append(client.post("/sparql", data=params))
                    time.sleep(0.02)  # one that is turned away at once need not keep this machine busy

    def stop(self) -> None:
        self._stopped.set()


def cheap_answers(server: Server, seconds: float) -> int:
    """Ask cheap queries for some time, all of which must succeed, and give their number."""
    number = 0
    end = time.monotonic() + seconds
    with server.client(transport=httpx.HTTPTransport(local_address="127.0.0.9", verify=NO_TLS)) as client:
        while time.monotonic() < end:
            query = CODE + " #" * (number % 50)  # so that not every one comes from a cache
            response = client.get("/sparql", params={"query": query})
            assert response.status_code == 200, response.text
            assert response.json()["results"]["bindings"][0]["code"]["value"] == "19"
            number += 1
    return number


def abused_by(abusers: list[Abuser], server: Server, seconds: float) -> int:
    for abuser in abusers:
        abuser.start()
    try:
        return cheap_answers(server, seconds)
    finally:
        for abuser in abusers:
            abuser.stop()
        for abuser in abusers:
            abuser.join()


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [10, pytest.param(60, marks=pytest.mark.nightly)])
def test_two_abusive_clients_keep_nobody_else_out(abused: Server, seconds: int) -> None:
    queries = [*RUNAWAY.values(), *HUNGRY.values()]
    abusers = [Abuser(abused, f"127.0.0.{n}", queries[n:] + queries[:n], "1s") for n in (2, 3)]
    assert abused_by(abusers, abused, seconds) > 5
    for abuser in abusers:
        assert len(abuser.answers) > 3
        for answer in abuser.answers:
            assert answer.status_code in (429, 503)
            assert "retry-after" in answer.headers


@pytest.mark.slow
def test_one_client_with_many_connections_keeps_nobody_else_out(abused: Server) -> None:
    """The queue is fair: what one client has in it does not stand before everybody else."""
    abusers = [Abuser(abused, "127.0.0.2", [ENDLESS], "2s") for _ in range(16)]
    assert abused_by(abusers, abused, seconds=6) > 2
    for answer in (answer for abuser in abusers for answer in abuser.answers):
        assert answer.status_code in (429, 503)
        assert "retry-after" in answer.headers
