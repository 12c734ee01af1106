"""What is said of one row: the unit it names, how sure that is, and where that unit is today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from graph.linking.current_units import CurrentShare, CurrentUnit
from graph.linking.reasons import reason_text
from graph.matching.gazetteer import COMMUNE, PROVINCE, Gazetteer, Share, Unit, Version
from graph.matching.matcher import MATCH_LEAD, MATCH_SCORE, Candidate, MatchResult, UnitMatcher, UnitQuery
from graph.matching.succession import Outcome, communes_of, outcomes

SEPARATOR: Final = " | "
"""Between several values in one cell."""

COLUMNS: Final = (
    "matched", "status", "reason", "score", "unit", "era", "code", "name", "current_unit", "current_code",
    "current_name", "current_share", "current_province", "legal_basis", "legal_clause",
)  # fmt: skip
"""The names of the columns of `UnitLink.cells`, without prefix."""

_KEPT_LINKS: Final = 20_000
_KEPT_OUTCOMES: Final = 20_000
_SHOWN: Final = 5


class Status(StrEnum):
    """What became of a row."""

    MATCHED = "matched"
    CHOSEN = "chosen"
    AMBIGUOUS = "ambiguous"
    UNCERTAIN = "uncertain"
    NOT_FOUND = "not-found"
    EMPTY = "empty"
    BAD_ROW = "bad-row"


@dataclass(frozen=True, slots=True)
class UnitLink:
    """What is said of one row.

    Attributes:
        status: what became of it.
        reason: why, for people.
        candidate: the unit that is meant, surely or as a person has chosen; None unless matched or chosen.
        score: of that one, else of the best candidate, 0 to 100; None if there is none.
        current: the units of today that hold it.
        candidates: all that may be meant, best first; none where one surely is.

    """

    status: Status
    reason: str
    candidate: Candidate | None = None
    score: float | None = None
    current: tuple[CurrentUnit, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Give it as cells of `COLUMNS`; several units of today are in the same order in each cell."""
        unit, now = self.candidate.unit if self.candidate else None, self.current
        bases = dict.fromkeys(basis for each in now for basis in each.legal_bases)
        clauses = [each.clause for each in now]
        return (
            "true" if self.candidate else "false",
            self.status,
            self.reason,
            "" if self.score is None else f"{self.score:.1f}",
            unit.iri if unit else "",
            unit.era if unit else "",
            unit.code if unit else "",
            self.candidate.version.official_name if self.candidate else "",
            _joined(each.unit.iri for each in now),
            _joined(each.unit.code for each in now),
            _joined(each.name for each in now),
            _joined(each.share for each in now),
            _joined(dict.fromkeys(each.province for each in now)),
            _joined(bases),
            _joined(clauses) if any(clauses) else "",
        )


class UnitLinker:
    """Links texts to units; equal queries are looked up once.

    Args:
        matcher: finds the units.
        as_of: the day whose units are given as the current ones.

    """

    def __init__(self, matcher: UnitMatcher, as_of: date) -> None:
        self._gazetteer = matcher.gazetteer
        self._as_of = as_of
        self._matcher = matcher
        self.link = lru_cache(maxsize=_KEPT_LINKS)(self._link)
        """Give what is said of a query."""
        self._current = lru_cache(maxsize=_KEPT_OUTCOMES)(self._look_up_current)

    def _link(self, query: UnitQuery) -> UnitLink:
        result = self._matcher.match(query)
        if result.match is None:
            return self._unsure(result, query.day)
        return self._linked(Status.MATCHED, result.match, (), query.day)

    def choose(self, query: UnitQuery, iri: str) -> UnitLink:
        """Give what is said of a query of which a person says which candidate is meant.

        If that is no candidate of it, the choice is of another text, and not heeded.
        """
        found = self._matcher.match(query).candidates
        chosen = next((candidate for candidate in found if candidate.unit.iri == iri), None)
        return self._linked(Status.CHOSEN, chosen, found, query.day) if chosen else self.link(query)

    def around(self, candidate: Candidate, day: date | None) -> tuple[str, ...]:
        """Give the official names of the units that a candidate lay in, the nearest first."""
        version = candidate.version
        then = day if day and version.holds(day) else _some_day(version, self._as_of)
        return tuple(outer.official_name for outer in _chain(self._gazetteer, version, then))

    def _linked(
        self, status: Status, found: Candidate, candidates: tuple[Candidate, ...], day: date | None
    ) -> UnitLink:
        current = self._current(found.unit.iri, day)
        reason = reason_text(found, day, current)
        if status is Status.CHOSEN:
            reason = f"chosen by hand; {reason}"
        return UnitLink(status, reason, found, found.score, current, candidates)

    def _unsure(self, result: MatchResult, day: date | None) -> UnitLink:
        if not result.candidates:
            return UnitLink(Status.NOT_FOUND, "no unit with a name, code or address like that is known")
        best = result.candidates[0].score
        if best < MATCH_SCORE:
            described = self._described(result.candidates[0], day)
            reason = f"not sure enough; the likeliest is {described}"
            return UnitLink(Status.UNCERTAIN, reason, score=best, candidates=result.candidates)
        alike = [found for found in result.candidates if best - found.score < MATCH_LEAD]
        shown = [self._described(found, day) for found in alike[:_SHOWN]]
        more = ["and more"] if len(alike) > _SHOWN else []
        reason = f"several units fit: {'; '.join((*shown, *more))}"
        return UnitLink(Status.AMBIGUOUS, reason, score=best, candidates=result.candidates)

    def _described(self, candidate: Candidate, day: date | None) -> str:
        unit, name = candidate.unit, candidate.version.official_name
        described = ", ".join((name, *self.around(candidate, day)))
        return f"{described} ({unit.era}/{unit.code}, {candidate.score:.1f})"

    def _look_up_current(self, iri: str, day: date | None) -> tuple[CurrentUnit, ...]:
        unit = self._gazetteer.units[iri]
        found = outcomes(self._gazetteer, unit, self._as_of)
        if found or unit.level == COMMUNE:
            return tuple(self._from_outcome(outcome) for outcome in found)
        version = unit.at(day) if day else None
        then = day if day and version else _some_day(unit.latest, self._as_of)
        inner = [
            outcome
            for commune in communes_of(self._gazetteer, unit, then)
            for outcome in outcomes(self._gazetteer, commune, self._as_of)
        ]
        return self._through_communes(inner, to_provinces=unit.level == PROVINCE)

    def _through_communes(self, inner: Iterable[Outcome], *, to_provinces: bool) -> tuple[CurrentUnit, ...]:
        """Give the units of today that hold the communes of an abolished unit: provinces for a province.

        How communes became others says where they are, but not why the province around them is gone.
        """
        bases: dict[str, dict[str, None]] = {}
        for outcome in inner:
            holder = self._province_of(outcome.unit) if to_provinces else outcome.unit
            found = bases.setdefault(holder.iri, {})
            if not to_provinces:
                found.update(dict.fromkeys(_bases(outcome)))
        return tuple(
            self._current_unit(self._gazetteer.units[iri], CurrentShare.COMMUNES, tuple(found))
            for iri, found in bases.items()
        )

    def _from_outcome(self, outcome: Outcome) -> CurrentUnit:
        if not outcome.steps:
            return self._current_unit(outcome.unit, CurrentShare.SAME)
        share = CurrentShare.WHOLE if outcome.share is Share.WHOLE else CurrentShare.PART
        return replace(
            self._current_unit(outcome.unit, share, _bases(outcome)),
            clause=outcome.steps[-1].clause,
            continues=all(step.continues for step in outcome.steps),
        )

    def _current_unit(self, unit: Unit, share: CurrentShare, bases: tuple[str, ...] = ()) -> CurrentUnit:
        version = unit.at(self._as_of) or unit.latest
        province = self._province_of(unit)
        province_name = (province.at(self._as_of) or province.latest).official_name
        return CurrentUnit(unit, version.official_name, share, province_name, bases)

    def _province_of(self, unit: Unit) -> Unit:
        while (version := unit.at(self._as_of)) and version.parent in self._gazetteer.units:
            unit = self._gazetteer.units[version.parent]
        return unit


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(values)


def _bases(outcome: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.legal_basis for step in outcome.steps if step.legal_basis))


def _some_day(version: Version, as_of: date) -> date:
    """Give the last day of a version, but none after the day that counts as today."""
    return min(version.end - timedelta(days=1), as_of) if version.end else as_of


def _chain(gazetteer: Gazetteer, version: Version, day: date) -> list[Version]:
    """Give the units that a version lay in on a day, the nearest first."""
    found: list[Version] = []
    inner = version
    while (parent := gazetteer.units.get(inner.parent)) is not None:
        inner = parent.at(day) or parent.latest
        found.append(inner)
    return found
