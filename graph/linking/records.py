"""Reading CSV record by record, each with the text it was written as, so that it can come back unchanged."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_MOST_LINES: Final = 1_000
_MOST_CHARACTERS: Final = 256 * 1024
_LINE_ENDS: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a table.

    Attributes:
        line: the line on which it begins, from 1.
        text: as it was written, without the line end.
        cells: what is in it; none for a blank line.
        end: its line end; empty for a last line without one.
        problem: why it cannot be read as CSV; empty if it can. Its cells are then split at every delimiter,
            and quotation marks are characters of them.

    """

    line: int
    text: str
    cells: tuple[str, ...]
    end: str
    problem: str = ""


def read_records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Give the records of a table (RFC 4180, with any delimiter and line end).

    A quotation mark that is never closed spoils its own line only: the lines behind it are read anew.

    Args:
        lines: with their ends.
        delimiter: between cells.

    """
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        line = source.number + 1
        source.taken = []
        problem = ""
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            source.put_back_all_but_first()
            cells = tuple(source.taken[0].rstrip(_LINE_ENDS).split(delimiter))
            problem = f"line {line} is no CSV ({_explained(error)})"
        text, end = _without_end("".join(source.taken))
        yield Record(line, text, cells, end, problem)


def write_cells(cells: Iterable[str], delimiter: str) -> str:
    """Give cells as CSV, without a line end, quoted where that is needed."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=_LINE_ENDS).writerow(cells)
    return written.getvalue().removesuffix(_LINE_ENDS)


class _TooLongError(Exception):
    """One record takes more than can be one."""


class _Lines:
    """Lines that can be put back, and those taken for the record that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[str] = deque()
        self._size = 0
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self._size = self._size if self.taken else 0
        if len(self.taken) >= _MOST_LINES or self._size > _MOST_CHARACTERS:
            raise _TooLongError
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self.taken.append(line)
        self._size += len(line)
        self.number += 1
        return line

    def put_back_all_but_first(self) -> None:
        """Have all lines of this record but the first come again."""
        self._waiting.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        del self.taken[1:]


def _without_end(text: str) -> tuple[str, str]:
    """Take off one line end."""
    for end in ("\r\n", "\n", "\r"):
        if text.endswith(end):
            return text.removesuffix(end), end
    return text, ""


def _explained(error: Exception) -> str:
    if isinstance(error, _TooLongError) or "end of data" in str(error) or "field limit" in str(error):
        return "a quotation mark is not closed"
    if "expected after" in str(error):
        return "something stands behind a closing quotation mark"
    return str(error)
