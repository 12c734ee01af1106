"""The times of search, as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.scenarios.search import SearchFigures


def print_search(console: Console, found: Sequence[SearchFigures]) -> None:
    """Print one row for each place and route, in milliseconds."""
    table = Table(title="Search over real queries, ms")
    for heading in ("where", "route", "queries"):
        table.add_column(heading)
    for heading in ("very first", "first round median", "first round p99", "again median", "again p99"):
        table.add_column(heading, justify="right")
    for row in found:
        times = (row.opening, row.first_median, row.first_p99, row.again_median, row.again_p99)
        table.add_row(row.where, row.route, str(row.queries), *(f"{time:.1f}" for time in times))
    console.print(table)
