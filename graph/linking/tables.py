"""Linking a table: row by row, in order, in bounded memory, with the cells it had as they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from graph.linking.choices import RowChoices
from graph.linking.csv_form import CsvForm, is_undecodable
from graph.linking.errors import LinkInputError
from graph.linking.options import LinkOptions, QueryColumns
from graph.linking.records import Record, read_records, write_cells
from graph.linking.unit_links import COLUMNS, Status, UnitLink, UnitLinker
from graph.matching.matcher import UnitQuery


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A row with what is said of it.

    Attributes:
        line: where it began.
        text: with the added cells and the line end.
        link: what is said of it; None for the header and blank lines.
        cells: those it came with.
        query: what was looked for; None if nothing could be.
        key: of the row among the choices; empty if none are heeded.

    """

    line: int
    text: str
    link: UnitLink | None = None
    cells: tuple[str, ...] = ()
    query: UnitQuery | None = None
    key: str = ""


@dataclass
class Tally:
    """How many rows of each status there were."""

    counts: Counter[Status] = field(default_factory=Counter)

    def add(self, row: LinkedRow) -> None:
        """Count a row."""
        if row.link is not None:
            self.counts[row.link.status] += 1

    def __str__(self) -> str:
        """Say it to people."""
        told = ", ".join(f"{self.counts[status]:,} {status}" for status in Status if self.counts[status])
        return f"{self.counts.total():,} rows: {told}" if told else "no rows"


class LinkedTable:
    """A table that is being linked; its header is read at once, so that what is wrong in it is told first.

    Args:
        file: the table, which can be read more than once.
        form: of the file.
        options: what to look for.
        linker: looks it up.
        choices: what a person has chosen; None if no row is chosen for.

    Raises:
        LinkInputError: if the header cannot be read, or lacks a column.

    """

    def __init__(
        self,
        file: BinaryIO,
        form: CsvForm,
        options: LinkOptions,
        linker: UnitLinker,
        choices: RowChoices | None = None,
    ) -> None:
        self._form = form
        self._choices = choices
        self._linker = linker
        self._records = read_records(form.text_lines(file), form.delimiter)
        header = next(self._records, None)
        if header is None or not header.cells:
            raise LinkInputError("the first line has to name the columns; it is blank")
        if header.problem:
            raise LinkInputError(f"the names of the columns cannot be read: {header.problem}")
        self._header = header
        self._columns = QueryColumns(header.cells, options, COLUMNS)
        self._names = tuple(options.prefix + name for name in COLUMNS)

    def rows(self) -> Iterator[LinkedRow]:
        """Give the header and each row, once, in the order of the file."""
        yield LinkedRow(1, self._extended(self._header, self._names))
        for record in self._records:
            if not record.cells:
                yield LinkedRow(record.line, record.text + record.end)
                continue
            key = self._choices.key(record.cells) if self._choices else ""
            query, link = self._link(record, key)
            text = self._extended(record, link.cells())
            yield LinkedRow(record.line, text, link, record.cells, query, key)

    def _link(self, record: Record, key: str) -> tuple[UnitQuery | None, UnitLink]:
        problem = self._problem(record)
        if problem:
            return None, UnitLink(Status.BAD_ROW, problem)
        try:
            query = self._columns.query(record.cells)
        except ValueError as error:
            return None, UnitLink(Status.BAD_ROW, f"line {record.line}: {error}")
        if query is None:
            return None, UnitLink(Status.EMPTY, "nothing is written here")
        chosen = self._choices.of(key) if self._choices else ""
        return query, self._linker.choose(query, chosen) if chosen else self._linker.link(query)

    def _problem(self, record: Record) -> str:
        """Say why a row cannot be read; empty if it can. Surplus cells that are blank do no harm."""
        width = len(self._header.cells)
        sizes = f"({len(record.cells)}, columns: {width})"
        if record.problem:
            return record.problem
        if len(record.cells) < width:
            return f"line {record.line} has too few cells {sizes}"
        if any(record.cells[width:]):
            hint = "a cell with the delimiter in it needs quotation marks"
            return f"line {record.line} has too many cells {sizes}: {hint}"
        if is_undecodable(record.text):
            return f"line {record.line} has bytes that are not UTF-8"
        return ""

    def _extended(self, record: Record, added: tuple[str, ...]) -> str:
        """Give a record with cells added; surplus cells come last, so that the columns stay in line."""
        delimiter, width = self._form.delimiter, len(self._header.cells)
        if len(record.cells) == width and not record.problem:
            before = record.text
            return before + delimiter + write_cells(added, delimiter) + record.end
        own = record.cells[:width] + ("",) * (width - len(record.cells))
        return write_cells((*own, *added, *record.cells[width:]), delimiter) + record.end
