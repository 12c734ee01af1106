"""The documents of the vocabulary as RDF: what each holds, in which formats, and under which addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from pyoxigraph import NamedNode, RdfFormat, Triple
from starlette.responses import Response

from api.entities.documents import DocumentFormat, write_triples
from api.pages.answering import HTML
from api.problems import ProblemError
from api.representation import LICENCE, Link, Representation
from api.services import Services
from api.vocabulary.schemes import plan_concepts
from graph.model.namespaces import BASE, GRAPH
from graph.query.engine import SnapshotView
from graph.query.lookups import GraphContents, Plan

FORMATS: Final = (
    DocumentFormat("ttl", "Turtle", "text/turtle", RdfFormat.TURTLE),
    DocumentFormat("jsonld", "JSON-LD", "application/ld+json", RdfFormat.JSON_LD),
    DocumentFormat("nt", "N-Triples", "application/n-triples", RdfFormat.N_TRIPLES),
    DocumentFormat("rdf", "RDF/XML", "application/rdf+xml", RdfFormat.RDF_XML),
)


@dataclass(frozen=True)
class Part:
    """A part of the vocabulary that is a document of its own.

    Attributes:
        path: where it is.
        contents: plans the look-up of its triples.

    """

    path: str
    contents: Callable[[], Plan[list[Triple]]]


def _graph(node: NamedNode) -> Callable[[], Plan[list[Triple]]]:
    def contents() -> Plan[list[Triple]]:
        found: list[Triple] = yield GraphContents(node)
        return found

    return contents


ONTOLOGY: Final = Part("/ontology", _graph(GRAPH["ontology"]))
CONCEPTS: Final = Part("/concepts", plan_concepts)
SHAPES: Final = Part("/shapes", _graph(GRAPH["shapes"]))


def format_named(part: Part, extension: str) -> DocumentFormat:
    """Give the format of an extension.

    Raises:
        ProblemError: if there is none.

    """
    found = next((found for found in FORMATS if found.extension == extension), None)
    if found is None:
        extensions = ", ".join(found.extension for found in FORMATS)
        raise ProblemError("not-found", f"{part.path} can be had as {extensions}")
    return found


async def document(
    part: Part,
    request: Request,
    services: Services,
    view: SnapshotView,
    found: DocumentFormat,
    *,
    negotiated: bool,
) -> Response:
    """Give a part in a format; if that was negotiated, its own address is named."""
    representation = Representation(
        found.media_type,
        services.tag(view, part.path, found.extension),
        vary=("Accept",) if negotiated else (),
        links=document_links(part, services, found.media_type),
        location=services.addresses.at(f"{part.path}.{found.extension}") if negotiated else "",
        language="vi, en",
    )
    if not_modified := representation.not_modified(request):
        return not_modified
    triples = sorted(await view.lookup(part.contents()), key=str)
    body = await asyncio.to_thread(write_triples, triples, found.writer or RdfFormat.TURTLE)
    return representation.response(request, body)


def document_links(part: Part, services: Services, media_type: str) -> tuple[Link, ...]:
    """Give the links of a part in a format: to its other formats, and to the ontology."""
    at = services.addresses.at
    alternates = [
        Link(at(f"{part.path}.{found.extension}"), "alternate", found.media_type)
        for found in FORMATS
        if found.media_type != media_type
    ]
    if media_type != HTML:
        alternates.append(Link(at(part.path), "alternate", HTML))
    described = [] if part == ONTOLOGY else [Link(at(ONTOLOGY.path), "describedby")]
    return (Link(BASE + part.path.removeprefix("/"), "canonical"), *alternates, *described, LICENCE)
