"""Guessing which column of a table names units, which ones say what lies around them, and which the day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.linking.days import read_day
from graph.matching.gazetteer import COMMUNE, DISTRICT, PROVINCE
from graph.matching.matcher import MATCH_SCORE, UnitMatcher, UnitQuery
from graph.model.text import fold

_ADDRESS: Final = COMMUNE + 1
_SAMPLE: Final = 6
_MOST_COLUMNS: Final = 20
_LONGEST: Final = 200
_SHARE: Final = 0.5
_LEAST_DIGITS: Final = 4
_NOT_WORDS: Final = re.compile("[^a-z0-9]+")
# Words in the names of columns, as their keys have them; the first that is found decides.
_HEADERS: Final = (
    (re.compile(r"\b(dia-chi|address)\b"), _ADDRESS),
    (re.compile(r"\b(xa|phuong|thi-tran|cap-xa|commune|ward)\b"), COMMUNE),
    (re.compile(r"\b(huyen|quan|thi-xa|cap-huyen|district)\b"), DISTRICT),
    (re.compile(r"\b(tinh|thanh-pho|tp|cap-tinh|province|city)\b"), PROVINCE),
)
# A cell of nothing but these names a column; to look it up as a unit would take long, as nothing is like it.
_NAMES_OF_COLUMNS: Final = re.compile(
    "(?:(?:ten|ma|cap|don-vi|hanh-chinh|xa|phuong|thi-tran|huyen|quan|thi-xa|tinh|thanh-pho|tp|dia-chi|ngay|stt)"
    "(?:-|$))+"
)
_DAYS: Final = re.compile(r"\b(ngay|thoi-diem|date|day)\b")
_CODES: Final = re.compile(r"\b(ma|code|id)\b")
_OTHERS: Final = re.compile(r"^(stt|tt|so-thu-tu|so|no|nr|ghi-chu|note|notes|nam|year)$")


@dataclass(frozen=True, slots=True)
class GuessedColumns:
    """What the columns of a table seem to say.

    Attributes:
        column: the name of the one with units.
        within: of those with larger units around them.
        day_column: of the one with days; empty if there is none.

    """

    column: str
    within: tuple[str, ...] = ()
    day_column: str = ""


def guess_columns(
    names: Sequence[str], sample: Sequence[Sequence[str]], matcher: UnitMatcher
) -> GuessedColumns:
    """Guess by the names of the first columns, and by what is in them.

    Args:
        names: of the columns, one at least.
        sample: some rows.
        matcher: knows what is a unit.

    """
    columns = {
        name: [row[position] for row in sample[:_SAMPLE] if position < len(row) and row[position].strip()]
        for position, name in enumerate(names[:_MOST_COLUMNS])
    }
    days = [name for name, cells in columns.items() if _is_of_days(name, cells)]
    ranks = {
        name: rank
        for name, cells in columns.items()
        if name not in days and (rank := _rank(name, cells, matcher))
    }
    day_column = days[0] if days else ""
    if not ranks:
        return GuessedColumns(names[0], day_column=day_column)
    # Of columns of one level, that with the most different names has the smallest units.
    main = max(ranks, key=lambda name: (ranks[name], len(set(columns[name]))))
    within = (name for name in ranks if name != main and ranks[name] >= PROVINCE)
    return GuessedColumns(main, tuple(within), day_column)


def names_unit(matcher: UnitMatcher, cell: str) -> bool:
    """Say whether a cell seems to name a unit; short numbers may be anything, long texts are other things."""
    text = cell.strip()
    if not text or len(text) > _LONGEST or (text.isdecimal() and len(text) < _LEAST_DIGITS):
        return False
    if _NAMES_OF_COLUMNS.fullmatch(_key(text)):
        return False
    found = matcher.match(UnitQuery(text, limit=1)).candidates
    return bool(found) and found[0].score >= MATCH_SCORE


def _key(text: str) -> str:
    """Give the words of a text in lower case without marks, hyphens between; empty if it has none."""
    return _NOT_WORDS.sub("-", fold(text)).strip("-")


def _rank(name: str, cells: Sequence[str], matcher: UnitMatcher) -> float:
    """Give the level of the units in a column, 0 if there are none; a code is taken if there is no name."""
    words = _key(name)
    if _OTHERS.search(words):
        return 0
    level = next((level for pattern, level in _HEADERS if pattern.search(words)), 0)
    if _CODES.search(words):
        return PROVINCE / 2 if level or _are_units(cells, matcher) else 0
    if level or not _are_units(cells, matcher):
        return level
    levels = Counter(
        found[0].unit.level for cell in cells if (found := matcher.match(UnitQuery(cell, limit=1)).candidates)
    )
    return levels.most_common(1)[0][0]


def _are_units(cells: Sequence[str], matcher: UnitMatcher) -> bool:
    return bool(cells) and sum(names_unit(matcher, cell) for cell in cells) >= _SHARE * len(cells)


def _is_of_days(name: str, cells: Sequence[str]) -> bool:
    days = sum(_is_day(cell) for cell in cells)
    return bool(days) and (days >= _SHARE * len(cells) or _DAYS.search(_key(name)) is not None)


def _is_day(cell: str) -> bool:
    try:
        return read_day(cell) is not None
    except ValueError:
        return False
