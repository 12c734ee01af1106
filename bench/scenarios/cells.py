"""What is measured: cells of family, mode and number of clients; and what the runs of a cell add up to."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bench.load.driver import LoadGenerator
from bench.load.messages import Job, Outcome
from bench.peers.base import Peer
from bench.queries.model import Family, Group, cache_busting_suffix
from bench.timings import Summary, percentile

MANY: Final = 16
"""How many clients "many" are."""
_WHOLE_SECONDS: Final = 120
_LEAST: Final = 3
"""Requests of a cold cell with one client, which most targets look at: a median needs some."""


class Mode(StrEnum):
    """Whether requests come again.

    COLD: no two requests of the run are equal (another constant where the family has one, and always
    another comment), so no cache of results can answer. Data and indexes are warm.
    REPEATED: a few requests over and over, each sent once before the clock starts.
    """

    COLD = "cold"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Cell:
    """One thing to measure on every server.

    Attributes:
        family: what is asked.
        mode: whether requests come again.
        clients: how many at once.
        texts: how many of the family's texts come again in repeated mode.
        whole: whether all texts are asked once, however long that takes: where they differ much, servers
            that get through different numbers of them could not be compared.

    """

    family: Family
    mode: Mode
    clients: int
    texts: int = 32
    whole: bool = False


@dataclass
class Runs:
    """The runs of one cell on one server."""

    outcomes: list[Outcome] = field(default_factory=list)
    server_cpu_seconds: float = 0

    def summary(self) -> Summary:
        """Add the runs up."""
        samples = [sample for outcome in self.outcomes for sample in outcome.samples]
        answered = sorted(sample.milliseconds for sample in samples if not sample.failure)
        first = sorted(sample.first_byte for sample in samples if not sample.failure)
        seconds = sum(outcome.seconds for outcome in self.outcomes)
        cpu = sum(outcome.cpu_seconds for outcome in self.outcomes)
        return Summary(
            requests=len(answered),
            failures=dict(Counter(sample.failure for sample in samples if sample.failure)),
            median=percentile(answered, 0.5) if answered else None,
            p99=percentile(answered, 0.99) if answered else None,
            first_byte=percentile(first, 0.5) if first else None,
            throughput=len(answered) / seconds if seconds else 0,
            megabytes=sum(outcome.body_bytes for outcome in self.outcomes) / 1e6,
            server_cpu=self.server_cpu_seconds * 1000 / len(answered) if answered else None,
            generator_busy=cpu / seconds if seconds else 0,
        )


def measure(generator: LoadGenerator, peer: Peer, cell: Cell, seconds: float, runs: Runs) -> None:
    """Run a cell on a server once.

    Args:
        generator: sends the requests.
        peer: the server.
        cell: what to send.
        seconds: for how long requests are started.
        runs: takes the outcome.

    """
    job = job_for(peer, cell, f"{cell.mode} {time.monotonic_ns():x}", seconds)
    before = peer.process.cpu_seconds()
    outcome = generator.run(job)
    runs.server_cpu_seconds += peer.process.cpu_seconds() - before
    runs.outcomes.append(outcome)


def job_for(peer: Peer, cell: Cell, token: str, seconds: float) -> Job:
    """Write the job of a cell for a server; the token makes cold requests unlike those of any other run."""
    cold = cell.mode is Mode.COLD
    texts = cell.family.texts if cold or cell.whole else cell.family.texts[: cell.texts]
    endpoint = peer.endpoint
    return Job(
        host=endpoint.host,
        port=endpoint.port,
        accept=cell.family.accept,
        targets=tuple(endpoint.target(text, every_graph=cell.family.every_graph) for text in texts),
        suffix=cache_busting_suffix(token) if cold else "",
        clients=cell.clients,
        seconds=_WHOLE_SECONDS if cell.whole else seconds,
        limit=len(texts) if cell.whole else 0,
        least=_LEAST if cold and cell.clients == 1 and cell.family.group is not Group.COMPETENCY else 1,
        warm=not cold,
    )
