"""``/ontology`` and ``/context.jsonld``: the vocabulary, for people and for programs."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple
from starlette.responses import Response

from api.entities.documents import DocumentFormat, write_triples
from api.negotiation import choose, choose_language
from api.pages.render import LANGUAGES
from api.problems import ProblemError
from api.representation import LICENCE, Link, Representation, entity_tag, header_list
from api.routing import readable
from api.services import VERSION, Services, ServicesOf
from graph.model.namespaces import GRAPH, OWL, RDF, RDFS, SKOS, VNDX
from graph.query.engine import SnapshotView
from graph.query.lookups import GraphContents, Plan
from graph.vocabulary.files import CONTEXT

router: Final = APIRouter(tags=["Vocabulary"])

ONTOLOGY_FORMATS: Final = (
    DocumentFormat("ttl", "Turtle", "text/turtle", RdfFormat.TURTLE),
    DocumentFormat("jsonld", "JSON-LD", "application/ld+json", RdfFormat.JSON_LD),
    DocumentFormat("nt", "N-Triples", "application/n-triples", RdfFormat.N_TRIPLES),
    DocumentFormat("rdf", "RDF/XML", "application/rdf+xml", RdfFormat.RDF_XML),
)

_HTML: Final = "text/html"
_ONTOLOGY: Final = GRAPH["ontology"]
_KINDS: Final = (OWL["Class"], OWL["ObjectProperty"], OWL["DatatypeProperty"])


@dataclass(frozen=True)
class TermEntry:
    """A class or property on the page of the vocabulary; texts by language."""

    name: str
    labels: dict[str, str]
    definitions: dict[str, str]


@readable(router, "/context.jsonld", summary="The JSON-LD context of entity JSON")
async def context(request: Request) -> Response:
    """Give the context that turns entity JSON into triples."""
    body = CONTEXT.read_bytes()
    tag = entity_tag(VERSION, body.decode("utf-8"))
    return Representation("application/ld+json", tag, links=(LICENCE,)).response(request, body)


@readable(router, "/ontology", summary="The ontology, as a page or as RDF")
async def ontology(request: Request, services: ServicesOf) -> Response:
    """Give the ontology in the accepted format."""
    offers: list[tuple[str, DocumentFormat | None]] = [
        *((found.media_type, found) for found in ONTOLOGY_FORMATS),
        (_HTML, None),
    ]
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        available = [media_type for media_type, _ in offers]
        raise ProblemError("not-acceptable", f"to be had as {', '.join(available)}", {"available": available})
    async with services.engine.view() as view:
        if chosen[1] is None:
            return await _page(request, services, view)
        return await _document(request, services, view, chosen[1], negotiated=True)


@readable(router, "/ontology.{extension}", summary="The ontology in one format")
async def ontology_document(extension: str, request: Request, services: ServicesOf) -> Response:
    """Give the ontology as ``ttl``, ``jsonld``, ``nt`` or ``rdf``."""
    found = next((found for found in ONTOLOGY_FORMATS if found.extension == extension), None)
    if found is None:
        extensions = ", ".join(found.extension for found in ONTOLOGY_FORMATS)
        raise ProblemError("not-found", f"the ontology can be had as {extensions}")
    async with services.engine.view() as view:
        return await _document(request, services, view, found, negotiated=False)


async def _document(
    request: Request, services: Services, view: SnapshotView, found: DocumentFormat, *, negotiated: bool
) -> Response:
    representation = Representation(
        found.media_type,
        services.tag(view, "ontology", found.extension),
        vary=("Accept",) if negotiated else (),
        links=_links(services, found.media_type),
        location=services.addresses.at(f"/ontology.{found.extension}") if negotiated else "",
    )
    if not_modified := representation.not_modified(request):
        return not_modified
    triples = await view.lookup(_contents())
    body = await asyncio.to_thread(write_triples, triples, found.writer or RdfFormat.TURTLE)
    return representation.response(request, body)


async def _page(request: Request, services: Services, view: SnapshotView) -> Response:
    language = choose_language(
        header_list(request, "accept-language"), request.query_params.get("lang"), LANGUAGES
    )
    representation = Representation(
        _HTML,
        services.tag(view, "ontology", "page", language),
        vary=("Accept", "Accept-Language"),
        links=_links(services, _HTML),
        language=language,
    )
    if not_modified := representation.not_modified(request):
        return not_modified
    groups = _terms(await view.lookup(_contents()))
    page = await asyncio.to_thread(
        services.pages.render, "ontology.html", language, groups=groups, formats=ONTOLOGY_FORMATS
    )
    return representation.response(request, page)


def _contents() -> Plan[list[Triple]]:
    return (yield GraphContents(_ONTOLOGY))


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


def _links(services: Services, media_type: str) -> tuple[Link, ...]:
    alternates = [
        Link(services.addresses.at(f"/ontology.{found.extension}"), "alternate", found.media_type)
        for found in ONTOLOGY_FORMATS
        if found.media_type != media_type
    ]
    return (*alternates, LICENCE)
