"""``/``: where people start, and ``/docs``: the description of the interface."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.pages.answering import page_representation
from api.pages.assets import ASSETS_PATH, AssetFiles
from api.pages.reader import reader_of
from api.representation import Representation
from api.routing import readable
from api.services import ServicesOf
from api.sparql.examples import EXAMPLE

router: Final = APIRouter(include_in_schema=False)

_ASSETS: Final = "/docs/assets"


@readable(router, "/")
async def home(request: Request, services: ServicesOf) -> Response:
    """Say what this is and where to go."""
    reader = reader_of(request)
    representation = page_representation(services, None, reader)
    page = services.pages.render("home.html", reader, example=EXAMPLE, status=await services.engine.status())
    return representation.response(request, page)


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
