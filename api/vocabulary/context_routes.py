"""``/context.jsonld``: the JSON-LD context of entity JSON, in its versions."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.problems import ProblemError
from api.representation import LICENCE, Link, Representation, entity_tag
from api.routing import readable
from api.services import VERSION, ServicesOf
from graph.model.namespaces import BASE
from graph.vocabulary.files import CONTEXT
from graph.vocabulary.json_ld_context import VERSION as CONTEXT_VERSION

router: Final = APIRouter(tags=["Vocabulary"])

Version = Annotated[int, Path(description="of the context", examples=[CONTEXT_VERSION])]

_A_DAY: Final = "public, max-age=86400"


@readable(router, "/context.jsonld", summary="The JSON-LD context of entity JSON, in its newest version")
async def context(request: Request, services: ServicesOf) -> Response:
    """Give the context that turns entity JSON into triples, and name the address of just this version."""
    return _context(request, location=services.addresses.at(f"/context/v{CONTEXT_VERSION}.jsonld"))


@readable(router, "/context/v{version}.jsonld", summary="The JSON-LD context of entity JSON, in one version")
async def context_version(request: Request, version: Version) -> Response:
    """Give the context of a version.

    Documents name it by its version. Within a version keys may come, but none changes its meaning.
    """
    if version != CONTEXT_VERSION:
        raise ProblemError(
            "not-found", f"there is no version {version} of the context; the newest is {CONTEXT_VERSION}"
        )
    return _context(request, cached=_A_DAY)


def _context(request: Request, location: str = "", cached: str = "") -> Response:
    body = CONTEXT.read_bytes()
    representation = Representation(
        "application/ld+json",
        entity_tag(VERSION, body.decode("utf-8")),
        links=(Link(f"{BASE}context/v{CONTEXT_VERSION}.jsonld", "canonical"), LICENCE),
        location=location,
        extra={"Cache-Control": cached} if cached else {},
    )
    return representation.response(request, body)
