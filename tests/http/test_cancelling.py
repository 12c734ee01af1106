"""Every query has an id and a token: whoever knows the token can end it."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Iterator

import httpx
import pytest
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SOON = 2
"""Seconds, much less than the deadline of the server, in which a cancelled query has ended."""


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one worker and a deadline that no test reaches; each query is run, and so has an id."""
    folder = tmp_path_factory.mktemp("patient")
    home = SnapshotHome(folder / "home")
    publish_quads(home, [*quads_of(), *many_quads(2_000)])
    with run_server(home, folder / "log", workers=1, deadline=60, answer_cache=0) as running:
        wait_until(lambda: is_ready(running))
        yield running


@pytest.fixture
def client(patient: Server) -> Iterator[httpx.Client]:
    with patient.client() as made:
        yield made


class Asked(threading.Thread):
    """A query with an identity of its own, sent in the background."""

    def __init__(self, server: Server, query: str = ENDLESS) -> None:
        super().__init__()
        self.id, self.token = str(uuid.uuid4()), secrets.token_hex(16)
        self._server, self._query = server, query
        self.answer: httpx.Response | None = None
        self.seconds = 0.0
        self.start()

    @property
    def identity(self) -> dict[str, str]:
        return {"Query-Id": self.id, "Query-Token": self.token}

    def run(self) -> None:
        started = time.monotonic()
        with self._server.client() as client:
            self.answer = client.post("/sparql", data={"query": self._query}, headers=self.identity)
        self.seconds = time.monotonic() - started

    def ended(self) -> httpx.Response:
        self.join(30)
        assert self.answer is not None
        return self.answer


def cancel(client: httpx.Client, query_id: str, token: str) -> httpx.Response:
    return client.delete(f"/queries/{query_id}", headers={"Authorization": f"Bearer {token}"})


def cancel_at_last(client: httpx.Client, asked: Asked) -> None:
    """Cancel a query that may not have come to the server yet."""
    wait_until(lambda: cancel(client, asked.id, asked.token).status_code == 204, seconds=5)


def slug_of(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("/")[2]


def assert_answers(client: httpx.Client) -> None:
    started = time.monotonic()
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert time.monotonic() - started < SOON


@pytest.mark.parametrize(
    ("query", "status"), [("ASK {}", 200), ("ASK", 400), ("INSERT DATA {}", 403), ("", 400)]
)
def test_every_answer_says_its_id_and_token(client: httpx.Client, query: str, status: int) -> None:
    answers = [client.get("/sparql", params={"query": query}), client.post("/sparql", data={"query": query})]
    assert [answer.status_code for answer in answers] == [status, status]
    assert len({uuid.UUID(answer.headers["query-id"]) for answer in answers}) == 2
    assert len({answer.headers["query-token"] for answer in answers}) == 2
    assert all(len(answer.headers["query-token"]) >= 32 for answer in answers)
    assert all("Query-Id" in answer.headers["access-control-expose-headers"] for answer in answers)
    assert all("Query-Token" in answer.headers["access-control-expose-headers"] for answer in answers)


def test_an_answer_that_is_not_sent_again_says_its_id_too(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": "ASK {}"})
    known = {"If-None-Match": first.headers["etag"]}
    second = client.get("/sparql", params={"query": "ASK {}"}, headers=known)
    assert second.status_code == 304
    assert second.headers["query-id"] != first.headers["query-id"]


def test_other_answers_have_no_id(client: httpx.Client) -> None:
    assert "query-id" not in client.get("/health/live").headers


def test_the_identity_that_the_client_chose_comes_back(client: httpx.Client) -> None:
    identity = {"Query-Id": str(uuid.uuid4()), "Query-Token": secrets.token_hex(16)}
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers=identity)
    assert (answer.status_code, answer.headers["query-id"]) == (200, identity["Query-Id"])
    assert answer.headers["query-token"] == identity["Query-Token"]


@pytest.mark.parametrize(
    "identity",
    [{"Query-Id": "7"}, {"Query-Token": "a" * 32}, {"Query-Id": str(uuid.uuid4()), "Query-Token": "short"}],
)
def test_an_identity_that_is_none_is_400(client: httpx.Client, identity: dict[str, str]) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers=identity)
    assert (answer.status_code, slug_of(answer)) == (400, "bad-request")


def test_a_query_is_cancelled_before_its_first_byte(patient: Server, client: httpx.Client) -> None:
    asked = Asked(patient)
    cancel_at_last(client, asked)
    answer = asked.ended()
    assert (answer.status_code, slug_of(answer)) == (409, "query-cancelled")
    assert answer.headers["query-id"] == asked.id
    assert asked.seconds < 10
    assert_answers(client)


def test_a_query_that_waits_for_a_worker_is_cancelled(patient: Server, client: httpx.Client) -> None:
    running, waiting = Asked(patient), Asked(patient)
    cancel_at_last(client, waiting)
    assert slug_of(waiting.ended()) == "query-cancelled"
    cancel_at_last(client, running)
    assert slug_of(running.ended()) == "query-cancelled"
    assert_answers(client)


def test_an_answer_under_way_is_broken_off(client: httpx.Client) -> None:
    with client.stream("POST", "/sparql", data={"query": ENDLESS_ROWS}) as answer:
        assert answer.status_code == 200
        cancelled = cancel(client, answer.headers["query-id"], answer.headers["query-token"])
        assert (cancelled.status_code, cancelled.content) == (204, b"")
        with pytest.raises(httpx.RemoteProtocolError):
            answer.read()
    assert_answers(client)


def test_another_token_cancels_nothing(patient: Server, client: httpx.Client) -> None:
    asked = Asked(patient)
    wait_until(lambda: cancel(client, asked.id, "x" * 32).status_code == 403, seconds=5)
    answer = cancel(client, asked.id, "x" * 32)
    assert (slug_of(answer), asked.token in answer.text) == ("wrong-token", False)
    without = client.delete(f"/queries/{asked.id}")
    assert (without.status_code, slug_of(without)) == (401, "no-token")
    assert without.headers["www-authenticate"] == "Bearer"
    assert asked.is_alive()
    cancel_at_last(client, asked)
    asked.ended()


def test_two_queries_under_way_cannot_have_one_id(patient: Server, client: httpx.Client) -> None:
    asked = Asked(patient)
    wait_until(lambda: cancel(client, asked.id, "x" * 32).status_code == 403, seconds=5)
    other = client.get("/sparql", params={"query": "ASK {}"}, headers={"Query-Id": asked.id})
    assert (other.status_code, slug_of(other)) == (409, "query-id-in-use")
    cancel_at_last(client, asked)
    assert slug_of(asked.ended()) == "query-cancelled"
    again = client.get("/sparql", params={"query": "ASK {}"}, headers=asked.identity)
    assert again.status_code == 200


def test_a_query_that_has_ended_is_not_found(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"})
    ended = cancel(client, answer.headers["query-id"], answer.headers["query-token"])
    assert (ended.status_code, slug_of(ended)) == (404, "not-found")


@pytest.mark.parametrize("query_id", ["4c371089-89c6-43a8-83c7-e7a0469c4397", "7", "%C4%90"])
def test_what_was_never_asked_is_not_found(client: httpx.Client, query_id: str) -> None:
    assert cancel(client, query_id, "x" * 32).status_code == 404


def test_a_page_of_another_origin_may_cancel(client: httpx.Client) -> None:
    asked = {
        "Origin": "https://notebook.example",
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "authorization",
    }
    preflight = client.options(f"/queries/{uuid.uuid4()}", headers=asked)
    assert "DELETE" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-headers"] == "authorization"
