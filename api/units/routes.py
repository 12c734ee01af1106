"""``/api/v1/units/{era}/{code}`` and what is known of its past and its future."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pyoxigraph import NamedNode
from starlette.responses import Response

from api.collections.collection import Collection
from api.collections.declarations.administrative import COLLECTIONS, UNIT_COLUMNS
from api.collections.edges import Edges, Plan, read
from api.collections.paths import TYPE
from api.collections.projection import Row, project
from api.collections.reading import bad_parameter
from api.collections.representations import json_line
from api.collections.schemas import item_of
from api.collections.values import day as day_of
from api.collections.versions import Version, valid_version, versions_of
from api.problems import ProblemError, documented
from api.representation import LICENCE, Link, Representation
from api.routing import readable
from api.services import Services, ServicesOf
from api.units.documents import history, lineage
from api.units.models import UnitHistory, UnitLineage
from api.units.steps import Direction
from graph.model import iris
from graph.query.engine import SnapshotView

router: Final = APIRouter(prefix="/api/v1/units", tags=["Units and time"])

_UNITS: Final[Collection] = next(found for found in COLLECTIONS if found.name == "units")
_JSON: Final = "application/json"

Era = Annotated[
    Literal["2004", "2025"],
    Path(description="the register: 2004 until 30 June 2025, 2025 since then", examples=["2004"]),
]
Code = Annotated[
    str,
    Path(
        pattern=r"^([0-9]{2}|[0-9]{3}|[0-9]{5})$",
        description="the official code: 2 digits (province), 3 (district) or 5 (commune)",
        examples=["172"],
    ),
]
_PROBLEMS: Final = documented(
    {
        400: "the era, the code or the day is not written as one",
        404: "there is no such unit in this register, or it was not there on that day",
        503: "no snapshot is loaded, or the engine is busy",
    }
)


class DayParameters(BaseModel):
    """The parameters of routes that can be asked for a day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Annotated[
        Annotated[str, AfterValidator(day_of)] | None,
        Field(description="a day, e.g. 2016-01-01", examples=["2016-01-01"]),
    ] = None


class NoParameters(BaseModel):
    """The parameters of routes that have none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@readable(
    router,
    "/{era}/{code}",
    summary="An administrative unit, on a day if one is given",
    operation_id="get_unit",
    responses={200: {"model": item_of(_UNITS), "description": "the unit"}, **_PROBLEMS},
)
async def unit(
    era: Era,
    code: Code,
    request: Request,
    services: ServicesOf,
    params: Annotated[DayParameters, Query()],
) -> Response:
    """Give a unit as in the collection of units: on a day with the name, type and parent that it had then."""
    async with services.engine.view() as view:
        node, held = await _known(view, era, code)
        if params.at:
            _require_valid(node, held, params.at)
        (row,) = await read(view, project((node,), UNIT_COLUMNS, services.context, params.at or ""))
        return _response(request, services, view, node, row)


@readable(
    router,
    "/{era}/{code}/history",
    summary="The versions of a unit and what changed it, with their legal basis",
    operation_id="get_unit_history",
    responses={200: {"model": UnitHistory, "description": "the history"}, **_PROBLEMS},
)
async def unit_history(
    era: Era,
    code: Code,
    request: Request,
    services: ServicesOf,
    _: Annotated[NoParameters, Query()],
) -> Response:
    """Give what a unit was called, of which type and in which unit, and every change, by time."""
    async with services.engine.view() as view:
        node, _held = await _known(view, era, code)
        found = await read(view, history(node, services.context))
        return _response(request, services, view, node, found | {"snapshot": view.id})


@readable(
    router,
    "/{era}/{code}/successors",
    summary="What a unit became, over any number of reorganisations",
    operation_id="get_unit_successors",
    responses={200: {"model": UnitLineage, "description": "the units and the steps to them"}, **_PROBLEMS},
)
async def successors(
    era: Era,
    code: Code,
    request: Request,
    services: ServicesOf,
    params: Annotated[DayParameters, Query()],
) -> Response:
    """Follow a unit to the units of a day (today's without one), whole or in part, step by step."""
    return await _lineage(Direction.FORWARD, (era, code), params.at or "", request, services)


@readable(
    router,
    "/{era}/{code}/predecessors",
    summary="What a unit came from, over any number of reorganisations",
    operation_id="get_unit_predecessors",
    responses={200: {"model": UnitLineage, "description": "the units and the steps from them"}, **_PROBLEMS},
)
async def predecessors(
    era: Era,
    code: Code,
    request: Request,
    services: ServicesOf,
    params: Annotated[DayParameters, Query()],
) -> Response:
    """Follow a unit back to the units of a day (as far as is known without one), whole or in part."""
    return await _lineage(Direction.BACKWARD, (era, code), params.at or "", request, services)


async def _lineage(
    direction: Direction, unit_key: tuple[str, str], day: str, request: Request, services: Services
) -> Response:
    async with services.engine.view() as view:
        node, held = await _known(view, *unit_key)
        _require_direction(held, direction, day)
        found = await read(view, lineage(node, direction, day, services.context))
        return _response(request, services, view, node, found | {"snapshot": view.id})


def _response(
    request: Request, services: Services, view: SnapshotView, node: NamedNode, content: Row
) -> Response:
    representation = Representation(
        _JSON,
        services.tag(view, "units", request.url.path, request.url.query),
        links=(Link(node.value, "http://xmlns.com/foaf/0.1/primaryTopic"), LICENCE),
        language="vi, en",
    )
    return representation.response(request, json_line(content))


async def _known(view: SnapshotView, era: str, code: str) -> tuple[NamedNode, list[Version]]:
    """Give a unit and its versions.

    Raises:
        ProblemError: if there is no such unit.

    """
    node = iris.unit(era, code)
    registers = await read(view, _registers_with(code))
    if era in registers:
        return node, (await read(view, versions_of((node,)))).get(node, [])
    others = f"; there is one in the register of {registers[0]}" if registers else ""
    raise ProblemError("not-found", f"there is no unit {code} in the register of {era}{others}")


def _registers_with(code: str) -> Plan[list[str]]:
    """Plan to find the registers that have a unit with a code."""
    nodes = {iris.unit(era, code): era for era in iris.ERAS}
    found = {edge.subject for edge in (yield Edges(tuple(nodes), (TYPE,)))}
    return [era for node, era in nodes.items() if node in found]


def _require_valid(node: NamedNode, held: list[Version], day: str) -> None:
    if valid_version(held, day) is not None:
        return
    spans = [
        {"validFrom": version.valid_from or None, "validTo": version.valid_to or None} for version in held
    ]
    was = "; ".join(
        f"from {span['validFrom'] or 'before the register began'} until before {span['validTo'] or 'now'}"
        for span in spans
    )
    detail = f"<{node.value}> was not there on {day}, but {was}: ask for /successors?at= or /predecessors?at="
    raise ProblemError("not-found", detail, {"versions": spans})


def _require_direction(held: list[Version], direction: Direction, day: str) -> None:
    """Require a day that lies where a direction leads."""
    if not (held and day):
        return
    first, last = held[0].valid_from, held[-1].valid_to
    if direction is Direction.FORWARD and day < first:
        raise bad_parameter("at", f"the unit began on {first}, after that day: ask for its predecessors")
    if direction is Direction.BACKWARD and last and day >= last:
        raise bad_parameter("at", f"the unit was no longer there from {last} on: ask for its successors")
