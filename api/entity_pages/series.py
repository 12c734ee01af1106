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
        out_of: among how many, empty if that is unknown.
        marked: whether some are derived, disputed or doubtful.

    """

    name: Text
    key: str
    chart: DotChart
    is_rank: bool
    out_of: str
    marked: bool


def series_of(
    figures: Sequence[Figure], words: Callable[[Figure], str], name: Text | None = None
) -> list[Series]:
    """Give the charts of figures: of those with a number and a date.

    Ranks stand apart from values, and ranks among 63 provinces apart from those among 34: they cannot be
    compared.

    Args:
        figures: of any indicators.
        words: what is said of a dot.
        name: of the indicator, if it is one and the same.

    """
    grouped: defaultdict[tuple[str, bool, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.number is not None and not figure.is_target and _DATE.fullmatch(figure.moment):
            key = figure.indicator.value if figure.indicator else ""
            grouped[key, figure.is_rank, figure.out_of if figure.is_rank else ""].append(figure)
    found = []
    for (key, is_rank, out_of), members in sorted(grouped.items(), key=lambda group: group[0][1:]):
        if len({member.moment for member in members}) < _FEWEST:
            continue
        points = [
            Point(m.moment, m.number or 0.0, words(m), path_of(m.node.value), marked=bool(m.status_name))
            for m in sorted(members, key=lambda member: member.moment)
        ]
        parts = (key.rpartition("/")[2], "rank" if is_rank else "", out_of)
        found.append(
            Series(
                name or members[0].indicator_name,
                "-".join(filter(None, parts)),
                lay_out(points, is_rank=is_rank),
                is_rank,
                out_of,
                any(point.marked for point in points),
            )
        )
    return found
