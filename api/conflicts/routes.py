"""``/conflicts``: the page where sources disagree."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.browse.parameters import address
from api.conflicts.page import KINDS, SUBJECTS, by_subject, kind_counts
from api.conflicts.reading import documented_query, read_disagreements
from api.pages.answering import page_representation, page_response
from api.pages.reader import reader_of
from api.problems import ProblemError
from api.representation import LICENCE, Link
from api.routing import readable
from api.services import ServicesOf

router: Final = APIRouter(include_in_schema=False)

_PATH: Final = "/conflicts"

WARMED: Final = (_PATH,)
"""What the warm-up asks for."""


@readable(router, _PATH)
async def conflicts(request: Request, services: ServicesOf) -> Response:
    """Show the conflicts of all kinds, or of one."""
    reader = reader_of(request)
    kind = request.query_params.get("kind", "")
    if kind and kind not in KINDS:
        raise ProblemError("bad-request", f"kind: there is no kind {kind!r}; there are {', '.join(KINDS)}")
    narrowed = [("kind", kind)] if kind else []
    data = {
        name: services.addresses.at(address(f"/api/v1/conflicts.{name.lower()}", narrowed))
        for name in ("JSON", "CSV")
    }
    async with services.engine.view() as view:
        links = (Link(data["JSON"], "alternate", "application/json"), LICENCE)
        representation = page_representation(services, view, reader, links=links)
        if unchanged := representation.not_modified(request):
            return unchanged
        found = await services.disagreements.of(
            view, _PATH, lambda: read_disagreements(view, services.context)
        )
        query = await documented_query(view)
    return await page_response(
        request,
        services,
        representation,
        "conflicts/conflicts.html",
        reader,
        groups=by_subject(found, reader.language, kind),
        subjects=SUBJECTS,
        kinds=kind_counts(found, reader.language),
        total=len(found),
        kind=kind,
        data=data,
        query=address("/sparql", [("query", query)]) if query else "",
    )
