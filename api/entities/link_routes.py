"""``/api/v1/incoming`` and ``/api/v1/outgoing``: the links of one kind of an entity, page by page."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import NamedNode
from starlette.responses import Response

from api.addresses import canonical_name, iri_of
from api.entities.json_document import json_bytes
from api.entities.link_pages import Cursor, items_json, plan_page, query
from api.problems import ProblemError, documented
from api.representation import LICENCE, Link, Representation
from api.routing import readable
from api.services import Services, ServicesOf
from graph.model.namespaces import BASE

router: Final = APIRouter(tags=["Entities"])

_JSON: Final = "application/json"
_PROBLEMS: Final = documented({400: "a parameter is wrong", 503: "no snapshot is loaded"})


class _LinkParams(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    property: str = Field(
        min_length=1,
        max_length=200,
        description="the kind of link: a key of entity JSON, a compact IRI or an IRI",
        examples=["partOf"],
    )
    limit: int = Field(50, ge=1, le=500, description="links on a page")
    cursor: str = Field("", max_length=600, description="from the link to a page, as it was given")


class IncomingParams(_LinkParams):
    """Which incoming links are asked for."""

    to: str = Field(
        min_length=1,
        max_length=500,
        description="the IRI that the links lead to",
        examples=[f"{BASE}id/country/vn"],
    )


class OutgoingParams(_LinkParams):
    """Which outgoing links are asked for."""

    from_: str = Field(
        alias="from",
        min_length=1,
        max_length=500,
        description="the IRI that the links come from",
        examples=[f"{BASE}id/unit/2025/19"],
    )


class Reference(BaseModel):
    """A thing that is referred to."""

    id: str
    type: list[str] = []
    label: dict[str, str] = Field({}, description="by language; of a figure, what it says")


class LinkListing(BaseModel):
    """A page of links."""

    items: list[Reference] = Field(description="what is at the other ends, by IRI")
    total: int = Field(description="links of this kind, on all pages")
    limit: int
    next: str | None
    previous: str | None
    snapshot: str = Field(description="the id of the snapshot, empty if it is unknown")


_LISTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": LinkListing, "description": "a page of links"},
    304: {"description": "the client has this page already"},
    **_PROBLEMS,
}


@readable(router, "/api/v1/incoming", summary="What links to a thing, page by page", responses=_LISTED)
async def incoming(
    params: Annotated[IncomingParams, Query()], request: Request, services: ServicesOf
) -> Response:
    """List what links to a thing by one property; ``incoming`` in its JSON has all kinds with counts."""
    return await _page(request, services, params, "to", params.to)


@readable(router, "/api/v1/outgoing", summary="What a thing links to, page by page", responses=_LISTED)
async def outgoing(
    params: Annotated[OutgoingParams, Query()], request: Request, services: ServicesOf
) -> Response:
    """List what a thing links to by one property, also where its documents leave that out for its size."""
    return await _page(request, services, params, "from", params.from_)


async def _page(request: Request, services: Services, params: _LinkParams, end: str, given: str) -> Response:
    node = _node(end, given)
    predicate = services.context.predicate(params.property)
    if predicate is None:
        raise _bad("property", f"{params.property!r} is no property: write a key such as partOf, or an IRI")
    cursor = _cursor(params.cursor)
    key = services.context.term(predicate.value).key
    async with services.engine.view() as view:
        plan = plan_page(node, predicate, cursor, params.limit, outgoing=end == "from")
        page = await view.lookup(plan)
        tag = services.tag(view, "links", end, node.value, predicate.value, str(cursor), str(params.limit))

    def address(at: Cursor | None) -> str:
        return services.addresses.at(f"{request.url.path}?{query(end, node, key, params.limit, at)}")

    following = address(Cursor(after=page.nodes[-1].value)) if page.more_after and page.nodes else None
    preceding = address(Cursor(before=page.nodes[0].value)) if page.more_before and page.nodes else None
    links = [Link(address(None), "first")]
    links += [Link(preceding, "prev")] if preceding else []
    links += [Link(following, "next")] if following else []
    body = {
        "items": items_json(page, services.context),
        "total": page.total,
        "limit": params.limit,
        "next": following,
        "previous": preceding,
        "snapshot": view.id,
    }
    representation = Representation(_JSON, tag, links=(*links, LICENCE), language="vi, en")
    return representation.response(request, json_bytes(body))


def _node(end: str, given: str) -> NamedNode:
    """Give the node that was asked about; IRIs of ours are taken in any spelling."""
    local = given.partition("#")[0]
    own = local.partition("://")[2].lower().startswith(BASE.partition("://")[2])
    if own and not given.startswith(f"{BASE}ontology") and not given.startswith(f"{BASE}shapes"):
        given = iri_of(canonical_name(local)) + given[len(local) :]
    try:
        return NamedNode(given)
    except ValueError as error:
        raise _bad(end, f"{given!r} is no IRI: write a whole one, e.g. {BASE}id/country/vn") from error


def _cursor(text: str) -> Cursor:
    try:
        return Cursor.read(text) if text else Cursor()
    except ValueError as error:
        detail = f"{error}: take the address in next or previous as it is, or leave it out for the first page"
        raise _bad("cursor", detail) from error


def _bad(parameter: str, detail: str) -> ProblemError:
    errors = [{"parameter": parameter, "in": "query", "detail": detail}]
    return ProblemError("bad-request", f"{parameter}: {detail}", {"errors": errors})
