"""The form of a CSV file: its encoding, byte order mark and delimiter, found by looking at it.

Spreadsheets write CSV in many forms (RFC 4180 is one): UTF-8 with or without byte order mark, UTF-16 as
"Unicode text", with semicolons where the comma is the decimal sign. What is read is written in the same form.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from graph.linking.errors import LinkInputError

DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""The delimiters that are understood, by the names they have in options."""

LONGEST_LINE: Final = 1024 * 1024
"""Characters of the longest line; longer ones are no table."""

_HEAD_BYTES: Final = 64 * 1024
_BLOCK_BYTES: Final = 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZERO_SHARE: Final = 0.2  # of the bytes: Vietnamese text in UTF-16 has a zero in most letters
_UNDECODABLE: Final = re.compile("[\udc80-\udcff]")
_HOW: Final = "save the table as 'CSV UTF-8' and send that"


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How the characters and cells of a file are written.

    Attributes:
        encoding: a Python codec without byte order mark: ``utf-8``, ``utf-16-le`` or ``utf-16-be``.
        mark: the byte order mark that the file begins with; may be empty.
        delimiter: between cells.
        lines: how many there are, quoted ones included.
        undecodable: the first line with bytes that are not of the encoding; 0 if there is none.

    """

    encoding: str
    mark: bytes
    delimiter: str
    lines: int
    undecodable: int = 0

    @property
    def charset(self) -> str:
        """The name of the encoding for the media type (RFC 4180, section 3)."""
        return "utf-8" if self.encoding == "utf-8" else "utf-16"

    def encode(self, text: str) -> bytes:
        """Give the bytes of a text; those that could not be decoded come out as they were."""
        return text.encode(self.encoding, self._errors)

    def text_lines(self, file: BinaryIO) -> Iterator[str]:
        """Give the lines of the file, with their ends, from its begin."""
        file.seek(len(self.mark))
        text = io.TextIOWrapper(file, self.encoding, self._errors, newline="")
        try:
            for line in text:  # noqa: UP028 (`yield from` would close the file)
                yield line
        finally:
            if not file.closed:
                text.detach()  # whoever opened the file closes it

    @property
    def _errors(self) -> str:
        return "surrogateescape" if self.encoding == "utf-8" else "strict"


def is_undecodable(text: str) -> bool:
    """Say whether a text has bytes that were not of the encoding."""
    return not text.isascii() and _UNDECODABLE.search(text) is not None


def find_form(file: BinaryIO, delimiter: str = "") -> CsvForm:
    """Find the form of a file, which is read once to its end.

    Args:
        file: can be read more than once (seekable).
        delimiter: between cells; empty if it shall be found.

    Raises:
        LinkInputError: if it is empty, in no encoding that is understood, or no text with lines.

    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    encoding, mark = _encoding(head)
    if len(head) == len(mark):
        raise LinkInputError("the table is empty: its first line has to name the columns")
    lines, undecodable = _scan(file, encoding, mark)
    form = CsvForm(encoding, mark, delimiter or ",", lines, undecodable)
    if delimiter:
        return form
    header = next(form.text_lines(file))
    return CsvForm(encoding, mark, _delimiter(header), lines, undecodable)


def _encoding(head: bytes) -> tuple[str, bytes]:
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise LinkInputError(f"the table is in UTF-32: {_HOW}")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, mark
    if head.count(0) > _ZERO_SHARE * len(head):
        return ("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"), b""
    if 0 in head:
        raise LinkInputError(f"this is no text: {_HOW} (a workbook is no CSV)")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        line = head[: error.start].count(b"\n") + 1
        raise LinkInputError(
            f"line {line} is not UTF-8 (byte 0x{head[error.start]:02X}); other encodings, as windows-1258 or "
            f"TCVN3, are not read: {_HOW}"
        ) from error
    return "utf-8", b""


def _scan(file: BinaryIO, encoding: str, mark: bytes) -> tuple[int, int]:
    """Count the lines, and find the first that cannot be decoded."""
    file.seek(len(mark))
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if encoding == "utf-8" else "strict")
    line, undecodable, length, after_return = 1, 0, 0, False
    while True:
        block = file.read(_BLOCK_BYTES)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            raise LinkInputError(f"the table is broken UTF-16, from line {line} on: {_HOW}") from error
        parts = _parts(text.removeprefix("\n") if after_return else text)
        after_return = text.endswith("\r") if text else after_return
        for position, part in enumerate(parts):
            line += position > 0
            length = len(part) + (length if position == 0 else 0)
            if length > LONGEST_LINE:
                raise LinkInputError(
                    f"line {line} has more than {LONGEST_LINE:,} characters: is this a table?"
                )
            if not undecodable and is_undecodable(part):
                undecodable = line
        if not block:
            return line - (length == 0), undecodable


def _parts(text: str) -> list[str]:
    """Split at line ends of any kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _delimiter(header: str) -> str:
    """Give the delimiter that parts the header into the most cells; the comma if nothing does."""
    return max(DELIMITERS.values(), key=lambda sign: _cells(header, sign))


def _cells(header: str, delimiter: str) -> int:
    """Count the cells that a delimiter makes; none where one would be longer than a cell can be."""
    try:
        return len(next(csv.reader([header], delimiter=delimiter), []))
    except csv.Error:
        return 0
