"""``/ontology``, ``/concepts`` and ``/shapes``: the vocabulary as pages for people and as RDF."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from pyoxigraph import NamedNode, Triple
from starlette.responses import Response

from api.entities.documents import DocumentFormat
from api.negotiation import choose
from api.pages.answering import HTML
from api.problems import ProblemError, documented
from api.representation import header_list
from api.routing import readable
from api.services import Services, ServicesOf
from api.vocabulary.documents import CONCEPTS, FORMATS, ONTOLOGY, SHAPES, Part, document, format_named
from api.vocabulary.pages import page
from graph.model.namespaces import BASE, OWL
from graph.query.lookups import Outgoing, Plan

router: Final = APIRouter(tags=["Vocabulary"])

WARMED: Final = ("/ontology", "/concepts", "/shapes")
"""What the warm-up asks for."""

Extension = Annotated[str, Path(description="of the format: ttl, jsonld, nt or rdf", examples=["ttl"])]
Version = Annotated[str, Path(description="as owl:versionInfo has it", examples=["1.0.0"])]

_VOCABULARY: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "the whole document; what a fragment names is in it",
        "content": {found.media_type: {"schema": {"type": "string"}} for found in FORMATS},
    },
    304: {"description": "the client has it already"},
    **documented({406: "no accepted format is available", 503: "no snapshot is loaded"}),
}


@readable(router, "/ontology", summary="The ontology, as a page or as RDF", responses=_VOCABULARY)
async def ontology(request: Request, services: ServicesOf) -> Response:
    """Give the ontology in the accepted format: classes and properties with their definitions."""
    return await _negotiated(ONTOLOGY, request, services)


@readable(router, "/ontology.{extension}", summary="The ontology in one format", responses=_VOCABULARY)
async def ontology_document(extension: Extension, request: Request, services: ServicesOf) -> Response:
    """Give the ontology as ``ttl``, ``jsonld``, ``nt`` or ``rdf``."""
    return await _in_format(ONTOLOGY, extension, request, services)


@readable(router, "/ontology/{version}", summary="The ontology by its version IRI", responses=_VOCABULARY)
async def ontology_version(version: Version, request: Request, services: ServicesOf) -> Response:
    """Give the ontology, if it is in this version (owl:versionIRI)."""
    wanted = f"{BASE}ontology/{version}"
    async with services.engine.view() as view:
        versions = await view.lookup(_versions())
    if wanted not in versions:
        raise ProblemError("not-found", f"<{wanted}> is not served here; served is {', '.join(versions)}")
    return await _negotiated(ONTOLOGY, request, services)


@readable(router, "/concepts", summary="The concept schemes, as a page or as RDF", responses=_VOCABULARY)
async def concepts(request: Request, services: ServicesOf) -> Response:
    """Give all concepts with their schemes (SKOS), in the accepted format."""
    return await _negotiated(CONCEPTS, request, services)


@readable(router, "/concepts.{extension}", summary="The concept schemes in one format", responses=_VOCABULARY)
async def concepts_document(extension: Extension, request: Request, services: ServicesOf) -> Response:
    """Give the concept schemes as ``ttl``, ``jsonld``, ``nt`` or ``rdf``."""
    return await _in_format(CONCEPTS, extension, request, services)


@readable(router, "/shapes", summary="The SHACL shapes, as a page or as RDF", responses=_VOCABULARY)
async def shapes(request: Request, services: ServicesOf) -> Response:
    """Give the shapes that all data conform to, in the accepted format."""
    return await _negotiated(SHAPES, request, services)


@readable(router, "/shapes.{extension}", summary="The SHACL shapes in one format", responses=_VOCABULARY)
async def shapes_document(extension: Extension, request: Request, services: ServicesOf) -> Response:
    """Give the shapes as ``ttl``, ``jsonld``, ``nt`` or ``rdf``."""
    return await _in_format(SHAPES, extension, request, services)


async def _negotiated(part: Part, request: Request, services: Services) -> Response:
    offers: list[tuple[str, DocumentFormat | None]] = [
        *((found.media_type, found) for found in FORMATS),
        (HTML, None),
    ]
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        available = [media_type for media_type, _ in offers]
        raise ProblemError("not-acceptable", f"to be had as {', '.join(available)}", {"available": available})
    async with services.engine.view() as view:
        if chosen[1] is None:
            return await page(part, request, services, view)
        return await document(part, request, services, view, chosen[1], negotiated=True)


async def _in_format(part: Part, extension: str, request: Request, services: Services) -> Response:
    found = format_named(part, extension)
    async with services.engine.view() as view:
        return await document(part, request, services, view, found, negotiated=False)


def _versions() -> Plan[list[str]]:
    found: list[Triple] = yield Outgoing((NamedNode(f"{BASE}ontology"),), (OWL["versionIRI"],))
    return [triple.object.value for triple in found if isinstance(triple.object, NamedNode)]
