"""Taking an address apart: its segments, from the smallest unit to the largest or the other way round."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from graph.matching.spelling import bare, has_marks, marked
from graph.matching.unit_words import starts_unit
from graph.model.text import fold, squeeze

_SEPARATORS: Final = re.compile(r"[,;|/\n\t→>()\[\]]+|\s+[-–—]\s+|\.\s+(?=[^\W\d_])")
_POINT_AFTER_TYPE: Final = re.compile(r"\b(tp|tx|tt|q|h|p|f|x|t|đk|dk)\.\s+", re.IGNORECASE)
_COUNTRY: Final = frozenset({"viet nam", "vietnam", "vn", "nuoc viet nam"})
_POSTCODE: Final = re.compile(r"\d{5,6}")
# What begins so is smaller than any unit; marks may lack, but not be others (Lạng is not làng).
_SMALL_PLACES: Final = (
    "số", "nhà", "đường", "phố", "ngõ", "ngách", "hẻm", "kiệt", "thôn", "bản", "làng", "ấp", "buôn", "bon",
    "plei", "sóc", "tổ", "tdp", "khu", "kp", "khóm", "đội", "lô", "street", "st", "road", "no", "village",
)  # fmt: skip
_BEGINS_SMALL: Final = frozenset(form for word in _SMALL_PLACES for form in (marked(word), bare(word)))
_MOST_WORDS: Final = 14
_LONGEST_NAME: Final = 6


def segments(text: str, is_name: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the segments of an address in the order they stand in, without country and postal code.

    Args:
        text: an address, or just a name.
        is_name: says whether a phrase is a name of some unit; it decides where nothing separates names.

    """
    whole = squeeze(text)
    if is_name(whole):
        return (whole,)
    # A point behind an abbreviation separates nothing.
    parts = [
        squeeze(part) for part in _SEPARATORS.split(_POINT_AFTER_TYPE.sub(r"\1.", whole)) if part.strip(" .")
    ]
    found: list[str] = []
    for part in _joined(parts, is_name):
        if fold(part) not in _COUNTRY and not _POSTCODE.fullmatch(part):
            found += _split(part, is_name)
    return tuple(found)


@lru_cache(maxsize=20_000)
def is_below_units(segment: str) -> bool:
    """Say whether a segment names what lies below any unit: a house, a street, a village."""
    first = next(iter(marked(segment).split(" ")))
    return first in _BEGINS_SMALL or first[:1].isdigit()


def _joined(parts: list[str], is_name: Callable[[str], bool]) -> list[str]:
    """Put together what a dash inside a name has parted: Bà Rịa - Vũng Tàu."""
    found: list[str] = []
    for part in parts:
        if found and is_name(f"{found[-1]} - {part}"):
            found[-1] = f"{found[-1]} - {part}"
        else:
            found.append(part)
    return found


def _split(part: str, is_name: Callable[[str], bool]) -> list[str]:
    """Split a part that has several names with nothing but spaces between, else give it as it is."""
    if is_name(part) or is_below_units(part):
        return [part]
    return _before_type_words(part) or _into_names(part, is_name) or [part]


def _before_type_words(part: str) -> list[str]:
    """Split before each word that names a type of unit, if there are several."""
    words = part.split(" ")
    with_marks = has_marks(part)
    starts = []
    position = 0
    while position < len(words):
        two = " ".join(words[position : position + 2])
        is_two = starts_unit(two, with_marks=with_marks)
        if is_two or starts_unit(words[position].rstrip("."), with_marks=with_marks):
            starts.append(position)
            position += 1 + is_two
        position += 1
    if not starts or starts == [0]:
        return []
    bounds = [0, *(start for start in starts if start), len(words)]
    return [" ".join(words[a:b]) for a, b in pairwise(bounds)]


def _into_names(part: str, is_name: Callable[[str], bool]) -> list[str]:
    """Cut a run of words into the fewest names; none if that cannot be done."""
    words = part.split(" ")
    if len(words) > _MOST_WORDS:
        return []
    best: list[list[str] | None] = [[]]
    for end in range(1, len(words) + 1):
        options = [
            [*before, name]
            for start in range(max(0, end - _LONGEST_NAME), end)
            if (before := best[start]) is not None and is_name(name := " ".join(words[start:end]))
        ]
        best.append(min(options, key=len, default=None))
    return best[-1] or []
