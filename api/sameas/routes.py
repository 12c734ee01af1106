"""``/api/v1/sameas``: what identifiers of any system are of, and what else that is known by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.bounded_bodies import BoundedBodyRoute
from api.problems import documented
from api.representation import LICENCE, Representation
from api.routing import readable
from api.sameas.identifiers import System, read_identifier
from api.sameas.links import same_as
from api.sameas.models import (
    SameAsAnswer,
    SameAsAnswers,
    SameAsParameters,
    SameAsRequest,
    SingleSameAs,
)
from api.services import Services, ServicesOf
from graph.query.engine import SnapshotView

router: Final = APIRouter(prefix="/api/v1", tags=["Linking"], route_class=BoundedBodyRoute)

_JSON: Final = "application/json"
_CODES: Final = frozenset({System.ISO_3166_2, System.HASC, System.FIPS})
_PROBLEMS: Final = documented(
    {
        400: "a parameter is unknown, missing or wrong",
        413: "the body is too large",
        503: "no snapshot is loaded, or codes are asked for and the graph is served by a remote engine",
    }
)


@readable(
    router,
    "/sameas",
    summary="What an identifier of any system is of, and what else that is known by",
    operation_id="get_same_as",
    responses={200: {"model": SingleSameAs, "description": "the things, or that none is known"}, **_PROBLEMS},
)
async def same_as_one(
    request: Request, services: ServicesOf, parameters: Annotated[SameAsParameters, Query()]
) -> Response:
    """Give the things of ours that an identifier is of, each with all its identifiers, in both directions."""
    async with services.engine.view() as view:
        (answer,) = await _answers(view, services, [parameters.id])
        content = SingleSameAs(**answer.model_dump(), snapshot=view.id)
        return _response(request, services.tag(view, "sameas", parameters.id), content)


@router.post(
    "/sameas",
    summary="What many identifiers are of",
    operation_id="get_many_same_as",
    response_class=Response,
    responses={200: {"model": SameAsAnswers, "description": "the answers, in order"}, **_PROBLEMS},
)
async def same_as_many(request: Request, services: ServicesOf, body: SameAsRequest) -> Response:
    """Do for up to 200 identifiers, sent as a JSON list, what GET does for one."""
    async with services.engine.view() as view:
        answers = await _answers(view, services, body.root)
        content = SameAsAnswers(items=answers, total=len(answers), snapshot=view.id)
        return _response(request, services.tag(view, "sameas", body.model_dump_json()), content)


async def _answers(view: SnapshotView, services: Services, texts: Sequence[str]) -> list[SameAsAnswer]:
    asked = [(text, read_identifier(text)) for text in texts]
    codes = any(identifier is not None and identifier.system in _CODES for _, identifier in asked)
    units_by_code = await _units_by_code(view, services) if codes else _none
    return await view.lookup(same_as(asked, units_by_code, services.context))


async def _units_by_code(view: SnapshotView, services: Services) -> Callable[[str], Iterable[str]]:
    by_code = (await services.matchers.of(view)).gazetteer.by_code
    return lambda code: [unit.iri for unit in by_code.get(code.casefold(), ())]


def _none(_: str) -> Iterable[str]:
    return ()


def _response(request: Request, tag: str, content: BaseModel) -> Response:
    representation = Representation(_JSON, tag, links=(LICENCE,), language="vi, en")
    return representation.response(request, content.model_dump_json().encode() + b"\n")
