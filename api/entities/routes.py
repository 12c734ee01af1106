"""``/id/X`` and what describes it: ``/page/X`` for people, ``/data/X.ext`` for programs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import Response

from api.addresses import canonical_name
from api.entities.content import Content, Moved, Unknown, find, resolve, write
from api.entities.documents import DOCUMENT_FORMATS, DocumentFormat, format_of
from api.entities.headers import content_links, document_links
from api.entities.page_answers import answer_page
from api.entities.refusals import moved_to, refuse_retired, unknown
from api.negotiation import choose
from api.pages.answering import HTML
from api.pages.reader import reader_of
from api.problems import ProblemError, documented
from api.representation import REVALIDATE, Representation, header_list
from api.routing import readable
from api.services import Services, ServicesOf

router: Final = APIRouter(tags=["Entities"])

WARMED: Final = ("/page/unit/2025/01",)
"""What the warm-up asks for: the first page of an entity has what all of them tell of read into memory."""

# Writing so few triples takes less time than handing them to another thread.
_FEW_TRIPLES: Final = 1_000

Name = Annotated[
    str, Path(description="the IRI without its base, e.g. unit/2025/19", examples=["unit/2025/19"])
]
Language = Annotated[
    Literal["vi", "en"] | None, Query(alias="lang", description="of the page; else by Accept-Language")
]


class _EntityKind(Convertor[str]):
    """The first part of IRIs that identify things, in any mixture of upper and lower case."""

    regex = "(?i:id|concept|graph)"

    def convert(self, value: str) -> str:
        return value.lower()

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("entity_kind", _EntityKind())

_PROBLEMS: Final = documented(
    {
        404: "nothing is known of it; names that are like it are given",
        406: "no accepted format is available",
        410: "it has been retired; what replaces it is named",
        503: "no snapshot is loaded",
    }
)
_JSON_SCHEMA: Final = {"$ref": "#/components/schemas/entity.Entity"}
_CONTENT: Final[dict[str, Any]] = {
    found.media_type: {"schema": _JSON_SCHEMA if "json" in found.media_type else {"type": "string"}}
    for found in DOCUMENT_FORMATS
}
_DOCUMENT: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "the description; the same triples in every format", "content": _CONTENT},
    304: {"description": "the client has this document already"},
    308: {"description": "the document has another spelling"},
    **_PROBLEMS,
}
_IDENTIFIED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "the document itself, if the service is set to give it at once",
        "content": _CONTENT,
    },
    303: {"description": "to the page, or the document in the accepted format"},
    **_PROBLEMS,
}


@readable(
    router,
    "/id/{name:path}",
    summary="Go from a thing to the document that describes it",
    responses=_IDENTIFIED,
    status_code=303,
)
async def identify(name: Name, request: Request, services: ServicesOf, _: Language = None) -> Response:
    """Lead to the document that the client likes best (303 See Other), as a thing is no document itself."""
    return await _identify(request, services, name)


@readable(router, "/{kind:entity_kind}/{name:path}", include_in_schema=False)
async def identify_kind(
    kind: str, name: str, request: Request, services: ServicesOf, _: Language = None
) -> Response:
    """Lead to the document of a concept or a named graph, or of a thing whose kind is in upper case."""
    return await _identify(request, services, name if kind == "id" else f"{kind}/{name}")


@readable(
    router, "/data/{name:path}", summary="The description of a thing, for programs", responses=_DOCUMENT
)
async def document(name: Name, request: Request, services: ServicesOf) -> Response:
    """Give the document in the accepted format, or in that of an extension.

    Extensions are .json, .jsonld, .ttl, .nt, .rdf, .trig and .csv.
    """
    stem, dot, extension = name.rstrip("/").rpartition(".")
    named = format_of(extension) if dot else None
    if named is None:
        chosen = _negotiated(request)
        location = services.addresses.data(name, chosen.extension)
        return await _document(request, services, name, chosen, moved="", location=location)
    if name != f"{stem}.{named.extension}":
        return moved_to(services.addresses.data(canonical_name(stem), named.extension))
    return await _document(request, services, stem, named, moved=f".{named.extension}")


@readable(
    router,
    "/page/{name:path}",
    summary="The description of a thing, for people",
    responses={200: {"content": {HTML: {}}, "description": "a page"}, **_PROBLEMS},
)
async def page(name: Name, request: Request, services: ServicesOf, _: Language = None) -> Response:
    """Give the page, in Vietnamese unless English is asked for."""
    return await answer_page(request, services, name)


async def _identify(request: Request, services: Services, name: str) -> Response:
    offers: list[tuple[str, DocumentFormat | None]] = [
        *((found.media_type, found) for found in DOCUMENT_FORMATS),
        (HTML, None),
    ]
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        raise _not_acceptable()
    found = chosen[1]
    addresses = services.addresses
    if services.settings.dereference == "200":
        if found is None:
            return await answer_page(request, services, name, identity=True)
        location = addresses.data(name, found.extension)
        return await _document(request, services, name, found, moved=None, location=location)
    async with services.engine.view() as view:
        resolved = await view.lookup(resolve(name))
    if isinstance(resolved, Unknown):
        raise unknown(services, name, resolved)
    target = (
        addresses.data(resolved.name, found.extension)
        if found
        else reader_of(request).link(addresses.page(resolved.name))
    )
    headers = {"Location": target, "Vary": "Accept", "Cache-Control": REVALIDATE}
    return Response(status_code=303, headers=headers)


async def _document(
    request: Request,
    services: Services,
    name: str,
    chosen: DocumentFormat,
    *,
    moved: str | None,
    location: str = "",
) -> Response:
    """Give a document.

    Args:
        request: of the client.
        services: what answers.
        name: the name of the entity, in any spelling.
        chosen: the format.
        moved: how the address goes on that another spelling moves to, None for that of the entity itself.
        location: the address of just this document, if the one asked for is not.

    """
    addresses = services.addresses
    async with services.engine.view() as view:
        representation = Representation(
            chosen.media_type,
            services.tag(view, "data", name, chosen.extension),
            vary=("Accept",) if location else (),
            links=document_links(addresses, name, chosen.media_type),
            location=location,
        )
        if _is_known(representation, request) and (answer := representation.not_modified(request)):
            return answer
        found = await view.lookup(find(name, chosen))
    if isinstance(found, Moved):
        other = addresses.identity(found.name) if moved is None else addresses.data(found.name) + moved
        return moved_to(other)
    if isinstance(found, Unknown):
        raise unknown(services, name, found)
    refuse_retired(found.description)
    if len(found.description.triples) > _FEW_TRIPLES:
        body = await asyncio.to_thread(write, found, chosen, services.context, addresses)
    else:
        body = write(found, chosen, services.context, addresses)
    return _told(services, representation, found).response(request, body)


def _told(services: Services, representation: Representation, content: Content) -> Representation:
    """Add to a representation what only its content tells."""
    links = content_links(services.addresses, content, services.context, services.schemas.names)
    return replace(
        representation,
        links=(*representation.links, *links),
        language=", ".join(content.description.languages),
    )


def _is_known(representation: Representation, request: Request) -> bool:
    """Say whether the client names the very tag: then it had the document from this snapshot.

    With ``*`` it only says that any would do, and whether there is one has to be looked up.
    """
    header = header_list(request, "if-none-match")
    return bool(representation.tag and header) and representation.tag in str(header)


def _negotiated(request: Request) -> DocumentFormat:
    offers = [(found.media_type, found) for found in DOCUMENT_FORMATS]
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        raise _not_acceptable()
    return chosen[1]


def _not_acceptable() -> ProblemError:
    available = [*(found.media_type for found in DOCUMENT_FORMATS), HTML]
    return ProblemError(
        "not-acceptable", f"documents can be had as {', '.join(available)}", {"available": available}
    )
