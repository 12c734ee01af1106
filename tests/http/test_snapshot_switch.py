"""Publishing another snapshot while requests run: each is answered whole, from one snapshot or the other."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome
from graph.snapshots.publishing import rollback

COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
ALL = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}


class Visitor(threading.Thread):
    """Asks again and again until told to stop, and remembers what it got."""

    def __init__(self, server: Server, path: str, params: dict[str, str]) -> None:
        super().__init__()
        self._server = server
        self._path = path
        self._params = params
        self.stopped = threading.Event()
        self.failures: list[str] = []
        self.answers: list[str] = []

    def run(self) -> None:
        with self._server.client() as client:
            while not self.stopped.is_set():
                try:
                    response = client.get(self._path, params=self._params)
                except httpx.HTTPError as error:
                    self.failures.append(repr(error))
                    continue
                if response.status_code != 200:
                    self.failures.append(f"{response.status_code} {response.text}")
                self.answers.append(response.text)


def served(server: Server) -> str:
    return str(httpx.get(f"{server.base}/health/ready").json()["snapshot"])


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in listed.stdout.split()]


@pytest.mark.parametrize("answer_cache", [0, 64 * 1024**2], ids=["each evaluated", "shared and kept"])
def test_no_request_fails_while_snapshots_are_published_and_rolled_back(
    tmp_path: Path, answer_cache: int
) -> None:
    home = SnapshotHome(tmp_path / "home")
    first = publish_quads(home, quads_of())
    with run_server(
        home, tmp_path / "log", follow_seconds=0.1, workers=2, answer_cache=answer_cache
    ) as server:
        wait_until(lambda: is_ready(server))
        visitors = [
            Visitor(server, "/sparql", COUNT),
            Visitor(server, "/sparql", ALL),
            Visitor(server, "/data/unit/2025/19.json", {}),
        ]
        for visitor in visitors:
            visitor.start()
        second = publish_quads(home, [*quads_of(), *many_quads(500)])
        wait_until(lambda: served(server) == second.id)
        rollback(home)
        wait_until(lambda: served(server) == first.id)
        time.sleep(0.3)
        for visitor in visitors:
            visitor.stopped.set()
            visitor.join()
        assert [visitor.failures for visitor in visitors] == [[], [], []]
        counts = {int(answer.split()[1]) for answer in visitors[0].answers}
        assert counts == {first.manifest().triples, second.manifest().triples}
        sizes = {len(answer.splitlines()) - 1 for answer in visitors[1].answers}
        assert sizes <= counts
        # Only the processes of the current snapshot are left.
        wait_until(lambda: len(children_of(server.pid)) == 1)


def test_an_entity_tag_is_of_its_snapshot(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    publish_quads(home, quads_of())
    with (
        run_server(home, tmp_path / "log", follow_seconds=0.1, workers=1) as server,
        server.client() as client,
    ):
        wait_until(lambda: is_ready(server))
        tag = client.get("/sparql", params=COUNT).headers["etag"]
        known = {"if-none-match": tag}
        assert client.get("/sparql", params=COUNT, headers=known).status_code == 304
        other = publish_quads(home, [*quads_of(), *many_quads(5)])
        wait_until(lambda: served(server) == other.id)
        changed = client.get("/sparql", params=COUNT, headers=known)
        assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


def test_the_same_answer_has_the_same_bytes_after_a_restart(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    publish_quads(home, [*quads_of(), *many_quads(1_000)])
    answers = []
    for _ in range(2):
        with run_server(home, tmp_path / "log", workers=1) as server, server.client() as client:
            wait_until(lambda server=server: is_ready(server))  # type: ignore[misc]
            response = client.get("/sparql", params=ALL)
            answers.append((response.headers["etag"], response.content))
    assert answers[0] == answers[1]


def test_when_the_process_that_forks_workers_dies_another_takes_its_place(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    publish_quads(home, quads_of())
    with run_server(home, tmp_path / "log", workers=1) as server, server.client() as client:
        wait_until(lambda: is_ready(server))
        (zygote,) = children_of(server.pid)
        os.kill(zygote, signal.SIGKILL)
        wait_until(lambda: zygote not in children_of(server.pid))
        wait_until(lambda: is_ready(server))
        assert client.get("/sparql", params=COUNT).status_code == 200


def test_nothing_is_left_running_when_the_server_is_killed(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    publish_quads(home, quads_of())
    with run_server(home, tmp_path / "log", workers=2) as server:
        wait_until(lambda: is_ready(server))
        (zygote,) = children_of(server.pid)
        family = [zygote, *children_of(zygote)]
        assert len(family) == 3
        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in family))
