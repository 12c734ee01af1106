"""Which acts changed administrative units: an index that finds an act by its number and a date.

Numbers of the Government's resolutions and decrees begin anew every year, so the number alone names several
acts ("47/NQ-CP" four times); numbers that hold a year ("15/2008/QH12") or the term of a National Assembly
("932/NQ-UBTVQH13") name one. Rows of one number are therefore the same act if the number says so or if
their dates are equal, and different acts otherwise. An act's IRI has the year of issue or, where only the
date of the register of units is known, that year; acts that still collide have the full date.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.admin_tables import LEGAL_DOCUMENTS
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.unit_row import UnitRow
from graph.model import iris

REGISTER_BEGINS: Final = "2004-08-31"
"""The day as of which the statistical register was first drawn up: earlier acts are entered under it."""

_YEAR_OR_TERM: Final = re.compile(r"/(?:19|20)[0-9]{2}(?![0-9])|QH[0-9]{2}$")


@dataclass(frozen=True)
class Act:
    """One act, and the rows of the table that are about it (several where it took effect in steps)."""

    iri: NamedNode
    number: str
    rows: tuple[Row, ...]
    qualifier: str
    """What sets the act apart from others of the same number: a year or a day; empty if nothing need."""


class LegalRegister:
    """The acts of the table of legal documents, found by number and date."""

    def __init__(self, rows: Iterable[Row]) -> None:
        by_number: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_number[row["number"]].append(row)
        self._by_number = {number: tuple(_acts(number, of_it)) for number, of_it in by_number.items()}

    @classmethod
    def from_tables(cls, tables: TableSet) -> LegalRegister:
        """Make the index from the table of legal documents."""
        return cls(row for row in LEGAL_DOCUMENTS.read(tables) if row["number"])

    def __iter__(self) -> Iterator[Act]:
        """Go through all acts."""
        for acts in self._by_number.values():
            yield from acts

    def act(self, number: str, day: str) -> Act | None:
        """Give the act of a number that took effect or was registered on a day (ISO 8601), or None.

        A number that names one act only needs no matching day, as the day of a change may come later
        than the day on which its act took effect.
        """
        acts = self._by_number.get(number, ())
        dated = [act for act in acts if any(row["effective"] == day for row in act.rows)]
        if dated:
            return dated[0]
        return acts[0] if len(acts) == 1 and names_one_act(number) else None

    def basis(self, reader: UnitRow, column: str, day: str) -> tuple[NamedNode, ...]:
        """Give the documents that a cell names as legal basis of a change (``a|b``); report unknown ones."""
        found = []
        for number in reader.row.listed(column, "|"):
            act = self.act(number, day)
            if act is None:
                _report_unknown(reader, column, number, day, self._by_number.get(number, ()))
            else:
                found.append(act.iri)
        return tuple(found)


def names_one_act(number: str) -> bool:
    """Say whether a number holds a year or a term, so that it is not given again."""
    return bool(_YEAR_OR_TERM.search(number))


def _acts(number: str, rows: list[Row]) -> Iterator[Act]:
    """Divide the rows of one number into acts."""
    by_date: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_date["" if names_one_act(number) else row["issued"] or row["effective"]].append(row)
    years = Counter(_year(of_act) for of_act in by_date.values())
    for date, of_act in by_date.items():
        year = _year(of_act)
        key = date if years[year] > 1 else year
        yield Act(iris.document(number, key), number, tuple(of_act), "" if names_one_act(number) else key)


def _year(rows: list[Row]) -> str:
    """Give the year for an act's key: of issue, or of the first date on which the register has it."""
    known = [row["issued"] for row in rows if row["issued"]] or [row["effective"] for row in rows]
    return min(known)[:4]


def _report_unknown(reader: UnitRow, column: str, number: str, day: str, acts: tuple[Act, ...]) -> None:
    """Report an act that is not in the table, and the dates with which its number is there."""
    dates = ", ".join(sorted({row["effective"] or "?" for act in acts for row in act.rows}))
    file = file_of(LEGAL_DOCUMENTS.name)
    reader.wrong(
        column,
        vi=f"văn bản {number!r} ({day or 'không ngày'}) không có trong {file}"
        + (f"; số này chỉ có với ngày {dates}" if dates else ""),
        en=f"the act {number!r} ({day or 'no date'}) is not in {file}"
        + (f"; it has this number with {dates} only" if dates else ""),
    )
