"""Figures as people read them: value and unit, rank of how many, grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.browse.labels import in_language
from api.pages.formatting import number_text
from api.pages.plurals import plural

_SIGNS: Final = {"<": "< ", "<=": "≤ ", ">": "> ", ">=": "≥ ", "~": "≈ "}
_PERCENT: Final = "/unit-of-measure/percent"
_ONE: Final = ("1", "1.0")


def figure_words(row: Mapping[str, Any], language: str) -> str:
    """Give what a figure or target says: ``> 80 %``, ``hạng 8/63``, ``≤ hạng 10``; empty if nothing.

    Args:
        row: an item of a collection, with the columns that `VIRTUAL_COLUMNS` names.
        language: ``vi`` or ``en``.

    """
    sign = _SIGNS.get(row.get("comparator") or "", "")
    if row.get("rank") is not None:
        return _rank(row, sign, language)
    if row.get("grade"):
        return f"{'xếp loại' if language == 'vi' else 'grade'} {row['grade']}"
    if row.get("value") is not None:
        return (
            sign
            + number_text(row["value"], language)
            + _unit(row.get("unitOfMeasure"), language, one=str(row["value"]) in _ONE)
        )
    bounds = [row[name] for name in ("lowerBound", "upperBound") if row.get(name) is not None]
    if bounds:
        said = "–".join(number_text(bound, language) for bound in bounds)
        return said + _unit(row.get("unitOfMeasure"), language)
    return "; ".join(row.get("valueAsPrinted") or ())


def _rank(row: Mapping[str, Any], sign: str, language: str) -> str:
    rank, out_of = row["rank"], row.get("outOf")
    if sign == "≤ ":
        return f"trong {rank} hạng đầu" if language == "vi" else f"in the top {rank}"
    if language == "vi":
        return f"{sign}hạng {rank}" + (f"/{out_of}" if out_of else "")
    return f"{sign}rank {rank}" + (f" of {out_of}" if out_of else "")


def _unit(unit: Mapping[str, Any] | None, language: str, *, one: bool = False) -> str:
    if unit is None:
        return ""
    if str(unit["id"]).endswith(_PERCENT):
        return "%"
    label, other = in_language(unit["label"], language)
    label = label.partition(" (")[0]
    return f" {label if one or other or language == 'vi' else plural(label)}"
