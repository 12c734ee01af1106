"""The gazetteer: every administrative unit since 2004 with its dated names, and how units became others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Final

from graph.matching.spelling import bare, loose, words

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3

# What people call a province though no register does.
_COMMON_NAMES: Final = {"Hồ Chí Minh": ("Sài Gòn",), "Thừa Thiên Huế": ("Huế",)}


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit was called, and where it lay, for some time.

    Attributes:
        name: without the type word.
        official_name: with it.
        kind: the unit type, a key of `graph.matching.unit_words.LEVELS`.
        parent: the IRI of the unit that it was part of; empty for provinces.
        start: the first day; None if it was so already when the register began.
        end: the first day on which it was no longer so; None if it is so still.
        legal_basis: the IRI of the document, empty if none is known.

    """

    name: str
    official_name: str
    kind: str
    parent: str
    start: date | None = None
    end: date | None = None
    legal_basis: str = ""

    def holds(self, day: date) -> bool:
        """Say whether it was so on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Version) -> bool:
        """Say whether there was a day on which both were so."""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit.

    Attributes:
        iri: its IRI.
        era: of the register that has it, ``2004`` or ``2025``.
        code: its official code.
        level: 1 province, 2 district, 3 commune.
        versions: in the order of time, at least one.
        label_vi: its label in Vietnamese.
        label_en: its label in English, empty if there is none.
        aliases: names without type words that no version has.
        identifiers: codes of other registers (ISO 3166-2, HASC, FIPS).

    """

    iri: str
    era: str
    code: str
    level: int
    versions: tuple[Version, ...]
    label_vi: str
    label_en: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def latest(self) -> Version:
        """The version that holds still, or held last."""
        return self.versions[-1]

    def at(self, day: date) -> Version | None:
        """Give the version of a day, None if there was no such unit."""
        return next((version for version in self.versions if version.holds(day)), None)


class Share(Enum):
    """How much of a unit went into another."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Succession:
    """What one unit gave to another.

    Attributes:
        source: the IRI of the unit before.
        target: the IRI of the unit after.
        share: how much of the source.
        day: since when.
        change: the IRI of the change.
        continues: whether the target is the same unit in another register.
        legal_basis: the IRI of the document, empty if none is known.
        clause: of that document, as printed.

    """

    source: str
    target: str
    share: Share
    day: date
    change: str
    continues: bool = False
    legal_basis: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name under which a unit is found.

    Attributes:
        text: the name, without type words.
        unit: what it names.
        version: the one that has this name, None for an alias.
        abbreviation: whether it is no name of any register: initials, or what people say.

    """

    text: str
    unit: Unit
    version: Version | None = None
    abbreviation: bool = False


@dataclass
class Gazetteer:
    """All units, found by IRI, by code, and by any spelling of any name.

    Attributes:
        units: by IRI.
        successions: all of them.

    """

    units: Mapping[str, Unit]
    successions: Iterable[Succession] = field(default_factory=tuple)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[NameEntry, ...]]:
        """All names, by their loose key."""
        found: defaultdict[str, dict[NameEntry, None]] = defaultdict(dict)
        for unit in self.units.values():
            for entry in _names(unit):
                found[loose(entry.text)][entry] = None
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def by_bare_name(self) -> Mapping[str, tuple[NameEntry, ...]]:
        """All names of units (no abbreviations), by their bare key."""
        found: defaultdict[str, list[NameEntry]] = defaultdict(list)
        for entries in self.by_name.values():
            for entry in entries:
                if not entry.abbreviation:
                    found[bare(entry.text)].append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Unit, ...]]:
        """Units by official code or code of another register; a bare code may be of two eras."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            for code in (unit.code, *unit.identifiers):
                found[code.casefold()].append(unit)
        return {key: tuple(units) for key, units in found.items()}

    @cached_property
    def after(self) -> Mapping[str, tuple[Succession, ...]]:
        """What each unit gave, by its IRI."""
        return _grouped(self.successions, "source")

    @cached_property
    def before(self) -> Mapping[str, tuple[Succession, ...]]:
        """What each unit was made of, by its IRI."""
        return _grouped(self.successions, "target")

    @cached_property
    def descendants(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units that ever lay in each unit, at any depth, by its IRI."""
        found: defaultdict[str, dict[str, Unit]] = defaultdict(dict)
        for unit in self.units.values():
            for version in unit.versions:
                for ancestor in self.ancestors(version):
                    found[ancestor.iri][unit.iri] = unit
        return {iri: tuple(units.values()) for iri, units in found.items()}

    def ancestors(self, version: Version) -> tuple[Unit, ...]:
        """Give the units that a version lay in at some time, the nearest first."""
        found: dict[str, Unit] = {}
        around = [version]
        while around:
            inner = around.pop(0)
            parent = self.units.get(inner.parent)
            if parent is not None and parent.iri not in found:
                found[parent.iri] = parent
                around += [outer for outer in parent.versions if outer.overlaps(inner)]
        return tuple(found.values())


def _names(unit: Unit) -> Iterator[NameEntry]:
    for version in unit.versions:
        yield NameEntry(version.name, unit, version)
        if unit.level == PROVINCE:
            for short in (*_abbreviations(version.name), *_COMMON_NAMES.get(version.name, ())):
                yield NameEntry(short, unit, version, abbreviation=True)
    for alias in unit.aliases:
        yield NameEntry(alias, unit)


def _abbreviations(name: str) -> Iterator[str]:
    """Give how long names of provinces are shortened: HCM and HC Minh, BRVT, TTH and TT Huế."""
    parts = words(name)
    if len(parts) > 2:  # two letters mean too many provinces
        initials = "".join(part[0] for part in parts)
        yield initials
        yield f"{initials[:-1]} {parts[-1]}"


def _grouped(successions: Iterable[Succession], end: str) -> Mapping[str, tuple[Succession, ...]]:
    found: defaultdict[str, list[Succession]] = defaultdict(list)
    for succession in successions:
        found[getattr(succession, end)].append(succession)
    return {iri: tuple(group) for iri, group in found.items()}
