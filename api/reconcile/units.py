"""Candidates among administrative units: what `graph.matching` finds, with the conditions as its query.

The score is that of the matcher. What it cannot know by itself (a code, a year, a parent that has been
reconciled) lowers the score where it disagrees, and is told as a feature of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from api.reconcile.ids import entity_iri
from api.reconcile.model import Candidate, Condition, EntityValue, Feature, Quantifier, Query, Text, Value
from api.reconcile.reading import read_day, read_era, read_year, same_code, text_of
from graph.matching.address import is_below_units
from graph.matching.gazetteer import Gazetteer, Unit, Version
from graph.matching.matcher import Candidate as UnitCandidate
from graph.matching.matcher import UnitMatcher, UnitQuery
from graph.matching.spelling import loose
from graph.matching.unit_words import readings
from graph.model.namespaces import VNDX
from graph.model.text import fold

LEVELS: Final = {VNDX[name].value: level for level, name in enumerate(("Province", "District", "Commune"), 1)}
"""The levels of units by their class."""

UNIT_CLASSES: Final = frozenset({VNDX["AdministrativeUnit"].value, *LEVELS})
"""The classes of what is found here."""

WITHIN: Final = frozenset({"partOf", "partOfTransitive", "schema:containedInPlace"})
DAY: Final = "at"
YEAR: Final = "year"
ERA: Final = "era"
CODE: Final = "code"
HANDLED: Final = WITHIN | {DAY, YEAR, ERA, CODE}
"""The properties that are understood here."""

CONFLICT: Final = 0.7
"""A score of 100 is below that of a match with this factor."""

_UNRELATED: Final = 0.6
_AROUND: Final = 0.75
"""A factor for a unit in which lies what a text names that may be anything: an office, a house."""

_CONSIDERED: Final = 100
_CLASSES: Final = {level: iri for iri, level in LEVELS.items()}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the conditions of a query say about units.

    Attributes:
        within: names of units that they lie in.
        around: IRIs of units that they lie in.
        day: on which they were.
        years: in any of which they were.
        era: of the register.
        codes: any of which they have.

    """

    within: tuple[str, ...]
    around: tuple[str, ...]
    day: date | None
    years: tuple[int, ...]
    era: str
    codes: tuple[str, ...]


class UnitCandidates:
    """Finds units.

    Args:
        matcher: of a snapshot.

    """

    def __init__(self, matcher: UnitMatcher) -> None:
        self._matcher = matcher
        self._gazetteer: Gazetteer = matcher.gazetteer

    def find(self, query: Query, levels: frozenset[int]) -> list[Candidate]:
        """Give the units that a query may mean, each once.

        Args:
            query: what to look for.
            levels: which units are wanted: 1 province, 2 district, 3 commune; empty for any.

        """
        wanted = _wanted(query.conditions)
        parents = (self._gazetteer.units.get(iri) for iri in wanted.around)
        within = (*wanted.within, *(parent.label_vi for parent in parents if parent is not None))
        found: dict[str, Candidate] = {}
        anything = not query.types
        for text in query.texts or wanted.codes:
            ask = UnitQuery(text, within, wanted.day, wanted.era, levels, _CONSIDERED)
            candidates = self._matcher.match(ask).candidates
            if not candidates and wanted.era:
                candidates = self._matcher.match(replace(ask, era="")).candidates
            for candidate in candidates:
                judged = self._judged(candidate, wanted)
                if anything and _lies_around(text, candidate.matched):
                    features = (*judged.features, Feature("whole", value=False))
                    judged = replace(judged, score=round(judged.score * _AROUND, 2), features=features)
                known = found.get(judged.iri)
                if known is None or known.score < judged.score:
                    found[judged.iri] = judged
        return list(found.values())

    def has_name(self, query: Query) -> bool:
        """Say whether a text of a query, as a whole, is the name or code of a unit; addresses are not."""
        names, codes = self._gazetteer.by_name, self._gazetteer.by_code
        return any(
            text.strip().casefold() in codes or any(loose(found.name) in names for found in readings(text))
            for text in query.texts
        )

    def known(self, iri: str) -> Candidate | None:
        """Give the unit with an IRI as what is surely meant, None if there is none."""
        unit = self._gazetteer.units.get(iri)
        if unit is None:
            return None
        features = (Feature("id", value=True),)
        return Candidate(iri, _name(unit), self._description(unit), _CLASSES[unit.level], 100.0, features)

    def _judged(self, found: UnitCandidate, wanted: _Wanted) -> Candidate:
        unit = found.unit
        reasons = found.features
        features = [
            Feature("name", round(reasons.name, 4)),
            Feature("unitType", round(reasons.kind, 4)),
            Feature("address", round(reasons.around, 4)),
            Feature("time", round(reasons.time, 4)),
        ]
        score = found.score
        for name, agrees, factor in self._checks(found, wanted):
            features.append(Feature(f"property:{name}", agrees))
            score *= 1 if agrees else factor
        return Candidate(
            unit.iri,
            _name(unit),
            self._description(unit),
            _CLASSES[unit.level],
            round(score, 2),
            tuple(features),
        )

    def _checks(self, found: UnitCandidate, wanted: _Wanted) -> Iterable[tuple[str, bool, float]]:
        """Give what was asked for besides the name: the property, whether it is so, the factor if not."""
        unit = found.unit
        if wanted.day is not None:
            yield DAY, unit.at(wanted.day) is not None, CONFLICT
        if wanted.years:
            yield YEAR, any(_existed(unit, year) for year in wanted.years), CONFLICT
        if wanted.era:
            yield ERA, unit.era == wanted.era, CONFLICT
        if wanted.codes:
            codes = (unit.code, *unit.identifiers)
            yield CODE, any(same_code(given, code) for given in wanted.codes for code in codes), CONFLICT
        if wanted.within and not wanted.around:  # what a name alone tells is in the score already
            yield "partOf", found.features.around > _UNRELATED, 1
        if wanted.around:
            yield "partOf", not self._ancestors(unit).isdisjoint(wanted.around), CONFLICT

    def _ancestors(self, unit: Unit) -> frozenset[str]:
        return frozenset(
            ancestor.iri for version in unit.versions for ancestor in self._gazetteer.ancestors(version)
        )

    def _description(self, unit: Unit) -> Text:
        """Tell a unit from its namesakes: what it lies in, its code, until when it was."""
        version = unit.latest
        around = [parent for parent in self._line(version) if parent.label_vi]
        vi, en = [parent.label_vi for parent in around], [parent.label_en for parent in around]
        vi.append(f"mã {unit.code}")
        en.append(f"code {unit.code}")
        if version.end is not None:
            vi.append(f"đến trước {version.end.day:02}/{version.end.month:02}/{version.end.year}")
            en.append(f"until before {version.end.isoformat()}")
        return {"vi": ", ".join(vi), "en": ", ".join(filter(None, en))}

    def _line(self, version: Version) -> Iterable[Unit]:
        """Give what a version lay in last, the nearest first."""
        parent = self._gazetteer.units.get(version.parent)
        while parent is not None:
            yield parent
            parent = self._gazetteer.units.get(parent.latest.parent)


def is_judged(condition: Condition) -> bool:
    """Say whether a condition is judged here; what a unit shall not have is none of a matcher's business."""
    return condition.property in HANDLED and condition.quantifier is not Quantifier.NONE


def levels_of(classes: AbstractSet[str]) -> frozenset[int] | None:
    """Give the levels of units that are of some classes; empty for all of them, None for no unit at all."""
    levels = frozenset(level for cls, level in LEVELS.items() if cls in classes)
    return None if not levels else frozenset() if len(levels) == len(LEVELS) else levels


def _name(unit: Unit) -> Text:
    return {language: text for language, text in (("vi", unit.label_vi), ("en", unit.label_en)) if text}


def _lies_around(text: str, matched: str) -> bool:
    """Say whether a text begins with what is below any unit, and the part that matched comes behind that."""
    return is_below_units(text) and not fold(text).startswith(fold(matched))


def _existed(unit: Unit, year: int) -> bool:
    probe = Version("", "", "", "", date(year, 1, 1), date(year + 1, 1, 1))
    return any(version.overlaps(probe) for version in unit.versions)


def _wanted(conditions: Sequence[Condition]) -> _Wanted:
    within = _values(conditions, WITHIN)
    entities = (value for value in within if isinstance(value, EntityValue))
    around = {value: iri for value in entities if (iri := entity_iri(value.id))}
    days = [day for value in _values(conditions, {DAY}) if (day := read_day(value))]
    years = [year for value in _values(conditions, {YEAR}) if (year := read_year(value))]
    # A day on which something was so may also be given as a mere year.
    years += [
        year for value in _values(conditions, {DAY}) if not read_day(value) and (year := read_year(value))
    ]
    eras = [era for value in _values(conditions, {ERA}) if (era := read_era(value))]
    return _Wanted(
        within=tuple(text_of(value) for value in within if value not in around),
        around=tuple(around.values()),
        day=days[0] if days else None,
        years=tuple(years),
        era=eras[0] if eras else "",
        codes=tuple(filter(None, map(text_of, _values(conditions, {CODE})))),
    )


def _values(conditions: Sequence[Condition], properties: AbstractSet[str]) -> list[Value]:
    chosen = (found for found in conditions if found.property in properties and is_judged(found))
    return [value for condition in chosen for value in condition.values]
