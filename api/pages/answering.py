"""Answering with a page: its validators and headers, the same for every page."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages.reader import Reader
from api.pages.security import PAGE_HEADERS
from api.representation import Link, Representation
from api.services import Services
from graph.query.engine import SnapshotView

HTML = "text/html"


def page_representation(
    services: Services,
    view: SnapshotView | None,
    reader: Reader,
    *parts: str,
    vary: tuple[str, ...] = ("Accept-Language",),
    links: tuple[Link, ...] = (),
    location: str = "",
) -> Representation:
    """Give what a page of a snapshot is sent with.

    Args:
        services: what answers.
        view: the snapshot that the page is of; None if its content depends on more than that.
        reader: of the page.
        parts: what else the content depends on besides the address of the page.
        vary: the request headers that it depends on.
        links: for the header Link.
        location: the address of just this page, if the one asked for is not.

    """
    tag = services.tag(view, "page", services.pages.version, reader.key(), *parts) if view else ""
    return Representation(
        HTML, tag, vary=vary, links=links, location=location, language=reader.language, extra=PAGE_HEADERS
    )


async def page_response(
    request: Request,
    services: Services,
    representation: Representation,
    template: str,
    reader: Reader,
    **values: Any,
) -> Response:
    """Fill a template and answer with it; long pages take their time in another thread."""
    body = await asyncio.to_thread(services.pages.render, template, reader, **values)
    return representation.response(request, body)
