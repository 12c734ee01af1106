"""The registers of units as the tables have them, read without the code that is measured."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bench.load.driver import ROOT

TABLES: Final = ROOT / "graph" / "data" / "tables" / "admin"

Row = dict[str, str]


@dataclass(frozen=True)
class Place:
    """A unit of a register.

    Attributes:
        era: of the register, ``2004`` or ``2025``.
        code: official.
        level: 1 province, 2 district, 3 commune.
        name: without the type word.
        type_word: as printed before the name.
        english: the name in English, with the type word if the register gives it.
        around: the units that it lies in, the nearest first.

    """

    era: str
    code: str
    level: int
    name: str
    type_word: str
    english: str
    around: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """What follows ``id/unit/`` in its IRI."""
        return f"{self.era}/{self.code}"

    @property
    def full_name(self) -> str:
        """The official name."""
        return f"{self.type_word} {self.name}"

    @property
    def chain(self) -> tuple[Place, ...]:
        """The unit and what it lies in: the parts of its address."""
        return (self, *self.around)

    @property
    def province(self) -> Place:
        """The province that it is or lies in."""
        return self.chain[-1]


@dataclass(frozen=True)
class Registers:
    """The register of 30 June 2025, that of 1 July 2025, and former names.

    Attributes:
        old: provinces, districts and communes that ended on 1 July 2025 or went on from it.
        new: provinces and communes since then.
        former: districts and communes under names that they had before; in what they lay in then.

    """

    old: tuple[Place, ...]
    new: tuple[Place, ...]
    former: tuple[Place, ...]


def rows(name: str) -> list[Row]:
    """Read a table of units."""
    with (TABLES / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def read_registers() -> Registers:
    """Read all tables."""
    provinces = {row["code"]: _province("2004", row) for row in rows("provinces_pre2025.csv")}
    districts = {
        row["code"]: _place("2004", 2, row, provinces[row["parent_province_code"]])
        for row in rows("districts_pre2025.csv")
    }
    communes = [
        _place("2004", 3, row, districts[row["parent_district_code"]]) for row in rows("communes_pre2025.csv")
    ]
    today = {row["code"]: _province("2025", row) for row in rows("provinces_2025.csv")}
    new = [_place("2025", 3, row, today[row["parent_province_code"]]) for row in rows("communes_2025.csv")]
    old = (*provinces.values(), *districts.values(), *communes)
    return Registers(old, (*today.values(), *new), _former(old, provinces))


def _province(era: str, row: Row) -> Place:
    word = row["full_name_vi"].removesuffix(f" {row['name_vi']}")
    return Place(era, row["code"], 1, row["name_vi"], word, row["name_en"])


def _place(era: str, level: int, row: Row, parent: Place) -> Place:
    word = row["full_name_vi"].removesuffix(f" {row['name_vi']}")
    return Place(era, row["code"], level, row["name_vi"], word, row["full_name_en"], parent.chain)


def _former(old: tuple[Place, ...], provinces: Mapping[str, Place]) -> tuple[Place, ...]:
    """Give units under former names, where the unit that they lay in then is known."""
    names = {(place.level, place.code): place.name for place in old}
    districts = {place.code: place for place in old if place.level == 2}
    levels = {"district": (2, provinces), "commune": (3, districts)}
    found = {}
    for row in rows("unit_history_2004_2025.csv"):
        level, parents = levels.get(row["level"], (0, {}))
        parent, now = parents.get(row["parent_code"]), names.get((level, row["code"]))
        if parent is not None and now is not None and row["name_vi"].casefold() != now.casefold():
            place = _place("2004", level, {**row, "full_name_en": ""}, parent)
            found[place.key, place.name] = place
    return tuple(found.values())
