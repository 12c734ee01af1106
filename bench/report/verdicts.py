"""The targets and how they were met, as a table and as data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.report.figures import milliseconds, ratio_text
from bench.report.targets import Target, Verdict

_SHOWN = 8


def print_verdicts(console: Console, verdicts: Sequence[Verdict]) -> None:
    """Print one row for each target."""
    table = Table("target", "met", "geometric mean", "missed by, the worst first", title="targets")
    for verdict in verdicts:
        target = verdict.target
        shown = verdict.figures if target.bound is None else verdict.missed
        table.add_row(target.text, _met(verdict), _figure(target, verdict.mean), _list(target, shown))
    console.print(table)


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """Give a verdict as what JSON can hold; a figure is null where a request failed."""
    target = verdict.target
    return {
        "target": target.text,
        "bound": target.bound,
        "at_least": target.at_least,
        "unit": target.unit,
        "is_met": verdict.is_met,
        "geometric_mean": _finite(verdict.mean),
        "figures": {name: _finite(figure) for name, figure in verdict.figures},
        "missed": [name for name, _ in verdict.missed],
    }


def _met(verdict: Verdict) -> str:
    if not verdict.figures:
        return "not measured"
    if verdict.is_met is None:
        return "stated"
    met = len(verdict.figures) - len(verdict.missed)
    return f"{'yes' if verdict.is_met else 'NO'}: {met} of {len(verdict.figures)}"


def _list(target: Target, figures: Sequence[tuple[str, float]]) -> str:
    shown = [f"{name} {_figure(target, figure)}" for name, figure in figures[:_SHOWN]]
    more = [f"and {len(figures) - _SHOWN} more"] if len(figures) > _SHOWN else []
    return ", ".join([*shown, *more]) or "-"


def _figure(target: Target, figure: float | None) -> str:
    if figure is not None and math.isinf(figure):
        return "(failures)"
    return f"{milliseconds(figure)} ms" if target.unit == "ms" and figure is not None else ratio_text(figure)


def _finite(figure: float | None) -> float | None:
    return figure if figure is not None and math.isfinite(figure) else None
