"""Numbers and dates as a reader of a language writes them (Unicode CLDR, through Babel)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext
from functools import lru_cache
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_ALL_DIGITS: Final = "#,##0.####################"
_PRECISION: Final = 100


@lru_cache(maxsize=8192)  # the same numbers come again on many pages, and Babel takes its time
def number_text(value: str | int | float | Decimal, language: str) -> str:
    """Give a number with every digit that it has: ``1.234,5`` in Vietnamese, ``1,234.5`` in English.

    What is no number is given as it is.
    """
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    with localcontext(prec=_PRECISION):  # Babel scales the number by its pattern: 28 digits are too few
        return str(format_decimal(exact, format=_ALL_DIGITS, locale=language, decimal_quantization=False))


def language_name(tag: str, language: str) -> str:
    """Give the name of a language (BCP 47) in a language; the tag itself if it is unknown."""
    try:
        return Locale.parse(tag, sep="-").get_language_name(language) or tag
    except (ValueError, UnknownLocaleError):
        return tag


@lru_cache(maxsize=4096)
def date_text(value: str, language: str) -> str:
    """Give a date as precise as it is: of a day, a month or a year (``xsd:date``, ``gYearMonth``, ``gYear``).

    What is no date is given as it is.
    """
    try:
        if found := _DAY.match(value):
            pattern = "d/M/y" if language == "vi" else "d MMMM y"
            return str(format_date(date(*map(int, found.groups())), pattern, locale=language))
        if found := _MONTH.fullmatch(value):
            year, month = map(int, found.groups())
            pattern = "'tháng' M/y" if language == "vi" else "MMMM y"
            return str(format_date(date(year, month, 1), pattern, locale=language))
    except ValueError:  # a thirteenth month
        return value
    return value
