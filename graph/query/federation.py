"""Queries that call other servers, on the embedded engine: they are sent through the gateway.

The server process checks such a query and puts addresses of the gateway behind SERVICE; the worker that
evaluates it is allowed to call nothing else. What comes back is told in the terms of the query as it was
sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from graph.query.engine import QueryAnswer
from graph.query.errors import EvaluationError, QuerySyntaxError, QueryTimeoutError, ServiceRefusedError
from graph.query.guard import prepare
from graph.query.requests import QueryRequest
from graph.query.service_addresses import Resolver, look_up
from graph.query.service_client import ServiceClient, ServiceOptions
from graph.query.service_gateway import GatewaySession, ServiceGateway
from graph.query.service_rewriting import RewrittenQuery, rewrite

Start = Callable[[QueryRequest, float], Awaitable[QueryAnswer]]
"""Starts a query that may take so many seconds."""

MAX_TEXT: Final = 32 * 1024
"""Characters of the longest query that may call: reading it must not hold up the server process."""

_READING_THREADS: Final = 2


class Federation:
    """Lets queries call the servers that are allowed.

    Args:
        options: what they may call.
        resolver: how hosts are looked up.

    """

    def __init__(self, options: ServiceOptions, resolver: Resolver = look_up) -> None:
        self._options = options
        self._client = ServiceClient(options, resolver)
        self._gateway = ServiceGateway(self._client)
        self._threads = ThreadPoolExecutor(_READING_THREADS, thread_name_prefix="service-reading")

    async def start(self) -> None:
        """Open the gateway.

        Raises:
            OSError: if no port is free.

        """
        await self._gateway.start()

    @property
    def gateway(self) -> str:
        """The one origin that workers may call."""
        return self._gateway.origin

    async def query(self, request: QueryRequest, seconds: float, start: Start) -> QueryAnswer:
        """Evaluate a query that may call other servers.

        Args:
            request: the query as it was sent.
            seconds: how long it may take, looking up what it calls included.
            start: gives it to a worker.

        Raises:
            QueryError: if it has no answer.
            ClientShareError, EngineBusyError, EngineUnavailableError: as ``start`` does.

        """
        if len(request.query) > MAX_TEXT:
            try:  # a worker refuses every call that does not go to the gateway
                return await start(request, seconds)
            except ServiceRefusedError:
                raise ServiceRefusedError(
                    f"a query that calls other servers may have at most {MAX_TEXT} characters"
                ) from None
        loop = asyncio.get_running_loop()
        begin = loop.time()
        try:
            async with asyncio.timeout(seconds):
                prepared = await loop.run_in_executor(
                    self._threads, prepare, request.query, self._options.allowed_origins
                )
                await self._client.check(call.origin for call in prepared.calls)
        except TimeoutError:
            raise QueryTimeoutError(seconds) from None
        if not prepared.calls:
            return await start(request, seconds)
        session = self._gateway.open(prepared.calls)
        try:
            rewritten = rewrite(prepared.text, prepared.calls, session.addresses)
            with _told_as_sent(session, rewritten, seconds):
                left = max(0.001, seconds - (loop.time() - begin))
                answer = await start(replace(request, query=rewritten.text), left)
        except BaseException:
            session.close()
            raise
        return _FederatedAnswer(answer, session, rewritten, seconds)

    async def stop(self) -> None:
        """Close the gateway and end its calls."""
        await self._gateway.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)


class _FederatedAnswer(QueryAnswer):
    def __init__(
        self, answer: QueryAnswer, session: GatewaySession, rewritten: RewrittenQuery, seconds: float
    ) -> None:
        self.kind = answer.kind
        self.format = answer.format
        self._answer = answer
        self._session = session
        self._rewritten = rewritten
        self._seconds = seconds

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            with _told_as_sent(self._session, self._rewritten, self._seconds):
                async for chunk in self._answer:
                    yield chunk
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        self._session.close()
        await self._answer.aclose()


@contextmanager
def _told_as_sent(session: GatewaySession, rewritten: RewrittenQuery, seconds: float) -> Iterator[None]:
    """Have errors speak of the query as it was sent: its servers, its lines and columns, its time."""
    try:
        yield
    except QuerySyntaxError as error:
        place = rewritten.place_before(error.line, error.column) if error.line else (0, 0)
        raise QuerySyntaxError(str(error), *place) from None
    except QueryTimeoutError:
        raise QueryTimeoutError(seconds) from None
    except EvaluationError as error:
        raise session.explained(error) from None
