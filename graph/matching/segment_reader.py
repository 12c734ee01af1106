"""What one segment of an address may name, by itself: units with how well name and type words fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graph.matching.alike import AlikeNames
from graph.matching.gazetteer import COMMUNE, PROVINCE, Gazetteer, NameEntry, Unit, Version
from graph.matching.spelling import NO_MARKS, likeness, loose
from graph.matching.unit_words import LEVELS, readings

ALIAS: Final = 0.95
"""How well a name fits that no register has."""

_FORMER_KIND: Final = 0.9
_OTHER_KIND: Final = 0.75
_OTHER_LEVEL: Final = 0.5
_KIND_UNSAID: Final = {1: 0.98, 2: 0.93, 3: 0.87}
_SURE_PLACE: Final = 0.9
_NAME_OF_ANOTHER: Final = 0.9
_KEPT_SEGMENTS: Final = 20_000
_KEPT_ALIKE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Named:
    """A unit that a segment may name.

    Attributes:
        entry: the name and the unit.
        name: how well the name fits, from 0 to 1.
        kinds: the types of unit that the segment says; none if it says none.

    """

    entry: NameEntry
    name: float
    kinds: frozenset[str]


class Segment:
    """What a segment may name.

    Attributes:
        named: the units, one entry for each name and reading.
        fits: how well it fits each unit, by IRI, from 0 to 1.

    """

    def __init__(self, named: Iterable[Named]) -> None:
        self.named = tuple(named)
        fits: dict[str, float] = {}
        for found in self.named:
            unit = found.entry.unit
            kind = kind_factor(found.kinds, found.entry.version or unit.latest, unit, alone=False)
            fits[unit.iri] = max(found.name * kind, fits.get(unit.iri, 0))
        self.fits: Mapping[str, float] = fits


class SegmentReader:
    """Reads segments, each of which is often asked for again.

    Args:
        gazetteer: of all units.

    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._alike_names = AlikeNames(gazetteer)
        self._read = lru_cache(maxsize=_KEPT_SEGMENTS)(self._look_up)
        self._alike = lru_cache(maxsize=_KEPT_ALIKE)(self._look_up_alike)

    def is_name(self, phrase: str) -> bool:
        """Say whether a phrase, with type words or without, is a name of some unit."""
        by_name = self._gazetteer.by_name
        return any(loose(reading.name) in by_name for reading in readings(phrase))

    def read(self, part: str, *, with_marks: bool) -> Segment:
        """Give the units whose name is the same as a segment in some spelling."""
        return self._read(part, with_marks)

    def read_alike(self, part: str, places: tuple[str, ...], *, with_marks: bool) -> Segment:
        """Give also those whose name differs by typing errors.

        Args:
            part: the segment.
            places: IRIs of units around which, or in which, they lie; none if that is unknown.
            with_marks: whether the writer is known to write marks.

        """
        named = self._read(part, with_marks).named
        is_name = any(found.name >= NO_MARKS for found in named)
        return Segment((*named, *self._alike(part, places, is_name)))

    def places(self, parts: Iterable[str], *, with_marks: bool) -> tuple[str, ...]:
        """Give the larger units that segments surely name; those may be several of one name."""
        found: dict[str, None] = {}
        for part in parts:
            fits = self._read(part, with_marks).fits
            found |= dict.fromkeys(
                iri for iri in fits if fits[iri] >= _SURE_PLACE and self.has_larger((iri,))
            )
        return tuple(found)

    def has_larger(self, iris: Iterable[str]) -> bool:
        """Say whether some units are of a level that others lie in: ``Lang Son`` is no village."""
        return any(self._gazetteer.units[iri].level < COMMUNE for iri in iris)

    def _look_up(self, part: str, with_marks: bool) -> Segment:
        return Segment(
            Named(entry, _likeness(reading.name, entry, with_marks), reading.kinds)
            for reading in readings(part)
            for entry in self._gazetteer.by_name.get(loose(reading.name), ())
        )

    def _look_up_alike(self, part: str, places: tuple[str, ...], is_name: bool) -> tuple[Named, ...]:
        # Whoever writes the name of a unit as it is spelled hardly means another.
        factor = _NAME_OF_ANOTHER if is_name else 1
        found: list[Named] = []
        for reading in readings(part):
            if found and not reading.kinds:
                continue
            found += [
                Named(entry, factor * likeness(reading.name, entry.text), reading.kinds)
                for entry in self._alike_names.near(reading.name, places)
            ]
        return tuple(found)


def kind_factor(kinds: frozenset[str], version: Version, unit: Unit, *, alone: bool) -> float:
    """Say how well type words fit a unit; without any, larger units are more likely meant.

    Args:
        kinds: what the words say.
        version: what the unit was then.
        unit: the unit.
        alone: whether nothing else is said of where it lies.

    """
    if not kinds:
        return _KIND_UNSAID[unit.level] if alone else _KIND_UNSAID[PROVINCE]
    if version.kind in kinds:
        return 1
    if any(other.kind in kinds for other in unit.versions):
        return _FORMER_KIND
    return _OTHER_KIND if any(LEVELS[kind] == unit.level for kind in kinds) else _OTHER_LEVEL


def _likeness(asked: str, entry: NameEntry, with_marks: bool) -> float:
    return ALIAS if entry.abbreviation else likeness(asked, entry.text, with_marks=with_marks)
