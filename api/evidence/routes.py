"""``/api/v1/evidence``: which source says it, with which words; what one source says."""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pyoxigraph import NamedNode
from starlette.responses import Response

from api.addresses import canonical_name, iri_of
from api.clients import client_of
from api.evidence.models import EvidencePage, EvidenceParameters
from api.evidence.paging import WrongCursorError, page_of, read_cursor
from api.evidence.queries import Found, about_query, read_about, read_source, source_query
from api.evidence.statements import plan_statements
from api.problems import ProblemError, documented
from api.representation import LICENCE, Link, Representation
from api.routing import readable
from api.services import Services, ServicesOf
from api.sparql.errors import problem_of
from graph.model.namespaces import BASE
from graph.query.engine import SnapshotView
from graph.query.errors import QueryError
from graph.query.lookups import Outgoing, Plan
from graph.query.requests import QueryRequest

router: Final = APIRouter(tags=["Evidence"])

_PATH: Final = "/api/v1/evidence"
_JSON: Final = "application/json"
_BASE: Final = re.compile(rf"https?://{re.escape(BASE.partition('://')[2])}", re.IGNORECASE)


@readable(
    router,
    _PATH,
    summary="Which source says it, with which words, and what says otherwise",
    response_model=EvidencePage,
    responses={
        304: {"description": "the client has this page already"},
        **documented(
            {
                400: "a parameter is wrong, or the cursor is none of ours",
                404: "nothing is known of the thing or of the source",
                503: "no snapshot is loaded, or the service is busy",
            }
        ),
    },
)
async def evidence(
    request: Request, services: ServicesOf, parameters: Annotated[EvidenceParameters, Query()]
) -> Response:
    """Give statements with their evidence, sources and conflicts, page by page."""
    _check_cursor(parameters.cursor)
    node = _node(parameters)
    async with services.engine.view() as view:
        tag = services.tag(view, _PATH, parameters.model_dump_json())
        if known := Representation(_JSON, tag, language="vi, en").not_modified(request):
            return known
        found = await _found(view, node, parameters, client_of(request))
        if not found and not await view.lookup(_exists(node)):
            raise ProblemError("not-found", f"nothing is known of <{node.value}>")
        page = page_of(found, parameters.limit, parameters.cursor)
        subject, items = await view.lookup(plan_statements(node, page.entries, services.context))
        snapshot = view.id
    content = EvidencePage(
        subject=subject,
        items=items,
        total=len(found),
        limit=parameters.limit,
        next=_address(services, parameters, page.next),
        previous=_address(services, parameters, page.previous),
        snapshot=snapshot,
    )
    links = [
        Link(address, relation)
        for relation, address in (
            ("next", content.next),
            ("prev", content.previous),
            ("first", _address(services, parameters, "")),
        )
        if address
    ]
    representation = Representation(_JSON, tag, links=(*links, LICENCE), language="vi, en")
    body = content.model_dump_json(by_alias=True, indent=1).encode() + b"\n"
    return representation.response(request, body)


def _node(parameters: EvidenceParameters) -> NamedNode:
    name, given = ("about", parameters.about) if parameters.about else ("source", parameters.source)
    try:
        node = NamedNode(iri_of(canonical_name(given or "")))
    except ValueError:
        raise ProblemError("bad-request", f"{name}: {given!r} is no IRI of ours") from None
    if given and "://" in given and not _BASE.match(given):
        raise ProblemError("bad-request", f"{name}: {given!r} is no IRI of ours: they begin with {BASE}")
    return node


def _check_cursor(cursor: str | None) -> None:
    try:
        if cursor:
            read_cursor(cursor)
    except WrongCursorError:
        raise ProblemError(
            "bad-request", "cursor: this is none of ours; take it from next or previous, or leave it out"
        ) from None


async def _found(
    view: SnapshotView, node: NamedNode, parameters: EvidenceParameters, client: str
) -> list[Found]:
    query = about_query(node) if parameters.about else source_query(node)
    try:
        answer = await view.query(QueryRequest(query, client=client))
        try:
            content = b"".join([part async for part in answer])
        finally:
            await answer.aclose()
    except QueryError as error:
        raise problem_of(error, query) from None
    return read_about(content, node) if parameters.about else read_source(content)


def _exists(node: NamedNode) -> Plan[bool]:
    return bool((yield Outgoing((node,), limit=1)))


def _address(services: Services, parameters: EvidenceParameters, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    values = {"about": parameters.about, "source": parameters.source, "limit": parameters.limit}
    query = {name: value for name, value in {**values, "cursor": cursor}.items() if value}
    return services.addresses.at(f"{_PATH}?{urlencode(query)}")
