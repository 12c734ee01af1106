"""``/api/v1/search`` and ``/api/v1/suggest``."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.clients import client_of
from api.problems import ProblemError, documented
from api.representation import LICENCE, Link, Representation
from api.routing import readable
from api.search.answers import facets, item, json_bytes, suggestion
from api.search.models import (
    SearchAnswer,
    SearchParameters,
    SuggestAnswer,
    SuggestParameters,
    read_cursor,
    write_cursor,
)
from api.services import Services, ServicesOf
from graph.search.index import SearchIndex, UnknownTypeError
from graph.search.statements import Filters

router: Final = APIRouter(prefix="/api/v1", tags=["Search"])

_JSON: Final = "application/json"
_PROBLEMS: Final = documented(
    {
        400: "a parameter is unknown, missing or wrong",
        429: "this client has too many searches under way",
        503: "no snapshot with an index is loaded here, or too many searches are under way",
    }
)


@readable(
    router,
    "/search",
    summary="Find things by any of their names",
    response_model=SearchAnswer,
    responses=_PROBLEMS,
)
async def search(
    request: Request, services: ServicesOf, parameters: Annotated[SearchParameters, Query()]
) -> Response:
    """Find things by name, alias, code, document number or title, in any spelling.

    Marks are optional (`thai nguyen`), both tone placements are equal (`Hoà`, `Hòa`), abbreviations are
    known (`TP.HCM`, `UBND`), document numbers may be written in any way (`57 NQ TW`, `nq57`). What matches
    exactly stands above what matches without marks, that above beginnings, words in any order, and
    corrected typing errors.
    """
    async with services.engine.view() as view:
        index = services.indexes.of(view)
        filters = _filters(index, parameters)
        asked = parameters.model_dump(exclude_none=True, exclude={"cursor"})
        offset = read_cursor(parameters.cursor) if parameters.cursor else 0
        tag = services.tag(view, "search", repr(asked), str(offset))
        if unchanged := Representation(_JSON, tag).not_modified(request):
            return unchanged
        async with services.searches.enter(client_of(request)) as place:
            found = await place.run(partial(index.search, parameters.q, filters, parameters.limit, offset))
        end = offset + len(found.hits)
        after = _page(services, asked, end) if end < found.total and found.hits else None
        before = _page(services, asked, max(0, offset - parameters.limit)) if offset else None
        names = index.class_names
        content = {
            "items": [item(hit, names) for hit in found.hits],
            "total": found.total,
            "limit": parameters.limit,
            "next": after,
            "previous": before,
            "didYouMean": found.correction or None,
            "facets": facets(found),
            "snapshot": view.id,
        }
    links = [Link(address, name) for name, address in (("next", after), ("prev", before)) if address]
    links += [Link(_page(services, asked, 0), "first"), LICENCE]
    return Representation(_JSON, tag, links=tuple(links)).response(request, json_bytes(content))


@readable(
    router,
    "/suggest",
    summary="Complete what is being typed",
    response_model=SuggestAnswer,
    responses=_PROBLEMS,
)
async def suggest(
    request: Request, services: ServicesOf, parameters: Annotated[SuggestParameters, Query()]
) -> Response:
    """Give things that may be meant by what has been typed so far; the last word may be incomplete."""
    async with services.engine.view() as view:
        index = services.indexes.of(view)
        filters = Filters(classes=_classes(index, parameters.type))
        representation = Representation(
            _JSON, services.tag(view, "suggest", repr(parameters.model_dump())), links=(LICENCE,)
        )
        if unchanged := representation.not_modified(request):
            return unchanged
        async with services.searches.enter(client_of(request)) as place:
            hits = await place.run(partial(index.suggest, parameters.q, filters, parameters.limit))
        content = {"items": [suggestion(hit, index.class_names) for hit in hits], "snapshot": view.id}
    return representation.response(request, json_bytes(content))


def _filters(index: SearchIndex, parameters: SearchParameters) -> Filters:
    province = parameters.province or ""
    if province and not index.is_province(province):
        raise _wrong("province", f"there is no province {province}")
    return Filters(_classes(index, parameters.type), frozenset(parameters.era), parameters.at or "", province)


def _classes(index: SearchIndex, names: list[str]) -> frozenset[str]:
    try:
        return index.classes_under(names)
    except UnknownTypeError as error:
        raise _wrong("type", str(error)) from error


def _wrong(parameter: str, detail: str) -> ProblemError:
    error = {"parameter": parameter, "in": "query", "detail": detail}
    return ProblemError("bad-request", f"{parameter}: {detail}", {"errors": [error]})


def _page(services: Services, asked: dict[str, object], offset: int) -> str:
    """Give the address of the page that begins after so many things."""
    cursor = {"cursor": write_cursor(offset)} if offset else {}
    return services.addresses.at(f"/api/v1/search?{urlencode({**asked, **cursor}, doseq=True)}")
