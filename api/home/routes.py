"""``/``: where people start, and ``/docs``: the description of the interface."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.map.choosing import NoSuchMapError, choose
from api.map.data import MapData
from api.map.menu import indicator_of
from api.map.routes import query_address
from api.map.view import view_of
from api.map.wording import Wording, page_of
from api.pages.answering import page_representation, page_response
from api.pages.assets import ASSETS_PATH, AssetFiles
from api.pages.reader import reader_of
from api.representation import Representation
from api.routing import readable
from api.services import ServicesOf
from graph.query.errors import EngineUnavailableError

router: Final = APIRouter(include_in_schema=False)

_ASSETS: Final = "/docs/assets"


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


@readable(router, "/docs")
async def docs(request: Request, services: ServicesOf) -> Response:
    """Show the OpenAPI description, with requests that can be tried."""
    path = services.addresses.path
    page = get_swagger_ui_html(
        openapi_url=f"{path}/openapi.json",
        title="VNDX API",
        swagger_js_url=f"{path}{_ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{path}{_ASSETS}/swagger-ui.css",
        swagger_favicon_url=f"{path}{_ASSETS}/favicon.png",
    )
    return Representation("text/html").response(request, bytes(page.body))


def mount_assets(app: FastAPI) -> None:
    """Serve the scripts and styles of the pages from here: they work without a network."""
    app.mount(_ASSETS, StaticFiles(directory=str(files("fastapi_offline") / "static")))
    app.mount(ASSETS_PATH, AssetFiles())
