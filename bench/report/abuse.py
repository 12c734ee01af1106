"""The table of scenario "abuse"."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from bench.queries.abusive import ABUSIVE
from bench.report.figures import megabytes, milliseconds, ratio_text
from bench.scenarios.abuse import GIVES_UP, AbusePlan, AbuseResult, Phase
from bench.timings import ratio

_NOTES = """\
One client asks point and star look-ups every 20 ms, cold. Two others, from other addresses, loop over:
{abusive}; one waits, one gives up after {gives_up:g} s.
Recovery: from the end of the abuse until all windows of 15 cheap queries have at most twice the quiet median.
Memory: of all processes of the server together, shared pages once.
Memory back: at most 10% and 32 MB above the quiet peak.
A server that takes {limit} is killed by the bench, as it would take the machine with it."""


def print_abuse(console: Console, results: Mapping[str, AbuseResult], plan: AbusePlan) -> None:
    """Print what the scenario gave, by name of the server."""
    table = Table(title=f"cheap queries of one client, while two abuse the server for {plan.abuse:g} s")
    table.add_column("")
    for name in results:
        table.add_column(name, justify="right")
    for title, phase in (("quiet", "quiet"), ("under abuse", "abuse"), ("after", "after")):
        phases = [getattr(result, phase) for result in results.values()]
        table.add_row(f"{title}: requests", *(f"{found.requests:,}" for found in phases))
        table.add_row(f"{title}: failures", *(_failures(found) for found in phases))
        table.add_row(f"{title}: p50 / p99 / slowest, ms", *(_times(found) for found in phases))
        table.add_row(f"{title}: peak memory", *(megabytes(found.peak_memory) for found in phases))
        table.add_section()
    found = list(results.values())
    table.add_row("p99 under abuse / quiet", *(ratio_text(ratio(r.abuse.p99, r.quiet.p99)) for r in found))
    table.add_row("recovery of cheap queries", *(_seconds(r.recovery, plan.after) for r in found))
    table.add_row("memory back", *(_seconds(r.memory_recovery, plan.after) for r in found))
    table.add_row("server at the end", *(_end(result) for result in found))
    table.add_row("abusive requests", *(_counts(result.abusive) for result in found))
    console.print(table)
    limit = f"{plan.memory_limit / 1e9:.1f} GB"
    abusive = ", ".join(ABUSIVE)
    console.print(
        _NOTES.format(abusive=abusive, gives_up=GIVES_UP, limit=limit), highlight=False, soft_wrap=True
    )


def _failures(phase: Phase) -> str:
    total = sum(phase.failures.values())
    return f"{total:,} ({_counts(phase.failures)})" if total else "0"


def _times(phase: Phase) -> str:
    return " / ".join(milliseconds(value) for value in (phase.p50, phase.p99, phase.slowest))


def _counts(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{count} {reason}" for reason, count in ordered) or "-"


def _seconds(value: float | None, waited: float) -> str:
    return f"not within {waited:g} s" if value is None else f"{value:.1f} s"


def _end(result: AbuseResult) -> str:
    if result.killed:
        return "killed by the bench: memory"
    return "running" if result.alive else "dead"
