"""How figures are written in tables. Pure."""

from __future__ import annotations

from bench.timings import Summary


def milliseconds(value: float | None) -> str:
    """Give milliseconds with three significant digits, no more than the measurement is worth."""
    if value is None:
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio_text(value: float | None) -> str:
    """Give a ratio as ``0.52x``."""
    if value is None:
        return ""
    if value >= 10:
        return f"{value:.0f}x"
    return f"{value:.2f}x" if value >= 0.1 else f"{value:.3f}x"


def throughput(summary: Summary | None) -> str:
    """Give requests a second."""
    if summary is None:
        return "-"
    value = summary.throughput
    return f"{value:,.0f}/s" if value >= 10 else f"{value:.1f}/s"


def megabytes(size: float | None) -> str:
    """Give bytes in millions."""
    return "-" if size is None else f"{size / 1e6:,.0f} MB"
