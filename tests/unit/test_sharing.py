"""Sharing seen from inside: who is answered by whom when clients are slow, go away or fail, turn by turn."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.answer_cache import AnswerCache
from api.problems import KINDS
from api.shared_answers import SharedAnswers

KIB = 1024
MESSAGE_OF_BODY = "http.response.body"


class App:
    """Answers when it is let, by default with an answer that may be kept; notes what it was asked."""

    def __init__(self, *parts: bytes, status: int = 200, problem: str = "", breaks: bool = False) -> None:
        self.parts = parts or (b"whole",)
        self.status = status
        self.problem = problem
        self.breaks = breaks
        self.bodies: list[bytes] = []
        self.is_let = asyncio.Event()
        self.sent = 0
        self.left = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.bodies.append((await receive()).get("body", b""))
        working = asyncio.ensure_future(self._answer(scope, send, len(self.bodies)))
        leaving = asyncio.ensure_future(receive())
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if not working.done():
            working.cancel()
            self.left += 1

    async def _answer(self, scope: Scope, send: Send, number: int) -> None:
        await self.is_let.wait()
        if self.problem:
            scope["state"]["problem"] = self.problem
        headers = [(b"etag", b'"s-1"'), (b"query-id", b"%d" % number)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        for index, part in enumerate(self.parts, start=1):
            more = self.breaks or index < len(self.parts)
            await send({"type": MESSAGE_OF_BODY, "body": part, "more_body": more})
            self.sent += 1


class Client:
    """A client that sends one request, may go away, and reads when it is let."""

    def __init__(self, app: SharedAnswers, method: str = "POST", body: bytes = b"ASK {}") -> None:
        self.messages: list[Message] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self._gone = asyncio.Event()
        self._requests: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        headers = [(b"content-length", b"%d" % len(body))] if method == "POST" else []
        scope = {
            "type": "http",
            "method": method,
            "http_version": "1.1",
            "scheme": "http",
            "path": "/sparql",
            "query_string": b"",
            "headers": headers,
            "state": {},
        }
        self.task = asyncio.ensure_future(app(scope, self._receive, self._send))

    def leave(self) -> None:
        self._gone.set()

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.messages[1:])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])

    @property
    def is_ended(self) -> bool:
        return bool(self.messages) and not self.messages[-1].get("more_body", True)

    async def _receive(self) -> Message:
        if self._requests:
            return self._requests.pop()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await self.reads.wait()
        self.messages.append(message)


def shared(app: App, largest: int = 64 * KIB, capacity: int = 256 * KIB) -> SharedAnswers:
    return SharedAnswers(app, lambda: "s", AnswerCache(capacity, largest))


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 5))


async def turns() -> None:
    """Let everything happen that can."""
    for _ in range(50):
        await asyncio.sleep(0)


async def ended(*clients: Client) -> None:
    await asyncio.gather(*(client.task for client in clients))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_first_is_asked_for_and_all_get_its_answer_but_not_its_id(method: str) -> None:
    async def test() -> None:
        app = App()
        service = shared(app)
        clients = [Client(service, method) for _ in range(4)]
        await turns()
        app.is_let.set()
        await ended(*clients)
        assert len(app.bodies) == 1
        assert [client.body for client in clients] == [b"whole"] * 4
        assert [b"query-id" in client.headers for client in clients] == [True, False, False, False]

    run(test())


@pytest.mark.parametrize("slug", ["query-timeout", "query-memory", "query-crash", "result-too-large"])
def test_a_problem_of_the_query_is_told_to_all_who_asked_and_not_kept(slug: str) -> None:
    async def test() -> None:
        app = App(b"problem", status=KINDS[slug].status, problem=slug)
        service = shared(app)
        clients = [Client(service) for _ in range(3)]
        await turns()
        app.is_let.set()
        await ended(*clients)
        assert len(app.bodies) == 1
        for client in clients:
            assert (client.messages[0]["status"], client.body) == (KINDS[slug].status, b"problem")
        assert b"query-id" not in clients[1].headers
        await ended(Client(service))
        assert len(app.bodies) == 2

    run(test())


@pytest.mark.parametrize("slug", ["busy", "rate-limited", "unavailable", "internal", "query-cancelled", ""])
def test_a_problem_of_the_one_who_asked_is_its_own(slug: str) -> None:
    """The others ask for themselves, with the body that they sent."""

    async def test() -> None:
        app = App(b"problem", status=KINDS[slug].status if slug else 503, problem=slug)
        clients = [Client(service) for service in [shared(app)] for _ in range(3)]
        await turns()
        app.is_let.set()
        await ended(*clients)
        assert app.bodies == [b"ASK {}"] * 3
        assert [client.headers[b"query-id"] for client in clients] == [b"1", b"2", b"3"]

    run(test())


def test_the_first_may_go_and_the_others_have_its_answer() -> None:
    async def test() -> None:
        app = App()
        service = shared(app)
        first, *others = [Client(service) for _ in range(3)]
        await turns()
        first.leave()
        await turns()
        app.is_let.set()
        await ended(first, *others)
        assert (len(app.bodies), app.left) == (1, 0)
        assert [client.body for client in others] == [b"whole"] * 2

    run(test())


def test_when_all_have_gone_the_work_ends() -> None:
    async def test() -> None:
        app = App()
        service = shared(app)
        clients = [Client(service) for _ in range(3)]
        await turns()
        for client in clients:
            client.leave()
        await ended(*clients)
        assert (len(app.bodies), app.left) == (1, 1)

    run(test())


def test_a_first_that_reads_slowly_holds_up_neither_the_others_nor_the_work() -> None:
    async def test() -> None:
        app = App(b"a" * KIB, b"b" * KIB, b"c" * KIB)
        service = shared(app)
        slow, quick = Client(service), Client(service)
        slow.reads.clear()
        await turns()
        app.is_let.set()
        await ended(quick)
        assert app.sent == 3
        assert len(quick.body) == 3 * KIB
        assert slow.messages == []
        slow.reads.set()
        await ended(slow)
        assert slow.body == quick.body

    run(test())


def test_the_first_part_of_a_long_answer_is_sent_before_the_last_is_there() -> None:
    async def test() -> None:
        app = App(b"first", breaks=True)
        client = Client(shared(app))
        app.is_let.set()
        await turns()
        assert client.body == b"first"
        await ended(client)
        assert not client.is_ended

    run(test())


def test_an_answer_too_large_to_keep_is_made_as_its_reader_reads_and_the_others_ask_for_themselves() -> None:
    async def test() -> None:
        app = App(*[b"x" * KIB] * 100)
        service = shared(app, largest=4 * KIB)
        slow, other = Client(service), Client(service)
        slow.reads.clear()
        await turns()
        app.is_let.set()
        await ended(other)
        assert len(app.bodies) == 2
        assert len(other.body) == 100 * KIB
        assert app.sent <= 100 + 5  # of the slow one's, no more than may be held
        slow.reads.set()
        await ended(slow)
        assert len(slow.body) == 100 * KIB

    run(test())


def test_a_broken_answer_is_shared_with_nobody_and_stays_broken() -> None:
    async def test() -> None:
        app = App(b"half", breaks=True)
        service = shared(app)
        clients = [Client(service) for _ in range(2)]
        await turns()
        app.is_let.set()
        await ended(*clients)
        assert len(app.bodies) == 2
        assert not any(client.is_ended for client in clients)

    run(test())


def test_slow_readers_of_kept_answers_hold_no_more_than_the_bound() -> None:
    """What has gone from the cache is still held for those who read it: then others are answered afresh."""

    async def test() -> None:
        app = App(b"x" * 100 * KIB)
        app.is_let.set()
        service = shared(app, largest=128 * KIB, capacity=256 * KIB)
        readers = []
        for number in range(4):
            body = b"ASK {} #%d" % number
            await ended(Client(service, body=body))
            slow = Client(service, body=body)
            slow.reads.clear()
            readers.append(slow)
            await turns()
        # Two of 100 KiB may be held; the two others wait for answers of their own.
        assert len(app.bodies) == 4 + 2
        for slow in readers:
            slow.reads.set()
        await ended(*readers)
        assert {slow.body for slow in readers} == {b"x" * 100 * KIB}

    run(test())


def test_a_client_that_goes_before_the_end_of_its_body_asks_nothing() -> None:
    async def test() -> None:
        app = App()
        client = Client(shared(app), body=b"ASK {")
        client._requests = [{"type": "http.disconnect"}]
        await ended(client)
        assert (app.bodies, client.messages) == ([], [])

    run(test())
