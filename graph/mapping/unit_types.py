"""Levels and types of administrative units: their printed words, codes, concepts and English words."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from pyoxigraph import NamedNode

from graph.model import iris
from graph.model.namespaces import VNDX


class Level(Enum):
    """A level of administrative units, as the tables print it."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"

    @property
    def unit_class(self) -> NamedNode:
        """Give the class of the units of this level."""
        return _CLASSES[self]

    @property
    def digits(self) -> int:
        """Give how many digits the official codes of this level have."""
        return _DIGITS[self]

    @property
    def vi(self) -> str:
        """Give the name of the level in Vietnamese, for messages."""
        return _NAMES_VI[self]

    def has_code(self, code: str) -> bool:
        """Say whether a text has the form of a code of this level."""
        return bool(_CODES[self].fullmatch(code))


_CLASSES: Final = {
    Level.PROVINCE: VNDX["Province"],
    Level.DISTRICT: VNDX["District"],
    Level.COMMUNE: VNDX["Commune"],
}
_DIGITS: Final = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
_CODES: Final = {level: re.compile(rf"[0-9]{{{digits}}}") for level, digits in _DIGITS.items()}
_NAMES_VI: Final = {Level.PROVINCE: "cấp tỉnh", Level.DISTRICT: "cấp huyện", Level.COMMUNE: "cấp xã"}

CITY: Final = "thành phố"
"""The word for cities of three types: the register prints no more, the parent tells which one is meant."""

CENTRAL_CITY: Final = "thành phố trực thuộc trung ương"
CITY_OF_PROVINCE: Final = "thành phố thuộc tỉnh"
CITY_OF_CENTRAL_CITY: Final = "thành phố thuộc thành phố trực thuộc trung ương"

TYPES: Final[dict[tuple[str, Level], tuple[str, ...]]] = {
    (iris.ERA_2004, Level.PROVINCE): ("tỉnh", CENTRAL_CITY),
    (iris.ERA_2004, Level.DISTRICT): ("quận", "huyện", "thị xã", CITY_OF_PROVINCE, CITY_OF_CENTRAL_CITY),
    (iris.ERA_2004, Level.COMMUNE): ("xã", "phường", "thị trấn"),
    (iris.ERA_2025, Level.PROVINCE): ("tỉnh", CENTRAL_CITY),
    (iris.ERA_2025, Level.COMMUNE): ("xã", "phường", "đặc khu"),
}
"""The types of units that each register knows at each level, as the tables print them."""

_ALL_TYPES: Final = tuple(dict.fromkeys(printed for types in TYPES.values() for printed in types))

TYPE_CONCEPTS: Final[dict[str, NamedNode]] = {
    printed: iris.concept("unit-type", printed) for printed in (*_ALL_TYPES, "quốc gia")
}
"""The concept of each type, by its printed name."""

_WORDS: Final = {printed: CITY if printed.startswith(CITY) else printed for printed in _ALL_TYPES}


def type_word(unit_type: str) -> str:
    """Give the word that a type puts before a unit's name: "thành phố" for the three types of cities."""
    return _WORDS[unit_type]


def type_of_full_name(full_name: str, era: str, level: Level) -> str:
    """Give the type that an official name begins with ("Phường Bố Hạ" is a "phường"), or an empty text.

    A city at district level is taken for a city of a province; the parent must tell otherwise.
    """
    lowered = full_name.casefold()
    for unit_type in TYPES.get((era, level), ()):
        if lowered.startswith(f"{type_word(unit_type)} "):
            return unit_type
    return ""
