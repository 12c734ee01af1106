"""The table of scenario "growth"."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.report.figures import megabytes, milliseconds
from bench.scenarios.growth import Size
from bench.timings import Summary

_NOTES = """\
Copies of all entities and source graphs under names of their own; vocabulary, concepts and shapes are shared.
Look-ups by IRI give the same answer at any size, scans and look-ups by text one that grows with the data.
Cold, one client: median in ms. One server runs at a time. !: some requests failed."""


def print_growth(console: Console, sizes: Sequence[Size]) -> None:
    """Print what the scenario gave."""
    table = Table(title="growth")
    table.add_column("")
    for size in sizes:
        table.add_column(f"{size.server} x{size.factor}", justify="right")
    table.add_row("quads", *(f"{size.quads:,}" for size in sizes))
    table.add_row("loaded to disk", *(_seconds(size.load_seconds) for size in sizes))
    table.add_row("ready after", *(_seconds(size.start_seconds) for size in sizes))
    table.add_row("memory after start", *(megabytes(size.memory) for size in sizes))
    table.add_row("peak memory", *(megabytes(size.peak_memory) for size in sizes))
    if any(size.failure for size in sizes):
        table.add_row("failed", *(size.failure for size in sizes))
    table.add_section()
    for family in dict.fromkeys(name for size in sizes for name in size.summaries or {}):
        table.add_row(family, *(_median((size.summaries or {}).get(family)) for size in sizes))
    console.print(table)
    console.print(_NOTES, highlight=False, soft_wrap=True)


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} s"


def _median(summary: Summary | None) -> str:
    if summary is None:
        return "-"
    return milliseconds(summary.median) + ("!" if summary.failures else "")
