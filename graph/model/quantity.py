"""Printed quantities: numbers with a decimal comma, hedge words, and units that carry one in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

COMPARATORS: Final = ("=", ">", ">=", "<", "<=", "~", "range")
"""The comparators of observations and targets (vndx:comparator)."""

_HEDGES: Final[dict[str, str]] = {
    "hơn": ">",
    "trên": ">",
    "gần": "<",
    "khoảng": "~",
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "chỉ còn": "=",
}
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_RANGE: Final = re.compile(r"(?P<lower>[\d.,]+) ?[-–] ?(?P<upper>[\d.,]+)")
_HEDGED_UNIT: Final = re.compile(r"(?P<unit>.+?) \((?P<hedge>[^()]+)\)")


@dataclass(frozen=True)
class HedgedUnit:
    """A unit of measure as printed in a table, and the hedge word that stood in brackets behind it."""

    unit: str
    hedge: str = ""

    @property
    def comparator(self) -> str:
        """The comparator that the hedge stands for; ``=`` when there is none."""
        return _HEDGES[self.hedge] if self.hedge else "="


def parse_number(text: str) -> Decimal:
    """Read a number as tables hold it: digits, at most one decimal comma or point, no thousands mark.

    Raises:
        ValueError: if it is no number, or could also be a number with thousands marks (``1.500``).

    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no number: write digits and at most one decimal comma, e.g. 80,53")
    if _GROUPED.fullmatch(text):
        bare = re.sub("[.,]", "", text)
        raise ValueError(f"{text!r} is ambiguous: write {bare} without thousands marks, or another decimal")
    return Decimal(text.replace(",", "."))


def parse_range(text: str) -> tuple[Decimal, Decimal]:
    """Read a range such as ``15-20`` or ``0,7–0,8``.

    Raises:
        ValueError: if it is none, or its bounds are not in order.

    """
    match = _RANGE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no range: write two numbers with a hyphen, e.g. 15-20")
    lower, upper = parse_number(match["lower"]), parse_number(match["upper"])
    if lower >= upper:
        raise ValueError(f"the range {text!r} does not rise: write the lower bound first")
    return lower, upper


def parse_unit(text: str) -> HedgedUnit:
    """Part a printed unit from the hedge behind it: "học viên (hơn)" gives "học viên" and "hơn".

    Raises:
        ValueError: if the words in brackets are no hedge.

    """
    match = _HEDGED_UNIT.fullmatch(text)
    if not match:
        return HedgedUnit(text)
    if match["hedge"] not in _HEDGES:
        known = ", ".join(_HEDGES)
        raise ValueError(f"{match['hedge']!r} is no hedge word: write one of {known}")
    return HedgedUnit(match["unit"], match["hedge"])
