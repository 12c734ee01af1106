"""Reading CSV tables: the form of the file is checked here, its meaning in the mapping."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from graph.model.text import is_nfc
from graph.problems import Problems

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by column, and the line on which it starts."""

    table: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a cell, white space at its ends removed; empty when the value was not seen."""
        return self.cells[column].strip()

    def listed(self, column: str, separator: str = ";") -> list[str]:
        """Give the parts of a cell that holds a list, empty parts left out."""
        return [part.strip() for part in self[column].split(separator) if part.strip()]


@dataclass(frozen=True)
class Table:
    """A table that was read: ``name`` as in ``admin/provinces_2025``, and the columns of its header."""

    name: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows in file order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)


def file_of(table: str) -> str:
    """Give the file of a table, as problems name it."""
    return f"tables/{table}.csv"


def read_table(folder: Path, name: str, columns: tuple[str, ...], problems: Problems) -> Table:
    """Read one table: UTF-8, NFC, comma-separated, with a header that has all ``columns``.

    Args:
        folder: the folder of tables.
        name: the table's path below it, without ``.csv``.
        columns: the columns that the mapping needs; others are kept too.
        problems: where a missing file or column, a wrong number of cells, or text that is not NFC
            is reported. A row with such a problem is left out of the result.

    """
    file = file_of(name)
    path = folder / f"{name}.csv"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problems.report(file, 0, "", vi="thiếu tệp bảng", en="the table is missing")
        return Table(name, ())
    except UnicodeDecodeError as error:
        problems.report(
            file, 0, "", vi=f"tệp không phải UTF-8: {error}", en=f"the file is not UTF-8: {error}"
        )
        return Table(name, ())
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] = []
    line = 1
    try:
        header = next(reader, [])
        if not _has_columns(header, columns, file, problems):
            return Table(name, ())
        line = reader.line_num + 1
        for cells in reader:
            if cells and _well_formed(cells, header, file, line, problems):
                rows.append(Row(name, line, dict(zip(header, cells, strict=True))))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.report(file, line, "", vi=f"dòng CSV hỏng: {error}", en=f"the CSV is malformed: {error}")
    return Table(name, tuple(rows), tuple(header))


def _has_columns(
    header: list[str] | tuple[str, ...], columns: tuple[str, ...], file: str, problems: Problems
) -> bool:
    """Say whether a header has all columns, and none twice; report what is wrong."""
    for column in columns:
        if column not in header:
            problems.report(
                file, 1, column, vi=f"thiếu cột {column!r}", en=f"the column {column!r} is missing"
            )
    repeated = sorted({column for column in header if header.count(column) > 1})
    for column in repeated:
        problems.report(file, 1, column, vi=f"cột {column!r} bị lặp", en=f"the column {column!r} is repeated")
    return not repeated and all(column in header for column in columns)


def _well_formed(cells: list[str], header: list[str], file: str, line: int, problems: Problems) -> bool:
    """Say whether a row has one NFC cell for each column; report it if not."""
    if len(cells) != len(header):
        problems.report(
            file,
            line,
            "",
            vi=f"dòng có {len(cells)} ô, cần {len(header)}",
            en=f"the row has {len(cells)} cells, {len(header)} are needed",
        )
        return False
    bad = [column for column, cell in zip(header, cells, strict=True) if not is_nfc(cell)]
    for column in bad:
        problems.report(
            file,
            line,
            column,
            vi="chữ không ở dạng chuẩn NFC; hãy lưu tệp ở dạng NFC",
            en="the text is not in Unicode NFC; save the file in NFC",
        )
    return not bad


class TableSet:
    """The tables of a data folder, each read once when it is first asked for.

    Attributes:
        problems: where reading and mapping report what is wrong.

    """

    def __init__(self, folder: Path, problems: Problems) -> None:
        self.problems = problems
        self._folder = folder
        self._read: dict[str, Table] = {}
        self._made: dict[Callable[[TableSet], object], object] = {}

    def table(self, name: str, columns: tuple[str, ...]) -> Table:
        """Give a table by its path below the folder, without ``.csv``; see `read_table`.

        A table that another mapping has read with fewer columns is checked for these ones too.
        """
        if name not in self._read:
            self._read[name] = read_table(self._folder, name, columns, self.problems)
        table = self._read[name]
        if table.columns and not _has_columns(table.columns, columns, file_of(name), self.problems):
            return Table(name, ())
        return table

    def once(self, make: Callable[[TableSet], T]) -> T:
        """Give what ``make`` makes of these tables: made at the first call, the same object from then on.

        For indices that several mappings look things up in.
        """
        if make not in self._made:
            self._made[make] = make(self)
        return cast("T", self._made[make])
