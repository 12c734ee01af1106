"""The entries of both registers of units, read from the tables: what a unit was for one span of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping import admin_tables
from graph.mapping.reader import TableSet
from graph.mapping.unit_types import CENTRAL_CITY, CITY, CITY_OF_CENTRAL_CITY, CITY_OF_PROVINCE, Level
from graph.model import iris
from graph.model.iris import ERA_2004, ERA_2025

REFORM_DAY: Final = "2025-07-01"
"""The first day of the 2025 register: the districts are gone, provinces and communes are made anew."""

INPUTS: Final = (
    admin_tables.UNIT_HISTORY.name,
    admin_tables.PROVINCES_2025.name,
    admin_tables.COMMUNES_2025.name,
    admin_tables.UNIT_CHANGES_2026.name,
)
"""The tables that the index is made from."""

_LEVELS: Final = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """What a register says of one unit for one span of time.

    Attributes:
        era: the register, 2004 or 2025.
        level: the unit's level.
        code: its official code.
        name: its name without the type word.
        official_name: its name with the type word.
        unit_type: its type as in `unit_types.TYPES`.
        parent_code: the code of the unit it is part of; empty for provinces.
        valid_from: the first day, ISO 8601; empty = already so when the register begins.
        valid_to: the first day on which it is no longer so; empty = still so.
        name_en: the name in English as a table of the 2025 register has it; empty otherwise.

    """

    era: str
    level: Level
    code: str
    name: str
    official_name: str
    unit_type: str
    parent_code: str
    valid_from: str
    valid_to: str
    name_en: str = ""

    def holds_on(self, day: str) -> bool:
        """Say whether this was so on a day (ISO 8601)."""
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)

    @property
    def unit(self) -> NamedNode:
        """Give the IRI of the unit."""
        return iris.unit(self.era, self.code)


def entries_2004(tables: TableSet) -> Iterator[RegisterEntry]:
    """Give the entries of the register before 1 July 2025; what has no end in the table ended that day."""
    rows = [row for row in admin_tables.UNIT_HISTORY.read(tables) if row["level"] in _LEVELS]
    central = [
        (row["code"], row["valid_from"], row["valid_to"])
        for row in rows
        if row["level"] == Level.PROVINCE.value and row["type"] == CITY
    ]
    for row in rows:
        level = _LEVELS[row["level"]]
        unit_type, parent = row["type"], row["parent_code"]
        if unit_type == CITY and level is Level.PROVINCE:
            unit_type = CENTRAL_CITY
        elif unit_type == CITY:
            start = row["valid_from"]
            of_central = any(
                parent == code and begin <= start and (not end or start < end) for code, begin, end in central
            )
            unit_type = CITY_OF_CENTRAL_CITY if of_central else CITY_OF_PROVINCE
        yield RegisterEntry(
            ERA_2004,
            level,
            row["code"],
            row["name_vi"],
            row["full_name_vi"],
            unit_type,
            parent,
            row["valid_from"],
            row["valid_to"] or REFORM_DAY,
        )


def entries_2025(tables: TableSet) -> Iterator[RegisterEntry]:
    """Give the entries of the register since 1 July 2025, with the changes of 2026."""
    changed = {
        (row["level"], row["code"]): row
        for row in admin_tables.UNIT_CHANGES_2026.read(tables)
        if row["level"] in _LEVELS
    }
    provinces = (
        (Level.PROVINCE, "", row, row["name_en"]) for row in admin_tables.PROVINCES_2025.read(tables)
    )
    communes = (
        (Level.COMMUNE, row["parent_province_code"], row, row["full_name_en"])
        for row in admin_tables.COMMUNES_2025.read(tables)
    )
    for level, parent, row, name_en in (*provinces, *communes):
        code, name = row["code"], row["name_vi"]
        change = changed.get((level.value, code))
        yield RegisterEntry(
            ERA_2025,
            level,
            code,
            name,
            row["full_name_vi"],
            row["type"],
            parent,
            REFORM_DAY,
            change["effective_from"] if change else "",
            name_en,
        )
        if change:
            yield RegisterEntry(
                ERA_2025,
                level,
                code,
                name,
                change["new_full_name_vi"],
                row["type_as_of_2026_11"],
                parent,
                change["effective_from"],
                "",
            )
