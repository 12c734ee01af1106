"""``/.well-known/void``, ``/catalog`` and ``/dataset.jsonld``: the dataset described for machines."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.discovery.description import (
    DESCRIPTION_FORMATS,
    DescriptionFormat,
    description_triples,
    graph_credits,
    plan_description,
    write_description,
)
from api.discovery.facts import catalogue_facts
from api.discovery.schema_org import schema_org
from api.negotiation import choose
from api.problems import ProblemError, documented
from api.representation import LICENCE, Link, Representation, header_list
from api.routing import readable
from api.service_roots import service_root
from api.services import Services, ServicesOf

router: Final = APIRouter(tags=["Discovery"])

_PROBLEMS: Final = documented(
    {400: "a parameter is wrong", 406: "no accepted format is available", 503: "no snapshot is loaded"}
)
_RESPONSES: Final = {
    200: {
        "description": "the description",
        "content": {found.media_type: {"schema": {"type": "string"}} for found in DESCRIPTION_FORMATS},
    },
    304: {"description": "the client has it already"},
    **_PROBLEMS,
}


class DescriptionParameters(BaseModel):
    """What can be asked of a description."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["ttl", "jsonld", "nt", "rdf"] | None = Field(
        None, description="the format, in place of the Accept header", examples=["ttl"]
    )


@readable(
    router,
    "/.well-known/void",
    summary="VoID: classes, properties, links to other datasets, dumps, prefixes, examples",
    responses=_RESPONSES,
)
async def void(
    request: Request, services: ServicesOf, parameters: Annotated[DescriptionParameters, Query()]
) -> Response:
    """Give the whole description of the snapshot that is served."""
    return await _describe(request, services, parameters, "/.well-known/void", whole=True)


@readable(
    router,
    "/catalog",
    summary="DCAT: the dataset, its named graphs with licences and credits, versions, downloads, services",
    responses=_RESPONSES,
)
async def catalogue(
    request: Request, services: ServicesOf, parameters: Annotated[DescriptionParameters, Query()]
) -> Response:
    """Give the catalogue of the snapshot that is served."""
    return await _describe(request, services, parameters, "/catalog", whole=False)


@readable(router, "/dataset.jsonld", summary="schema.org: the dataset as dataset search engines read it")
async def dataset(request: Request, services: ServicesOf) -> Response:
    """Give the JSON-LD that a page can hold in a ``script`` element."""
    root = service_root(services, request)
    async with services.engine.view() as view:
        representation = Representation(
            "application/ld+json", services.tag(view, "schema.org", root), links=(LICENCE,)
        )
        if not_modified := representation.not_modified(request):
            return not_modified
        facts = await asyncio.to_thread(catalogue_facts, view, root)
        graphs = graph_credits(await view.lookup(plan_description(whole=False)))
    credited = sorted({line for graph in graphs.values() for line in graph.credits})
    body = json.dumps(schema_org(facts, credited), ensure_ascii=False, indent=1).encode() + b"\n"
    return representation.response(request, body)


async def _describe(
    request: Request, services: Services, parameters: DescriptionParameters, path: str, *, whole: bool
) -> Response:
    chosen = _format(request, parameters.format)
    root = service_root(services, request)
    async with services.engine.view() as view:
        representation = Representation(
            chosen.media_type,
            services.tag(view, path, chosen.extension, root),
            vary=("Accept",),
            links=_links(services, path, chosen),
            location=services.addresses.at(f"{path}?format={chosen.extension}"),
            language="vi, en",
        )
        if not_modified := representation.not_modified(request):
            return not_modified
        stated = await view.lookup(plan_description(whole=whole))
        facts = await asyncio.to_thread(catalogue_facts, view, root)
    triples = description_triples(stated, facts, whole=whole)
    body = await asyncio.to_thread(write_description, triples, chosen.writer)
    return representation.response(request, body)


def _format(request: Request, named: str | None) -> DescriptionFormat:
    if named:
        return next(found for found in DESCRIPTION_FORMATS if found.extension == named)
    offers = [(found.media_type, found) for found in DESCRIPTION_FORMATS]
    accept = header_list(request, "accept")
    chosen = choose(accept, offers)
    if chosen is None and choose(accept, [("text/html", None), ("application/json", None)]) is not None:
        # A person's browser shows Turtle as text; who asks for JSON is served best by JSON-LD.
        wants_json = choose(accept, [("application/json", None)]) is not None
        return DESCRIPTION_FORMATS[1 if wants_json else 0]
    if chosen is None:
        available = [media_type for media_type, _ in offers]
        raise ProblemError("not-acceptable", f"to be had as {', '.join(available)}", {"available": available})
    return chosen[1]


def _links(services: Services, path: str, chosen: DescriptionFormat) -> tuple[Link, ...]:
    alternates = [
        Link(services.addresses.at(f"{path}?format={found.extension}"), "alternate", found.media_type)
        for found in DESCRIPTION_FORMATS
        if found is not chosen
    ]
    return (*alternates, LICENCE)
