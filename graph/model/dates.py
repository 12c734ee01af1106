"""Dates with the precision that their source has: a day, a month, a year, or a span of them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import Literal

from graph.model.namespaces import XSD


class Precision(Enum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_FORMS = {
    Precision.DAY: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    Precision.MONTH: re.compile(r"[0-9]{4}-[0-9]{2}"),
    Precision.YEAR: re.compile(r"[0-9]{4}"),
}
_DATATYPES = {
    Precision.DAY: XSD["date"],
    Precision.MONTH: XSD["gYearMonth"],
    Precision.YEAR: XSD["gYear"],
}


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as its source gives it: ``2021-06`` is a month, not the first of June."""

    text: str

    def __post_init__(self) -> None:
        self.first_day()

    @classmethod
    def parse(cls, text: str, precision: str = "") -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Args:
            text: the date.
            precision: if given (day, month or year), the precision that the text must have.

        Raises:
            ValueError: with what is wrong and what would be right.

        """
        date = cls(text)
        if precision and date.precision.value != precision:
            raise ValueError(f"the date {text!r} has the precision {date.precision.value}, not {precision!r}")
        return date

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        for precision, form in _FORMS.items():
            if form.fullmatch(self.text):
                return precision
        raise ValueError(f"{self.text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")

    def first_day(self) -> dt.date:
        """Give the first day that the date covers."""
        precision = self.precision
        padding = {Precision.DAY: "", Precision.MONTH: "-01", Precision.YEAR: "-01-01"}
        try:
            return dt.date.fromisoformat(self.text + padding[precision])
        except ValueError as error:
            raise ValueError(f"{self.text!r} is no date of the calendar: {error}") from error

    def last_day(self) -> dt.date:
        """Give the last day that the date covers."""
        first = self.first_day()
        if self.precision is Precision.YEAR:
            return first.replace(month=12, day=31)
        if self.precision is Precision.MONTH:
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return first

    def to_literal(self) -> Literal:
        """Give the date as xsd:date, xsd:gYearMonth or xsd:gYear: the datatype carries the precision."""
        return Literal(self.text, datatype=_DATATYPES[self.precision])
