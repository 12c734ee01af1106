"""``/schemas/v1/...``: the JSON Schemas of entity JSON, and their place in the OpenAPI description."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, FastAPI, Path, Request
from starlette.responses import Response

from api.entities.json_document import json_bytes
from api.entities.schemas import SCHEMA_PATH, SCHEMA_TYPE
from api.problems import ProblemError, documented
from api.representation import LICENCE, Representation, entity_tag
from api.routing import readable
from api.services import VERSION, Services, ServicesOf

router: Final = APIRouter(tags=["Vocabulary"])

Name = Annotated[str, Path(description="of the class", examples=["Province"])]

_SCHEMA: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "a JSON Schema, draft 2020-12",
        "content": {SCHEMA_TYPE: {"schema": {"type": "object"}}},
    },
    304: {"description": "the client has it already"},
}


@readable(
    router, f"{SCHEMA_PATH}.json", summary="The JSON Schemas of entity JSON, all in one", responses=_SCHEMA
)
async def schemas(request: Request, services: ServicesOf) -> Response:
    """Give one document with the schemas of all classes under ``$defs``."""
    return _response(request, json_bytes(services.schemas.whole()))


@readable(
    router,
    SCHEMA_PATH + "/{name}.json",
    summary="The JSON Schema of the entity JSON of a class",
    responses={**_SCHEMA, **documented({404: "there is no schema of this class"})},
)
async def schema(name: Name, request: Request, services: ServicesOf) -> Response:
    """Give the schema that JSON documents of instances of a class fit, e.g. ``Province``."""
    if name not in services.schemas.names:
        names = ", ".join(services.schemas.names)
        raise ProblemError("not-found", f"there is no JSON Schema of {name!r}; there are those of {names}")
    return _response(request, json_bytes(services.schemas.schema(name)))


def _response(request: Request, body: bytes) -> Response:
    tag = entity_tag(VERSION, body.decode())
    return Representation(SCHEMA_TYPE, tag, links=(LICENCE,), language="en").response(request, body)


def describe_schemas(app: FastAPI, services: Services) -> None:
    """Put the schemas of entity JSON among the components of the OpenAPI description."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        description = make()
        components = description.setdefault("components", {}).setdefault("schemas", {})
        components.update(services.schemas.components())
        return description

    app.openapi = openapi  # type: ignore[method-assign]
