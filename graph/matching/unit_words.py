"""The words that say what kind of unit a name is of: ``Thị xã``, ``TX.``, ``Q.1``, ``... Province``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graph.matching.spelling import bare, marked
from graph.model.text import squeeze

_CENTRAL_CITY: Final = "thanh-pho-truc-thuoc-trung-uong"
_CITIES: Final = frozenset(
    {_CENTRAL_CITY, "thanh-pho-thuoc-tinh", "thanh-pho-thuoc-thanh-pho-truc-thuoc-trung-uong"}
)
_PROVINCES: Final = frozenset({"tinh", _CENTRAL_CITY})

# What stands before a name, as it is printed and as it is shortened; the longest that fits counts.
_BEFORE: Final[dict[str, frozenset[str]]] = {
    "thành phố trực thuộc trung ương": frozenset({_CENTRAL_CITY}),
    "thủ đô": frozenset({_CENTRAL_CITY}),
    "tỉnh": frozenset({"tinh"}),
    "thành phố": _CITIES,
    "quận": frozenset({"quan"}),
    "huyện": frozenset({"huyen"}),
    "thị xã": frozenset({"thi-xa"}),
    "thị trấn": frozenset({"thi-tran"}),
    "phường": frozenset({"phuong"}),
    "xã": frozenset({"xa"}),
    "đặc khu": frozenset({"dac-khu"}),
    "tp": _CITIES,
    "t": frozenset({"tinh"}),
    "q": frozenset({"quan"}),
    "h": frozenset({"huyen"}),
    "tx": frozenset({"thi-xa"}),
    "tt": frozenset({"thi-tran"}),
    "p": frozenset({"phuong"}),
    "f": frozenset({"phuong"}),
    "x": frozenset({"xa"}),
    "đk": frozenset({"dac-khu"}),
    "province of": _PROVINCES,
    "city of": _CITIES,
    "district": frozenset({"quan", "huyen"}),
    "ward": frozenset({"phuong"}),
    "commune": frozenset({"xa"}),
}
# What stands behind a name in English.
_BEHIND: Final[dict[str, frozenset[str]]] = {
    "province": _PROVINCES,
    "city": _CITIES,
    "municipality": _CITIES,
    "district": frozenset({"quan", "huyen"}),
    "urban district": frozenset({"quan"}),
    "rural district": frozenset({"huyen"}),
    "town": frozenset({"thi-xa", "thi-tran"}),
    "township": frozenset({"thi-tran"}),
    "ward": frozenset({"phuong"}),
    "commune": frozenset({"xa"}),
    "special region": frozenset({"dac-khu"}),
    "special zone": frozenset({"dac-khu"}),
}
# Written without a space between: TP.HCM is split by its point, TPHCM and Q1 are not.
_GLUED: Final = re.compile(r"tp(?=[^\W\d_])|tx(?=[^\W\d_])|[qpf](?=\d+$)", re.IGNORECASE)
_PARTS: Final = re.compile(r"[^\W_]+[\w\u0300-\u036f'’]*")
_MOST_WORDS: Final = 6

LEVELS: Final[dict[str, int]] = {
    "tinh": 1,
    _CENTRAL_CITY: 1,
    "quan": 2,
    "huyen": 2,
    "thi-xa": 2,
    "thanh-pho-thuoc-tinh": 2,
    "thanh-pho-thuoc-thanh-pho-truc-thuoc-trung-uong": 2,
    "xa": 3,
    "phuong": 3,
    "thi-tran": 3,
    "dac-khu": 3,
}
"""The level of each type of unit (the keys of the concept scheme ``unit-type``): 1 province, 3 commune."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a phrase.

    Attributes:
        name: what remains as the name.
        kinds: the types of unit that the phrase names; none if it names none.

    """

    name: str
    kinds: frozenset[str] = frozenset()


@lru_cache(maxsize=100_000)
def readings(phrase: str) -> tuple[Reading, ...]:
    """Give the ways to read a phrase, the one that takes most of it for type words first.

    The whole phrase as a name is always among them: ``Xã Đàn`` may be a name, ``Tinh Gia`` surely is one.
    """
    text = squeeze(phrase)
    parts = list(_PARTS.finditer(text))
    found: dict[Reading, None] = {}
    for count in range(min(_MOST_WORDS, len(parts) - 1), 0, -1):
        head = text[: parts[count - 1].end()]
        kinds = _kinds(head, _BEFORE)
        if kinds:
            found[Reading(text[parts[count].start() :].strip(" .,"), kinds)] = None
        tail = text[parts[-count].start() :]
        kinds = _kinds(tail, _BEHIND)
        if kinds:
            found[Reading(text[: parts[-count - 1].end()].strip(" .,"), kinds)] = None
    glued = _GLUED.match(text)
    if glued and not found:
        found[Reading(text[glued.end() :].strip(" ."), _BEFORE[glued.group().lower()])] = None
    if parts:
        found[Reading(text)] = None
    return tuple(found)


def starts_unit(word: str, *, with_marks: bool = False) -> bool:
    """Say whether a word, or two words with a space between, names a type of unit by itself.

    Args:
        word: in any case.
        with_marks: whether the writer is known to write marks: then ``quan`` is no ``quận``.

    """
    if not with_marks:
        return bool(_kinds(word, _BEFORE))
    return any(marked(word) == marked(known) for known, _ in _BEFORE_BY_BARE.get(bare(word), ()))


def _kinds(phrase: str, table: dict[str, frozenset[str]]) -> frozenset[str]:
    """Give the types of a phrase that is a type word; marks may lack, but not be others (Xá is not Xã)."""
    plain = bare(phrase)
    for word, kinds in _by_bare(table).get(plain, ()):
        if marked(phrase) in (marked(word), plain):
            return kinds
    return frozenset()


def _by_bare(table: dict[str, frozenset[str]]) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    return _BEFORE_BY_BARE if table is _BEFORE else _BEHIND_BY_BARE


def _grouped(table: dict[str, frozenset[str]]) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    return {
        key: tuple((word, kinds) for word, kinds in table.items() if bare(word) == key)
        for key in {bare(word) for word in table}
    }


_BEFORE_BY_BARE: Final = _grouped(_BEFORE)
_BEHIND_BY_BARE: Final = _grouped(_BEHIND)
