"""``/``: where people start."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.map.choosing import NoSuchMapError, choose
from api.map.data import MapData
from api.map.menu import indicator_of
from api.map.routes import query_address
from api.map.view import view_of
from api.map.wording import Wording, page_of
from api.pages.answering import page_representation, page_response
from api.pages.reader import reader_of
from api.routing import readable
from api.services import ServicesOf
from graph.query.errors import EngineUnavailableError

router: Final = APIRouter(include_in_schema=False)

WARMED: Final = ("/",)
"""What the warm-up asks for."""


@readable(router, "/")
async def home(request: Request, services: ServicesOf) -> Response:
    """Say what this is, show something of it, and where to go; also if no snapshot is loaded."""
    reader = reader_of(request)
    try:
        async with services.engine.view() as view:
            representation = page_representation(services, view, reader)
            if not_modified := representation.not_modified(request):
                return not_modified
            data = await services.maps.of(view)
            content = await services.homes.of(view)
    except EngineUnavailableError as error:
        return await page_response(
            request,
            services,
            page_representation(services, None, reader),
            "home/unready.html",
            reader,
            why=error,
        )
    return await page_response(
        request,
        services,
        representation,
        "home/home.html",
        reader,
        content=content,
        snapshot=view.id,
        words=Wording(reader.language),
        page_of=page_of,
        **_shown_map(data, reader.language),
    )


def _shown_map(data: MapData, language: str) -> dict[str, object]:
    """Give what the template needs of the map: nothing if there are no figures to make one of."""
    try:
        choice = choose(data, {})
    except NoSuchMapError:
        return {"map": None}
    return {
        "map": view_of(data, choice.key, choice.edition),
        "choice": choice,
        "indicator": indicator_of(data, data.layers[choice.key].indicator),
        "query": query_address(data, choice, language),
    }
