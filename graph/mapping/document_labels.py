"""Labels of documents, made only of what a row says: kind, number, place, year and title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph.model.agents import name_key
from graph.model.text import fold, strip_marks

_REMARK: Final = re.compile(r"^\((?P<remark>.+)\)$")
_CUT: Final = re.compile(r"\s*\((?P<remark>(?:tên|trích đoạn) bị cắt[^()]*)\)")
_CITY_WORD: Final = re.compile(r"^Thành phố\s+", re.IGNORECASE)


@dataclass(frozen=True)
class PrintedTitle:
    """A title cell that was read: the title itself, and a remark of the one who noted it."""

    title: str
    remark: str = ""


def read_title(cell: str) -> PrintedTitle:
    """Part a title from a remark like "(tên bị cắt trong trích đoạn)"; a cell all in brackets is a remark."""
    remark = _REMARK.match(cell)
    if remark and "(" not in remark["remark"]:
        return PrintedTitle("", remark["remark"])
    cut = _CUT.search(cell)
    return PrintedTitle(_CUT.sub("", cell), cut["remark"]) if cut else PrintedTitle(cell)


def label_vi(kind: str, number: str, place: str, year: str, title: str) -> str:
    """Give a document's Vietnamese label: "Nghị quyết số 01-NQ/TU (Thái Nguyên, 2020): Chương trình ...".

    Args:
        kind: the kind as printed.
        number: as printed; empty when there is none.
        place: the province, empty for a national document.
        year: of issue, empty when not seen.
        title: as printed; a title that begins with the kind stands alone when there is no number.

    """
    context = _context(number, place, year)
    bracket = f" ({context})" if context else ""
    if number:
        return f"{kind} số {number}{bracket}" + (f": {title}" if title else "")
    if title and fold(title).startswith(fold(kind)):
        return title
    return f"{kind}{bracket}" + (f": {title}" if title else "")


def label_en(kind: str, number: str, place: str, year: str) -> str:
    """Give the English label, "Resolution No. 01-NQ/TU (Thai Nguyen, 2020)"; none without a number."""
    if not number:
        return ""
    english_place = strip_marks(_CITY_WORD.sub("", place))
    if name_key(english_place) == "ho-chi-minh":
        english_place = "Ho Chi Minh City"
    context = _context(number, english_place, year)
    return f"{kind} No. {number}" + (f" ({context})" if context else "")


def _context(number: str, place: str, year: str) -> str:
    """Give what stands in brackets behind a number: the place, and the year unless the number holds it."""
    return ", ".join(part for part in (place, "" if f"/{year}/" in number else year) if part)
