"""The page at ``/sparql``: the query in its editor, and the answer as a table, without any script."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request
from pyoxigraph import Literal, NamedNode, Triple
from starlette.responses import Response

from api.clients import client_of
from api.negotiation import choose, parse_accept
from api.pages.answering import HTML, page_representation, page_response
from api.pages.reader import Reader, reader_of
from api.problems import ProblemError
from api.representation import header_list
from api.service_roots import service_root
from api.services import Services, services_in
from api.sparql.errors import problem_of
from api.sparql.examples import EXAMPLE
from api.sparql.protocol import ProtocolRequest
from api.sparql.running import RunningQuery
from api.sparql.streaming import ClientGoneError, open_window, unless_unwanted
from api.workbench.answers import Answer, cells, named_things, read_answer
from graph.query.engine import SnapshotView
from graph.query.errors import QueryError, QueryTimeoutError
from graph.query.formats import GRAPH_FORMATS, JSON, NTRIPLES, SOLUTION_FORMATS, AnswerKind, Format
from graph.query.lookups import Plan, References
from graph.query.requests import QueryRequest

TEMPLATE: Final = "workbench/page.html"

UNASKED_SECONDS: Final = 3.0
"""So long a page that a link leads to waits for its answer; one that a form asks for says how long."""

_MOST_BYTES: Final = 2 * 1024 * 1024
_MOST_EMBEDDED: Final = 64 * 1024
_MOST_LABELS: Final = 1_000
_CLIENT_CLOSED: Final = 499
# What the heading of a problem says already.
_PLACE: Final = re.compile(r"line \d+, column \d+[,:] *")
_VARY: Final = ("Accept", "Accept-Language")
_ANY: Final = "*/*"
# Browsers name these too, for pages: who names any other format of answers wants one of them.
_OF_BROWSERS: Final = frozenset({"application/xml", "text/xml"})
_OF_ANSWERS: Final = {
    media_type for found in (*SOLUTION_FORMATS, *GRAPH_FORMATS) for media_type in found.media_types
}
_OFFERS: Final = (*((media_type, False) for media_type in sorted(_OF_BROWSERS)), (HTML, True))


@dataclass(frozen=True)
class Shown:
    """What is shown below the query.

    Attributes:
        kind: of the answer, None if there is none.
        answer: its start.
        labels: of the things in it, by IRI.
        seconds: that the query took.
        problem: why there is no answer.
        waited: whether the page did not wait for the answer until its end.
        embedded: the whole answer, for the scripts of the page; empty if it is too large.

    """

    kind: AnswerKind | None = None
    answer: Answer = field(default_factory=Answer)
    labels: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    problem: ProblemError | None = None
    waited: bool = False
    embedded: str = ""


def wants_page(request: Request, asked: ProtocolRequest) -> bool:
    """Say whether a request with a query is a browser's that opens a page, not a client's of the Protocol.

    A browser names HTML, likes it better than XML, takes anything else too, and names no format of answers;
    who chooses a format, by whatever means, gets that.
    """
    if asked.format or request.path_params.get("suffix"):
        return False
    accept = header_list(request, "accept")
    named = {f"{found.type}/{found.subtype}" for found in parse_accept(accept) if found.quality > 0}
    if not named >= {HTML, _ANY} or named & (_OF_ANSWERS - _OF_BROWSERS):
        return False
    chosen = choose(accept, _OFFERS)
    return chosen is not None and chosen[1]


async def empty_page(request: Request, services: Services) -> Response:
    """Answer with the workbench and a query to begin with."""
    async with services.engine.view() as view:
        reader = reader_of(request)
        root = service_root(services, request)
        representation = page_representation(services, view, reader, root, vary=_VARY)
        if not_modified := representation.not_modified(request):
            return not_modified
        values = await _values(request, view, reader, ProtocolRequest(EXAMPLE), None)
        return await page_response(request, services, representation, TEMPLATE, reader, **values)


async def answered_page(
    request: Request, services: Services, asked: ProtocolRequest, running: RunningQuery
) -> Response:
    """Answer with the workbench, a query in it and its answer, or what is wrong with it.

    The page has no entity tag: it says how long the query took.
    """
    async with services.engine.view() as view:
        reader = reader_of(request)
        try:
            shown = await unless_unwanted(
                request.receive,
                running.cancelled,
                _evaluate(view, asked, running.query, client_of(request), reader.language),
            )
        except QueryTimeoutError as error:
            waited = asked.seconds is None
            shown = Shown(waited=True) if waited else Shown(problem=problem_of(error, running.query))
        except QueryError as error:
            shown = Shown(problem=problem_of(error, running.query))
        except ClientGoneError:
            return Response(status_code=_CLIENT_CLOSED)  # nobody reads it
        representation = page_representation(services, None, reader, vary=_VARY)
        values = await _values(request, view, reader, asked, shown)
        response = await page_response(request, services, representation, TEMPLATE, reader, **values)
    if shown.problem is not None:
        response.status_code = shown.problem.kind.status
        response.headers.update(shown.problem.headers)
    return response


async def _evaluate(
    view: SnapshotView, asked: ProtocolRequest, query: str, client: str, language: str
) -> Shown:
    wanted = QueryRequest(
        query=query,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        solutions=JSON,
        graph=NTRIPLES,
        seconds=UNASKED_SECONDS if asked.seconds is None else asked.seconds,
        client=client,
    )
    started = time.monotonic()
    found = await view.query(wanted)
    try:
        window = await open_window(found, _MOST_BYTES)
    finally:
        await found.aclose()
    seconds = time.monotonic() - started
    body = b"".join(window.chunks)
    answer = await asyncio.to_thread(read_answer, body, found.kind, whole=window.whole)
    things = named_things(answer)[:_MOST_LABELS]
    labels = _labels(await view.lookup(_references(things)), language) if things else {}
    is_small = window.whole and len(body) <= _MOST_EMBEDDED
    return Shown(found.kind, answer, labels, seconds, embedded=body.decode() if is_small else "")


def _references(things: tuple[NamedNode, ...]) -> Plan[list[Triple]]:
    found: list[Triple] = yield References(things)
    return found


def _labels(triples: Sequence[Triple], language: str) -> dict[str, str]:
    """Give one label of each thing: in the language if there is one, else in Vietnamese, else in any."""
    rank = {language: 0, "vi": 1}
    best: dict[str, tuple[int, str]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            found = (rank.get(triple.object.language or "", 2), triple.object.value)
            best[triple.subject.value] = min(found, best.get(triple.subject.value, found))
    return {iri: label for iri, (_, label) in best.items()}


async def _values(
    request: Request, view: SnapshotView, reader: Reader, asked: ProtocolRequest, shown: Shown | None
) -> dict[str, Any]:
    """Give what the template shows."""
    services = services_in(request)
    query = asked.query or ""
    dataset = [("default-graph-uri", iri) for iri in asked.default_graphs]
    dataset += [("named-graph-uri", iri) for iri in asked.named_graphs]
    values: dict[str, Any] = {
        "query": query,
        "dataset": dataset,
        "groups": await services.workbench.examples(view),
        "example_address": lambda text: "/sparql?" + urlencode({"query": text}),
        "deadline": f"{services.settings.deadline:g}",
        "shown": shown,
        "words": _PLACE.sub("", shown.problem.detail) if shown and shown.problem else "",
        "endpoint": service_root(services, request) + "/sparql",
        "formats": {"solutions": SOLUTION_FORMATS, "graph": GRAPH_FORMATS},
    }
    if shown is None:
        return values
    downloads = SOLUTION_FORMATS if shown.kind is AnswerKind.SOLUTIONS else GRAPH_FORMATS
    return values | {
        "rows": [cells(row, shown.labels) for row in shown.answer.rows],
        "downloads": [(found, _download(query, dataset, found)) for found in downloads],
        "embedded": _embedded(shown, reader.language),
    }


def _download(query: str, dataset: Sequence[tuple[str, str]], found: Format) -> str:
    return "/sparql?" + urlencode([("query", query), *dataset, ("format", found.name)])


def _embedded(shown: Shown, language: str) -> str:
    """Write what is shown for the scripts of the page, as JSON that can stand in a ``script`` element."""
    if shown.problem is not None:
        kind = shown.problem.kind
        said = {"title": kind.title_vi if language == "vi" else kind.title, "detail": shown.problem.detail}
        content: dict[str, Any] = {"problem": {"slug": kind.slug, **said, **shown.problem.members}}
    elif shown.embedded and shown.kind is not None:
        content = {"kind": shown.kind.value, "body": shown.embedded, "seconds": shown.seconds}
    else:
        return ""
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
