"""From figures to charts of dots: one for each indicator that was measured at several times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from api.charts.dots import DotChart, Point, lay_out
from api.entity_pages.facts import Text
from api.entity_pages.figure_words import Figure
from api.entity_pages.naming import path_of

_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}")
_FEWEST: Final = 2


@dataclass(frozen=True)
class Series:
    """What was measured by one indicator, as a chart.

    Attributes:
        name: the indicator.
        key: tells it from others on the page.
        chart: the geometry.
        is_rank: whether the values are ranks.
        marked: whether some are derived, disputed or doubtful.

    """

    name: Text
    key: str
    chart: DotChart
    is_rank: bool
    marked: bool


def series_of(figures: Sequence[Figure], words: Callable[[Figure], str]) -> list[Series]:
    """Give the charts of figures: of those with a number and a date, ranks apart from values.

    Args:
        figures: of any indicators.
        words: what is said of a dot.

    """
    grouped: defaultdict[tuple[str, bool], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.number is not None and not figure.is_target and _DATE.fullmatch(figure.moment):
            key = figure.indicator.value if figure.indicator else ""
            grouped[key, figure.is_rank].append(figure)
    found = []
    for (key, is_rank), members in grouped.items():
        if len({member.moment for member in members}) < _FEWEST:
            continue
        points = [
            Point(
                m.moment,
                m.number or 0.0,
                words(m),
                path_of(m.node.value),
                marked=bool(m.status_name),
            )
            for m in sorted(members, key=lambda member: member.moment)
        ]
        name = f"{key.rpartition('/')[2]}{'-rank' if is_rank else ''}"
        chart = lay_out(points, is_rank=is_rank)
        found.append(Series(members[0].indicator_name, name, chart, is_rank, any(p.marked for p in points)))
    return found
