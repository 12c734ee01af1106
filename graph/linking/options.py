"""What can be asked of the linking of a table, and in which columns of the table it is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.linking.days import read_day
from graph.linking.errors import LinkInputError
from graph.matching.gazetteer import COMMUNE, DISTRICT, PROVINCE
from graph.matching.matcher import UnitQuery
from graph.model.text import squeeze

LEVELS: Final = {"province": PROVINCE, "district": DISTRICT, "commune": COMMUNE}
"""The levels of units, by the names they have in options."""

_CANDIDATES: Final = 6
_SHOWN_NAMES: Final = 20
_SHOWN_LETTERS: Final = 40


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """What to look for.

    Attributes:
        column: the name of the column with names, codes or addresses of units.
        within: the names of columns with larger units around them.
        around: names of larger units around all rows.
        day: on which all rows were right; None if that is unknown.
        day_column: the name of a column that says it for each row; empty if none does.
        levels: the levels of units that are meant; empty for any.
        era: the register they are of, ``2004`` or ``2025``; empty for any.
        prefix: of the names of the columns that are added.

    """

    column: str
    within: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    day: date | None = None
    day_column: str = ""
    levels: frozenset[int] = frozenset()
    era: str = ""
    prefix: str = "vndx_"


class QueryColumns:
    """The columns of a table that say what to look for.

    Args:
        header: the names of all columns.
        options: what is asked.
        added: the names of the columns that will be added, without the prefix.

    Raises:
        LinkInputError: if a column is missing, or its name is not unique.

    """

    def __init__(self, header: Sequence[str], options: LinkOptions, added: Sequence[str]) -> None:
        names = [squeeze(name) for name in header]
        twice = [name for name, count in Counter(names).items() if name and count > 1]
        if twice:
            raise LinkInputError(
                f"the table has several columns {_quoted(twice)}: give each a name of its own"
            )
        taken = [name for name in names if name in {options.prefix + suffix for suffix in added}]
        if taken:
            raise LinkInputError(
                f"the table has columns {_quoted(taken)} already: ask for another prefix, or take them out"
            )
        self._options = options
        self._name = _position(names, options.column)
        self._within = tuple(_position(names, name) for name in options.within)
        self._day = _position(names, options.day_column) if options.day_column else None

    def query(self, cells: Sequence[str]) -> UnitQuery | None:
        """Give what to look for in a row, None if its cell is blank.

        Raises:
            ValueError: if the day of the row cannot be read.

        """
        options = self._options
        text = squeeze(cells[self._name])
        if not text:
            return None
        day = options.day if self._day is None else read_day(cells[self._day])
        within = tuple(found for position in self._within if (found := squeeze(cells[position])))
        around = (*within, *options.around)
        return UnitQuery(text, around, day, options.era, options.levels, _CANDIDATES)


def _position(names: Sequence[str], wanted: str) -> int:
    name = squeeze(wanted)
    if name and name in names:
        return names.index(name)
    raise LinkInputError(
        f"there is no column {wanted!r}; there are {_quoted([found for found in names if found])}"
    )


def _quoted(names: Sequence[str]) -> str:
    """Give names as a message has them: not all of very many, and only the start of very long ones."""
    shown = [repr(name if len(name) <= _SHOWN_LETTERS else f"{name[:_SHOWN_LETTERS]}…") for name in names]
    rest = len(shown) - _SHOWN_NAMES
    return ", ".join(shown[:_SHOWN_NAMES]) + (f" and {rest} more" if rest > 0 else "")
