"""``/sparql/completion.json``: what the editor of the workbench completes with."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.pages.reader import LANGUAGES
from api.representation import LICENCE, Representation
from api.routing import readable
from api.services import ServicesOf

router: Final = APIRouter(include_in_schema=False)

WARMED: Final = ("/sparql", *(f"/sparql/completion.json?lang={language}" for language in LANGUAGES))
"""What the warm-up asks for."""


@readable(router, "/sparql/completion.json")
async def completion(
    request: Request, services: ServicesOf, lang: Annotated[Literal["vi", "en"], Query()] = LANGUAGES[0]
) -> Response:
    """Give prefixes, classes, properties and concepts, with labels in a language, and what goes with what."""
    async with services.engine.view() as view:
        representation = Representation(
            "application/json", services.tag(view, "completion", lang), links=(LICENCE,), language=lang
        )
        if not_modified := representation.not_modified(request):
            return not_modified
        return representation.response(request, await services.workbench.terms(view, lang))
