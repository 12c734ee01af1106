"""Scenario "collections": lists of ``/api/v1`` on VNDX, each address once, then one again and again.

No peer has such lists, so that there is nothing beside them: the figures are for the targets of VNDX itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.load.driver import LoadGenerator
from bench.load.messages import Job
from bench.peers.base import Peer
from bench.report.figures import milliseconds
from bench.scenarios.cells import Runs
from bench.scenarios.session import Say
from bench.timings import Summary

_WARM_SECONDS: Final = 1.0
_PROVINCES: Final = tuple(f"{code:02}" for code in (1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37))
"""Codes that both registers have."""
_YEARS: Final = tuple(range(2006, 2021))

LISTS: Final[dict[str, tuple[str, ...]]] = {
    "documents of a province": tuple(f"documents?province=2004/{code}" for code in _PROVINCES),
    "documents with a word": tuple(
        f"documents?q={word}"
        for word in ("so", "dien", "tu", "xa", "huyen", "nghi", "quyet", "ke", "hoach", "chuyen", "doi", "an")
    ),
    "communes of a province": tuple(f"communes?province=2025/{code}" for code in _PROVINCES),
    "communes of a province on a day": tuple(
        f"communes?province=2004/{code}&at={year}-06-01"
        for code, year in zip(_PROVINCES, _YEARS, strict=True)
    ),
    "communes of the country on a day": tuple(f"communes?at={year}-06-01" for year in _YEARS),
    "observations of a province": tuple(f"observations?province=2004/{code}" for code in _PROVINCES),
    "table of observations, 1,000 rows": tuple(
        f"observations.csv?limit={limit}" for limit in range(1_000, 1_006)
    ),
    "successors of a province": tuple(f"units/2004/{code}/successors" for code in _PROVINCES),
}
"""Addresses below ``/api/v1/`` that differ in one thing, by what they list."""


@dataclass(frozen=True)
class ListTimes:
    """What was measured of one list.

    Attributes:
        name: of the list.
        cold: each address once; data and indexes are warm, the answers are not kept.
        warm: the first address over and over.

    """

    name: str
    cold: Summary
    warm: Summary


def list_collections(peer: Peer, say: Say) -> list[ListTimes]:
    """Run the scenario on a server."""
    found = []
    with LoadGenerator() as generator:
        for name, addresses in LISTS.items():
            say(name)
            targets = tuple(f"/api/v1/{address}" for address in addresses)
            cold = _run(generator, peer, targets, limit=len(targets))
            found.append(ListTimes(name, cold, _run(generator, peer, targets[:1], warm=True)))
    return found


def print_collections(console: Console, found: Sequence[ListTimes]) -> None:
    """Print what the scenario gave."""
    table = Table(title="collections: milliseconds, one client")
    table.add_column("")
    for title in ("cold median", "cold slowest", "warm median", "kB each"):
        table.add_column(title, justify="right")
    for each in found:
        failed = "!" if each.cold.failures or each.warm.failures else ""
        size = each.warm.megabytes * 1000 / each.warm.requests if each.warm.requests else 0
        figures = (each.cold.median, each.cold.p99, each.warm.median)
        table.add_row(each.name + failed, *map(milliseconds, figures), f"{size:,.0f}")
    console.print(table)


def _run(
    generator: LoadGenerator, peer: Peer, targets: tuple[str, ...], *, limit: int = 0, warm: bool = False
) -> Summary:
    endpoint = peer.endpoint
    job = Job(
        endpoint.host,
        endpoint.port,
        "*/*",
        targets,
        seconds=60 if limit else _WARM_SECONDS,
        limit=limit,
        warm=warm,
    )
    runs = Runs()
    before = peer.process.cpu_seconds()
    runs.outcomes.append(generator.run(job))
    runs.server_cpu_seconds += peer.process.cpu_seconds() - before
    return runs.summary()
