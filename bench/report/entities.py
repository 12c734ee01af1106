"""The table of scenario "entities"."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.report.figures import milliseconds
from bench.scenarios.entities import EntityFigures

_NOTES = """\
JSON of an entity over HTTP, one client: median in ms. Cold: the first request for it. Warm: made anew.
Kept: equal requests. Triples: what is said of the entity on average; for hubs, what links to it.
Targets: 20 ms cold, 5 ms warm."""


def print_entities(console: Console, found: Sequence[EntityFigures]) -> None:
    """Print what the scenario gave."""
    table = Table(title="entities")
    table.add_column("")
    for name in ("entities", "triples", "kB", "cold", "warm", "kept"):
        table.add_column(name, justify="right")
    for figures in found:
        table.add_row(
            figures.size,
            str(figures.entities),
            f"{figures.triples:,.0f}",
            f"{figures.kilobytes:,.1f}",
            milliseconds(figures.cold),
            milliseconds(figures.warm),
            milliseconds(figures.kept),
        )
    console.print(table)
    console.print(_NOTES, highlight=False, soft_wrap=True)
