"""Reading the values of conditions: days, years, codes and eras, as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from api.reconcile.model import EntityValue, Value
from graph.search.words import key

_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_LOCAL_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)(?:\.0)?")
_ERA: Final = re.compile(r"(?:\S*/)?(2004|2025)(?:\.0)?")


def text_of(value: Value) -> str:
    """Give a value as it is written; whole numbers without a fraction, as spreadsheets turn 5 into 5.0."""
    if isinstance(value, EntityValue):
        return value.name or value.id
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_day(value: Value) -> date | None:
    """Read a whole date, as 2024-12-31 (without its time) or 31/12/2024; None if it is none."""
    text = text_of(value)
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _LOCAL_DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_year(value: Value) -> int | None:
    """Read a year, that of a whole date too; None if it is none."""
    if found := _YEAR.fullmatch(text_of(value)):
        return int(found[1])
    day = read_day(value)
    return day.year if day else None


def read_era(value: Value) -> str:
    """Read the era of a register, 2004 or 2025, from its year or its id; empty if it is none."""
    found = _ERA.fullmatch(value.id if isinstance(value, EntityValue) else text_of(value))
    return found[1] if found else ""


def same_code(given: str, code: str) -> bool:
    """Say whether codes are equal but for zeros in front, which spreadsheets drop."""
    return key(given).lstrip("0") == key(code).lstrip("0")
