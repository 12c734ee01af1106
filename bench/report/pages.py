"""The table of scenario "pages"."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.report.figures import milliseconds
from bench.scenarios.pages import PageFigures

_NOTES = """\
Pages over HTTP, one client, in ms to the last byte of the HTML. First: the first request for it. Anew:
further ones made anew, median and slowest. Kept: equal requests. kB: compressed HTML and scripts.
Targets: 50 ms warm; 120 kB of scripts, but for the editor."""


def print_pages(console: Console, found: Sequence[PageFigures]) -> None:
    """Print what the scenario gave."""
    table = Table(title="pages")
    table.add_column("")
    for name in ("HTML kB", "scripts kB", "first", "anew", "slowest", "kept"):
        table.add_column(name, justify="right")
    for figures in found:
        times = (figures.first, figures.anew, figures.slowest, figures.kept)
        table.add_row(
            figures.path,
            f"{figures.kilobytes:,.1f}",
            f"{figures.scripts:,.1f}",
            *map(milliseconds, times),
        )
    console.print(table)
    console.print(_NOTES, highlight=False, soft_wrap=True)
