"""``/search``: the page of a search, by the look-up that ``/api/v1/search`` makes."""

from __future__ import annotations

import typing
from functools import partial
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response

from api.browse.parameters import address
from api.clients import client_of
from api.pages.answering import page_representation, page_response
from api.pages.reader import reader_of
from api.representation import LICENCE, Link
from api.routing import readable
from api.search.models import SearchParameters, read_cursor, write_cursor
from api.search.page import Pair, era_facets, results, type_facets
from api.search.routes import filters_of
from api.services import ServicesOf

router: Final = APIRouter(include_in_schema=False)

_PATH: Final = "/search"
_API: Final = "/api/v1/search"

WARMED: Final = (f"{_PATH}?q=vndx",)
"""What the warm-up asks for."""


@readable(router, _PATH)
async def search_page(request: Request, services: ServicesOf) -> Response:
    """Show what a search finds; without anything to search for, say what can be."""
    reader = reader_of(request)
    pairs = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if value.strip() and name not in ("lang", "limit")
    ]
    text = dict(pairs).get("q", "")
    if not any(character.isalnum() for character in text):
        async with services.engine.view() as view:
            representation = page_representation(services, view, reader)
        return await page_response(
            request, services, representation, "search/empty.html", reader, text=text.strip()
        )
    parameters = _read(pairs)
    offset = read_cursor(parameters.cursor) if parameters.cursor else 0
    data = services.addresses.at(address(_API, pairs))
    async with services.engine.view() as view:
        index = services.indexes.of(view)
        filters = filters_of(index, parameters)
        links = (Link(data, "alternate", "application/json"), LICENCE)
        representation = page_representation(services, view, reader, links=links)
        if unchanged := representation.not_modified(request):
            return unchanged
        async with services.searches.enter(client_of(request)) as place:
            found = await place.run(partial(index.search, parameters.q, filters, parameters.limit, offset))
    end = offset + len(found.hits)
    kept = [pair for pair in pairs if pair[0] != "cursor"]

    def page(start: int) -> str:
        return address(_PATH, [*kept, ("cursor", write_cursor(start))] if start else kept)

    def linked(facets: list[Any]) -> list[tuple[Any, str]]:
        return [(facet, address(_PATH, facet.pairs)) for facet in facets]

    return await page_response(
        request,
        services,
        representation,
        "search/results.html",
        reader,
        text=parameters.q,
        total=found.total,
        first=offset + 1,
        last=end,
        results=results(found, index.classes, reader.language),
        types=linked(type_facets(found, kept, reader.language)),
        eras=linked(era_facets(found, kept, reader.language)),
        narrowed=len(kept) > 1,
        unfiltered=address(_PATH, [("q", parameters.q)]),
        correction=found.correction,
        corrected=address(_PATH, [("q", found.correction)]),
        next=page(end) if end < found.total and found.hits else "",
        previous=page(max(0, offset - parameters.limit)) if offset else "",
        data=data,
    )


def _read(pairs: list[Pair]) -> SearchParameters:
    """Read the parameters of a search.

    Raises:
        RequestValidationError: if one is unknown or has a wrong value.

    """
    data: dict[str, Any] = {}
    for name, value in pairs:
        field = SearchParameters.model_fields.get(name)
        if field is not None and typing.get_origin(field.annotation) is list:
            data.setdefault(name, []).append(value)
        else:
            data[name] = value
    try:
        return SearchParameters.model_validate(data)
    except ValidationError as error:
        raise RequestValidationError(
            [{**found, "loc": ("query", *found["loc"])} for found in error.errors()]
        ) from error
