"""``/id/X`` and what describes it: ``/page/X`` for people, ``/data/X.ext`` for programs."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Request
from pyoxigraph import NamedNode
from starlette.responses import Response

from api.addresses import canonical_name, iri_of
from api.entities.description import Description, describe
from api.entities.documents import DOCUMENT_FORMATS, DocumentFormat, format_of, write_document
from api.entities.page import plan_page
from api.negotiation import choose, choose_language
from api.pages.render import LANGUAGES
from api.problems import ProblemError, documented
from api.representation import LICENCE, REVALIDATE, Link, Representation, header_list
from api.routing import readable
from api.services import Services, ServicesOf
from graph.model.namespaces import DCTERMS
from graph.query.engine import SnapshotView
from graph.query.lookups import Outgoing, Plan

router: Final = APIRouter(tags=["Entities"])

_HTML: Final = "text/html"
_PRIMARY_TOPIC: Final = "http://xmlns.com/foaf/0.1/primaryTopic"
_JSON_LD_CONTEXT: Final = "http://www.w3.org/ns/json-ld#context"

Name = Annotated[
    str, Path(description="the IRI without its base, e.g. unit/2025/19", examples=["unit/2025/19"])
]
Language = Annotated[Literal["vi", "en"] | None, Query(description="of the page; else by Accept-Language")]


_PROBLEMS: Final = documented(
    {
        404: "nothing is known of it",
        406: "no accepted format is available",
        410: "it has been retired; what replaces it is named",
        503: "no snapshot is loaded",
    }
)
_DOCUMENT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "the description; the same triples in every format",
        "content": {found.media_type: {"schema": {"type": "string"}} for found in DOCUMENT_FORMATS},
    },
    304: {"description": "the client has this document already"},
    308: {"description": "the document has another spelling"},
    **_PROBLEMS,
}


@readable(
    router,
    "/id/{name:path}",
    summary="Go from a thing to the document that describes it",
    responses={303: {"description": "to the page, or the document in the accepted format"}, **_PROBLEMS},
    status_code=303,
)
async def identify(name: Name, request: Request, services: ServicesOf) -> Response:
    """Lead to the document that the client likes best (303 See Other), as a thing is no document itself."""
    return await _see_other(request, services, name)


@readable(router, "/concept/{name:path}", include_in_schema=False)
async def identify_concept(name: str, request: Request, services: ServicesOf) -> Response:
    """Lead to the document of a concept."""
    return await _see_other(request, services, f"concept/{name}")


@readable(router, "/graph/{name:path}", include_in_schema=False)
async def identify_graph(name: str, request: Request, services: ServicesOf) -> Response:
    """Lead to the document of a named graph."""
    return await _see_other(request, services, f"graph/{name}")


@readable(
    router, "/data/{name:path}", summary="The description of a thing, for programs", responses=_DOCUMENT
)
async def document(name: Name, request: Request, services: ServicesOf) -> Response:
    """Give the document; add ``.json``, ``.jsonld``, ``.ttl``, ``.nt`` or ``.rdf``, or use Accept."""
    stem, dot, extension = name.rpartition(".")
    named = format_of(extension) if dot else None
    wanted = stem if named else name
    chosen = named or _negotiated(request)
    async with services.engine.view() as view:
        resolved = await _resolve(view, wanted)
        if resolved != wanted or (named and named.extension != extension):
            return _moved(services.addresses.data(resolved, named.extension if named else ""))
        address = services.addresses.data(resolved, chosen.extension)
        representation = Representation(
            chosen.media_type,
            services.tag(view, "data", resolved, chosen.extension),
            vary=() if named else ("Accept",),
            links=_links(services, resolved, chosen.media_type),
            location="" if named else address,
            language="vi, en",
        )
        if not_modified := representation.not_modified(request):
            return not_modified
        description = await view.lookup(describe(NamedNode(iri_of(resolved))))
    found = _present(description, resolved)
    body = await asyncio.to_thread(write_document, found, chosen, services.context)
    return representation.response(request, body)


@readable(
    router,
    "/page/{name:path}",
    summary="The description of a thing, for people",
    responses={200: {"content": {_HTML: {}}, "description": "a page"}, **_PROBLEMS},
)
async def page(name: Name, request: Request, services: ServicesOf, lang: Language = None) -> Response:
    """Give the page, in Vietnamese unless English is asked for."""
    language = choose_language(header_list(request, "accept-language"), lang, LANGUAGES)
    async with services.engine.view() as view:
        resolved = await _resolve(view, name)
        if resolved != name:
            return _moved(services.addresses.page(resolved))
        representation = Representation(
            _HTML,
            services.tag(view, "page", resolved, language),
            vary=("Accept-Language",),
            links=_links(services, resolved, _HTML),
            language=language,
        )
        if not_modified := representation.not_modified(request):
            return not_modified
        plan = plan_page(NamedNode(iri_of(resolved)), language, services.addresses.path)
        content = await view.lookup(plan)
    if content is None:
        raise _unknown(resolved)
    _present(content.description, resolved)
    filled = await asyncio.to_thread(
        services.pages.render,
        "entity.html",
        language,
        page=content,
        name=resolved,
        formats=DOCUMENT_FORMATS,
    )
    return representation.response(request, filled)


async def _see_other(request: Request, services: Services, name: str) -> Response:
    offers: list[tuple[str, DocumentFormat | None]] = [
        *((found.media_type, found) for found in DOCUMENT_FORMATS),
        (_HTML, None),
    ]
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        raise _not_acceptable()
    async with services.engine.view() as view:
        resolved = await _resolve(view, name)
    found = chosen[1]
    addresses = services.addresses
    target = addresses.data(resolved, found.extension) if found else addresses.page(resolved)
    headers = {"Location": target, "Vary": "Accept", "Cache-Control": REVALIDATE}
    return Response(status_code=303, headers=headers)


async def _resolve(view: SnapshotView, name: str) -> str:
    """Give the name by which a thing is known, whatever spelling was asked for.

    Raises:
        ProblemError: if it is not known by any.

    """
    for candidate in dict.fromkeys((name, canonical_name(name))):
        node = _node(candidate)
        if node is not None and await view.lookup(_exists(node)):
            return candidate
    raise _unknown(name)


def _exists(node: NamedNode) -> Plan[bool]:
    found = yield Outgoing((node,), limit=1)
    return bool(found)


def _node(name: str) -> NamedNode | None:
    try:
        return NamedNode(iri_of(name))
    except ValueError:
        return None


def _negotiated(request: Request) -> DocumentFormat:
    offers = [(found.media_type, found) for found in DOCUMENT_FORMATS]
    chosen = choose(header_list(request, "accept"), offers)
    if chosen is None:
        raise _not_acceptable()
    return chosen[1]


def _present(description: Description | None, name: str) -> Description:
    """Give the description of a thing that is known and has not been retired."""
    if description is None:
        raise _unknown(name)
    if not description.retired:
        return description
    successors = [
        found.value for found in description.values(DCTERMS["isReplacedBy"]) if isinstance(found, NamedNode)
    ]
    detail = f"<{description.node.value}> has been retired"
    detail += f"; see {', '.join(successors)}" if successors else ""
    links = ", ".join(str(Link(found, "successor-version")) for found in successors)
    raise ProblemError("gone", detail, {"replacedBy": successors}, {"Link": links} if links else {})


def _links(services: Services, name: str, media_type: str) -> tuple[Link, ...]:
    addresses = services.addresses
    alternates = [
        Link(addresses.data(name, found.extension), "alternate", found.media_type)
        for found in DOCUMENT_FORMATS
        if found.media_type != media_type
    ]
    if media_type != _HTML:
        alternates.append(Link(addresses.page(name), "alternate", _HTML))
    context = [Link(addresses.at("/context.jsonld"), _JSON_LD_CONTEXT, "application/ld+json")]
    return (
        Link(iri_of(name), "canonical"),
        Link(iri_of(name), _PRIMARY_TOPIC),
        *alternates,
        Link(addresses.at("/ontology"), "describedby"),
        LICENCE,
        *(context if media_type == "application/json" else ()),
    )


def _moved(address: str) -> Response:
    return Response(status_code=308, headers={"Location": address, "Cache-Control": REVALIDATE})


def _unknown(name: str) -> ProblemError:
    hint = "names are in lower case, e.g. unit/2025/19 or platform/c-thai-nguyen"
    return ProblemError("not-found", f"nothing is known of {name!r}; {hint}")


def _not_acceptable() -> ProblemError:
    available = [*(found.media_type for found in DOCUMENT_FORMATS), _HTML]
    return ProblemError(
        "not-acceptable", f"documents can be had as {', '.join(available)}", {"available": available}
    )
