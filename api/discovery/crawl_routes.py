"""``/robots.txt``, ``/sitemap.xml`` and ``/llms.txt``."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from pyoxigraph import Literal, NamedNode, Triple
from starlette.responses import Response

from api.addresses import name_of
from api.discovery.crawling import (
    SITE_PAGES,
    URLS_IN_PART,
    ServiceSummary,
    indexed_iris,
    llms_txt,
    parts_of,
    read_examples,
    robots_txt,
    shown_examples,
    sitemap_index,
    sitemap_part,
)
from api.discovery.facts import files_of
from api.guides.library import NAMES as GUIDES
from api.problems import ProblemError
from api.representation import Representation, entity_tag
from api.routing import readable
from api.service_roots import service_root
from api.services import VERSION, ServicesOf
from graph.description.void_graph import VOID_GRAPH
from graph.model.namespaces import GRAPH, VOID
from graph.query.lookups import GraphContents, Plan

router: Final = APIRouter(tags=["Discovery"])

_XML: Final = "application/xml"


@readable(router, "/robots.txt", include_in_schema=False)
async def robots(request: Request, services: ServicesOf) -> Response:
    """Say what crawlers may read."""
    text = robots_txt(service_root(services, request))
    return Representation("text/plain", entity_tag(VERSION, text)).response(request, text.encode())


@readable(router, "/sitemap.xml", summary="The sitemap: which parts it has")
async def sitemap(request: Request, services: ServicesOf) -> Response:
    """Name the parts of the sitemap."""
    root = service_root(services, request)
    async with services.engine.view() as view:
        representation = Representation(_XML, services.tag(view, "sitemap", root))
        if not_modified := representation.not_modified(request):
            return not_modified
        manifest = files_of(view).manifest()
    body = sitemap_index(root, parts_of(manifest.entities), manifest.created)
    return representation.response(request, body)


@readable(router, "/sitemap-pages.xml", summary="The part of the sitemap with the pages of no entity")
async def sitemap_of_site(request: Request, services: ServicesOf) -> Response:
    """Give the addresses of the site's own pages."""
    root = service_root(services, request)
    async with services.engine.view() as view:
        representation = Representation(_XML, services.tag(view, "sitemap", "pages", root))
        if not_modified := representation.not_modified(request):
            return not_modified
        manifest = files_of(view).manifest()
    pages = (*SITE_PAGES, *(f"/guides/{name}" for name in GUIDES))
    body = sitemap_part((root + page for page in pages), manifest.created)
    return representation.response(request, body)


@readable(router, "/sitemap-{part}.xml", summary="A part of the sitemap: pages of entities")
async def sitemap_of_part(
    part: Annotated[int, Path(ge=1, description="the number of the part", examples=[1])],
    request: Request,
    services: ServicesOf,
) -> Response:
    """Give the addresses of up to 50,000 pages."""
    root = service_root(services, request)
    async with services.engine.view() as view:
        representation = Representation(_XML, services.tag(view, "sitemap", str(part), root))
        files = files_of(view)
        manifest = files.manifest()
        parts = parts_of(manifest.entities)
        if part > parts:
            raise ProblemError("not-found", f"the sitemap has {parts} part(s)")
        if not_modified := representation.not_modified(request):
            return not_modified

        def write() -> bytes:
            iris = indexed_iris(files.index)[(part - 1) * URLS_IN_PART : part * URLS_IN_PART]
            names = (name for name in map(name_of, iris) if name)
            return sitemap_part((f"{root}/page/{name}" for name in names), manifest.created)

        body = await asyncio.to_thread(write)
    return representation.response(request, body)


@readable(router, "/llms.txt", summary="What a language model has to know to use this service")
async def llms(request: Request, services: ServicesOf) -> Response:
    """Give a short text with facts of the snapshot and queries that work."""
    root = service_root(services, request)
    async with services.engine.view() as view:
        representation = Representation("text/plain", services.tag(view, "llms", root), language="en")
        if not_modified := representation.not_modified(request):
            return not_modified
        partitions, queries = await view.lookup(_plan())
        summary = ServiceSummary(view.id, view.triples, _entities(partitions))
    text = llms_txt(root, summary, shown_examples(read_examples(queries)))
    return representation.response(request, text.encode())


def _plan() -> Plan[tuple[list[Triple], list[Triple]]]:
    partitions = yield GraphContents(VOID_GRAPH)
    examples = yield GraphContents(GRAPH["examples"])
    return partitions, examples


def _entities(partitions: list[Triple]) -> dict[str, int]:
    """Give how many nodes there are of each class, by its IRI."""
    classes = {t.subject: t.object for t in partitions if t.predicate == VOID["class"]}
    return {
        cls.value: int(triple.object.value)
        for triple in partitions
        if triple.predicate == VOID["entities"]
        and isinstance(triple.object, Literal)
        and isinstance(cls := classes.get(triple.subject), NamedNode)
    }
