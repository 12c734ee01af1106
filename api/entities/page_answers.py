"""Answering with the page of an entity, or with the full list of what links to it."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from api.addresses import iri_of
from api.entities.content import Unknown, resolve
from api.entities.documents import DOCUMENT_FORMATS
from api.entities.headers import document_links
from api.entities.link_list import plan_link_list, property_of
from api.entities.link_pages import Cursor
from api.entities.page import plan_page, sparql_path
from api.entities.refusals import moved_to, refuse_retired, unknown
from api.pages.answering import HTML, page_representation, page_response
from api.pages.reader import reader_of
from api.problems import ProblemError
from api.services import Services


async def answer_page(request: Request, services: Services, name: str, *, identity: bool = False) -> Response:
    """Answer with the page of an entity, or with a page of the links to it (``?links=``).

    Args:
        request: of the reader.
        services: what answers.
        name: the name of the entity, in any spelling.
        identity: whether the entity itself was asked for, not its page.

    """
    reader = reader_of(request)
    addresses = services.addresses
    async with services.engine.view() as view:
        resolved = await view.lookup(resolve(name))
        if isinstance(resolved, Unknown):
            raise unknown(services, name, resolved)
        if resolved.name != name:
            place = addresses.identity(resolved.name) if identity else addresses.page(resolved.name)
            return moved_to(reader.link(place))
        representation = page_representation(
            services,
            view,
            reader,
            vary=("Accept", "Accept-Language") if identity else ("Accept-Language",),
            links=document_links(addresses, name, HTML),
            location=addresses.page(name) if identity else "",
        )
        if not_modified := representation.not_modified(request):
            return not_modified
        node = NamedNode(iri_of(name))
        if key := request.query_params.get("links"):
            links = await view.lookup(plan_link_list(node, _known(key), _cursor(request), reader.language))
            if links is None:
                raise ProblemError("not-found", f"nothing links to {name!r} by {key!r}")
            values = {"list": links, "name": name, "sparql": sparql_path}
            return await page_response(
                request, services, representation, "entity_links.html", reader, **values
            )
        content = await view.lookup(
            plan_page(
                node,
                reader.language,
                addresses.path,
                view.id,
                start=_start(request),
                kept=services.kept_facts.now(view),
            )
        )
    if content is None:
        raise unknown(services, name, Unknown())
    refuse_retired(content.description)
    return await page_response(
        request,
        services,
        representation,
        "entity.html",
        reader,
        page=content,
        name=name,
        formats=DOCUMENT_FORMATS,
        sparql=sparql_path,
    )


def _known(key: str) -> str:
    if property_of(key) is None:
        raise _bad("links", f"{key!r} is no property whose links are listed: write one such as issuer")
    return key


def _cursor(request: Request) -> Cursor:
    text = request.query_params.get("cursor", "")
    try:
        return Cursor.read(text) if text else Cursor()
    except ValueError as error:
        raise _bad("cursor", f"{error}: leave it out for the first page") from error


def _start(request: Request) -> int:
    text = request.query_params.get("from", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise _bad("from", f"{text!r} is no number of an item: write one from 0 on")
    return int(text)


def _bad(parameter: str, detail: str) -> ProblemError:
    errors = [{"parameter": parameter, "in": "query", "detail": detail}]
    return ProblemError("bad-request", f"{parameter}: {detail}", {"errors": errors})
