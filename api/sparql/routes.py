"""``/sparql``: queries by GET and POST, the service description, and the workbench for people."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final, TypeAlias

from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.clients import client_of
from api.negotiation import choose, prefers_html
from api.problems import ProblemError, allowed_methods
from api.representation import LICENCE, Representation, header_list
from api.routing import DirectRoute, readable
from api.service_roots import service_root
from api.services import Services, services_in
from api.sparql import documentation
from api.sparql.errors import not_acceptable, problem_of
from api.sparql.identity import ID_HEADER, QueryIdentity, identify
from api.sparql.protocol import FORM, QUERY, ProtocolRequest, read_request
from api.sparql.running import ANSWERED, CLIENT_GONE, RunningQuery, outcome_of
from api.sparql.service_description import ServiceFacts, describe_service
from api.sparql.streaming import (
    ClientGoneError,
    WholeOrBrokenResponse,
    Window,
    open_window,
    unless_unwanted,
)
from api.workbench.page import answered_page, empty_page, wants_page
from graph.query.engine import QueryAnswer, SnapshotView
from graph.query.errors import QueryError
from graph.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, AnswerKind, Format, format_named
from graph.query.requests import QueryRequest
from graph.query.service_calls import mentions_service

router: Final = APIRouter(tags=["SPARQL"], route_class=DirectRoute)

ENDPOINT: Final = "/sparql"

Answering: TypeAlias = Callable[[Request, Services, ProtocolRequest, RunningQuery], Awaitable[Response]]
"""Answers a query that is under way."""

_CLIENT_CLOSED: Final = 499
_LARGE_BODY: Final = 32 * 1024

# Registered media types first, so that an alias is used only where it was asked for.
_OFFERS: Final = {
    kind: (
        *((found.media_type, found) for found in formats),
        *((alias, found) for found in formats for alias in found.aliases),
    )
    for kind, formats in ((AnswerKind.SOLUTIONS, SOLUTION_FORMATS), (AnswerKind.GRAPH, GRAPH_FORMATS))
}
# Functions whose value is another each time, so that an answer with them is never the same again.
_UNSTABLE: Final = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b", re.IGNORECASE)


@readable(router, ENDPOINT, **documentation.GET)
@readable(router, ENDPOINT + "/", include_in_schema=False)
@readable(router, ENDPOINT + ".{suffix}", include_in_schema=False)
async def query_by_get(request: Request) -> Response:
    """Evaluate the query in the parameter ``query``; without one, describe the service.

    A browser that follows a link gets the workbench, with the query and its answer in it.
    """
    services = services_in(request)
    identity = identify(request)
    if len(request.scope["query_string"]) > services.settings.query_limit:
        raise _too_large(services)
    asked = _with_suffix(request, read_request("GET", request.scope["query_string"], "", b""))
    if asked.query is None:
        return await _describe(request, services, asked.format)
    if wants_page(request, asked):
        return await _run(request, services, identity, asked, asked.query, answer=answered_page)
    return await _run(request, services, identity, asked, asked.query)


@router.post(ENDPOINT, response_class=Response, **documentation.POST)
@router.api_route(ENDPOINT, methods=["QUERY"], include_in_schema=False)
@router.api_route(ENDPOINT + "/", methods=["POST", "QUERY"], include_in_schema=False)
@router.api_route(ENDPOINT + ".{suffix}", methods=["POST", "QUERY"], include_in_schema=False)
async def query_by_body(request: Request) -> Response:
    """Evaluate the query in the body: the text itself, or a form with the parameter ``query``.

    The method QUERY is a POST that changes nothing, which this is anyway.
    """
    services = services_in(request)
    identity = identify(request)
    try:
        body = await _read_body(request, services)
    except ClientDisconnect:
        return Response(status_code=_CLIENT_CLOSED)  # nobody reads it
    asked = _with_suffix(request, await _read_request(request, body))
    return await _run(request, services, identity, asked, asked.query or "")


@router.api_route(ENDPOINT, methods=["OPTIONS"], include_in_schema=False)
async def options(request: Request) -> Response:
    """Say which methods there are, and what they read."""
    headers = {
        "Allow": allowed_methods(request),
        "Accept-Post": f"{QUERY}, {FORM}",
        "Accept-Query": f'"{QUERY}", "{FORM}"',
    }
    return Response(status_code=204, headers=headers)


def _with_suffix(request: Request, asked: ProtocolRequest) -> ProtocolRequest:
    """Give the request with the format that the suffix of the address names, which wins over all else.

    Raises:
        ProblemError: if it names none.

    """
    suffix: str = request.path_params.get("suffix", "")
    if not suffix:
        return asked
    if not any(format_named(suffix, kind) for kind in AnswerKind):
        raise ProblemError(
            "not-found", f"there is no format {suffix!r}: try {ENDPOINT}.csv or {ENDPOINT}.ttl"
        )
    return replace(asked, format=suffix)


async def _run(
    request: Request,
    services: Services,
    identity: QueryIdentity,
    asked: ProtocolRequest,
    query: str,
    *,
    answer: Answering | None = None,
) -> Response:
    """Answer a query that can be cancelled while this goes on; by default as the Protocol says."""
    running = services.running.enter(identity, query)
    try:
        response = await (answer or _answer)(request, services, asked, running)
    except BaseException as error:
        running.end(outcome_of(error))
        raise
    if not isinstance(response, WholeOrBrokenResponse):  # that one ends it after its last byte
        running.sent = len(response.body)
        running.end(CLIENT_GONE if response.status_code == _CLIENT_CLOSED else ANSWERED)
    return response


async def _answer(
    request: Request, services: Services, asked: ProtocolRequest, running: RunningQuery
) -> Response:
    query = running.query
    accept = header_list(request, "accept")
    solutions = _format(accept, asked.format, AnswerKind.SOLUTIONS)
    graph = _format(accept, asked.format, AnswerKind.GRAPH)
    if solutions is None and graph is None:
        raise not_acceptable()
    wanted = QueryRequest(
        query=query,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        solutions=solutions[1] if solutions else None,
        graph=graph[1] if graph else None,
        seconds=asked.seconds,
        client=client_of(request),
    )
    media_types = {AnswerKind.SOLUTIONS: solutions, AnswerKind.GRAPH: graph}
    async with services.engine.view() as view:
        tag = _tag(services, view, wanted, *(found[0] for found in (solutions, graph) if found))
        unsent = Representation("", tag, vary=("Accept",), links=(LICENCE,))
        if not_modified := unsent.not_modified(request):
            return not_modified
        try:
            answer, window = await unless_unwanted(
                request.receive, running.cancelled, _begin(view, wanted, services.settings.window)
            )
        except QueryError as error:
            raise problem_of(error, query) from error
        except ClientGoneError:
            return Response(status_code=_CLIENT_CLOSED)  # nobody reads it
        media_type = (media_types[answer.kind] or (answer.format.media_type, None))[0]
        representation = Representation(
            media_type, tag, vary=("Accept",), links=(LICENCE,), extra=_timing(request, running)
        )
        if window.whole:
            return Response(b"".join(window.chunks), headers=representation.headers())
        if request.method == "HEAD":
            await answer.aclose()
            head = Response(headers=representation.headers())
            del head.headers["content-length"]  # it is not known before the end
            return head
        return WholeOrBrokenResponse(window, answer, running, representation.headers())


def _timing(request: Request, running: RunningQuery) -> dict[str, str]:
    """Say how long it took until there was an answer, waiting included (Server Timing, section 2).

    Only to who follows a query by its id: such an answer is no other's, and so is its time.
    """
    if ID_HEADER not in request.headers:
        return {}
    milliseconds = (time.monotonic() - running.started) * 1000
    return {"Server-Timing": f"query;dur={milliseconds:.1f}"}


async def _begin(view: SnapshotView, wanted: QueryRequest, size: int) -> tuple[QueryAnswer, Window]:
    answer = await view.query(wanted)
    try:
        return answer, await open_window(answer, size)
    except BaseException:
        await answer.aclose()
        raise


@lru_cache(maxsize=512)
def _format(accept: str | None, named: str, kind: AnswerKind) -> tuple[str, Format] | None:
    """Give the media type and the format for a kind of answer: by ``format=``, else by Accept."""
    if named:
        found = format_named(named, kind)
        return (found.media_type, found) if found else None
    return choose(accept, _OFFERS[kind])


def _tag(services: Services, view: SnapshotView, wanted: QueryRequest, *media_types: str) -> str:
    if _UNSTABLE.search(wanted.query):
        return ""
    if services.settings.service_origins and mentions_service(wanted.query):
        return ""  # what another server answers is no matter of the snapshot
    graphs = ("default", *wanted.default_graphs, "named", *wanted.named_graphs)
    return services.tag(view, "sparql", wanted.query, *graphs, *media_types)


async def _read_body(request: Request, services: Services) -> bytes:
    coding = request.headers.get("content-encoding", "identity")
    if coding.strip().lower() != "identity":
        detail = f"a body packed with {coding} is not read here: send it as it is"
        raise ProblemError("unsupported-media-type", detail, headers={"Accept-Encoding": "identity"})
    # The parser has checked that it is a number. A client that asked whether to go on is told this instead.
    if int(request.headers.get("content-length", "0")) > services.settings.query_limit:
        raise _too_large(services)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > services.settings.query_limit:
            raise _too_large(services)
    return bytes(body)


async def _read_request(request: Request, body: bytes) -> ProtocolRequest:
    """Read a request with a body; decoding a large one takes so long that others are answered meanwhile."""
    parts = ("POST", request.scope["query_string"], request.headers.get("content-type", ""), body)
    if len(body) > _LARGE_BODY:
        return await asyncio.to_thread(read_request, *parts)
    return read_request(*parts)


def _too_large(services: Services) -> ProblemError:
    limit = services.settings.query_limit
    return ProblemError(
        "too-large", f"a request may have {limit} bytes", {"limit": limit}, {"Connection": "close"}
    )


async def _describe(request: Request, services: Services, named: str) -> Response:
    accept = header_list(request, "accept")
    vary = ("Accept", "Accept-Language")
    if not named and prefers_html(accept):
        return await empty_page(request, services)
    chosen = _format(accept, named, AnswerKind.GRAPH)
    if chosen is None:
        raise not_acceptable(AnswerKind.GRAPH)
    media_type, rdf_format = chosen
    origins = services.settings.service_origins
    endpoint = service_root(services, request) + ENDPOINT
    async with services.engine.view() as view:
        service = ServiceFacts(endpoint, await view.named_graphs(), view.triples, federates=bool(origins))
        tag = services.tag(view, "service-description", media_type, endpoint, *sorted(origins))
        body = await asyncio.to_thread(describe_service, service, rdf_format)
        return Representation(media_type, tag, vary=vary, links=(LICENCE,)).response(request, body)
