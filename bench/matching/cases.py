"""The test set: names as people write them, each with the one unit that it means, or with none.

Which units are taken is decided by a digest of their codes: the same tables give the same set. A spelling
that would be right for a second unit as well is left out, or stands among those that mean none for sure.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final, TextIO

from bench.load.driver import ROOT
from bench.matching import distortions as distorted
from bench.matching.registers import Place, Registers, read_registers

FIXTURES: Final = ROOT / "tests" / "fixtures" / "matching"
DISTORTED: Final = FIXTURES / "distorted.csv"
FROM_SOURCES: Final = FIXTURES / "from_sources.csv"

LAST_OLD_DAY: Final = "2025-06-30"
_SINCE: Final = "2025-07-01"
_EACH: Final = 24


@dataclass(frozen=True)
class Case:
    """One name with its answer.

    Attributes:
        group: ``address`` (its province is given), ``bare`` (a province or district by its name alone),
            ``code``, or ``unsure`` (nothing may be matched without asking).
        kind: of distortion.
        text: what is looked for.
        within: larger units that are known, with `` | `` between.
        date: on which the text was right, empty if that is unknown.
        level: which is wanted, empty for any.
        expected: era and code of the unit, empty for none.

    """

    group: str
    kind: str
    text: str
    within: str
    date: str
    level: str
    expected: str


def read_cases(path: Path) -> list[Case]:
    """Read a file of cases; columns that a case has not are passed over."""
    names = [field.name for field in fields(Case)]
    with path.open(encoding="utf-8", newline="") as table:
        return [Case(**{name: row[name] for name in names}) for row in csv.DictReader(table)]


def write_cases(cases: Iterable[Case], out: TextIO) -> None:
    """Write cases as CSV."""
    writer = csv.DictWriter(out, [field.name for field in fields(Case)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, cases))


def make_cases(registers: Registers) -> list[Case]:
    """Make the test set from the tables."""
    return list(dict.fromkeys(_Cases(registers).all()))


Writing = Callable[[Place], str]


class _Cases:
    def __init__(self, registers: Registers) -> None:
        self._old, self._new, self._former = registers.old, registers.new, registers.former
        self._by_level = {level: [p for p in self._old if p.level == level] for level in (1, 2, 3)}
        self._names = Counter(_key(place.name) for place in (*self._old, *self._new))
        self._in_parents = Counter(
            (_key(place.name), outer.key) for place in (*self._old, *self._new) for outer in place.around
        )

    def all(self) -> Iterator[Case]:
        yield from self._addresses()
        yield from self._levels()
        yield from self._typing_errors()
        yield from self._former_names()
        yield from self._today()
        yield from self._provinces()
        yield from self._districts()
        yield from self._codes()
        yield from self._unsure()

    def _addresses(self) -> Iterator[Case]:
        """Whole addresses of communes before the reform, and names with columns for what is around."""
        writings: dict[str, Writing] = {
            "as printed": _printed,
            "no marks": lambda p: distorted.no_marks(_printed(p)),
            "NFD": lambda p: distorted.decomposed(_printed(p)),
            "other tone place": lambda p: distorted.other_tone_place(_printed(p)),
            "d for đ": lambda p: distorted.no_stroke(_printed(p)),
            "upper case": lambda p: distorted.upper(_printed(p)),
            "no-break spaces": lambda p: distorted.no_break_spaces(_printed(p)),
            "types abbreviated": lambda p: ", ".join(map(_abbreviated, p.chain)),
            "no types": lambda p: ", ".join(q.name for q in p.chain),
            "no types, no marks": lambda p: distorted.no_marks(", ".join(q.name for q in p.chain)),
            "dashes between": lambda p: " - ".join(q.full_name for q in p.chain),
            "nothing between": lambda p: " ".join(q.full_name for q in p.chain),
            "largest first": lambda p: ", ".join(q.full_name for q in reversed(p.chain)),
            "types abbreviated, no marks": lambda p: distorted.no_marks(" ".join(map(_abbreviated, p.chain))),
            "English": lambda p: ", ".join(q.english for q in p.chain),
        }  # fmt: skip
        for kind, write in writings.items():
            clear = self._clear(self._by_level[3], 0)
            for place in _pick(kind, (p for p in clear if kind in _ALWAYS or write(p) != _printed(p))):
                yield _address(kind, place, write(place))
        for place in _pick("columns", self._clear(self._by_level[3], 0)):
            yield _address("columns", place, place.name, place.around)
        numbered = [p for p in self._by_level[3] if p.name.isdigit()]
        for place in _pick("numbers with zeros", (p for p in numbered if len(p.name) == 1)):
            ward = f"{place.type_word} {distorted.padded(place.name)}"
            text = ", ".join([ward, *(p.full_name for p in place.around)])
            yield _address("numbers with zeros", place, text)
        for place in _pick("numbers abbreviated", numbered):
            yield _address("numbers abbreviated", place, ", ".join(map(_abbreviated, place.chain)))
        for place in _pick("district", self._clear(self._by_level[2], 0), 40):
            yield _address("district and province", place, _printed(place))

    def _levels(self) -> Iterator[Case]:
        """Addresses that lack a level, or say a wrong one."""
        for place in _pick("no district", self._clear(self._by_level[3], 1)):
            yield _address("no district", place, f"{place.full_name}, {place.province.full_name}")
        for place in _pick("no district, no types", self._clear(self._by_level[3], 1)):
            yield _address("no district, no types", place, f"{place.name}, {place.province.name}")
        others = {"Xã": "Thị trấn", "Phường": "Xã", "Thị trấn": "Xã", "Huyện": "Thị xã", "Thị xã": "Huyện"}
        for place in _pick("wrong type", self._clear(self._by_level[3], 0)):
            wrong = f"{others[place.type_word]} {place.name}"
            yield _address("wrong type", place, ", ".join([wrong, *(p.full_name for p in place.around)]))
        towns = (p for p in self._clear(self._by_level[3], 0) if p.around[0].type_word in others)
        for place in _pick("wrong type of district", towns):
            district = place.around[0]
            wrong = f"{others[district.type_word]} {district.name}"
            text = f"{place.full_name}, {wrong}, {place.province.full_name}"
            yield _address("wrong type of district", place, text)

    def _typing_errors(self) -> Iterator[Case]:
        long = [p for p in self._clear(self._by_level[3], 1) if len(p.name) > 5]
        for place in _pick("typing error", long, 80):
            wrong = distorted.one_error(place.name, place.key)
            if _key(wrong) not in self._names:
                text = ", ".join([f"{place.type_word} {wrong}", *(p.full_name for p in place.around)])
                yield _address("typing error", place, text)
        for place in _pick("typing error, no types, no marks", long, 40):
            wrong = distorted.no_marks(distorted.one_error(place.name, place.key))
            if _key(wrong) not in self._names:
                text = distorted.no_marks(", ".join([wrong, *(p.name for p in place.around)]))
                yield _address("typing error, no types, no marks", place, text)
        for place in _pick("typing error, no district", long, 40):
            wrong = distorted.one_error(place.name, place.key)
            if _key(wrong) not in self._names:
                text = f"{place.type_word} {wrong}, {place.province.full_name}"
                yield _address("typing error, no district", place, text)
        for place in _pick("typing error in the province", long, 40):
            if len(place.province.name) > 5:
                wrong = distorted.one_error(place.province.name, place.key)
                text = f"{place.full_name}, {place.around[0].full_name}, {wrong}"
                yield _address("typing error in the province", place, text)
        for place in _pick("typing error in the district", long, 40):
            district = place.around[0]
            if len(district.name) > 5:
                wrong = distorted.one_error(district.name, place.key)
                text = f"{place.full_name}, {district.type_word} {wrong}, {place.province.full_name}"
                yield _address("typing error in the district", place, text)

    def _former_names(self) -> Iterator[Case]:
        former = [p for p in self._former if not self._in_parents[_key(p.name), p.around[0].key]]
        counted = Counter((_key(p.name), p.around[0].key) for p in former)
        for place in _pick("former name", (p for p in former if counted[_key(p.name), p.around[0].key] == 1)):
            yield Case("address", "former name", _printed(place), "", "", "", place.key)

    def _today(self) -> Iterator[Case]:
        """Addresses of today, which have two levels."""
        communes = self._clear((p for p in self._new if p.level == 3), 0)
        for place in _pick("today", communes):
            yield Case("address", "today", _printed(place), "", _SINCE, "", place.key)
        for place in _pick("today, no types, no marks", communes):
            text = distorted.no_marks(f"{place.name}, {place.province.name}")
            yield Case("address", "today, no types, no marks", text, "", _SINCE, "", place.key)
        fresh = [p for p in communes if self._names[_key(p.name)] == 1]
        for place in _pick("today, no date", fresh):
            yield Case("address", "today, no date", _printed(place), "", "", "", place.key)

    def _provinces(self) -> Iterator[Case]:
        writings: dict[str, Writing] = {
            "name": lambda p: p.name,
            "official": lambda p: p.full_name,
            "no marks": lambda p: distorted.no_marks(p.name),
            "upper case": lambda p: distorted.upper(p.name),
            "NFD": lambda p: distorted.decomposed(p.full_name),
            "abbreviated": _abbreviated,
            "English": lambda p: f"{p.english} {'City' if 'phố' in p.type_word else 'Province'}",
            "run together": lambda p: distorted.run_together(p.name),
            "other tone place": lambda p: distorted.other_tone_place(p.name),
            "other dashes": lambda p: distorted.other_dashes(p.full_name),
        }
        today = {place.name: place for place in self._new if place.level == 1}
        for number, place in enumerate(self._by_level[1]):
            for turn in (0, 3):
                kind = [*writings][(number + turn) % len(writings)]
                text = writings[kind](place)
                yield Case("bare", f"province, {kind}", text, "", LAST_OLD_DAY, "", place.key)
            now = today.get(place.name, place)
            yield Case("bare", "province, no date", place.name, "", "", "", now.key)
            if len(place.name) > 5:
                wrong = distorted.one_error(place.name, place.key)
                if _key(wrong) not in self._names:
                    yield Case("bare", "province, typing error", wrong, "", LAST_OLD_DAY, "1", place.key)

    def _districts(self) -> Iterator[Case]:
        writings: dict[str, Writing] = {
            "name": lambda p: p.name,
            "official": lambda p: p.full_name,
            "no marks": lambda p: distorted.no_marks(p.full_name),
            "upper case": lambda p: distorted.upper(p.full_name),
            "NFD": lambda p: distorted.decomposed(p.full_name),
            "abbreviated": _abbreviated,
            "English": lambda p: p.english,
        }
        large = Counter(_key(place.name) for place in (*self._by_level[1], *self._by_level[2]))
        single = [p for p in self._by_level[2] if large[_key(p.name)] == 1]
        for kind, write in writings.items():
            for place in _pick(f"district, {kind}", single):
                yield Case("bare", f"district, {kind}", write(place), "", LAST_OLD_DAY, "", place.key)

    def _codes(self) -> Iterator[Case]:
        for level in (1, 2, 3):
            for place in _pick("code", self._by_level[level], 6):
                yield Case("code", "code and date", place.code, "", LAST_OLD_DAY, "", place.key)
        for place in _pick("code", self._new, 6):
            yield Case("code", "code and date", place.code, "", _SINCE, "", place.key)

    def _unsure(self) -> Iterator[Case]:
        """Give what must not be matched without asking: many units have it, or none."""
        shared = Counter(place.full_name for place in self._by_level[3])
        common = [p for p in self._by_level[3] if shared[p.full_name] > 1]
        for place in _pick("many have the name", common, 30):
            yield Case("unsure", "many have the name", place.full_name, "", LAST_OLD_DAY, "", "")
        provinces = self._by_level[1]
        for number, place in enumerate(_pick("in the wrong province", self._clear(self._by_level[3], 1))):
            other = provinces[number * 2]
            if not self._in_parents[_key(place.name), other.key]:
                text = f"{place.full_name}, {other.full_name}"
                yield Case("unsure", "in the wrong province", text, "", LAST_OLD_DAY, "", "")
        codes = Counter(place.code for place in (*self._old, *self._new))
        for place in _pick("code of two registers", (p for p in self._new if codes[p.code] == 2), 10):
            yield Case("unsure", "code of two registers", place.code, "", "", "", "")

    def _clear(self, places: Iterable[Place], outer: int) -> list[Place]:
        """Give those whose name nothing else has in one of the units around: 0 the nearest, 1 the next."""
        return [
            place
            for place in places
            if not place.name.isdigit()
            and self._in_parents[_key(place.name), place.around[min(outer, len(place.around) - 1)].key] == 1
            and _key(place.name) not in {_key(around.name) for around in place.around}
        ]


_ALWAYS: Final = frozenset({"as printed", "English"})


def _printed(place: Place) -> str:
    return ", ".join(part.full_name for part in place.chain)


def _abbreviated(place: Place) -> str:
    return distorted.short_type(place.type_word, place.name)


def _address(kind: str, place: Place, text: str, within: Iterable[Place] = ()) -> Case:
    around = " | ".join(part.full_name for part in within)
    return Case("address", kind, text, around, LAST_OLD_DAY, "", place.key)


def _key(name: str) -> str:
    """Give the form in which names that may be confused are equal."""
    return distorted.no_marks(name).casefold().replace(" ", "")


def _pick(kind: str, places: Iterable[Place], count: int = _EACH) -> list[Place]:
    """Take some units, the same each time."""
    return sorted(places, key=lambda p: hashlib.sha256(f"{kind} {p.key} {p.name}".encode()).digest())[:count]


if __name__ == "__main__":
    write_cases(make_cases(read_registers()), sys.stdout)
