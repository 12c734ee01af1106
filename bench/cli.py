"""The command line: ``python -m bench``."""

from __future__ import annotations

import signal
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from bench.peers.registry import PEERS
from bench.report.document import to_json
from bench.run import Options, run
from graph.snapshots.home import SnapshotHome

_WIDTH: Final = 180

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Scenario(StrEnum):
    """What can be run."""

    PEERS = "peers"
    ABUSE = "abuse"
    GROWTH = "growth"
    SEARCH = "search"
    COLLECTIONS = "collections"
    MATCHING = "matching"
    LINK = "link"
    ENTITIES = "entities"
    PAGES = "pages"
    ALL = "all"


@app.command()
def bench(
    *,
    scenario: Annotated[Scenario, typer.Option(help="What to run.")] = Scenario.PEERS,
    peers: Annotated[
        str, typer.Option(help="Servers beside VNDX, with commas between; those not installed are skipped.")
    ] = ",".join(name for name in PEERS if name != "vndx"),
    snapshot_home: Annotated[
        Path | None,
        typer.Option(
            help="Data home of the snapshot to use. Default: VNDX_HOME, else .vndx; built if empty."
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A trial: one short round, 10 s of abuse, sizes 1 and 2.")
    ] = False,
    only: Annotated[
        str, typer.Option(help="Only queries whose name has this in it, e.g. join.", show_default=False)
    ] = "",
    seconds: Annotated[
        float | None, typer.Option(help="Time for checks and rounds of scenario peers. Default: 330.", min=1)
    ] = None,
    abuse_seconds: Annotated[
        float | None, typer.Option(help="How long the abuse lasts. Default: 40.", min=1)
    ] = None,
    factors: Annotated[
        str | None, typer.Option(help="Sizes for scenario growth. Default: 1,4,16.", show_default=False)
    ] = None,
    memory_limit: Annotated[
        float | None,
        typer.Option(help="GB that a server may take before it is killed. Default: 60% of what is free."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where large temporary files go. Default: the system's.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file; - for standard output.")
    ] = None,
) -> None:
    """Measure VNDX side by side with its peers, on the same data, in one run, on this machine.

    \b
    peers   the query set (points, stars, joins, aggregates, paths, text, large
            results, competency queries) on VNDX, Oxigraph server, Virtuoso and
            rdflib-endpoint: cold and repeated, one client and sixteen. Answers
            are compared first. Up to eight minutes.
    abuse   cheap queries of one client while two others send cross products,
            sorts over them, regex bombs and huge paths; VNDX and Oxigraph.
            Up to three minutes.
    growth  the data 1, 4 and 16 times; VNDX and Oxigraph. Sizes 1 and 4 take
            up to eight minutes; 16 takes longer, and 25 GB of disk.
    search  the real queries that ranking is tested with, on search and suggest
            of VNDX, in the process and over HTTP. Under a minute.
    matching
            names of units as people write them, each with a known answer: how
            many are found, what is matched wrongly, names a second. A minute.
    link    tables of up to 100,000 old communes, linked with the command
            line. Under a minute.
    entities  the JSON of small, middle and the largest entities and of hubs:
            cold, warm and kept; VNDX alone. Half a minute.
    pages   the first response of pages of every kind, and what they weigh;
            VNDX alone. Half a minute.

    Servers run on free ports of 127.0.0.1 and end with the run. A run wants a machine that does nothing
    else; the report says how busy it was. The exit status is 1 if an answer of VNDX differs or is missing.

    \b
    Examples:
      python -m bench --quick --only point
      python -m bench --peers oxigraph,virtuoso --json figures.json
      python -m bench --scenario abuse --abuse-seconds 120
      python -m bench --scenario growth --factors 1,4 --folder /var/tmp
    """  # noqa: D301
    signal.signal(signal.SIGTERM, _leave)
    console = Console(stderr=True)
    results = Console(width=None if sys.stdout.isatty() else _WIDTH, stderr=str(json_file) == "-")
    options = Options(
        scenarios=tuple(_scenarios(scenario)),
        peers=_names(peers),
        home=SnapshotHome.resolve(snapshot_home),
        quick=quick,
        only=only,
        seconds=seconds,
        abuse_seconds=abuse_seconds,
        factors=_factors(factors),
        memory_limit=int(memory_limit * 1e9) if memory_limit else None,
    )
    with tempfile.TemporaryDirectory(prefix="vndx-bench-", dir=folder) as place:
        document, good = run(
            options, Path(place), results, lambda line: console.print(line, highlight=False, soft_wrap=True)
        )
    if str(json_file) == "-":
        print(to_json(document), end="")
    elif json_file is not None:
        json_file.write_text(to_json(document), "utf-8")
    raise typer.Exit(0 if good else 1)


def _leave(*_: object) -> None:
    """Leave by way of all `finally` clauses, which end servers and remove files, undisturbed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + signal.SIGTERM)


def _scenarios(chosen: Scenario) -> list[str]:
    every = [scenario for scenario in Scenario if scenario is not Scenario.ALL]
    return [str(scenario) for scenario in (every if chosen is Scenario.ALL else [chosen])]


def _names(given: str) -> tuple[str, ...]:
    names = [name.strip().lower() for name in given.split(",") if name.strip()]
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        known = ", ".join(name for name in PEERS if name != "vndx")
        raise typer.BadParameter(f"{', '.join(unknown)}: known are {known}", param_hint="--peers")
    return tuple(name for name in PEERS if name in names and name != "vndx")


def _factors(given: str | None) -> tuple[int, ...] | None:
    if given is None:
        return None
    try:
        factors = tuple(int(part) for part in given.split(","))
    except ValueError:
        factors = ()
    if not factors or min(factors) < 1:
        raise typer.BadParameter(
            "write numbers from 1 with commas between, as 1,4,16", param_hint="--factors"
        )
    return factors


def main() -> None:
    """Run the command line."""
    app()
