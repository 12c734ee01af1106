"""Search and suggest over real queries: in the process and over HTTP, the first time and again."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from bench.load.driver import ROOT
from bench.timings import percentile
from graph.search.index import SearchIndex
from graph.search.statements import Filters

QUERIES: Final = ROOT / "tests" / "fixtures" / "search" / "queries.csv"
ROUTES: Final = ("search", "suggest")
_SEARCH_LIMIT: Final = 20
_SUGGEST_LIMIT: Final = 10


@dataclass(frozen=True)
class SearchFigures:
    """Times of one route, in milliseconds.

    Attributes:
        where: in the process or over HTTP.
        route: search or suggest.
        queries: how many different ones were asked in each round.
        opening: the very first query, which opens the index.
        first_median: of the first round, in which each query is new.
        first_p99: the 99th percentile of it.
        again_median: of all later rounds.
        again_p99: the 99th percentile of them.

    """

    where: str
    route: str
    queries: int
    opening: float
    first_median: float
    first_p99: float
    again_median: float
    again_p99: float


def real_queries() -> list[str]:
    """Give the queries with which ranking is tested."""
    with QUERIES.open(encoding="utf-8", newline="") as table:
        return list(dict.fromkeys(row["query"] for row in csv.DictReader(table)))


def search_in_process(index: Path, rounds: int) -> list[SearchFigures]:
    """Time both routes in this process, each on an index of its own that was just opened.

    Args:
        index: the file.
        rounds: how often all queries are asked, the first time included; at least 2.

    """
    found = []
    for route in ROUTES:
        opened = SearchIndex(index)
        ask = {
            "search": lambda text, on=opened: on.search(text, Filters(), _SEARCH_LIMIT),
            "suggest": lambda text, on=opened: on.suggest(text, Filters(), _SUGGEST_LIMIT),
        }[route]
        found.append(_measure("in process", route, ask, rounds))
        opened.close()
    return found


def search_over_http(base: str, rounds: int) -> list[SearchFigures]:
    """Time both routes of a server, over one connection.

    Args:
        base: the address of the server, without a path.
        rounds: how often all queries are asked, the first time included; at least 2.

    Raises:
        httpx.HTTPError: if a query is not answered with 200.

    """
    limits = {"search": _SEARCH_LIMIT, "suggest": _SUGGEST_LIMIT}
    found = []
    with httpx.Client(base_url=base, timeout=30) as client:
        for route in ROUTES:

            def ask(text: str, route: str = route) -> None:
                parameters: dict[str, str | int] = {"q": text, "limit": limits[route]}
                client.get(f"/api/v1/{route}", params=parameters).raise_for_status()

            found.append(_measure("HTTP", route, ask, rounds))
    return found


def _measure(where: str, route: str, ask: Callable[[str], object], rounds: int) -> SearchFigures:
    queries = real_queries()
    first, *later = [_round(queries, ask) for _ in range(rounds)]
    opening, again = first[0], sorted(time for times in later for time in times)
    ordered = sorted(first)
    return SearchFigures(
        where=where,
        route=route,
        queries=len(queries),
        opening=opening,
        first_median=percentile(ordered, 0.5),
        first_p99=percentile(ordered, 0.99),
        again_median=percentile(again, 0.5),
        again_p99=percentile(again, 0.99),
    )


def _round(queries: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    times = []
    for text in queries:
        started = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - started) * 1000)
    return times
