"""The pages of the vocabulary: ontology, concepts, shapes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from api.pages.answering import HTML, page_representation
from api.pages.reader import Reader, reader_of
from api.service_roots import service_root
from api.services import Services
from api.validation.example import EXAMPLE
from api.vocabulary import views
from api.vocabulary.diagrams import DIAGRAMS
from api.vocabulary.documents import CONCEPTS, FORMATS, ONTOLOGY, SHAPES, Part, document_links
from api.vocabulary.drawing import BOX_HEIGHT, BOX_WIDTH, draw
from api.vocabulary.kept import Terms
from api.vocabulary.names import is_own, short
from api.vocabulary.ontology import CLASS, DATATYPE, OBJECT, VALUE
from api.vocabulary.views import Reading
from graph.model.namespaces import VNDX
from graph.query.engine import SnapshotView

Values = Callable[[Request, Services, SnapshotView, Reader], Awaitable[Mapping[str, Any]]]
"""Gives what the template of a page shows to a reader."""


async def page(part: Part, request: Request, services: Services, view: SnapshotView) -> Response:
    """Show a part of the vocabulary to people."""
    reader = reader_of(request)
    representation = page_representation(
        services,
        view,
        reader,
        service_root(services, request),
        vary=("Accept", "Accept-Language"),
        links=document_links(part, services, HTML),
    )
    if not_modified := representation.not_modified(request):
        return not_modified

    async def make() -> bytes:
        values = await _VALUES[part](request, services, view, reader)
        return await asyncio.to_thread(
            services.pages.render,
            f"vocabulary{part.path}.html",
            reader,
            formats=FORMATS,
            part=part.path,
            views=views,
            short=short,
            is_own=is_own,
            local=lambda text: views.local(text, reader.language),
            **values,
        )

    body = await services.kept_pages.of(representation.tag, reader, make)
    return representation.response(request, body)


async def _ontology(_: Request, services: Services, view: SnapshotView, reader: Reader) -> Mapping[str, Any]:
    """Show classes and properties: what they mean, how they hang together, and how data uses them."""
    terms = await services.vocabulary.terms(view)
    reading = _reading(terms, reader, ONTOLOGY, services)
    ontology = terms.ontology
    return {
        "namespace": VNDX.iri,
        "ontology": ontology,
        "rules": terms.rules,
        "usage": await services.vocabulary.usage(view),
        "reading": reading,
        "tree": list(ontology.tree()),
        "kinds": {kind: ontology.of_kind(kind) for kind in (CLASS, OBJECT, VALUE, DATATYPE)},
        "diagrams": [(diagram, draw(diagram, reading.label)) for diagram in DIAGRAMS],
        "box_size": (BOX_WIDTH, BOX_HEIGHT),
    }


async def _concepts(_: Request, services: Services, view: SnapshotView, _reader: Reader) -> Mapping[str, Any]:
    """Show the concept schemes with their concepts, and how often each is used."""
    return {"schemes": await services.vocabulary.schemes(view)}


async def _shapes(
    request: Request, services: Services, view: SnapshotView, reader: Reader
) -> Mapping[str, Any]:
    """Show the rules for the things of each class, and how to check data of one's own."""
    terms = await services.vocabulary.terms(view)
    reading = _reading(terms, reader, SHAPES, services)
    rules = terms.rules
    return {
        "rules": rules,
        "reading": reading,
        "classes": views.rules_by_class(rules, reading),
        "shared": [reading.row(rule) for rule in rules.all if views.is_shared(rule)],
        "helping": [reading.row(rule) for rule in rules.all if rule.is_help],
        "example": EXAMPLE,
        "endpoint": service_root(services, request),
    }


def _reading(terms: Terms, reader: Reader, part: Part, services: Services) -> Reading:
    root = services.addresses.path
    return Reading(terms, reader.language, part.path, lambda path: root + reader.link(path))


_VALUES: Final[Mapping[Part, Values]] = {ONTOLOGY: _ontology, CONCEPTS: _concepts, SHAPES: _shapes}
