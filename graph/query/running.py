"""A query under way in a worker: its deadline, its frames, and the fate of its worker."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Final

from graph.query.engine import QueryAnswer
from graph.query.errors import QueryTimeoutError
from graph.query.formats import AnswerKind, Format, format_named
from graph.query.frames import FrameKind, unpack_failure
from graph.query.generation import Generation
from graph.query.requests import QueryRequest
from graph.query.workers import Worker

# A shorter query cannot: each letter would have to take more than 4 KiB of the usual 8 MiB of stack. One
# letter takes about 450 bytes in the deepest queries known, and how deep brackets go is bounded.
_OVERFLOWING_LENGTH: Final = 2_000


async def start_query(generation: Generation, request: QueryRequest, seconds: float) -> QueryAnswer:
    """Hand a query to a worker and wait until the kind of its answer is known.

    The deadline counts from the moment a worker takes the query until the last byte has been read.

    Raises:
        QueryError: if it has no answer.
        ClientShareError: if the client has too many queries under way already.
        EngineBusyError: if no worker is free in time.
        EngineUnavailableError: if the workers are gone.

    """
    with generation.in_use():
        worker = await generation.pool.acquire(request.client)
        run = _Run(generation, worker, seconds, len(request.query))
        try:
            worker.ask(request.to_bytes())
            _, content = await run.next_frame()
            head = json.loads(content)
            return _WorkerAnswer(run, AnswerKind(head["kind"]), head["format"])
        except BaseException:
            run.abandon()
            raise


class _Run:
    """The time that a worker spends on one query; ends in one of two ways, once."""

    def __init__(self, generation: Generation, worker: Worker, seconds: float, query_length: int) -> None:
        self._generation = generation
        self._worker = worker
        self._seconds = seconds
        self._timed_out = False
        # Parsing and planning go as deep as the query does, and are over when there is an answer.
        self._may_overflow = query_length >= _OVERFLOWING_LENGTH
        self._ended = False
        generation.enter()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._expire)

    async def next_frame(self) -> tuple[FrameKind, bytes]:
        """Give the next HEAD, DATA or END frame; END has freed the worker.

        Raises:
            QueryError: if the worker says that there is no answer, or dies.

        """
        kind, content = await self._read()
        if kind is FrameKind.FAILURE:
            _, end = await self._read()
            self._finish(end)
            raise unpack_failure(content)
        if kind is FrameKind.END:
            self._finish(content)
        self._may_overflow = False
        return kind, content

    def abandon(self) -> None:
        """End the worker if it is still at it."""
        if not self._ended:
            self._end()
            self._generation.pool.discard(self._worker)

    async def _read(self) -> tuple[FrameKind, bytes]:
        try:
            return await self._worker.read()
        except EOFError:
            if self._timed_out:
                raise QueryTimeoutError(self._seconds) from None
            raise await self._worker.cause_of_death(may_overflow=self._may_overflow) from None

    def _finish(self, end: bytes) -> None:
        if self._ended:
            return
        self._end()
        if json.loads(end)["retire"]:
            self._generation.pool.discard(self._worker)
        else:
            self._generation.pool.release(self._worker)

    def _expire(self) -> None:
        self._timed_out = True
        self.abandon()

    def _end(self) -> None:
        self._ended = True
        self._timer.cancel()
        self._generation.leave()


class _WorkerAnswer(QueryAnswer):
    def __init__(self, run: _Run, kind: AnswerKind, format_name: str) -> None:
        self._run = run
        self.kind = kind
        answer_format = format_named(format_name, kind)
        if answer_format is None:
            raise ValueError(f"a worker answered in the unknown format {format_name!r}")
        self.format: Format = answer_format

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while True:
                kind, content = await self._run.next_frame()
                if kind is FrameKind.END:
                    return
                yield content
        finally:
            self._run.abandon()

    async def aclose(self) -> None:
        self._run.abandon()
