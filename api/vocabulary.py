"""``/ontology``, ``/shapes`` and ``/context.jsonld``: the vocabulary, for people and for programs."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from starlette.responses import Response

from api.entities.documents import DocumentFormat, write_triples
from api.negotiation import choose
from api.pages.answering import HTML, page_representation, page_response
from api.pages.reader import reader_of
from api.problems import ProblemError, documented
from api.representation import LICENCE, Link, Representation, entity_tag, header_list
from api.routing import readable
from api.services import VERSION, Services, ServicesOf
from graph.model.namespaces import BASE, GRAPH, OWL, RDF, RDFS, SKOS, VNDX
from graph.query.engine import SnapshotView
from graph.query.lookups import GraphContents, Outgoing, Plan
from graph.vocabulary.files import CONTEXT
from graph.vocabulary.json_ld_context import VERSION as CONTEXT_VERSION

router: Final = APIRouter(tags=["Vocabulary"])

ONTOLOGY_FORMATS: Final = (
    DocumentFormat("ttl", "Turtle", "text/turtle", RdfFormat.TURTLE),
    DocumentFormat("jsonld", "JSON-LD", "application/ld+json", RdfFormat.JSON_LD),
    DocumentFormat("nt", "N-Triples", "application/n-triples", RdfFormat.N_TRIPLES),
    DocumentFormat("rdf", "RDF/XML", "application/rdf+xml", RdfFormat.RDF_XML),
)

_A_DAY: Final = "public, max-age=86400"
_KINDS: Final = (OWL["Class"], OWL["ObjectProperty"], OWL["DatatypeProperty"])


@dataclass(frozen=True)
class TermEntry:
    """A class or property on the page of the vocabulary; texts by language."""

    name: str
    labels: dict[str, str]
    definitions: dict[str, str]


@dataclass(frozen=True)
class Part:
    """A part of the vocabulary that is a document of its own.

    Attributes:
        path: where it is.
        graph: the named graph that it is.
        page: whether there is a page of it for people.

    """

    path: str
    graph: NamedNode
    page: bool


ONTOLOGY: Final = Part("/ontology", GRAPH["ontology"], page=True)
SHAPES: Final = Part("/shapes", GRAPH["shapes"], page=False)

_VOCABULARY: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "the whole document; what a fragment names is in it",
        "content": {found.media_type: {"schema": {"type": "string"}} for found in ONTOLOGY_FORMATS},
    },
    304: {"description": "the client has it already"},
    **documented({406: "no accepted format is available", 503: "no snapshot is loaded"}),
}


@readable(router, "/context.jsonld", summary="The JSON-LD context of entity JSON, in its newest version")
@readable(router, "/context/v{version}.jsonld", summary="The JSON-LD context of entity JSON, in one version")
async def context(request: Request, services: ServicesOf, version: int = CONTEXT_VERSION) -> Response:
    """Give the context that turns entity JSON into triples.

    Documents name it by its version. Within a version keys may come, but none changes its meaning.
    """
    if version != CONTEXT_VERSION:
        raise ProblemError(
            "not-found", f"there is no version {version} of the context; the newest is {CONTEXT_VERSION}"
        )
    body = CONTEXT.read_bytes()
    address = services.addresses.at(f"/context/v{version}.jsonld")
    is_versioned = request.url.path.startswith("/context/")
    representation = Representation(
        "application/ld+json",
        entity_tag(VERSION, body.decode("utf-8")),
        links=(Link(f"{BASE}context/v{version}.jsonld", "canonical"), LICENCE),
        location="" if is_versioned else address,
        extra={"Cache-Control": _A_DAY} if is_versioned else {},
    )
    return representation.response(request, body)


@readable(router, "/ontology", summary="The ontology, as a page or as RDF", responses=_VOCABULARY)
async def ontology(request: Request, services: ServicesOf) -> Response:
    """Give the ontology in the accepted format: classes and properties with their definitions."""
    return await _negotiated(ONTOLOGY, request, services)


@readable(router, "/ontology.{extension}", summary="The ontology in one format", responses=_VOCABULARY)
async def ontology_document(extension: str, request: Request, services: ServicesOf) -> Response:
    """Give the ontology as ``ttl``, ``jsonld``, ``nt`` or ``rdf``."""
    return await _in_format(ONTOLOGY, extension, request, services)


@readable(router, "/ontology/{version}", summary="The ontology by its version IRI", responses=_VOCABULARY)
async def ontology_version(version: str, request: Request, services: ServicesOf) -> Response:
    """Give the ontology, if it is in this version (owl:versionIRI)."""
    wanted = f"{BASE}ontology/{version}"
    async with services.engine.view() as view:
        versions = await view.lookup(_versions())
    if wanted not in versions:
        raise ProblemError("not-found", f"<{wanted}> is not served here; served is {', '.join(versions)}")
    return await _negotiated(ONTOLOGY, request, services)


@readable(router, "/shapes", summary="The SHACL shapes, as RDF", responses=_VOCABULARY)
async def shapes(request: Request, services: ServicesOf) -> Response:
    """Give the shapes that all data conform to, in the accepted format."""
    return await _negotiated(SHAPES, request, services)


@readable(router, "/shapes.{extension}", summary="The SHACL shapes in one format", responses=_VOCABULARY)
async def shapes_document(extension: str, request: Request, services: ServicesOf) -> Response:
    """Give the shapes as ``ttl``, ``jsonld``, ``nt`` or ``rdf``."""
    return await _in_format(SHAPES, extension, request, services)


async def _negotiated(part: Part, request: Request, services: Services) -> Response:
    offers: list[tuple[str, DocumentFormat | None]] = [
        (found.media_type, found) for found in ONTOLOGY_FORMATS
    ]
    if part.page:
        offers.append((HTML, None))
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        available = [media_type for media_type, _ in offers]
        raise ProblemError("not-acceptable", f"to be had as {', '.join(available)}", {"available": available})
    async with services.engine.view() as view:
        if chosen[1] is None:
            return await _page(request, services, view)
        return await _document(part, request, services, view, chosen[1], negotiated=True)


async def _in_format(part: Part, extension: str, request: Request, services: Services) -> Response:
    found = next((found for found in ONTOLOGY_FORMATS if found.extension == extension), None)
    if found is None:
        extensions = ", ".join(found.extension for found in ONTOLOGY_FORMATS)
        raise ProblemError("not-found", f"{part.path} can be had as {extensions}")
    async with services.engine.view() as view:
        return await _document(part, request, services, view, found, negotiated=False)


async def _document(
    part: Part,
    request: Request,
    services: Services,
    view: SnapshotView,
    found: DocumentFormat,
    *,
    negotiated: bool,
) -> Response:
    representation = Representation(
        found.media_type,
        services.tag(view, part.path, found.extension),
        vary=("Accept",) if negotiated else (),
        links=_links(part, services, found.media_type),
        location=services.addresses.at(f"{part.path}.{found.extension}") if negotiated else "",
        language="vi, en",
    )
    if not_modified := representation.not_modified(request):
        return not_modified
    triples = sorted(await view.lookup(_contents(part.graph)), key=str)
    body = await asyncio.to_thread(write_triples, triples, found.writer or RdfFormat.TURTLE)
    return representation.response(request, body)


async def _page(request: Request, services: Services, view: SnapshotView) -> Response:
    reader = reader_of(request)
    representation = page_representation(
        services, view, reader, vary=("Accept", "Accept-Language"), links=_links(ONTOLOGY, services, HTML)
    )
    if not_modified := representation.not_modified(request):
        return not_modified
    groups = _terms(await view.lookup(_contents(ONTOLOGY.graph)))
    return await page_response(
        request, services, representation, "ontology.html", reader, groups=groups, formats=ONTOLOGY_FORMATS
    )


def _contents(graph: NamedNode) -> Plan[list[Triple]]:
    found: list[Triple] = yield GraphContents(graph)
    return found


def _versions() -> Plan[list[str]]:
    found: list[Triple] = yield Outgoing((NamedNode(f"{BASE}ontology"),), (OWL["versionIRI"],))
    return [triple.object.value for triple in found if isinstance(triple.object, NamedNode)]


def _terms(triples: list[Triple]) -> dict[str, list[TermEntry]]:
    """Give the own terms by kind, in the order of their names."""
    kinds: dict[str, set[str]] = defaultdict(set)
    texts: dict[tuple[str, NamedNode], dict[str, str]] = defaultdict(dict)
    for triple in triples:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or subject not in VNDX:
            continue
        if triple.predicate == RDF["type"] and value in _KINDS and isinstance(value, NamedNode):
            kinds[value.value.rpartition("#")[2]].add(subject.value)
        elif isinstance(value, Literal) and value.language:
            texts[subject.value, triple.predicate][value.language] = value.value
    return {
        kind.value.rpartition("#")[2]: [
            TermEntry(
                iri.removeprefix(VNDX.iri),
                texts[iri, RDFS["label"]],
                texts[iri, SKOS["definition"]] or texts[iri, RDFS["comment"]],
            )
            for iri in sorted(kinds[kind.value.rpartition("#")[2]])
        ]
        for kind in _KINDS
    }


def _links(part: Part, services: Services, media_type: str) -> tuple[Link, ...]:
    at = services.addresses.at
    alternates = [
        Link(at(f"{part.path}.{found.extension}"), "alternate", found.media_type)
        for found in ONTOLOGY_FORMATS
        if found.media_type != media_type
    ]
    if part.page and media_type != HTML:
        alternates.append(Link(at(part.path), "alternate", HTML))
    described = [] if part == ONTOLOGY else [Link(at(ONTOLOGY.path), "describedby")]
    return (Link(BASE + part.path.removeprefix("/"), "canonical"), *alternates, *described, LICENCE)
