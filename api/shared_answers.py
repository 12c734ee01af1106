"""Answers shared between requests that are equal: kept ones are sent again, and one evaluation serves many.

This is the outermost layer, so that a kept answer costs a look-up and two messages: no routing, no
negotiation, no engine and no thread. What is kept are the bytes and headers that the layers below sent,
so a hit cannot differ from a miss. What may be kept is what has a strong entity tag of a known snapshot:
the rule for entity tags is the rule for the cache (RFC 9111, section 3; RFC 9110, section 8.8).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answer_cache import AnswerCache, AnswerKey, HeaderList, KeptAnswer
from api.answer_gathering import Gathering, HeldBytes
from api.content_codings import choose_coding, plain_tags
from api.problems import problem_told
from api.sparql.streaming import ClientGoneError, unless_unwanted

_HOME: Final = "/"
_SHARED_PATHS: Final = (
    "/sparql",
    "/data/",
    "/page/",
    "/api/v1/",
    "/map",
    "/browse",
    "/search",
    "/conflicts",
    "/ontology",
    "/concepts",
    "/shapes",
    "/sitemap",
)
"""How the paths of answers begin that depend on a snapshot alone; not `/dumps/`, which names others too."""

_WITH_BODY: Final = frozenset({"POST", "QUERY"})
_LARGEST_REQUEST: Final = 64 * 1024
# The request headers that any representation here varies by, and those that say how to read the body.
_DECIDING: Final = (b"accept", b"accept-language", b"content-type", b"content-encoding")
_READ: Final = frozenset({*_DECIDING, b"accept-encoding", b"content-length", b"if-none-match"})
_KEY_BYTES: Final = 32
# Problems that come from the query and its limits, whoever asks: equal requests at once have them in common.
_OF_THE_QUERY: Final = frozenset({"query-timeout", "query-memory", "query-crash", "result-too-large"})


class SharedAnswers:
    """Sends kept answers, lets equal requests wait for one evaluation, and passes on all else.

    Only GET, POST and QUERY over HTTP/1.1 or later are shared, the latter two up to 64 KiB. Those who wait
    get whole answers: the one that was evaluated, or the problem that comes from the query itself and so is
    theirs too (its deadline, its memory). Whatever else the first of them gets is its own, and an answer that
    turns out too large to be kept is too; then each of the others asks for itself.

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
        self._held = HeldBytes(cache.capacity)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, from what is kept if that is possible."""
        snapshot = self._snapshot() if _is_shared(scope) else ""
        if not snapshot:
            await self._app(scope, receive, send)
            return
        headers = _headers_read(scope)
        body = None
        if scope["method"] in _WITH_BODY:
            if not _is_small(headers):
                await self._app(scope, receive, send)
                return
            body = await _read_body(receive)
            if body is None:
                return  # the client has gone
        call = _Call(scope, receive, body, send, headers.get(b"if-none-match", b""))
        key = _key(snapshot, scope, headers, body or b"")
        kept = self._cache.get(key)
        if kept is not None:
            await self._give(kept, call, kept.hit)
        elif (flight := self._flights.get(key)) is not None:
            await self._follow(flight, call)
        else:
            await self._lead(key, snapshot, call)

    async def _lead(self, key: AnswerKey, snapshot: str, call: _Call) -> None:
        """Have the request answered, for all who ask the same meanwhile."""
        flight = self._flights[key] = _Flight()

        def go_alone() -> None:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.give_up()

        call.scope.setdefault("state", {})  # where a problem is told
        async with Gathering(snapshot, call.send, self._cache.largest, self._held, go_alone) as gathering:
            try:
                await self._app(call.scope, flight.receiving(call.receive_again()), gathering.take)
                whole = gathering.whole
                if whole is not None and whole.status == HTTPStatus.OK:
                    self._cache.put(key, whole)
                    flight.share(whole)
                elif whole is not None and problem_told(call.scope["state"]) in _OF_THE_QUERY:
                    flight.share(whole)
            finally:
                go_alone()

    async def _follow(self, flight: _Flight, call: _Call) -> None:
        """Wait for another's answer; if it cannot be shared, get an own one."""
        try:
            shared = await unless_unwanted(call.receive, _never(), flight.answer())
        except ClientGoneError:
            return
        if shared is None:
            await self._app(call.scope, call.receive_again(), call.send)
        else:
            await self._give(shared, call, shared.shared)

    async def _give(self, answer: KeptAnswer, call: _Call, headers: HeaderList) -> None:
        """Send an answer, unless only the application can tell or has the room for it."""
        if _is_for_the_app(answer, call.known):
            await self._app(call.scope, call.receive_again(), call.send)
        elif answer.is_sent_at_once:
            await _send(answer, call, headers)
        else:
            with self._held.lend(answer) as is_lent:
                if is_lent:
                    await _send(answer, call, headers)
            if not is_lent:
                await self._app(call.scope, call.receive_again(), call.send)


class _Call(NamedTuple):
    """A request and the way to its client.

    Attributes:
        scope: of the request.
        receive: what gives the rest of the request: if it has a body that was read, that the client has gone.
        body: that was read, None if it was not.
        send: takes the answer.
        known: the value of If-None-Match.

    """

    scope: Scope
    receive: Receive
    body: bytes | None
    send: Send
    known: bytes

    def receive_again(self) -> Receive:
        """Give a way to receive the request from its start."""
        if self.body is None:
            return self.receive
        messages: list[Message] = [{"type": "http.request", "body": self.body, "more_body": False}]

        async def receive() -> Message:
            return messages.pop() if messages else await self.receive()

        return receive


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

    def share(self, answer: KeptAnswer) -> None:
        """Give the answer to all who wait."""
        if not self._answer.done():
            self._answer.set_result(answer)

    def give_up(self) -> None:
        """Tell all who wait, if they have no answer, that they have to ask for themselves."""
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


def _is_shared(scope: Scope) -> bool:
    """Say whether a request may have an answer that others have too.

    A client that names its query, to cancel it, wants one of its own.
    """
    return (
        scope["type"] == "http"
        and (scope["path"] == _HOME or scope["path"].startswith(_SHARED_PATHS))
        and (scope["method"] == "GET" or scope["method"] in _WITH_BODY)
        and scope["http_version"] != "1.0"
        and not any(name in (b"query-id", b"query-token") for name, _ in scope["headers"])
    )


def _headers_read(scope: Scope) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _READ:
            found[name] = found[name] + b", " + value if name in found else value
    return found


def _key(snapshot: str, scope: Scope, headers: dict[bytes, bytes], body: bytes) -> AnswerKey:
    """Give the hash of all that decides the bytes of an answer.

    Requests may be long, so they are not kept themselves; two with one hash would take 2**128 attempts.
    """
    coding, identity = choose_coding(headers.get(b"accept-encoding", b"").decode("latin-1"))
    parts = (
        f"{snapshot} {scope['method']} {scope['scheme']} {scope.get('server')} {coding} {identity}".encode(),
        scope["path"].encode(errors="surrogatepass"),
        scope["query_string"],
        *[headers.get(name, b"") for name in _DECIDING],
        body,
    )
    lengths = repr([len(part) for part in parts]).encode()  # tells where a part ends
    return blake2b(lengths + b"".join(parts), digest_size=_KEY_BYTES).digest()


def _is_small(headers: dict[bytes, bytes]) -> bool:
    length = headers.get(b"content-length", b"")
    return length.isdigit() and int(length) <= _LARGEST_REQUEST


async def _read_body(receive: Receive) -> bytes | None:
    """Read a body, None if the client goes before its end."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _is_for_the_app(answer: KeptAnswer, known: bytes) -> bool:
    """Say whether the client may have this answer under another tag: any, or that of another coding."""
    if not known or not answer.tag or answer.tag in known:
        return False
    return known.strip() == b"*" or plain_tags(answer.tag) in plain_tags(known)


async def _send(answer: KeptAnswer, call: _Call, headers: HeaderList) -> None:
    """Send an answer, or 304 if the client has it already (RFC 9110, section 13.1.2)."""
    if call.known and answer.tag and answer.tag in call.known:
        start = {"status": HTTPStatus.NOT_MODIFIED, "headers": answer.not_modified}
        await call.send({"type": "http.response.start", **start})
        await call.send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    await call.send({"type": "http.response.start", "status": answer.status, "headers": headers})
    for part, more in answer.slices():
        await call.send({"type": "http.response.body", "body": part, "more_body": more})


def _never() -> asyncio.Future[None]:
    """Give what is never done, as nobody can cancel the query of another."""
    return asyncio.get_running_loop().create_future()
