"""A name to show for figures and targets, which have none of their own: what they say, in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.model.namespaces import VNDX

FIGURE_PROPERTIES: Final = tuple(
    VNDX[name]
    for name in (
        *("indicator", "value", "lowerBound", "upperBound", "rank", "outOf", "grade", "comparator"),
        *("valueAsPrinted", "unitOfMeasure", "asOf", "period", "deadline"),
    )
)
"""What has to be known of a figure or a target to show it."""

_WORDS: Final = {
    "vi": {"rank": "hạng", "grade": "xếp loại", "deadline": "đến"},
    "en": {"rank": "rank", "grade": "grade", "deadline": "by"},
}


def figure_text(
    facts: Mapping[NamedNode, Sequence[object]], label: Callable[[NamedNode], str], language: str
) -> str:
    """Give what a figure says, empty if these are no facts of a figure.

    Args:
        facts: its values by property.
        label: gives the name of a node, e.g. of the indicator.
        language: ``vi`` or ``en``.

    """

    def text(name: str) -> str:
        values = facts.get(VNDX[name], ())
        value = values[0] if values else None
        if isinstance(value, Literal):
            return value.value
        return label(value) if isinstance(value, NamedNode) else ""

    indicator, said = text("indicator"), _said(text, _WORDS[language])
    if not indicator or not said:
        return ""
    time = text("asOf") or text("period")
    deadline = text("deadline")
    time += f"{_WORDS[language]['deadline']} {deadline}" if deadline else ""
    return f"{indicator}: {said}" + (f" ({time})" if time else "")


def _said(text: Callable[[str], str], words: Mapping[str, str]) -> str:
    if rank := text("rank"):
        out_of = text("outOf")
        return f"{words['rank']} {rank}" + (f"/{out_of}" if out_of else "")
    if grade := text("grade"):
        return f"{words['grade']} {grade}"
    if printed := text("valueAsPrinted"):
        return printed
    value = text("value") or "–".join(filter(None, (text("lowerBound"), text("upperBound"))))
    comparator = text("comparator")
    sign = comparator if comparator in ("<", "<=", ">", ">=", "~") else ""
    return " ".join(filter(None, (sign, value, text("unitOfMeasure")))) if value else ""
