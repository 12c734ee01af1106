"""Matching: which units a name or an address may mean, each with a score and the reasons for it.

A score is 100 times the product of four features from 0 to 1: how alike the name is, whether the type fits,
whether the other parts of the address are units around it, and whether it was so on the day asked for.
Scores of different queries can be compared: the same deviations give the same score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final, TypeAlias

from graph.matching.address import is_below_units, segments
from graph.matching.gazetteer import Gazetteer, NameEntry, Unit, Version
from graph.matching.segment_reader import ALIAS, Named, Segment, SegmentReader, kind_factor
from graph.matching.spelling import has_marks
from graph.model.text import squeeze

MATCH_SCORE: Final = 78.0
"""From this score on a candidate may be matched without asking."""

MATCH_LEAD: Final = 4.0
"""How far it has to be ahead of the next."""

_FORMER_NAME: Final = 0.95
_NOT_THEN: Final = 0.8
_NOT_NOW: Final = 0.95
_FORMER_PARENT: Final = 0.78
_UNKNOWN_PARENT: Final = 0.6
_BELOW: Final = 0.99
_LEVEL_LEFT_OUT: Final = 0.95
_PARENT_WEIGHT: Final = 0.5
_POOR: Final = 70.0
_LEAST: Final = 20.0
# No address is longer: what is longer is some other text.
_LONGEST: Final = 1_000
_COMMUNE_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """What to look for.

    Attributes:
        text: a name, an official code, or a whole address.
        within: further parts of the address that are known to be larger units, e.g. a column with districts.
        day: on which the text was right; None if that is unknown.
        era: of the register, ``2004`` or ``2025``; empty for any.
        levels: which units are wanted: 1 province, 2 district, 3 commune; empty for any.
        limit: how many candidates at most.

    """

    text: str
    within: tuple[str, ...] = ()
    day: date | None = None
    era: str = ""
    levels: frozenset[int] = frozenset()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Features:
    """Why a candidate has its score; each from 0 (speaks against it) to 1 (fits)."""

    name: float
    kind: float
    around: float
    time: float

    @property
    def score(self) -> float:
        """The score, 0 to 100."""
        return 100 * self.name * self.kind * self.around * self.time


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be meant.

    Attributes:
        unit: the unit.
        version: what it was when the text was right, as far as that is known.
        score: 0 to 100.
        features: what the score is made of.
        matched: the part of the text that names it.

    """

    unit: Unit
    version: Version
    score: float
    features: Features
    matched: str


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The candidates, best first.

    Attributes:
        candidates: at most as many as were asked for.
        match: the one that is surely meant, None if that cannot be told.

    """

    candidates: tuple[Candidate, ...]
    match: Candidate | None


_LookUp: TypeAlias = Callable[[str], Segment]


class UnitMatcher:
    """Finds units.

    Args:
        gazetteer: of all units.
        today: what counts as now where no day is given.

    """

    def __init__(self, gazetteer: Gazetteer, today: date) -> None:
        self._gazetteer = gazetteer
        self._today = today
        self._reader = SegmentReader(gazetteer)
        self._surroundings = lru_cache(maxsize=40_000)(self._weigh_surroundings)

    @property
    def today(self) -> date:
        """What counts as now."""
        return self._today

    @property
    def gazetteer(self) -> Gazetteer:
        """What it finds units in."""
        return self._gazetteer

    def match(self, query: UnitQuery) -> MatchResult:
        """Give the units that a query may mean."""
        coded = self._by_code(query)
        if coded:
            return _result(coded, query.limit)
        if sum(map(len, (query.text, *query.within))) > _LONGEST:
            return MatchResult((), None)
        reader = self._reader
        parts = segments(query.text, reader.is_name)
        others = tuple(part for text in query.within for part in segments(text, reader.is_name))
        with_marks = any(map(has_marks, (query.text, *query.within)))
        read = partial(reader.read, with_marks=with_marks)
        found = self._candidates(parts, others, query, _each_once(read, (*parts, *others)))
        if max((candidate.score for candidate in found), default=0) < _POOR:
            places = reader.places((*parts, *others), with_marks=with_marks)
            whole = squeeze(query.text)
            read_alike = partial(reader.read_alike, places=places, with_marks=with_marks)
            look_up = _each_once(read_alike, (*parts, *others, whole))
            found += self._candidates(parts, others, query, look_up)
            if len(parts) > 1:  # what stands between the parts may be of the name: Bà Rịa - Vũng Tàu
                found += self._candidates((whole,), others, query, look_up)
        return _result(found, query.limit)

    def _by_code(self, query: UnitQuery) -> list[Candidate]:
        code = query.text.strip().casefold()
        if len(code) == _COMMUNE_DIGITS - 1 and code.isdecimal():
            code = code.zfill(_COMMUNE_DIGITS)  # spreadsheets take codes for numbers
        units = self._gazetteer.by_code.get(code, ())
        look_up = partial(self._reader.read, with_marks=False)
        found = []
        for unit in units:
            if not _is_wanted(unit, query):
                continue
            version, time = self._version(unit, query.day)
            if query.day is None:
                time = 1  # codes were given anew in 2025: without a day none is likelier than another
            features = Features(1, 1, self._around(version, unit, query.within, look_up), time)
            found.append(Candidate(unit, version, features.score, features, query.text.strip()))
        return found

    def _candidates(
        self, parts: tuple[str, ...], others: tuple[str, ...], query: UnitQuery, look_up: _LookUp
    ) -> list[Candidate]:
        best: dict[str, Candidate] = {}
        for position, part in enumerate(parts):
            around = (*parts[:position], *parts[position + 1 :], *others)
            for named in look_up(part).named:
                unit = named.entry.unit
                if not _is_wanted(unit, query):
                    continue
                for then in self._versions(named.entry, query.day):
                    features = self._features(named, then, around, look_up)
                    candidate = Candidate(unit, then[0], features.score, features, part)
                    if unit.iri not in best or best[unit.iri].score <= candidate.score:
                        best[unit.iri] = candidate
        return [candidate for candidate in best.values() if candidate.score >= _LEAST]

    def _features(
        self, named: Named, then: tuple[Version, float], around: tuple[str, ...], look_up: _LookUp
    ) -> Features:
        version, time = then
        unit = named.entry.unit
        name = named.name * _name_factor(named.entry, version)
        kind = kind_factor(named.kinds, version, unit, alone=not around)
        return Features(name, kind, self._around(version, unit, around, look_up), time)

    def _versions(self, entry: NameEntry, day: date | None) -> Iterator[tuple[Version, float]]:
        """Give the versions of a unit that a name may be about, each with how well its time fits."""
        unit = entry.unit
        if day is not None:
            yield self._version(unit, day)
        elif entry.version is not None:
            yield entry.version, self._time(unit)
        else:
            yield unit.latest, self._time(unit)

    def _version(self, unit: Unit, day: date | None) -> tuple[Version, float]:
        if day is None:
            return unit.latest, self._time(unit)
        version = unit.at(day)
        if version is not None:
            return version, 1
        began_later = unit.versions[0].start is not None and day < unit.versions[0].start
        return (unit.versions[0] if began_later else unit.latest), _NOT_THEN

    def _time(self, unit: Unit) -> float:
        return 1 if unit.latest.holds(self._today) else _NOT_NOW

    def _around(self, version: Version, unit: Unit, parts: tuple[str, ...], look_up: _LookUp) -> float:
        """Say how well the other parts of an address fit what lies around a unit."""
        if not parts:
            return 1.0
        weights = dict(self._surroundings(unit.iri, version))
        known = len(weights)
        result = 1.0
        for part in parts:
            if result * 100 < _LEAST:
                break  # no candidate any more, whatever the other parts are
            fits = look_up(part).fits
            best, taken = max(
                ((fits[iri] * weight, iri) for iri, weight in weights.items() if iri in fits),
                default=(0.0, ""),
            )
            if taken:
                del weights[taken]
                result *= 1 - _PARENT_WEIGHT * (1 - best)
            else:
                below = is_below_units(part) and not self._reader.has_larger(fits)
                result *= _BELOW if below else _UNKNOWN_PARENT
        left_out = version.parent in weights and len(weights) < known
        return result * (_LEVEL_LEFT_OUT if left_out else 1)

    def _weigh_surroundings(self, iri: str, version: Version) -> Mapping[str, float]:
        """Give the units that an address may name around a unit, each with how well it fits.

        Beside those around the unit are those around what it was made of, which old addresses name.
        """
        former = set()
        for succession in self._gazetteer.before.get(iri, ()):
            source = self._gazetteer.units.get(succession.source)
            if source is not None:
                former.add(source.iri)
                former |= {outer.iri for v in source.versions for outer in self._gazetteer.ancestors(v)}
        around = (outer.iri for outer in self._gazetteer.ancestors(version))
        return dict.fromkeys(former, _FORMER_PARENT) | dict.fromkeys(around, 1.0)


def _each_once(look_up: _LookUp, parts: Iterable[str]) -> _LookUp:
    """Look parts up once, as each is asked for again by every candidate."""
    return {part: look_up(part) for part in dict.fromkeys(parts)}.__getitem__


def _is_wanted(unit: Unit, query: UnitQuery) -> bool:
    return (not query.levels or unit.level in query.levels) and query.era in ("", unit.era)


def _name_factor(entry: NameEntry, version: Version) -> float:
    """Say how well a name fits what a unit was called then."""
    if entry.version is None:
        return ALIAS
    return 1 if entry.version.name == version.name else _FORMER_NAME


def _result(found: Iterable[Candidate], limit: int) -> MatchResult:
    best: dict[str, Candidate] = {}
    for candidate in found:
        iri = candidate.unit.iri
        if iri not in best or best[iri].score < candidate.score:
            best[iri] = candidate
    ranked = sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.unit.iri))
    first = ranked[0] if ranked else None
    lead = first.score - ranked[1].score if first and len(ranked) > 1 else MATCH_LEAD
    sure = first is not None and first.score >= MATCH_SCORE and lead >= MATCH_LEAD
    return MatchResult(tuple(ranked[:limit]), first if sure else None)
