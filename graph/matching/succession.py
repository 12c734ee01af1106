"""What became of a unit and what it was made of: chains of changes, with day, share and legal basis."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph.matching.gazetteer import COMMUNE, Gazetteer, Share, Succession, Unit


@dataclass(frozen=True, slots=True)
class Outcome:
    """A unit that holds some or all of another on some day.

    Attributes:
        unit: the unit of that day.
        share: whole, if all of the other lies in it as far as the changes say.
        steps: the changes between, in the order of time; none if it is the same unit.
        derived: whether no act says so, but its communes lay in the other from its end on.

    """

    unit: Unit
    share: Share
    steps: tuple[Succession, ...] = ()
    derived: bool = False


def outcomes(gazetteer: Gazetteer, unit: Unit, day: date) -> tuple[Outcome, ...]:
    """Give the units of a later day that hold a unit; several if it was split, none if nothing is known.

    A district that was abolished has no successor of its own: its communes went to others, which
    `communes_of` and the outcomes of those tell.

    Args:
        gazetteer: with the changes.
        unit: of an earlier day.
        day: the later day.

    """
    return _reach(gazetteer, unit, lambda other: other.at(day) is not None, _forward(gazetteer, day))


def origins(gazetteer: Gazetteer, unit: Unit, day: date) -> tuple[Outcome, ...]:
    """Give the units of an earlier day that went into a unit, wholly or in part."""
    return _reach(gazetteer, unit, lambda other: other.at(day) is not None, _backward(gazetteer, day))


def communes_of(gazetteer: Gazetteer, unit: Unit, day: date) -> tuple[Unit, ...]:
    """Give the communes that lay in a unit on a day."""
    found = []
    for inner in gazetteer.descendants.get(unit.iri, ()):
        version = inner.at(day)
        if version is not None and version.kind in _COMMUNES and unit in _around(gazetteer, inner, day):
            found.append(inner)
    return tuple(found)


def outcomes_by_communes(gazetteer: Gazetteer, unit: Unit, day: date) -> tuple[Outcome, ...]:
    """Give the units of a later day that hold a unit as far as its communes tell, where no act says it.

    They tell if they lay in another unit of its level from its end on: those of Hà Tây in Hà Nội, 2008. The
    unit is there as a whole if all communes of which this is known agree.
    """
    end = unit.latest.end
    if end is None or day < end or unit.level == COMMUNE:
        return ()
    holders: dict[str, Unit] = {}
    for commune in communes_of(gazetteer, unit, end - timedelta(days=1)):
        for after in outcomes(gazetteer, commune, end):
            around = _around(gazetteer, after.unit, end)
            holders |= {outer.iri: outer for outer in around if outer.level == unit.level}
    whole = len(holders) == 1
    return tuple(
        Outcome(later.unit, later.share if whole else Share.PART, later.steps, derived=True)
        for holder in holders.values()
        for later in outcomes(gazetteer, holder, day) or outcomes_by_communes(gazetteer, holder, day)
    )


_COMMUNES = frozenset({"xa", "phuong", "thi-tran", "dac-khu"})
_Step = Callable[[Unit], Iterable[tuple[str, Succession]]]


def _forward(gazetteer: Gazetteer, day: date) -> _Step:
    return lambda unit: ((s.target, s) for s in gazetteer.after.get(unit.iri, ()) if s.day <= day)


def _backward(gazetteer: Gazetteer, day: date) -> _Step:
    return lambda unit: ((s.source, s) for s in gazetteer.before.get(unit.iri, ()) if day < s.day)


def _reach(
    gazetteer: Gazetteer, unit: Unit, is_there: Callable[[Unit], bool], steps: _Step
) -> tuple[Outcome, ...]:
    """Follow all changes from a unit until units of the day are met; a unit met twice keeps its first way."""
    if is_there(unit):
        return (Outcome(unit, Share.WHOLE),)
    found: dict[str, Outcome] = {}
    seen = {unit.iri}
    ways = [Outcome(unit, Share.WHOLE)]
    while ways:
        way = ways.pop(0)
        for iri, step in steps(way.unit):
            other = gazetteer.units.get(iri)
            if other is None or iri in seen:
                continue
            share = Share.WHOLE if way.share is step.share is Share.WHOLE else Share.PART
            reached = Outcome(other, share, (*way.steps, step))
            if is_there(other):
                found.setdefault(iri, reached)
            else:
                seen.add(iri)
                ways.append(reached)
    return tuple(found.values())


def _around(gazetteer: Gazetteer, unit: Unit, day: date) -> list[Unit]:
    found: list[Unit] = []
    version = unit.at(day)
    while version is not None and version.parent in gazetteer.units:
        found.append(gazetteer.units[version.parent])
        version = found[-1].at(day)
    return found
