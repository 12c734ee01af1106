"""Comparing the answers of real server processes, well-behaved and not."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.data.dataset import Dataset
from bench.peers.base import Peer
from bench.peers.process import ServerProcess
from bench.queries.model import Family, Group
from bench.scenarios.checking import Patience, check_answers
from graph.snapshots.home import SnapshotHome

SERVER = """\
import http.server, sys, threading

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        while "spin" in self.path:
            pass
        body = b'{"head": {}, "boolean": %s}' % (b"true" if sys.argv[2] in self.path else b"false")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
PATIENCE = Patience(answer=1.5, slow_answer=0.5, slow_total=60)


class Truthful(Peer):
    """Says that every query with ASK is true."""

    name = "truthful"
    word = "ASK"

    @classmethod
    def version(cls) -> str:
        return "1"

    def load(self) -> None:
        pass

    def launch(self) -> ServerProcess:
        command = [sys.executable, "-c", SERVER, str(self.endpoint.port), self.word]
        return ServerProcess(command, log=self.folder / "log", folder=self.folder)


class Lying(Truthful):
    """Says that it is false."""

    name = "lying"
    word = "never"


class Slow(Truthful):
    """Is slow, and works on after its client has gone."""

    name = "slow"
    slow = True


@pytest.fixture
def peers(tmp_path: Path) -> Iterator[list[Peer]]:
    nothing = Dataset("0", SnapshotHome(tmp_path), tmp_path / "nq", tmp_path / "nt", 0, 0)
    found: list[Peer] = [kind(nothing, tmp_path / kind.name) for kind in (Lying, Truthful, Slow)]
    try:
        for peer in found:
            peer.start()
        yield found
    finally:
        for peer in found:
            peer.stop()


def test_answers_are_held_against_the_second_server(peers: list[Peer]) -> None:
    said: list[str] = []
    checks = check_answers(peers, [Family("one", Group.POINT, ("ASK {}",))], PATIENCE, said.append)

    assert checks["one", "truthful"].agrees
    assert checks["one", "slow"].agrees
    assert not checks["one", "lying"].agrees
    assert len(said) == 1
    assert "lying differs from truthful" in said[0]


def test_a_slow_server_that_works_on_is_ended_and_asked_no_more(peers: list[Peer]) -> None:
    spin, after = Family("spin", Group.JOIN, ("ASK { 'spin' }",)), Family("after", Group.JOIN, ("ASK {}",))
    checks = check_answers([peers[2]], [spin, after], PATIENCE, lambda _: None)

    assert checks["spin", "slow"].failure == "no answer in 0.5 s"
    assert checks["after", "slow"].failure == "not measured: ended, as it still worked on spin"
    assert not peers[2].process.alive
