"""Steps that no act tells of, derived from where the parts of a unit were before and after."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from api.collections.edges import Edges, Plan
from api.collections.versions import Version, parts_on, valid_version, versions_of
from api.units.steps import Direction, Step, StepKind
from graph.model.namespaces import VNDX

_PART_OF: Final = VNDX["partOf"]


def edge_of(held: Sequence[Version], direction: Direction) -> str:
    """Give the day on which a unit ended, or began; empty if it has no such day."""
    if not held:
        return ""
    return held[-1].valid_to if direction is Direction.FORWARD else held[0].valid_from


def by_parts(
    unit: NamedNode, held: Sequence[Version], direction: Direction, only: frozenset[NamedNode] | None
) -> Plan[list[Step]]:
    """Plan to derive what a unit became, or came from, from its parts on its last or first day.

    Args:
        unit: the unit.
        held: its versions.
        direction: which way.
        only: the parts that the chain is about, None for all.

    """
    date = edge_of(held, direction)
    if not date:
        return []
    day_before = _day_before(date)
    inside, outside = (day_before, date) if direction is Direction.FORWARD else (date, day_before)
    parts = yield from parts_on((unit,), inside)
    parents = yield from _parents_on(parts, outside)
    via: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for part in parts:
        if only is None or part in only:
            # A part that has no parent on the other side ended with the unit: the chain goes on from it.
            via[parents.get(part, part)].append(part)
    steps = []
    for other, found in via.items():
        before, after = (unit, other) if direction is Direction.FORWARD else (other, unit)
        of_before = parts if before == unit else (yield from parts_on((before,), day_before))
        whole = other not in found and set(of_before) <= set(found)
        if other != unit:
            follow = () if other in found else tuple(found)
            steps.append(Step(date, StepKind.PARTS, before, after, whole, via=follow))
    return steps


def added_to(unit: NamedNode, held: Sequence[Version], day: str, since: str) -> Plan[list[Step]]:
    """Plan to derive from which other units parts came to a unit that was there all the time since a day.

    Args:
        unit: the unit.
        held: its versions.
        day: on which the parts are looked up elsewhere.
        since: the day on which the chain leaves the unit, empty for its end.

    """
    end = since or held[-1].valid_to
    parts = yield from parts_on((unit,), _day_before(end) if end else dt.date.max.isoformat())
    parents = yield from _parents_on(parts, day)
    elsewhere = [part for part in parts if parents.get(part, unit) != unit]
    begins = yield from _first_day_in(unit, elsewhere, day)
    moved: defaultdict[tuple[str, NamedNode], list[NamedNode]] = defaultdict(list)
    for part in elsewhere:
        moved[begins[part], parents[part]].append(part)
    steps = []
    for (date, other), found in sorted(moved.items(), key=str):
        of_other = yield from parts_on((other,), _day_before(date))
        whole = set(of_other) <= set(found)
        steps.append(Step(date, StepKind.PARTS, other, unit, whole, via=tuple(found)))
    return steps


def _first_day_in(unit: NamedNode, parts: Sequence[NamedNode], after: str) -> Plan[dict[NamedNode, str]]:
    """Plan to find the first day after another one on which each part was directly in a unit."""
    versions = yield from versions_of(parts)
    nodes = {version.node: (part, version) for part, held in versions.items() for version in held}
    days: dict[NamedNode, str] = {}
    for edge in (yield Edges(tuple(nodes), (_PART_OF,))):
        part, version = nodes[edge.subject]
        if edge.object == unit and version.valid_from > after:
            days[part] = min(days.get(part, version.valid_from), version.valid_from)
    return days


def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def _parents_on(units: Sequence[NamedNode], day: str) -> Plan[Mapping[NamedNode, NamedNode]]:
    """Plan to find which unit each unit was directly in on a day."""
    versions = yield from versions_of(units)
    valid = {found.node: unit for unit, held in versions.items() if (found := valid_version(held, day))}
    edges = yield Edges(tuple(valid), (_PART_OF,))
    return {valid[edge.subject]: edge.object for edge in edges if isinstance(edge.object, NamedNode)}
