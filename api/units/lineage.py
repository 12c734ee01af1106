"""What units became and what they came from, over any number of reorganisations, whole or in part.

Two kinds of steps lead from one unit to another. A transfer is what a legal act says: from this unit to
that one, the whole or a part. Where none is known, the parts of a unit tell: what its districts or
communes belonged to, or became, when it ended; such a step is derived. A unit for which neither is known
ends its chain, and is told as open: what became of it is not known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode

from api.collections.edges import Edges, Plan, Term, nodes_of
from api.collections.versions import Version, valid_version, versions_of
from api.units.parts import added_to, by_parts, edge_of
from api.units.steps import Direction, Open, Step, StepKind
from graph.model import iris
from graph.model.namespaces import VNDX

_WHOLE: Final = iris.concept("share", "whole")
_CHANGED_BY: Final = VNDX["changedBy"]
_TRANSFER: Final = VNDX["transfer"]
_DATE: Final = VNDX["effectiveDate"]
_FROM_UNIT: Final = VNDX["fromUnit"]
_TO_UNIT: Final = VNDX["toUnit"]
_SHARE: Final = VNDX["share"]


@dataclass
class Lineage:
    """A chain of units.

    Attributes:
        steps: in the order of time.
        ends: the units at the end of the chain, and whether only whole transfers lead there.
        open: where the chain breaks off.

    """

    steps: list[Step] = field(default_factory=list)
    ends: dict[NamedNode, bool] = field(default_factory=dict)
    open: list[Open] = field(default_factory=list)


@dataclass(frozen=True)
class _Reached:
    """How the chain has reached a unit.

    Attributes:
        whole: whether by whole transfers only.
        since: the date of the last step, empty at the begin.
        parts: the parts of the unit that the chain is about, None if it is about the unit.

    """

    whole: bool = True
    since: str = ""
    parts: frozenset[NamedNode] | None = None

    def by(self, step: Step) -> _Reached:
        """Give how a step goes on."""
        return _Reached(self.whole and step.whole, step.date, frozenset(step.via) or None)

    def also(self, other: _Reached) -> _Reached:
        """Give how a unit is reached that is reached in two ways."""
        parts = None if self.parts is None or other.parts is None else self.parts | other.parts
        return _Reached(self.whole or other.whole, min(self.since, other.since), parts)


def trace(unit: NamedNode, direction: Direction, day: str = "") -> Plan[Lineage]:
    """Plan to follow a unit to the units of a day.

    Args:
        unit: where to begin.
        direction: which way.
        day: on which the units at the end exist; empty to go as far as is known.

    """
    lineage = Lineage()
    newest = {unit: _Reached()}
    seen = {unit}
    while newest:
        versions = yield from versions_of(newest)
        moves = yield from _moves(newest, direction)
        following: dict[NamedNode, _Reached] = {}
        for node, state in newest.items():
            held = versions.get(node, [])
            lineage.steps += _version_steps(node, held, direction, day, state.since)
            if _is_end(held, direction, day):
                lineage.ends[node] = state.whole
                if day and direction is Direction.BACKWARD and state.parts is None:
                    added = yield from added_to(node, held, day, state.since)
                    lineage.steps += added
                    lineage.ends |= {step.before: state.whole and step.whole for step in added}
                continue
            steps = moves.get(node, [])
            if not steps:
                steps = yield from by_parts(node, held, direction, state.parts)
            steps = [step for step in steps if _is_before(step, direction, day)]
            if not steps:
                lineage.open.append(Open(node, edge_of(held, direction)))
            for step in steps:
                other, how = _next(step, direction), state.by(step)
                following[other] = following[other].also(how) if other in following else how
            lineage.steps += steps
        newest = {node: state for node, state in following.items() if node not in seen}
        seen |= newest.keys()
    lineage.steps = sorted(
        dict.fromkeys(lineage.steps), key=lambda s: (s.date, s.before.value, s.after.value)
    )
    return lineage


def _is_end(held: Sequence[Version], direction: Direction, day: str) -> bool:
    """Say whether a unit is one of those asked for: there on the day, or with nothing before or after it."""
    if day:
        return valid_version(held, day) is not None
    if not held:
        return True
    return not (held[-1].valid_to if direction is Direction.FORWARD else held[0].valid_from)


def _is_before(step: Step, direction: Direction, day: str) -> bool:
    """Say whether a step lies between the unit and the day."""
    if not day:
        return True
    return step.date <= day if direction is Direction.FORWARD else step.date > day


def _next(step: Step, direction: Direction) -> NamedNode:
    return step.after if direction is Direction.FORWARD else step.before


def _version_steps(
    unit: NamedNode, held: Sequence[Version], direction: Direction, day: str, since: str
) -> list[Step]:
    """Give the changes of a unit itself between the day on which it is reached and the day asked for."""
    return [
        Step(version.valid_from, StepKind.VERSION, unit, unit, whole=True, version=version.node)
        for version in held[1:]
        if (direction is Direction.BACKWARD or not since or version.valid_from > since)
        and (direction is Direction.FORWARD or not since or version.valid_from < since)
        and (
            not day
            or (version.valid_from <= day if direction is Direction.FORWARD else version.valid_from > day)
        )
    ]


def _moves(units: Iterable[NamedNode], direction: Direction) -> Plan[dict[NamedNode, list[Step]]]:
    """Plan to read the transfers of units, by unit."""
    wanted = tuple(units)
    changes = nodes_of(edge.object for edge in (yield Edges(wanted, (_CHANGED_BY,))))
    change_of: dict[NamedNode, NamedNode] = {}
    dates: dict[NamedNode, str] = {}
    for edge in (yield Edges(changes, (_TRANSFER, _DATE))):
        if isinstance(edge.object, NamedNode):
            change_of[edge.object] = edge.subject
        else:
            dates[edge.subject] = edge.object.value
    facts: defaultdict[NamedNode, dict[NamedNode, Term]] = defaultdict(dict)
    for edge in (yield Edges(tuple(change_of), (_FROM_UNIT, _TO_UNIT, _SHARE))):
        facts[edge.subject][edge.predicate] = edge.object
    moves: defaultdict[NamedNode, list[Step]] = defaultdict(list)
    for node, found in facts.items():
        before, after = found.get(_FROM_UNIT), found.get(_TO_UNIT)
        if isinstance(before, NamedNode) and isinstance(after, NamedNode):
            change, whole = change_of[node], found.get(_SHARE) == _WHOLE
            step = Step(dates.get(change, ""), StepKind.TRANSFER, before, after, whole, change, node)
            moves[before if direction is Direction.FORWARD else after].append(step)
    return {unit: moves[unit] for unit in wanted if unit in moves}
