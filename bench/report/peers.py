"""The tables of scenario "peers"."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.queries.model import Group
from bench.report.figures import milliseconds, ratio_text, throughput
from bench.report.targets import OURS, Row, Verdict, peers_verdicts, throughput_ratio, time_ratio
from bench.scenarios.cells import MANY, Mode
from bench.scenarios.checking import Check
from bench.scenarios.peers import PeersResult, measured
from bench.timings import Summary

_NOTES = """\
Times in ms at the client: median / 99th percentile (the slowest, where there are fewer than 100 requests).
Ratio of times = VNDX / peer: below 1, VNDX is faster.
Ratio of throughput = VNDX / peer: above 1, VNDX is faster.
Cold: no two requests are equal (another constant, another comment), so no cache of results can answer.
Repeated: the same few requests over and over. Responses are not compressed.
{rounds} round(s), slots of {slot:.2f} s; all servers had their slot for a query before the next query's turn.
≠: another answer than the reference's (listed above). !: some requests failed, so there is no ratio.
^: the load generator was busy for more than 80% of a core, so that the server may do better.
By itself it does {one:,.0f} requests/s with one client and {many:,.0f} with {clients}.
rdflib-endpoint: cold, one client, and only what it answers in 3 s; ~ marks the one timing of its check."""


def rows_of(result: PeersResult, mode: Mode, clients: int) -> list[Row]:
    """Give one row for each family that was measured so."""
    rows = []
    for family in result.families:
        summaries = measured(result, family, mode, clients)
        if summaries:
            once = {
                name: check.seconds * 1000
                for (found, name), check in result.checks.items()
                if found == family.name and name not in summaries and check.seconds is not None
            }
            rows.append(Row(family.name, family.group, summaries, once if mode is Mode.COLD else {}))
    return rows


def print_peers(console: Console, result: PeersResult, names: Sequence[str]) -> None:
    """Print everything that the scenario gave.

    Args:
        console: where to.
        result: what was measured.
        names: the servers, VNDX first.

    """
    console.print(_answers(result, names))
    for mode in Mode:
        rows = rows_of(result, mode, 1)
        queries = [row for row in rows if not _is_single_competency(row)]
        console.print(_times(f"{mode}, one client: milliseconds", result, queries, names))
        console.print(
            _throughput(f"{mode}, {MANY} clients: requests/s", result, rows_of(result, mode, MANY), names)
        )
    single = [row for row in rows_of(result, Mode.COLD, 1) if _is_single_competency(row)]
    if single:
        console.print(_times("competency queries, cold, one client: milliseconds", result, single, names))
    notes = _NOTES.format(
        rounds=result.rounds,
        slot=result.slot_seconds,
        one=result.ceiling[1],
        many=result.ceiling[MANY],
        clients=MANY,
    )
    console.print(notes, highlight=False, soft_wrap=True)
    taken = {name for check in result.checks.values() for name in check.allowances}
    for name, reason in result.allowances.items():
        if name in taken:
            console.print(f"Known deviation, {name}: {reason}.", highlight=False, soft_wrap=True)


def verdicts_of(result: PeersResult) -> tuple[Verdict, ...]:
    """Hold the targets of this scenario against what was measured."""
    return peers_verdicts(rows_of(result, Mode.COLD, 1), rows_of(result, Mode.REPEATED, MANY))


def _is_single_competency(row: Row) -> bool:
    return row.group is Group.COMPETENCY and row.family != "competency-mix"


def _answers(result: PeersResult, names: Sequence[str]) -> Table:
    table = Table("server", "same answer", title="answers, by query")
    for column in ("the same but for known deviations", "another answer", "no answer"):
        table.add_column(column)
    for name in names:
        checks = [(family, check) for (family, peer), check in result.checks.items() if peer == name]
        same = sum(check.agrees for _, check in checks)
        allowed = [
            f"{family} ({', '.join(check.allowances)})" for family, check in checks if check.allowances
        ]
        differing = [family for family, check in checks if check.difference is not None]
        failing = [family for family, check in checks if check.failure]
        table.add_row(name, str(same), *(", ".join(found) or "-" for found in (allowed, differing, failing)))
    return table


def _times(title: str, result: PeersResult, rows: Sequence[Row], names: Sequence[str]) -> Table:
    peers = [name for name in names if name != OURS]
    table = Table(title=title)
    table.add_column("query")
    table.add_column("rows", justify="right")
    for name in (*names, *(f"VNDX / {name}" for name in peers)):
        table.add_column(name, justify="right")
    for row in rows:
        checks = {name: result.checks.get((row.family, name)) for name in names}
        ours = checks.get(OURS)
        cells = [_time(row.summaries.get(name), checks[name]) for name in names]
        ratios = [ratio_text(time_ratio(row, name)) for name in peers]
        table.add_row(row.family, f"{ours.rows:,}" if ours else "", *cells, *ratios)
    return table


def _throughput(title: str, result: PeersResult, rows: Sequence[Row], names: Sequence[str]) -> Table:
    peers = [name for name in names if name != OURS and any(name in row.summaries for row in rows)]
    shown = [name for name in names if name in (OURS, *peers)]
    table = Table(title=f"{title}, and milliseconds")
    table.add_column("query")
    for name in shown:
        table.add_column(name, justify="right")
    for name in peers:
        table.add_column(f"VNDX / {name}", justify="right")
    for row in rows:
        cells = []
        for name in shown:
            summary, check = row.summaries.get(name), result.checks.get((row.family, name))
            cells.append(f"{throughput(summary)}  {_time(summary, check)}")
        table.add_row(row.family, *cells, *(ratio_text(throughput_ratio(row, name)) for name in peers))
    return table


def _time(summary: Summary | None, check: Check | None) -> str:
    differs = "≠" if check and check.difference is not None else ""
    if summary is None:
        if check and check.seconds is not None:
            return f"~{milliseconds(check.seconds * 1000)}{differs}"
        return "none" if check and check.failure else ""
    failed = "!" if summary.failures else ""
    busy = "^" if summary.generator_busy > 0.8 else ""
    return f"{milliseconds(summary.median)} / {milliseconds(summary.p99)}{differs}{failed}{busy}"
