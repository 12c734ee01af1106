"""The remote engine: any SPARQL 1.1 endpoint, for graphs that are too large for one machine.

Its default graph must be the union of its named graphs, as that of the embedded engine is.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeVar

import httpx
from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from graph.query import lookup_queries
from graph.query.engine import EngineStatus, NamedGraphEntry, QueryAnswer, SnapshotView
from graph.query.errors import (
    EngineUnavailableError,
    EvaluationError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    ResultTooLargeError,
    UnsupportedFormError,
)
from graph.query.formats import GRAPH_FORMATS, NTRIPLES, SOLUTION_FORMATS, AnswerKind, Format
from graph.query.guard import prepare
from graph.query.lookups import Lookup, Plan
from graph.query.requests import QueryRequest
from graph.query.service_addresses import refuse_private
from graph.query.service_rewriting import rewrite
from graph.snapshots.home import Snapshot

Result = TypeVar("Result")

_GRAPHS: Final = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
_EXCERPT: Final = 500


@dataclass(frozen=True)
class RemoteOptions:
    """Limits of the remote engine: seconds and bytes of an answer, and what SERVICE may call.

    It is the endpoint that calls, from its own network; ``allow_private`` says whether it may be sent to
    a host that seems private from here.
    """

    seconds: float = 30
    max_bytes: int = 256 * 1024 * 1024
    allowed_origins: frozenset[str] = frozenset()
    allow_private: bool = False


class RemoteEngine:
    """Sends queries to an endpoint by the SPARQL 1.1 Protocol.

    Args:
        endpoint: its address.
        options: limits.
        transport: how to reach it, if not over the network (for tests).

    """

    def __init__(
        self, endpoint: str, options: RemoteOptions, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        # Reading is bounded by the deadline of each query; only connecting has a time of its own.
        client = httpx.AsyncClient(transport=transport, timeout=httpx.Timeout(None, connect=5))
        self._view = _RemoteView(endpoint, options, client)

    async def start(self) -> None:
        """Do nothing: the endpoint is someone else's."""

    @property
    def snapshot(self) -> str:
        """Empty: which snapshot it is, only the endpoint knows."""
        return ""

    @contextlib.asynccontextmanager
    async def view(self) -> AsyncIterator[SnapshotView]:
        """Enter the graph as it is; which snapshot that is, only the endpoint knows."""
        yield self._view

    async def status(self) -> EngineStatus:
        """Say whether the endpoint answers."""
        try:
            answer = await self._view.query(QueryRequest("ASK {}", seconds=5))
            async for _ in answer:
                pass
        except (QueryError, EngineUnavailableError) as error:
            return EngineStatus(ready=False, detail=str(error))
        return EngineStatus(ready=True)

    async def refresh(self) -> None:
        """Do nothing: nothing is loaded here."""

    async def stop(self) -> None:
        """Close the connections."""
        await self._view.client.aclose()


class _RemoteView:
    def __init__(self, endpoint: str, options: RemoteOptions, client: httpx.AsyncClient) -> None:
        self.client = client
        self._endpoint = endpoint
        self._options = options

    @property
    def id(self) -> str:
        return ""

    @property
    def triples(self) -> int | None:
        return None

    @property
    def files(self) -> Snapshot | None:
        return None

    async def query(self, request: QueryRequest) -> QueryAnswer:
        prepared = await asyncio.to_thread(prepare, request.query, self._options.allowed_origins)
        seconds = min(request.seconds or self._options.seconds, self._options.seconds)
        deadline = asyncio.get_running_loop().time() + seconds
        try:
            async with asyncio.timeout_at(deadline):
                if prepared.calls and not self._options.allow_private:
                    await asyncio.to_thread(refuse_private, {call.origin for call in prepared.calls})
                # What was checked is what is called, however the endpoint reads prefixes.
                rewritten = rewrite(prepared.text, prepared.calls, [call.iri for call in prepared.calls])
                response = await self.client.send(self._request(request, rewritten.text), stream=True)
                await _raise_for_status(response)
            kind, answer_format = await _format_of(response, request)
        except TimeoutError:
            raise QueryTimeoutError(seconds) from None
        except httpx.HTTPError as error:
            raise EngineUnavailableError(f"the endpoint cannot be reached: {error}") from error
        return _RemoteAnswer(
            response,
            kind,
            answer_format,
            deadline=deadline,
            seconds=seconds,
            max_bytes=self._options.max_bytes,
        )

    async def lookup(self, plan: Plan[Result]) -> Result:
        try:
            lookup = next(plan)
            while True:
                lookup = plan.send(await self._answer(lookup))
        except StopIteration as stop:
            result: Result = stop.value
            return result

    async def named_graphs(self) -> Sequence[NamedGraphEntry]:
        found = parse_query_results(await self._read(QueryRequest(_GRAPHS)), QueryResultsFormat.JSON)
        if not isinstance(found, QuerySolutions):
            raise EngineUnavailableError("the endpoint answered a SELECT query with a boolean")
        graphs = (solution["g"] for solution in found)
        return [NamedGraphEntry(graph.value) for graph in graphs if isinstance(graph, NamedNode | BlankNode)]

    async def _answer(self, lookup: Lookup) -> object:
        text = lookup_queries.query_for(lookup)
        if text is None:
            return []
        selected = lookup_queries.is_selected(lookup)
        content = await self._read(QueryRequest(text) if selected else QueryRequest(text, graph=NTRIPLES))
        try:
            return lookup_queries.read_answer(lookup, content)
        except (SyntaxError, TypeError) as error:
            raise EngineUnavailableError(f"the endpoint's answer cannot be read: {error}") from error

    async def _read(self, request: QueryRequest) -> bytes:
        try:
            answer = await self.query(request)
            return b"".join([chunk async for chunk in answer])
        except QueryError as error:
            raise EngineUnavailableError(f"the endpoint cannot answer a look-up: {error}") from error

    def _request(self, request: QueryRequest, text: str) -> httpx.Request:
        form: dict[str, str | list[str]] = {"query": text}
        if request.dataset is not None:
            form |= {
                "default-graph-uri": list(request.dataset.default_graphs),
                "named-graph-uri": list(request.dataset.named_graphs),
            }
        accepted = [found.media_type for found in (request.solutions, request.graph) if found]
        headers = {"Accept": ", ".join(accepted), "Accept-Encoding": "gzip"}
        return self.client.build_request("POST", self._endpoint, data=form, headers=headers)


class _RemoteAnswer(QueryAnswer):
    def __init__(
        self,
        response: httpx.Response,
        kind: AnswerKind,
        answer_format: Format,
        *,
        deadline: float,
        seconds: float,
        max_bytes: int,
    ) -> None:
        self.kind = kind
        self.format = answer_format
        self._response = response
        self._deadline = deadline
        self._seconds = seconds
        self._max_bytes = max_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        total = 0
        chunks = self._response.aiter_bytes()
        try:
            while True:
                async with asyncio.timeout_at(self._deadline):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    return
                total += len(chunk)
                if total > self._max_bytes:
                    raise ResultTooLargeError(self._max_bytes)
                yield chunk
        except TimeoutError:
            raise QueryTimeoutError(self._seconds) from None
        except httpx.HTTPError as error:
            raise EngineUnavailableError(f"the endpoint broke off its answer: {error}") from error
        finally:
            await self._response.aclose()

    async def aclose(self) -> None:
        await self._response.aclose()


async def _raise_for_status(response: httpx.Response) -> None:
    if response.status_code == HTTPStatus.OK:
        return
    body = (await response.aread())[:_EXCERPT].decode("utf-8", "replace").strip()
    await response.aclose()
    if response.status_code == HTTPStatus.BAD_REQUEST:
        raise QuerySyntaxError(body)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise EngineUnavailableError(f"the endpoint answered {response.status_code}: {body}")
    raise EvaluationError(f"the endpoint answered {response.status_code}: {body}")


async def _format_of(response: httpx.Response, request: QueryRequest) -> tuple[AnswerKind, Format]:
    """Give kind and format of an answer by its media type; one that was not asked for is not passed on."""
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    for kind, wanted, formats in (
        (AnswerKind.SOLUTIONS, request.solutions, SOLUTION_FORMATS),
        (AnswerKind.GRAPH, request.graph, GRAPH_FORMATS),
    ):
        if wanted is not None and media_type in wanted.media_types:
            return kind, wanted
        if any(media_type == found.media_type for found in formats):
            await response.aclose()
            raise UnsupportedFormError(kind)
    await response.aclose()
    raise EngineUnavailableError(f"the endpoint answered with {media_type or 'no media type'}")
