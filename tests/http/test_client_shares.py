"""What one client may have under way, and what it is told when it wants more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from process_support import processes_of
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEADLINE = 2


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[Server]:
    home = SnapshotHome(folder / "home")
    publish_quads(home, [*quads_of(), *many_quads(2_000)])
    with run_server(home, folder / "log", deadline=DEADLINE, answer_cache=0, **settings) as running:
        wait_until(lambda: is_ready(running))
        yield running


def ask(server: Server, address: str, query: str = ENDLESS) -> httpx.Response:
    with server.client(transport=httpx.HTTPTransport(local_address=address)) as client:
        return client.post("/sparql", data={"query": query})


def slug_of(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("/")[2]


@contextmanager
def abused(server: Server, addresses: list[str]) -> Iterator[list[httpx.Response]]:
    """Have each address ask an endless query; the answers are there at the end."""
    answers: list[httpx.Response] = []
    with ThreadPoolExecutor(len(addresses)) as pool:
        futures = [pool.submit(ask, server, address) for address in addresses]
        time.sleep(0.5)  # until they have come to the server
        yield answers
    answers.extend(future.result() for future in futures)


def test_a_worker_is_left_to_a_client_that_has_none(tmp_path: Path) -> None:
    with serving(tmp_path, workers=2) as server, abused(server, ["127.0.0.2"] * 3):
        started = time.monotonic()
        assert ask(server, "127.0.0.9", "ASK {}").status_code == 200
        assert time.monotonic() - started < DEADLINE / 2


def test_two_clients_that_do_their_worst_leave_one_worker_of_four(tmp_path: Path) -> None:
    addresses = ["127.0.0.2", "127.0.0.3"] * 3
    with serving(tmp_path, workers=4) as server, abused(server, addresses):
        started = time.monotonic()
        assert ask(server, "127.0.0.9", "ASK {}").status_code == 200
        assert time.monotonic() - started < DEADLINE / 2


def test_what_is_more_than_the_share_of_a_client_is_429_with_retry_after(tmp_path: Path) -> None:
    settings = {"workers": 2, "queue_share": 1, "queue_wait": 8}
    with serving(tmp_path, **settings) as server, abused(server, ["127.0.0.2"] * 4) as answers:
        pass
    slugs = sorted(map(slug_of, answers))
    assert slugs == ["query-timeout", "query-timeout", "rate-limited", "rate-limited"]
    refused = [answer for answer in answers if slug_of(answer) == "rate-limited"]
    assert [answer.status_code for answer in refused] == [429, 429]
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert "1 of your queries run and 1 wait" in refused[0].json()["detail"]


def test_a_full_queue_is_503_for_whoever_comes_and_no_fault_of_its_own(tmp_path: Path) -> None:
    settings = {"workers": 1, "reserve": 0, "queue": 1, "queue_wait": 8}
    with serving(tmp_path, **settings) as server, abused(server, ["127.0.0.2", "127.0.0.3"]):
        refused = ask(server, "127.0.0.9", "ASK {}")
        assert (refused.status_code, slug_of(refused)) == (503, "busy")
        assert int(refused.headers["retry-after"]) > 0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_client_alone_is_answered_whatever_it_has_asked_before(tmp_path: Path, workers: int) -> None:
    with serving(tmp_path, workers=workers) as server:
        with abused(server, ["127.0.0.2"] * 2) as answers:
            pass
        assert {slug_of(answer) for answer in answers} == {"query-timeout"}
        assert ask(server, "127.0.0.2", "ASK {}").status_code == 200
        assert is_ready(server)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_client_with_none_gets_a_worker_while_others_have_all(tmp_path: Path, workers: int) -> None:
    """Two clients have taken all workers, and are in the queue for more."""
    addresses = ["127.0.0.2", "127.0.0.3"] * 4
    settings = {"workers": workers, "reserve": 2, "queue_wait": 8}
    with serving(tmp_path, **settings) as server, abused(server, addresses):
        for _ in range(5):
            started = time.monotonic()
            assert ask(server, "127.0.0.9", "ASK {}").status_code == 200
            assert time.monotonic() - started < DEADLINE / 2


def test_further_workers_go_when_they_are_needed_no_more(tmp_path: Path) -> None:
    addresses = [f"127.0.0.{number}" for number in range(2, 6)]
    with serving(tmp_path, workers=2, reserve=2) as server:
        with abused(server, addresses):
            wait_until(lambda: len(processes_of(server).workers) == 4, seconds=1)
        with ThreadPoolExecutor(8) as pool:
            cheap = [pool.submit(ask, server, f"127.0.0.{number}", "ASK {}") for number in range(2, 42)]
        assert {future.result().status_code for future in cheap} == {200}
        wait_until(lambda: len(processes_of(server).workers) == 2, seconds=2)


def test_a_full_queue_makes_room_for_a_client_that_has_none_in_it(tmp_path: Path) -> None:
    settings = {"workers": 1, "reserve": 0, "queue": 3, "queue_wait": 8}
    with serving(tmp_path, **settings) as server, abused(server, ["127.0.0.2"] * 4) as answers:
        assert ask(server, "127.0.0.9", "ASK {}").status_code == 200
    slugs = sorted(map(slug_of, answers))
    assert slugs == ["busy", "query-timeout", "query-timeout", "query-timeout"]
    (refused,) = (answer for answer in answers if slug_of(answer) == "busy")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
