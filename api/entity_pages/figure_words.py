"""Figures and targets in words: who, what, when, how much, as a sentence that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Facts, Text
from api.pages.formatting import date_text, number_text
from api.pages.plurals import plural
from graph.model.namespaces import VNDX

FIGURE_CLASSES: Final = (VNDX["Observation"], VNDX["Target"])
_TERM: Final = {
    name: VNDX[name]
    for name in (
        *("about", "indicator", "value", "lowerBound", "upperBound", "rank", "outOf", "grade", "comparator"),
        *("valueAsPrinted", "unitOfMeasure", "asOf", "period", "deadline", "status", "basis", "hedge"),
        *("conflictsWith", "setBy", "statedIn", "hasEvidence"),
    )
}
FIGURE_PROPERTIES: Final = tuple(_TERM.values())
"""What has to be known of a figure to tell it; the indicator, the unit and the rest come with labels."""

_TARGET: Final = VNDX["Target"]
_YEAR: Final = re.compile(r"\d{4}")
_COMPARED: Final = {
    "vi": {">": "trên", ">=": "từ", "<": "dưới", "<=": "không quá", "~": "khoảng"},
    "en": {">": "more than", ">=": "at least", "<": "less than", "<=": "at most", "~": "about"},
}
_UNIT_TYPES: Final = (
    *("Tỉnh ", "Thành phố ", "Quận ", "Huyện ", "Thị xã ", "Thị trấn ", "Xã ", "Phường ", "Đặc khu "),
)
_PERCENT: Final = {"percent": "%"}


@dataclass(frozen=True)
class Figure:
    """A figure or a target in words.

    Attributes:
        node: it itself.
        about: what it is about.
        about_name: the name of that.
        indicator: what is measured.
        indicator_name: the name of that.
        amount: how much, in words: ``trên 323.000 lượt tải``, ``hạng 8/63``.
        time: when, or the deadline of a target.
        moment: the same as a value that can be sorted, e.g. ``2022`` or ``2021-10-01``.
        number: the value or the rank, None for a grade or a range.
        is_rank: whether the number is a rank.
        out_of: among how many it is one, empty if that is unknown.
        is_target: whether it was aimed at, not measured.
        status: the last part of the IRI of its status, e.g. ``disputed``.
        status_name: the name of the status, empty if the figure is simply stated.
        basis: among what it was ranked.
        language: of the words.

    """

    node: NamedNode
    about: NamedNode | None
    about_name: Text
    indicator: NamedNode | None
    indicator_name: Text
    amount: str
    time: str
    moment: str
    number: float | None
    is_rank: bool
    out_of: str
    is_target: bool
    status: str
    status_name: Text
    basis: Text
    language: str

    @property
    def short(self) -> str:
        """What it says to readers who know what it is about."""
        time = f" ({self.time})" if self.time else ""
        return f"{_capital(self.indicator_name.text)}: {self.amount}{time}"

    @property
    def sentence(self) -> str:
        """All that it says."""
        about, indicator = self.about_name.text, self.indicator_name.text
        if not about:
            return self.short
        if self.language == "vi":
            return self._vietnamese(about, _small(indicator))
        return self._english(about, indicator)

    def _vietnamese(self, about: str, indicator: str) -> str:
        if self.is_target:
            time = f" {self.time}" if self.time else ""
            return f"Mục tiêu của {_inside(about)}{time}: {indicator} đạt {self.amount}"
        time = f" {self.time}" if _YEAR.fullmatch(self.moment) and self.time else ""
        when = time or (f" ({self.time})" if self.time else "")
        if self.is_rank:
            return f"{about} đứng {self.amount} về {indicator}{when}"
        return f"{about}: {indicator}{time} là {self.amount}" + ("" if time else when)

    def _english(self, about: str, indicator: str) -> str:
        if self.is_target:
            time = f" {self.time}" if self.time else ""
            return f"Target of {about}{time}: {indicator}, {self.amount}"
        when = f", {self.time}" if self.time else ""
        if self.is_rank:
            return f"{about}: {self.amount} in {indicator}{when}"
        return f"{about}: {indicator}{when}: {self.amount}"


def read_figure(facts: Facts, node: NamedNode, name: Callable[[NamedNode], Text]) -> Figure:
    """Put a figure into words.

    Args:
        facts: has `FIGURE_PROPERTIES` of it, and the labels of what those lead to.
        node: the observation or the target.
        name: gives the name of a thing.

    """
    language = facts.language

    def named(term: str) -> tuple[NamedNode | None, Text]:
        found = facts.node(node, _TERM[term])
        return found, name(found) if found else Text("")

    about, about_name = named("about")
    indicator, indicator_name = named("indicator")
    status, status_name = named("status")
    is_target = facts.has_class(node, _TARGET)
    time, moment = _time(facts, node, name, language, is_target=is_target)
    rank, value = facts.value(node, _TERM["rank"]), facts.value(node, _TERM["value"])
    kind = status.value.rpartition("/")[2] if status else ""
    return Figure(
        node=node,
        about=about,
        about_name=about_name,
        indicator=indicator,
        indicator_name=indicator_name,
        amount=_amount(facts, node, name, language),
        time=time,
        moment=moment,
        number=_number(rank or value),
        is_rank=bool(rank) and not value,
        out_of=facts.value(node, _TERM["outOf"]),
        is_target=is_target,
        status=kind,
        status_name=status_name if kind != "stated" else Text(""),
        basis=named("basis")[1],
        language=language,
    )


def moment_words(value: str, language: str) -> str:
    """Give a date as a reader says it; of a year alone that it is one, in Vietnamese."""
    if language == "vi" and _YEAR.fullmatch(value):
        return f"năm {value}"
    return date_text(value, language)


def _time(
    facts: Facts, node: NamedNode, name: Callable[[NamedNode], Text], language: str, *, is_target: bool
) -> tuple[str, str]:
    if is_target and (deadline := facts.value(node, _TERM["deadline"])):
        words = moment_words(deadline, language)
        return (f"đến {words}" if language == "vi" else f"by {words}"), deadline
    if as_of := facts.value(node, _TERM["asOf"]):
        return moment_words(as_of, language), as_of
    period = facts.node(node, _TERM["period"])
    if period is None:
        return "", ""
    label = name(period).text
    moment = period.value.rpartition("/")[2].replace("_", "/")
    return (moment_words(label, language) if _YEAR.fullmatch(label) else label), moment


def _amount(facts: Facts, node: NamedNode, name: Callable[[NamedNode], Text], language: str) -> str:
    compared = _COMPARED[language].get(facts.value(node, _TERM["comparator"]), "")
    parts = []
    if rank := facts.value(node, _TERM["rank"]):
        parts.append(_rank(facts, node, rank, language))
    if grade := facts.value(node, _TERM["grade"]):
        parts.append(f"loại {grade}" if language == "vi" else f"grade {grade}")
    low, high = facts.value(node, _TERM["lowerBound"]), facts.value(node, _TERM["upperBound"])
    if value := facts.value(node, _TERM["value"]):
        parts.append(" ".join(filter(None, (compared, _with_unit(facts, node, value, name, language)))))
    elif low or high:
        between = "–".join(number_text(bound, language) for bound in (low, high) if bound)
        parts.append(_with_unit(facts, node, between, name, language))
    if not parts and (printed := facts.value(node, _TERM["valueAsPrinted"])):
        parts.append(printed)
    return ", ".join(parts)


def _rank(facts: Facts, node: NamedNode, rank: str, language: str) -> str:
    comparator = facts.value(node, _TERM["comparator"])
    out_of = facts.value(node, _TERM["outOf"])
    if comparator in ("<", "<="):
        return f"hạng {rank} trở lên" if language == "vi" else f"rank {rank} or better"
    if not out_of:
        return f"thứ {rank}" if language == "vi" else f"rank {rank}"
    return f"thứ {rank}/{out_of}" if language == "vi" else f"rank {rank} of {out_of}"


def _with_unit(
    facts: Facts, node: NamedNode, value: str, name: Callable[[NamedNode], Text], language: str
) -> str:
    unit = facts.node(node, _TERM["unitOfMeasure"])
    number = number_text(value, language)
    if unit is None:
        return number
    key = unit.value.rpartition("/")[2]
    if key in _PERCENT:
        return f"{number}%"
    label = name(unit).text.partition(" (")[0]
    if language == "en" and value not in ("1", "1.0"):
        label = plural(label)
    return f"{number} {label}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _small(text: str) -> str:
    """Give a text as it stands inside a sentence, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _inside(name: str) -> str:
    """Give the name of a unit as it stands inside a sentence: its type begins with a small letter."""
    return _small(name) if name.startswith(_UNIT_TYPES) else name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
