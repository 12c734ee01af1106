"""``/api/v1/units/resolve``: for names, codes and addresses of any day, the unit and what it is today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.admission import Place
from api.bounded_bodies import BoundedBodyRoute
from api.clients import client_of
from api.collections.representations import json_line
from api.problems import documented
from api.representation import LICENCE, Representation, entity_tag
from api.routing import readable
from api.services import VERSION, Services, ServicesOf
from api.units.resolve import resolve
from api.units.resolve_documents import resolved
from api.units.resolve_models import (
    ResolveAnswers,
    ResolveParameters,
    ResolveRequest,
    SingleAnswer,
    UnitQuestion,
)
from graph.query.engine import SnapshotView

router: Final = APIRouter(prefix="/api/v1/units", tags=["Units and time"], route_class=BoundedBodyRoute)

_JSON: Final = "application/json"
_PROBLEMS: Final = documented(
    {
        400: "a parameter is unknown, missing or wrong",
        413: "the body is too large",
        429: "this client has too many searches under way",
        503: "no snapshot of this machine is loaded, or too many searches are under way",
    }
)


@readable(
    router,
    "/resolve",
    summary="The unit that a name, code or address of some day means, and what it is today",
    operation_id="resolve_unit",
    responses={200: {"model": SingleAnswer, "description": "the unit, or candidates"}, **_PROBLEMS},
)
async def resolve_one(
    request: Request, services: ServicesOf, parameters: Annotated[ResolveParameters, Query()]
) -> Response:
    """Give the unit that is meant, as it was then, and what it is today or on the day `on`.

    If several may be meant, or none surely is, `match` is null and `candidates` has those that come near.
    """
    async with services.searches.enter(client_of(request)) as place, services.engine.view() as view:
        (answer,) = await _answers(
            place, view, services, [parameters], on=parameters.on, limit=parameters.limit
        )
        tag = _tag(services, view, parameters, lasting=bool(parameters.on and parameters.date))
        return _response(request, tag, {**answer, "snapshot": view.id})


@router.post(
    "/resolve",
    summary="The units that many names, codes or addresses mean, and what they are today",
    operation_id="resolve_units",
    response_class=Response,
    responses={200: {"model": ResolveAnswers, "description": "the answers, in order"}, **_PROBLEMS},
)
async def resolve_many(request: Request, services: ServicesOf, body: ResolveRequest) -> Response:
    """Do for up to 200 queries what GET does for one."""
    async with services.searches.enter(client_of(request)) as place, services.engine.view() as view:
        answers = await _answers(place, view, services, body.queries, on=body.on, limit=body.limit)
        content = {"items": answers, "total": len(answers), "snapshot": view.id}
        lasting = bool(body.on) and all(question.date for question in body.queries)
        return _response(request, _tag(services, view, body, lasting=lasting), content)


async def _answers(
    place: Place,
    view: SnapshotView,
    services: Services,
    questions: Sequence[UnitQuestion],
    *,
    on: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    matcher = await services.matchers.of(view)
    day = date.fromisoformat(on) if on else matcher.today
    queries = [question.query(limit) for question in questions]
    found = await place.run_each(lambda query: resolve(matcher, query, day), queries)
    pairs = list(zip(questions, found, strict=True))
    return await view.lookup(resolved(pairs, matcher.gazetteer, services.context))


def _tag(services: Services, view: SnapshotView, asked: BaseModel, *, lasting: bool) -> str:
    """Give the entity tag; what is true of today only has one under which it is not kept."""
    key = asked.model_dump_json()
    if lasting:
        return services.tag(view, "resolve", key)
    return entity_tag(VERSION, view.id, date.today().isoformat(), "resolve", key)


def _response(request: Request, tag: str, content: dict[str, Any]) -> Response:
    representation = Representation(_JSON, tag, links=(LICENCE,), language="vi, en")
    return representation.response(request, json_line(content))
