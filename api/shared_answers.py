"""Answers shared between requests that are equal: kept ones are sent again, and one evaluation serves many.

This is the outermost layer, so that a kept answer costs a look-up and two messages: no routing, no
negotiation, no engine and no thread. What is kept are the bytes and headers that the layers below sent,
so a hit cannot differ from a miss. What may be kept is what has a strong entity tag of a known snapshot:
the rule for entity tags is the rule for the cache (RFC 9111, section 3; RFC 9110, section 8.8).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answer_cache import AnswerCache, AnswerKey, HeaderList, KeptAnswer
from api.sparql.streaming import ClientGoneError, unless_unwanted

_SHARED_PATHS: Final = ("/sparql", "/data/", "/page/")
_WITH_BODY: Final = frozenset({"POST", "QUERY"})
_LARGEST_REQUEST: Final = 64 * 1024
# The request headers that any representation here varies by, and those that say how to read the body.
_DECIDING: Final = (b"accept", b"accept-language", b"content-type", b"content-encoding")
_READ: Final = frozenset({*_DECIDING, b"accept-encoding", b"content-length", b"if-none-match"})


class SharedAnswers:
    """Sends kept answers, lets equal requests wait for one evaluation, and passes on all else.

    Only GET, POST and QUERY over HTTP/1.1 or later are shared, the latter two up to 64 KiB. An answer is
    held back while it is gathered, so its worker is free before the slowest client has read it; one that
    turns out too large to be kept is passed on as it comes.

    Args:
        app: what answers.
        snapshot: gives the id of the snapshot that is served now, empty if that is unknown.
        cache: where answers are kept.

    """

    def __init__(self, app: ASGIApp, snapshot: Callable[[], str], cache: AnswerCache) -> None:
        self._app = app
        self._snapshot = snapshot
        self._cache = cache
        self._flights: dict[AnswerKey, _Flight] = {}
        self._budget = _Budget(cache.capacity)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, from what is kept if that is possible."""
        if scope["type"] != "http" or not scope["path"].startswith(_SHARED_PATHS) or not self._snapshot():
            await self._app(scope, receive, send)
            return
        if _has_identity(scope):
            await self._app(scope, receive, send)
            return
        headers = _deciding_headers(scope)
        body = b""
        if scope["method"] in _WITH_BODY and _is_small(headers):
            body, receive = await _read_ahead(receive)
        elif scope["method"] != "GET" or scope["http_version"] == "1.0":
            await self._app(scope, receive, send)
            return
        key = _key(self._snapshot(), scope, headers, body)
        known = headers.get(b"if-none-match", b"")
        kept = self._cache.get(key)
        if kept is not None and not _is_for_the_app(kept, known):
            await _send(kept, known, send, kept.hit)
        elif (flight := self._flights.get(key)) is not None:
            await self._follow(flight, known, (scope, receive, send))
        else:
            await self._lead(key, known, (scope, receive, send))

    async def _lead(self, key: AnswerKey, known: bytes, call: tuple[Scope, Receive, Send]) -> None:
        """Have the request answered, for all who ask the same meanwhile."""
        scope, receive, send = call
        flight = self._flights[key] = _Flight()
        gathering = _Gathering(key.snapshot, send, self._cache.largest, self._budget, flight.give_up)
        try:
            await self._app(scope, flight.receiving(receive), gathering.take)
            kept = gathering.answer
            if kept is not None:
                self._cache.put(key, kept)
                flight.share(kept)
                del self._flights[key]
                await _send(kept, known, send, kept.headers)
            else:
                await gathering.flush()
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.give_up()
            gathering.close()

    async def _follow(self, flight: _Flight, known: bytes, call: tuple[Scope, Receive, Send]) -> None:
        """Wait for another's answer; if it cannot be shared, get an own one."""
        scope, receive, send = call
        try:
            kept = await unless_unwanted(receive, asyncio.Event(), flight.answer())
        except ClientGoneError:
            return
        if kept is None or _is_for_the_app(kept, known):
            await self._app(scope, receive, send)
        else:
            await _send(kept, known, send, kept.shared)


def _has_identity(scope: Scope) -> bool:
    """Say whether the client names its query, to cancel it: then it wants one of its own."""
    return any(name in (b"query-id", b"query-token") for name, _ in scope["headers"])


class _Flight:
    """One evaluation under way, and those who wait for its answer."""

    def __init__(self) -> None:
        self._answer: asyncio.Future[KeptAnswer | None] = asyncio.get_running_loop().create_future()
        self._waiting = 0
        self._nobody_waits = asyncio.Event()
        self._nobody_waits.set()

    async def answer(self) -> KeptAnswer | None:
        """Wait for the answer; None if it is not to be shared."""
        self._waiting += 1
        self._nobody_waits.clear()
        try:
            # One who waits and is cancelled takes the answer from nobody else.
            return await asyncio.shield(self._answer)
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._nobody_waits.set()

    def share(self, kept: KeptAnswer) -> None:
        """Give the answer to all who wait."""
        if not self._answer.done():
            self._answer.set_result(kept)

    def give_up(self) -> None:
        """Tell all who wait that they have to ask for themselves."""
        if not self._answer.done():
            self._answer.set_result(None)

    def receiving(self, receive: Receive) -> Receive:
        """Hide that the client of the evaluation has gone for as long as others wait for it."""

        async def receive_while_wanted() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect":
                await self._nobody_waits.wait()
            return message

        return receive_while_wanted


@dataclass
class _Budget:
    """How many bytes of answers may be held back at once, and how many are."""

    capacity: int
    held: int = 0


class _Gathering:
    """Takes the messages of an answer: gathers one that may be kept, passes on any other."""

    def __init__(
        self, snapshot: str, send: Send, largest: int, budget: _Budget, on_passing: Callable[[], None]
    ) -> None:
        self.answer: KeptAnswer | None = None
        self._tag_start = f'"{snapshot}-'.encode()
        self._send = send
        self._largest = largest
        self._budget = budget
        self._on_passing = on_passing
        self._messages: list[Message] = []
        self._size = 0
        self._passing = False

    async def take(self, message: Message) -> None:
        """Take the next message."""
        if self._passing:
            await self._send(message)
            return
        self._messages.append(message)
        if message["type"] == "http.response.start":
            whole, fits = False, self._may_be_kept(message)
        else:
            size = len(message.get("body", b""))
            self._size += size
            self._budget.held += size
            whole = not message.get("more_body", False)
            fits = self._size <= self._largest and self._budget.held <= self._budget.capacity
        if not fits or message["type"] not in ("http.response.start", "http.response.body"):
            await self.flush()
        elif whole:
            start, *parts = self._messages
            headers: HeaderList = list(start["headers"])
            body = b"".join(part.get("body", b"") for part in parts)
            self.answer = KeptAnswer(headers, body, _tag_of(headers))

    async def flush(self) -> None:
        """Pass on what was held back, and from now on everything."""
        self._passing = True
        self._on_passing()
        messages, self._messages = self._messages, []
        self.close()
        for message in messages:
            await self._send(message)

    def close(self) -> None:
        """Count what is held back no more."""
        self._budget.held -= self._size
        self._size = 0

    def _may_be_kept(self, start: Message) -> bool:
        """Say whether an answer is one of the snapshot that was asked for, and can be told by its tag."""
        return start["status"] == HTTPStatus.OK and _tag_of(start["headers"]).startswith(self._tag_start)


def _tag_of(headers: HeaderList) -> bytes:
    return next((value for name, value in headers if name.lower() == b"etag"), b"")


def _deciding_headers(scope: Scope) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _READ:
            found[name] = found[name] + b", " + value if name in found else value
    return found


def _key(snapshot: str, scope: Scope, headers: dict[bytes, bytes], body: bytes) -> AnswerKey:
    return AnswerKey(
        snapshot,
        scope["method"],
        (scope["scheme"], scope.get("server"), scope["path"], scope["query_string"]),
        tuple([headers.get(name, b"") for name in _DECIDING]),
        b"gzip" in headers.get(b"accept-encoding", b""),
        body,
    )


def _is_small(headers: dict[bytes, bytes]) -> bool:
    length = headers.get(b"content-length", b"")
    return length.isdigit() and int(length) <= _LARGEST_REQUEST


async def _read_ahead(receive: Receive) -> tuple[bytes, Receive]:
    """Read a body, and give it with a way to receive it again."""
    messages: list[Message] = []
    more = True
    while more:
        messages.append(await receive())
        more = messages[-1].get("more_body", False)
    body = b"".join(message.get("body", b"") for message in messages)

    async def receive_again() -> Message:
        return messages.pop(0) if messages else await receive()

    return body, receive_again


def _is_for_the_app(kept: KeptAnswer, known: bytes) -> bool:
    """Say whether the client may have this answer under another tag: any, or that of the other coding."""
    if not known or kept.tag in known:
        return False
    return known.strip() == b"*" or kept.tag.rstrip(b'"').removesuffix(b";gzip") in known


async def _send(kept: KeptAnswer, known: bytes, send: Send, headers: HeaderList) -> None:
    """Send an answer, or 304 if the client has it already (RFC 9110, section 13.1.2)."""
    if known and kept.tag in known:
        start = {"status": HTTPStatus.NOT_MODIFIED, "headers": kept.not_modified}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    await send({"type": "http.response.start", "status": HTTPStatus.OK, "headers": headers})
    for part, more in kept.slices():
        await send({"type": "http.response.body", "body": part, "more_body": more})
