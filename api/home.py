"""``/``: where people start."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from api.pages.answering import page_representation
from api.pages.assets import ASSETS_PATH, AssetFiles
from api.pages.reader import reader_of
from api.routing import readable
from api.services import ServicesOf
from api.sparql.examples import EXAMPLE

router: Final = APIRouter(include_in_schema=False)


@readable(router, "/")
async def home(request: Request, services: ServicesOf) -> Response:
    """Say what this is and where to go."""
    reader = reader_of(request)
    representation = page_representation(services, None, reader)
    page = services.pages.render("home.html", reader, example=EXAMPLE, status=await services.engine.status())
    return representation.response(request, page)


def mount_assets(app: FastAPI) -> None:
    """Serve the scripts and styles of the pages."""
    app.mount(ASSETS_PATH, AssetFiles())
