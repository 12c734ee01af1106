"""The pages of indicators: the newest figure of each thing measured, and the targets set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Text, nodes_of
from api.entity_pages.figure_rows import FigureRow, plan_figures, plan_rows
from api.entity_pages.figure_words import Figure
from api.entity_pages.sections import PageSubject, Section
from api.entity_pages.series import Series, series_of
from graph.model.namespaces import VNDX
from graph.query.lookups import LinkPage, Plan

_MOST: Final = 400
_MOST_ROWS: Final = 25
_MOST_TARGETS: Final = 20


@dataclass(frozen=True)
class Measured:
    """What an indicator has measured.

    Attributes:
        rows: the newest figure of each thing, the newest and best first.
        total: how many figures there are.
        newest: how many newest figures there are.
        periods: how many figures there are by period, the newest first.
        series: charts of all figures.
        cut: whether there are more figures than were read.

    """

    rows: Sequence[FigureRow]
    total: int
    newest: int
    periods: Sequence[tuple[str, int]]
    series: Sequence[Series]
    cut: bool


def plan_indicator_figures(subject: PageSubject) -> Plan[Section | None]:
    """Plan the observations of an indicator: the dots of all of them, the evidence of the newest."""
    nodes = yield from _plan_nodes(subject, VNDX["Observation"])
    if not nodes:
        return None
    measured = yield from plan_figures(subject, nodes)
    newest = newest_of_each(measured)
    rows = yield from plan_rows(subject, newest[:_MOST_ROWS])
    periods = Counter((found.moment, found.time) for found in measured)
    content = Measured(
        rows,
        len(measured),
        len(newest),
        [(time, number) for (_, time), number in sorted(periods.items(), reverse=True)],
        series_of(measured, _words, subject.namer.name(subject.node)),
        len(nodes) >= _MOST,
    )
    title = ("Số liệu mới nhất của từng đối tượng", "The newest figure of each thing")
    left_out = frozenset({"indicator Observation"})
    return Section("newest", title, "entity/newest.html", content, incoming=left_out)


def plan_indicator_targets(subject: PageSubject) -> Plan[Section | None]:
    """Plan the targets that are set for an indicator."""
    nodes = yield from _plan_nodes(subject, VNDX["Target"])
    figures = yield from plan_figures(subject, nodes)
    if not figures:
        return None
    rows = yield from plan_rows(subject, figures[:_MOST_TARGETS])
    content = {"rows": rows, "column": "about", "total": len(figures), "series": ()}
    left_out = frozenset({"indicator Target"})
    title = ("Mục tiêu về chỉ số này", "Targets for this indicator")
    return Section("targets", title, "entity/figures.html", content, incoming=left_out)


def newest_of_each(figures: Sequence[Figure]) -> list[Figure]:
    """Give the newest figures of each thing: the newest period first, then the best rank, or the most.

    A rank and a value of the same period are both kept.
    """
    newest: dict[NamedNode | None, str] = {}
    for figure in figures:
        newest[figure.about] = max(newest.get(figure.about, ""), figure.moment)
    chosen = [figure for figure in figures if figure.moment == newest[figure.about]]
    return sorted(chosen, key=_order)


def _order(figure: Figure) -> tuple[Sequence[int], bool, str, float, Text]:
    number = figure.number if figure.number is not None else 0.0
    turned = tuple(-ord(character) for character in figure.moment)
    return turned, not figure.is_rank, figure.out_of, number if figure.is_rank else -number, figure.about_name


def _words(figure: Figure) -> str:
    time = f" ({figure.time})" if figure.time else ""
    return f"{figure.about_name.text}: {figure.amount}{time}"


def _plan_nodes(subject: PageSubject, cls: NamedNode) -> Plan[list[NamedNode]]:
    links = yield LinkPage(subject.node, VNDX["indicator"], limit=_MOST)
    nodes = nodes_of(t.subject for t in links)
    yield from subject.facts.name(nodes)
    return [node for node in nodes if subject.facts.has_class(node, cls)]
