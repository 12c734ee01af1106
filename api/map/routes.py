"""``/map``: the provinces on a map, coloured by an indicator in a year, and the same as a table."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.map.choosing import Choice, NoSuchMapError, choose
from api.map.data import MapData
from api.map.menu import indicator_of, menu_of
from api.map.queries import edition_query
from api.map.view import view_of
from api.map.wording import Wording, page_of
from api.pages.answering import page_representation, page_response
from api.pages.reader import reader_of
from api.problems import ProblemError
from api.routing import readable
from api.services import ServicesOf

router: Final = APIRouter(include_in_schema=False)

WARMED: Final = ("/map",)
"""What the warm-up asks for."""


@readable(router, "/map")
async def provinces_map(request: Request, services: ServicesOf) -> Response:
    """Show a layer: ``?indicator=`` its key, ``year=``, ``basis=`` 63 or 34, ``sort=`` of the table."""
    reader = reader_of(request)
    async with services.engine.view() as view:
        representation = page_representation(services, view, reader)
        if not_modified := representation.not_modified(request):
            return not_modified
        data = await services.maps.of(view)
    if not data.layers:
        return await page_response(request, services, representation, "map/empty.html", reader)
    try:
        choice = choose(data, request.query_params)
    except NoSuchMapError as error:
        raise ProblemError("not-found", error.texts[reader.language]) from None
    return await page_response(
        request,
        services,
        representation,
        "map/map.html",
        reader,
        choice=choice,
        view=view_of(data, choice.key, choice.edition, choice.sort),
        indicator=indicator_of(data, data.layers[choice.key].indicator),
        menu=menu_of(data),
        words=Wording(reader.language),
        page_of=page_of,
        query=query_address(data, choice, reader.language),
    )


def query_address(data: MapData, choice: Choice, language: str) -> str:
    """Give the address that opens the query behind an edition."""
    layer = data.layers[choice.key]
    label = indicator_of(data, layer.indicator).labels.get(language, choice.key)
    comment = f"{label} · {choice.edition.year} · {choice.edition.basis}"
    query = edition_query(
        layer.indicator,
        layer.measure,
        year=choice.edition.year,
        basis=choice.edition.basis,
        language=language,
        comment=comment,
    )
    return f"/sparql?{urlencode({'query': query})}"
