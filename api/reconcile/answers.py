"""Answers of both versions of the API: JSON with its language, and the card of an entity."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from api.pages.reader import Reader
from api.pages.security import FRAMED_HEADERS
from api.problems import ProblemError
from api.reconcile import previewing
from api.reconcile.opened import Opened, opened
from api.reconcile.reading_requests import JSON, EntityParameters, language_of
from api.representation import LICENCE, Representation
from api.service_roots import service_root
from api.services import Services

_VARY: Final = ("Accept-Language",)


def kept(
    request: Request,
    services: Services,
    snapshot: Opened,
    content: Mapping[str, Any],
    language: str,
) -> Response:
    """Give an answer that depends on the snapshot and the address alone."""
    root = service_root(services, request)
    tag = services.tag(snapshot.view, "reconcile", str(request.url.path), request.url.query, language, root)
    links = (LICENCE,)
    return Representation(JSON, tag, vary=_VARY, links=links, language=language).response(
        request, _bytes(content)
    )


def unkept(request: Request, content: Mapping[str, Any], language: str) -> Response:
    """Give an answer that may be another one tomorrow, as what counts as now is part of it."""
    return Representation(JSON, vary=_VARY, language=language).response(request, _bytes(content))


async def preview_card(request: Request, services: Services, asked: EntityParameters) -> Response:
    """Give the card of an entity, which any page may show in a frame.

    Raises:
        ProblemError: if nothing is known of it.

    """
    language = language_of(request, asked.lang)
    async with opened(services) as snapshot:
        representation = Representation(
            "text/html",
            services.tag(snapshot.view, "reconcile-preview", services.pages.version, asked.id, language),
            vary=_VARY,
            language=language,
            extra=FRAMED_HEADERS,
        )
        if unchanged := representation.not_modified(request):
            return unchanged
        card = await previewing.card(snapshot.view, snapshot.sources.terms, asked.id, language)
    if card is None:
        detail = f"nothing is known of {asked.id!r}; ids look like id/unit/2025/19"
        raise ProblemError("not-found", detail)
    page = await asyncio.to_thread(
        services.pages.render, "reconcile_preview.html", Reader(language), card=card
    )
    return representation.response(request, page)


def _bytes(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"
