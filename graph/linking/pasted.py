"""Tables as people paste them: cells from a spreadsheet with tabs between, CSV, or one column of names.

Nobody says how they are written, nor whether the first row names the columns: that is found by looking.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from graph.linking.errors import LinkInputError
from graph.linking.records import Record, read_records, write_cells
from graph.model.text import squeeze

_TAB: Final = "\t"
_SIGNS: Final = (";", ",")
_LOOKED_AT: Final = 50
_ALIKE_SHARE: Final = 0.6


@dataclass(frozen=True)
class PastedTable:
    """A table whose form is known.

    Attributes:
        text: the table as CSV, its first line with the names of the columns.
        delimiter: between its cells.
        names: of the columns, each different from the others.
        has_header: whether the first row that was pasted named the columns.
        sample: the first rows.
        count: how many rows there are, blank ones not counted.

    """

    text: str
    delimiter: str
    names: tuple[str, ...]
    has_header: bool
    sample: tuple[tuple[str, ...], ...]
    count: int


def read_pasted(
    text: str, is_unit: Callable[[str], bool], column: str, *, has_header: bool | None = None
) -> PastedTable:
    """Find the form of a table.

    Args:
        text: what was pasted.
        is_unit: says whether a cell names a unit; a first row with one is no row of names of columns.
        column: what to call columns without a name, before their number.
        has_header: whether the first row names the columns; None if that shall be found.

    Raises:
        LinkInputError: if there is nothing but blanks.

    """
    text = text.removeprefix("\ufeff").lstrip("\r\n")
    found = _delimiter(text)
    records = list(read_records(_lines(text), found or _TAB))
    delimiter = found if found in _SIGNS else ","
    if delimiter != found:
        records = [_rewritten(record, delimiter) for record in records]
    first = next((record for record in records if any(map(str.strip, record.cells))), None)
    if first is None:
        raise LinkInputError("the table is empty")
    if has_header is None:
        has_header = not any(is_unit(cell) for cell in first.cells[:_LOOKED_AT])
    body = records[records.index(first) + has_header :]
    names = _names(first.cells if has_header else (), max(len(first.cells), 1), column)
    head = write_cells(names, delimiter) + "\n"
    filled = [record.cells for record in body if any(record.cells)]
    return PastedTable(
        head + "".join(record.text + (record.end or "\n") for record in body),
        delimiter,
        names,
        has_header,
        tuple(filled[:_LOOKED_AT]),
        len(filled),
    )


def _lines(text: str) -> io.StringIO:
    """Give the lines of a text, with their ends, as files of tables have them."""
    return io.StringIO(text, newline="")


def _rewritten(record: Record, delimiter: str) -> Record:
    """Give a record with another delimiter; a blank line stays one."""
    text = write_cells(record.cells, delimiter) if any(record.cells) else ""
    return Record(record.line, text, record.cells, record.end, record.problem)


def _delimiter(text: str) -> str:
    """Give what stands between cells, empty if there is one column only.

    A comma or semicolon stands between cells if it parts the first row, and most others into as many.
    """
    lines = [line for line in islice(_lines(text), _LOOKED_AT) if line.strip()]
    if any(_TAB in line for line in lines):
        return _TAB
    for sign in _SIGNS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=sign) if cells]
        except csv.Error:
            continue
        if widths and widths[0] > 1 and widths.count(widths[0]) >= _ALIKE_SHARE * len(widths):
            return sign
    return ""


def _names(cells: Sequence[str], width: int, column: str) -> tuple[str, ...]:
    """Give each column a name of its own: those that have none a number, the second of a name too."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for position in range(width):
        given = squeeze(cells[position]) if position < len(cells) else ""
        name = given or f"{column} {position + 1}"
        seen[name] += 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in names:
            seen[name] += 1
        names.append(name if seen[name] == 1 and name not in names else f"{name} ({seen[name]})")
    return tuple(names)
