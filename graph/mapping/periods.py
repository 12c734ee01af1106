"""Periods: the span that a document plans for, as printed and as nodes that every graph states alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.sink import GraphSink
from graph.model import iris
from graph.model.dates import PartialDate, Precision
from graph.model.namespaces import VNDX

_SPAN: Final = re.compile(
    r"(?P<start>\d{4}) ?[-–] ?(?P<end>\d{4})|(?P<year>\d{4})|đến (?:năm )?(?P<until>\d{4})"
)
_HORIZON: Final = re.compile(r"(?:định hướng|tầm nhìn)(?: đến)?(?: năm)? (?P<until>\d{4})")


@dataclass(frozen=True)
class Span:
    """A period by its ends, both inclusive; an empty ``start`` means open at that side.

    Attributes:
        start: ``2021``, ``2021-06`` or ``2021-06-01``; empty for "đến năm 2025".
        end: the same forms; equal to ``start`` for one year, month or day.

    """

    start: str
    end: str

    @property
    def node(self) -> NamedNode:
        """The IRI: ``period/2021``, ``period/2021_2025``, ``period/_2025``."""
        return iris.period(self.start) if self.start == self.end else iris.period(self.start, self.end)


@dataclass(frozen=True)
class PrintedPeriod:
    """What a printed period says.

    Attributes:
        main: the span of the plan itself.
        horizons: its orientation or vision ("định hướng", "tầm nhìn"), each a span open at its start.

    """

    main: Span
    horizons: tuple[Span, ...]


def parse_period(printed: str) -> PrintedPeriod | None:
    """Read a period such as "2021-2025, định hướng đến năm 2030" or "đến năm 2030, tầm nhìn đến năm 2045".

    Returns:
        the spans, or None for another wording ("4 tháng cuối năm 2025"), which stays as printed.

    """
    first, *rest = (part.strip() for part in printed.split(","))
    match = _SPAN.fullmatch(first)
    horizons = [_HORIZON.fullmatch(part) for part in rest]
    if match is None or None in horizons:
        return None
    if match["year"]:
        main = Span(match["year"], match["year"])
    else:
        main = Span(match["start"] or "", match["end"] or match["until"])
    if main.start > main.end:
        return None
    return PrintedPeriod(main, tuple(Span("", horizon["until"]) for horizon in horizons if horizon))


def state_period(sink: GraphSink, span: Span) -> NamedNode:
    """State a period's class, ends and labels; every graph that names the period states the same triples.

    Raises:
        ValueError: when an end is no date, or the end is before the start.

    """
    start = PartialDate(span.start) if span.start else None
    end = PartialDate(span.end)
    if start and start.first_day() > end.last_day():
        raise ValueError(f"the period {span.start} to {span.end} ends before it starts")
    node = span.node
    sink.type(node, VNDX["Period"])
    sink.date(node, VNDX["start"], start)
    sink.date(node, VNDX["end"], end)
    sink.label(node, vi=_label_vi(span), en=_label_en(span))
    return node


def _label_vi(span: Span) -> str:
    """Give the Vietnamese label: "2021–2025", "đến năm 2025", "tháng 6/2021"."""
    if span.start == span.end:
        return _date_vi(span.start, "tháng ")
    if not span.start:
        return f"đến {_date_vi(span.end, 'tháng ', 'năm ')}"
    return f"{_date_vi(span.start)}–{_date_vi(span.end)}"


def _date_vi(text: str, month: str = "", year: str = "") -> str:
    """Give a date as Vietnamese writes it: 01/06/2021, 6/2021, 2021, with the word for month or year."""
    date = PartialDate(text)
    first = date.first_day()
    if date.precision is Precision.DAY:
        return f"{first:%d/%m/%Y}"
    if date.precision is Precision.MONTH:
        return f"{month}{first.month}/{first.year}"
    return f"{year}{text}"


def _label_en(span: Span) -> str:
    """Give the English label: "2021–2025", "until 2025", "2021-06"."""
    if span.start == span.end:
        return span.start
    if not span.start:
        return f"until {span.end}"
    joint = "–" if len(span.start + span.end) == 8 else " – "
    return f"{span.start}{joint}{span.end}"
