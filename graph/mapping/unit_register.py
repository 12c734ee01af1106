"""Which administrative unit had which name, type and parent on which date: an index over both registers.

    register = tables.once(UnitRegister.from_tables)
    register.unit_of_province("TP. Đà Nẵng", PartialDate("2022"))   # id/unit/2004/48
    register.unit_of_province("Thừa Thiên - Huế", era=ERA_2004)     # id/unit/2004/46
    register.unit_of_province("Việt Nam")                           # id/country/vn
    register.named("Xã La Bằng", Level.COMMUNE, PartialDate("2022-08-15"), within=thai_nguyen)

A mapping that uses it names `INPUTS` among its own inputs. The index itself reports no problems: rows that
are wrong are left out here and reported by the mapping of their table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.reader import TableSet
from graph.mapping.register_entries import INPUTS, REFORM_DAY, RegisterEntry, entries_2004, entries_2025
from graph.mapping.unit_names import name_key, readings
from graph.mapping.unit_types import Level
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.iris import ERA_2004, ERA_2025, ERAS

__all__ = ["INPUTS", "REFORM_DAY", "RegisterEntry", "UnitRegister", "UnknownUnitError"]

_COUNTRY_KEYS: Final = frozenset({"vietnam", "canuoc"})

# Short forms and older spellings of provinces that newspapers and rankings print, as keys.
_PROVINCE_ALIASES: Final = {
    "brvt": "bariavungtau",
    "daclac": "daklak",
    "hcm": "hochiminh",
    "hcmc": "hochiminh",
    "tthue": "thuathienhue",
}


class UnknownUnitError(ValueError):
    """No unit, or more than one, has this name then: ``vi`` and ``en`` say so for a problem report."""

    def __init__(self, *, vi: str, en: str) -> None:
        self.vi = vi
        self.en = en
        super().__init__(en)


class UnitRegister:
    """An index of units by code and by name, over time; entries of one unit are in the order of time."""

    def __init__(self, entries: Iterable[RegisterEntry]) -> None:
        self._by_code: dict[tuple[str, str], list[RegisterEntry]] = defaultdict(list)
        for entry in entries:
            if entry.level.has_code(entry.code):
                self._by_code[entry.era, entry.code].append(entry)
        for of_unit in self._by_code.values():
            of_unit.sort(key=lambda entry: (entry.valid_from, entry.valid_to))

    @classmethod
    def from_tables(cls, tables: TableSet) -> UnitRegister:
        """Make the index from the tables named in `INPUTS`."""
        return cls([*entries_2004(tables), *entries_2025(tables)])

    def entries(self, era: str, code: str) -> tuple[RegisterEntry, ...]:
        """Give all that a register says of a unit, in the order of time; nothing if it has no such code."""
        return tuple(self._by_code.get((era, code), ()))

    def entries_on(self, era: str, level: Level, day: str) -> Iterator[RegisterEntry]:
        """Give what a register says of all its units of a level on a day (ISO 8601)."""
        for (of_era, _), entries in self._by_code.items():
            if of_era == era and entries[0].level is level:
                yield from (entry for entry in entries if entry.holds_on(day))

    def entry_on(self, era: str, code: str, day: str) -> RegisterEntry | None:
        """Give what a register says of a unit on a day (ISO 8601), or None."""
        return next((entry for entry in self._by_code.get((era, code), ()) if entry.holds_on(day)), None)

    def unit_of_province(self, name: str, date: PartialDate | None = None, *, era: str = "") -> NamedNode:
        """Give the province of this name, as it stood then; the country for "Việt Nam".

        Args:
            name: in any spelling: "TP. Đà Nẵng", "Thừa Thiên - Huế", "TP.HCM", "Hoà Bình", "Hòa Bình".
            date: decides between the registers; of a month or a year its first day counts.
            era: the register, where it is known otherwise (63 provinces: 2004, 34: 2025); then the date
                is not looked at.

        Raises:
            UnknownUnitError: if no province has the name in that register, if the one that had it had
                ended, or if neither date nor era is given and both registers have the name.

        """
        keys = [_PROVINCE_ALIASES.get(key, key) for key, _ in readings(name)]
        if not _COUNTRY_KEYS.isdisjoint(keys):
            return iris.country()
        if era and era not in ERAS:
            raise UnknownUnitError(
                vi=f"{era!r} không phải danh mục đơn vị hành chính: ghi 2004 hoặc 2025",
                en=f"{era!r} is no register era: write 2004 or 2025",
            )
        day = "" if era or date is None else date.first_day().isoformat()
        eras = (era,) if era else _eras_of(day)
        codes = list(dict.fromkeys(code for key in keys for code in self._provinces_by_key.get(key, ())))
        found = [
            (of_era, code) for of_era, code in codes if of_era in eras and self._runs_on(of_era, code, day)
        ]
        if len(found) == 1:
            return iris.unit(*found[0])
        if found:
            raise UnknownUnitError(
                vi=f"tỉnh {name!r} có trong cả hai danh mục: cần ngày hoặc hệ tỉnh (63 hay 34)",
                en=f"both registers have a province {name!r}: a date or the system (63 or 34) is needed",
            )
        elsewhere = ", ".join(sorted({of_era for of_era, _ in codes}))
        raise UnknownUnitError(
            vi=f"không có tỉnh {name!r} trong danh mục {'/'.join(eras)}{f' ngày {day}' if day else ''}"
            + (f"; tên này có trong danh mục {elsewhere}" if elsewhere else ""),
            en=f"no province {name!r} in the register of {'/'.join(eras)}{f' on {day}' if day else ''}"
            + (f"; the name is in that of {elsewhere}" if elsewhere else ""),
        )

    def named(
        self, name: str, level: Level, date: PartialDate, within: NamedNode | None = None
    ) -> tuple[NamedNode, ...]:
        """Give the units that had a name on a date, of one level, exact spellings before folded ones.

        Args:
            name: with or without its type word; with it, only units of that type are given.
            level: province, district or commune.
            date: of a month or a year its first day counts.
            within: a unit that they must be part of, directly or further up.

        """
        day = date.first_day().isoformat()
        found = [
            entry
            for key, word in readings(name)
            for entry in self._by_name.get((level, key), ())
            if entry.holds_on(day)
            and entry.official_name.casefold().startswith(word)
            and (within is None or within in self._parents(entry, day))
        ]
        found.sort(key=lambda entry: (name not in (entry.name, entry.official_name), entry.era, entry.code))
        return tuple(dict.fromkeys(entry.unit for entry in found))

    @cached_property
    def _provinces_by_key(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Index the provinces of both registers by the keys of all names they ever had."""
        index: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for (era, code), entries in self._by_code.items():
            for entry in entries:
                if entry.level is Level.PROVINCE:
                    index[name_key(entry.name)][era, code] = None
        return {key: tuple(codes) for key, codes in index.items()}

    @cached_property
    def _by_name(self) -> dict[tuple[Level, str], list[RegisterEntry]]:
        """Index all entries by level and key of the name."""
        index: dict[tuple[Level, str], list[RegisterEntry]] = defaultdict(list)
        for entries in self._by_code.values():
            for entry in entries:
                index[entry.level, name_key(entry.name)].append(entry)
        return index

    def _runs_on(self, era: str, code: str, day: str) -> bool:
        """Say whether a unit existed on a day, under whatever name; an empty day is any day."""
        return not day or self.entry_on(era, code, day) is not None

    def _parents(self, entry: RegisterEntry, day: str) -> Iterator[NamedNode]:
        """Give the units that an entry's unit was part of on a day, the nearest first."""
        above: RegisterEntry | None = entry
        while above is not None and above.parent_code:
            yield iris.unit(above.era, above.parent_code)
            above = self.entry_on(above.era, above.parent_code, day)


def _eras_of(day: str) -> tuple[str, ...]:
    """Give the register in force on a day; both for an empty day."""
    if not day:
        return ERAS
    return (ERA_2004,) if day < REFORM_DAY else (ERA_2025,)
