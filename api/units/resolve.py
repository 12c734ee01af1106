"""What a name, a code or an address of some day means, and what that unit is on another day, e.g. today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from graph.matching.gazetteer import DISTRICT, Gazetteer, Share, Unit, Version
from graph.matching.matcher import MATCH_SCORE, MatchResult, UnitMatcher, UnitQuery
from graph.matching.succession import Outcome, communes_of, origins, outcomes, outcomes_by_communes


class Finding(StrEnum):
    """How sure it is which unit is meant."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    UNSURE = "unsure"
    NOTHING = "nothing"


class Fate(StrEnum):
    """What a unit is on another day."""

    SAME = "same"
    CHANGED = "changed"
    CONTINUED = "continued"
    MERGED = "merged"
    SPLIT = "split"
    ABOLISHED = "abolished"
    FORMED = "formed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Destination:
    """What a unit is on another day.

    Attributes:
        day: the other day.
        fate: in one word.
        outcomes: the units of that day that hold it, whole or in part; where it was formed only later,
            those that it was made of.
        communes: of a unit that was abolished: the communes that lay in it at last, each with what it became.

    """

    day: date
    fate: Fate
    outcomes: tuple[Outcome, ...] = ()
    communes: tuple[tuple[Unit, tuple[Outcome, ...]], ...] = ()


@dataclass(frozen=True)
class Resolution:
    """The answer to one query.

    Attributes:
        query: the query.
        result: the candidates, and the one that is surely meant.
        finding: how sure it is.
        day: on which the unit is described; None if none is surely meant.
        destination: what it is on the day that was asked for; None if none is surely meant.

    """

    query: UnitQuery
    result: MatchResult
    finding: Finding
    day: date | None = None
    destination: Destination | None = None


def resolve(matcher: UnitMatcher, query: UnitQuery, on: date) -> Resolution:
    """Find the unit that is meant, and what it is on a day."""
    result = matcher.match(query)
    if result.match is None:
        return Resolution(query, result, _finding(result))
    unit, version = result.match.unit, result.match.version
    return Resolution(
        query,
        result,
        Finding.MATCHED,
        _day_of(version, query.day, matcher.today),
        destination(matcher.gazetteer, unit, version, on),
    )


def destination(gazetteer: Gazetteer, unit: Unit, version: Version, on: date) -> Destination:
    """Tell what a unit, as one of its versions describes it, is on a day."""
    then = unit.at(on)
    if then is not None:
        fate = Fate.SAME if then == version else Fate.CHANGED
        return Destination(on, fate, (Outcome(unit, Share.WHOLE),))
    first = unit.versions[0].start
    if first is not None and on < first:
        found = origins(gazetteer, unit, on)
        return Destination(on, _origin(found), found)
    found = outcomes(gazetteer, unit, on) or outcomes_by_communes(gazetteer, unit, on)
    if found:
        return Destination(on, _fate(found), found)
    return _by_communes(gazetteer, unit, on)


def _by_communes(gazetteer: Gazetteer, unit: Unit, on: date) -> Destination:
    """Tell what a unit that left no successor became, by the communes that lay in it at last."""
    end = unit.latest.end
    if unit.level > DISTRICT or end is None:
        return Destination(on, Fate.UNKNOWN)
    communes = tuple(
        (commune, outcomes(gazetteer, commune, on))
        for commune in communes_of(gazetteer, unit, end - timedelta(days=1))
    )
    places = {found.unit.iri: found.unit for _, ends in communes for found in ends}
    share = Share.WHOLE if len(places) == 1 and all(ends for _, ends in communes) else Share.PART
    return Destination(
        on, Fate.ABOLISHED, tuple(Outcome(place, share) for place in places.values()), communes
    )


def _fate(found: tuple[Outcome, ...]) -> Fate:
    if len(found) > 1 or found[0].share is Share.PART:
        return Fate.SPLIT
    is_continued = not found[0].derived and all(step.continues for step in found[0].steps)
    return Fate.CONTINUED if is_continued else Fate.MERGED


def _origin(found: tuple[Outcome, ...]) -> Fate:
    if not found:
        return Fate.UNKNOWN
    is_continued = len(found) == 1 and all(step.continues for step in found[0].steps)
    return Fate.CONTINUED if is_continued else Fate.FORMED


def _finding(result: MatchResult) -> Finding:
    if not result.candidates:
        return Finding.NOTHING
    return Finding.AMBIGUOUS if result.candidates[0].score >= MATCH_SCORE else Finding.UNSURE


def _day_of(version: Version, asked: date | None, today: date) -> date:
    """Give the day on which a unit is described: that asked for, else today, else its last or first day."""
    for day in (asked, today):
        if day is not None and version.holds(day):
            return day
    if version.end is not None:
        return version.end - timedelta(days=1)
    return version.start or today
