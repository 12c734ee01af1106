"""Reading the rows of the unit tables: codes by level, days, spans, measures; faults are reported.

reader = UnitRow(row, tables.problems)
code = reader.code("code", Level.DISTRICT)
day = reader.day("valid_from")
if reader.failed:
    continue        # everything that is wrong in the row has been reported
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from typing import Final

from graph.mapping.row_reader import RowReader
from graph.mapping.sink import parse_decimal
from graph.mapping.unit_types import Level

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnitRow(RowReader):
    """A `RowReader` for the tables of administrative units, whose dates are all days."""

    def matching(self, column: str, form: re.Pattern[str], example: str) -> str:
        """Give an identifier such as ``Q26575``; empty if the cell is empty or has a wrong form."""
        text = self.row[column]
        if text and not form.fullmatch(text):
            self.wrong(
                column,
                vi=f"{text!r} sai dạng, đúng dạng là {example}",
                en=f"{text!r} has the wrong form, {example} would be right",
            )
            return ""
        return text

    def code(self, column: str, level: Level) -> str:
        """Give an official code of a level: 2 digits for provinces, 3 for districts, 5 for communes."""
        text = self.row[column]
        if not level.has_code(text):
            self.wrong(
                column,
                vi=f"mã {text!r} sai: mã {level.vi} có {level.digits} chữ số",
                en=f"the code {text!r} is wrong: codes of level {level.value} have {level.digits} digits",
            )
        return text

    def new_key(self, column: str, key: str, first_lines: dict[str, int]) -> str:
        """Check that no earlier row of the table has the key, and keep its line."""
        first = first_lines.setdefault(key, self.row.line)
        if first != self.row.line:
            self.wrong(
                column, vi=f"{key!r} đã có ở dòng {first}", en=f"{key!r} is a duplicate of line {first}"
            )
        return key

    def day(self, column: str) -> str:
        """Give a day as ISO 8601, checked against the calendar; an empty cell is an empty text."""
        text = self.row[column]
        if text and not _is_day(text):
            self.wrong(
                column,
                vi=f"{text!r} không phải ngày có thật: ghi YYYY-MM-DD",
                en=f"{text!r} is no day of the calendar: write YYYY-MM-DD",
            )
            return ""
        return text

    def must_precede(self, start_column: str, end_column: str) -> None:
        """Check that a span has at least one day: its start lies before its end, which is exclusive.

        An end that is open or no day at all is not looked at.
        """
        start, end = self.row[start_column], self.row[end_column]
        if _is_day(start) and _is_day(end) and start >= end:
            self.wrong(
                end_column,
                vi=f"{start_column} {start} phải trước {end_column} {end}",
                en=f"{start_column} {start} must be before {end_column} {end}",
            )

    def measure(self, column: str, low: str, high: str) -> Decimal | None:
        """Give a decimal number between two bounds, both allowed; None for an empty cell."""
        text = self.row[column]
        if not text:
            return None
        number = self.number(column, parse_decimal)
        if number is not None and not Decimal(low) <= number <= Decimal(high):
            self.wrong(
                column,
                vi=f"{text} nằm ngoài khoảng {low} đến {high}",
                en=f"{text} is out of range: {low} to {high} are allowed",
            )
            return None
        return number


@cache
def _is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar in the form YYYY-MM-DD."""
    try:
        return bool(_DAY.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False
