"""``/docs``: the reference of the interface, the schemas that it names, and where its forms are sent."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.answering import HTML
from api.pages.reader import reader_of
from api.pages.security import PAGE_HEADERS
from api.problems import ProblemError
from api.reference.requests import MissingValueError, address, curl
from api.reference.schema_words import shown_name
from api.reference.schemas import ENTITY
from api.reference.tags import tag_text
from api.representation import Link, Representation, entity_tag
from api.routing import readable
from api.service_roots import service_root
from api.services import VERSION, Services, ServicesOf

router: Final = APIRouter(include_in_schema=False)

WARMED: Final = ("/docs", "/docs/schemas")
"""What the warm-up asks for."""


@readable(router, "/docs")
async def docs(request: Request, services: ServicesOf) -> Response:
    """Show every operation: what it takes, what it gives, a command that sends it, a form to try it."""
    return await _page(request, services, "reference/operations.html")


@readable(router, "/docs/schemas")
async def schemas(request: Request, services: ServicesOf) -> Response:
    """Show the schemas of what operations take and give."""
    return await _page(request, services, "reference/schemas.html")


@readable(router, "/docs/try/{name}")
async def try_operation(name: str, request: Request, services: ServicesOf) -> Response:
    """Lead from a form that has been filled in to the address that it asks for, without its empty fields."""
    reference = await services.reference.of(request.app.openapi)
    operation = reference.operations.get(name)
    if operation is None or not operation.can_be_tried:
        raise ProblemError("not-found", f"there is no operation {name!r} to try; they are at /docs")
    given = request.query_params
    try:
        path = address(operation, {key: given.getlist(key) for key in given})
    except MissingValueError as missing:
        raise ProblemError("bad-request", f"{missing}: this part of the address is empty") from missing
    return Response(status_code=303, headers={"Location": services.addresses.at(path)})


async def _page(request: Request, services: Services, template: str) -> Response:
    reference = await services.reference.of(request.app.openapi)
    reader = reader_of(request)
    root = service_root(services, request)
    tag = entity_tag(VERSION, services.pages.version, template, reference.digest, root, reader.key())
    described = Link(services.addresses.at("/openapi.json"), "describedby", "application/json")
    representation = Representation(
        HTML,
        tag,
        vary=("Accept-Language",),
        links=(described,),
        language=reader.language,
        extra=PAGE_HEADERS,
    )
    if not_modified := representation.not_modified(request):
        return not_modified

    def render() -> bytes:
        values: dict[str, Any] = {
            "reference": reference,
            "endpoint": root,
            "curl": curl,
            "shown_name": shown_name,
            "entity": ENTITY,
            "tag_text": tag_text,
        }
        return services.pages.render(template, reader, **values)

    body = await services.kept_pages.of(tag, reader, lambda: asyncio.to_thread(render))
    return representation.response(request, body)
