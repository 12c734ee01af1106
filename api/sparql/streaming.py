"""Answers that are whole or end in a broken connection, never in a clean end of half an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any, Final, TypeVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.sparql.running import ANSWERED, CLIENT_GONE, RunningQuery, outcome_of
from graph.query.engine import QueryAnswer
from graph.query.errors import EngineUnavailableError, QueryCancelledError, QueryError

Result = TypeVar("Result")

_LOG: Final = logging.getLogger(__name__)
_SPOOL_BYTES: Final = 8 * 1024 * 1024
# For so long nobody listens whether the client leaves: most work is done before, and listening costs a task.
_UNHEARD: Final = 0.01


class ClientGoneError(Exception):
    """The client has closed the connection, so nobody waits for the answer."""


async def unless_unwanted(
    receive: Receive, cancelled: asyncio.Future[None], work: Coroutine[Any, Any, Result]
) -> Result:
    """Do some work, but stop it when the client closes the connection or the query is cancelled.

    Raises:
        ClientGoneError: if the client went away first.
        QueryCancelledError: if the query was cancelled first.

    """
    working = asyncio.ensure_future(work)
    leaving: asyncio.Task[None] | None = None
    try:
        await asyncio.wait((working, cancelled), timeout=_UNHEARD, return_when=asyncio.FIRST_COMPLETED)
        if not working.done() and not cancelled.done():
            leaving = asyncio.ensure_future(_disconnected(receive))
            await asyncio.wait((working, leaving, cancelled), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise QueryCancelledError if cancelled.done() else ClientGoneError
    finally:
        if leaving is not None:
            leaving.cancel()
        if not working.done():
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)


@dataclass
class Window:
    """The start of an answer.

    Attributes:
        chunks: the bytes read so far.
        whole: whether there is nothing more.
        rest: what is still to come.

    """

    chunks: list[bytes]
    whole: bool
    rest: AsyncIterator[bytes]


async def open_window(answer: QueryAnswer, size: int) -> Window:
    """Read an answer until its end or until ``size`` bytes have come: so far, errors have a status.

    Raises:
        QueryError: if there is no whole answer.

    """
    rest = aiter(answer)
    chunks: list[bytes] = []
    held = 0
    async for chunk in rest:
        chunks.append(chunk)
        held += len(chunk)
        if held >= size:
            return Window(chunks, whole=False, rest=rest)
    return Window(chunks, whole=True, rest=rest)


class WholeOrBrokenResponse(Response):
    """Streams an answer whose start is known; if the rest fails, the connection is closed without an end.

    Over HTTP/1.1 that is a chunked body without its last chunk, which every client notices. Over
    HTTP/1.0 only a length shows where a body ends, so the answer is gathered first.
    """

    def __init__(
        self, window: Window, answer: QueryAnswer, running: RunningQuery, headers: dict[str, str]
    ) -> None:
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._window = window
        self._answer = answer
        self._running = running

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer; return early, without an end, if it fails, is cancelled or the client goes."""
        deliver = self._gather if scope["http_version"] == "1.0" else self._stream
        outcome = ANSWERED
        try:
            await unless_unwanted(receive, self._running.cancelled, deliver(send))
        except ClientGoneError:
            outcome = CLIENT_GONE
        except (QueryError, EngineUnavailableError) as error:
            outcome = outcome_of(error)
            _LOG.warning("an answer was broken off: %s", error)
        except BaseException as error:
            outcome = outcome_of(error)
            raise
        finally:
            await self._answer.aclose()
            self._running.end(outcome)

    async def _stream(self, send: Send) -> None:
        await self._start(send)
        async for chunk in self._all():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            self._running.sent += len(chunk)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _gather(self, send: Send) -> None:
        with SpooledTemporaryFile(_SPOOL_BYTES) as gathered:
            async for chunk in self._all():
                await asyncio.to_thread(gathered.write, chunk)
            self.headers["content-length"] = str(gathered.tell())
            gathered.seek(0)
            await self._start(send)
            while chunk := await asyncio.to_thread(gathered.read, _SPOOL_BYTES):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                self._running.sent += len(chunk)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _start(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})

    async def _all(self) -> AsyncIterator[bytes]:
        for chunk in self._window.chunks:
            yield chunk
        self._window.chunks.clear()
        async for chunk in self._window.rest:
            yield chunk


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
