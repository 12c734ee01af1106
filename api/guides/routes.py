"""``/guides``: all guides, and each of them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from api.guides.library import NAMES
from api.guides.rendering import WORDS, guide_html
from api.pages.answering import HTML, page_response
from api.pages.reader import Reader, reader_of
from api.pages.security import PAGE_HEADERS
from api.problems import ProblemError
from api.representation import Representation, entity_tag
from api.routing import readable
from api.service_roots import service_root
from api.services import VERSION, Services, ServicesOf

router: Final = APIRouter(include_in_schema=False)

WARMED: Final = ("/guides", *(f"/guides/{name}" for name in NAMES))
"""What the warm-up asks for."""


@readable(router, "/guides")
async def guides(request: Request, services: ServicesOf) -> Response:
    """List the guides."""
    reader = reader_of(request)
    representation = _representation(services, reader)
    listed = services.guides.listed(reader.language)
    return await page_response(request, services, representation, "guides/guides.html", reader, listed=listed)


@readable(router, "/guides/{name}")
async def guide(name: str, request: Request, services: ServicesOf) -> Response:
    """Show a guide."""
    reader = reader_of(request)
    found = services.guides.guides.get((name, reader.language))
    if found is None:
        raise ProblemError("not-found", f"there is no guide {name[:80]!r}: /guides lists them")
    service = service_root(services, request)
    representation = _representation(services, reader, service)
    if unchanged := representation.not_modified(request):
        return unchanged

    def link(path: str) -> str:
        return services.addresses.path + reader.link(path)

    # The Markdown is our own and its HTML is off, so what is made of it is safe.
    body = Markup(guide_html(found, link, service, WORDS[reader.language]))  # noqa: S704
    return await page_response(
        request,
        services,
        representation,
        "guides/guide.html",
        reader,
        name=name,
        guide=found,
        body=body,
        listed=services.guides.listed(reader.language),
    )


def _representation(services: Services, reader: Reader, *parts: str) -> Representation:
    """Give what a guide is sent with: it depends on no snapshot."""
    tag = entity_tag(VERSION, services.pages.version, services.guides.version, reader.key(), *parts)
    return Representation(HTML, tag, vary=("Accept-Language",), language=reader.language, extra=PAGE_HEADERS)
