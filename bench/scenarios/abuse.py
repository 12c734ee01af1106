"""Scenario "abuse": one client asks something cheap while two others bring the server to its knees."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bench.load.driver import LoadGenerator
from bench.load.messages import Job, Outcome, Sample
from bench.peers.base import Peer
from bench.queries.abusive import ABUSIVE
from bench.queries.model import Family, cache_busting_suffix
from bench.scenarios.recovery import recovery_seconds, settled_seconds
from bench.scenarios.session import Say
from bench.scenarios.watching import MemorySample, MemoryWatch
from bench.timings import percentile

GIVES_UP: Final = 10.0
"""Seconds after which the second abusive client drops its connection and sends the next query."""
_ABUSERS: Final = (("127.0.0.2", math.inf), ("127.0.0.3", GIVES_UP))
"""Addresses of their own, so that a server can tell the clients apart, and how long they wait."""
_INTERVAL: Final = 0.02
_PATIENCE: Final = 30.0


@dataclass(frozen=True)
class AbusePlan:
    """How long the phases are, in seconds, and what the server may take.

    Attributes:
        quiet: before the abuse.
        abuse: while two clients loop.
        after: for recovery.
        memory_limit: bytes at which a server is killed to protect the machine.

    """

    quiet: float = 8
    abuse: float = 40
    after: float = 15
    memory_limit: int = 8 << 30


@dataclass(frozen=True)
class Phase:
    """Cheap queries in one phase: how many, how they did, and the server's memory meanwhile."""

    requests: int
    failures: Mapping[str, int]
    p50: float | None
    p99: float | None
    slowest: float | None
    peak_memory: int | None


@dataclass(frozen=True)
class AbuseResult:
    """What the scenario gives for one server.

    Attributes:
        quiet: before the abuse.
        abuse: meanwhile.
        after: from the end of the abuse on.
        abusive: what became of the abusive requests, by outcome.
        recovery: seconds after the abuse until cheap queries were as quick as before for good; None if
            they never were.
        memory_recovery: seconds until the memory was near that before; None if it never was.
        alive: whether the server still ran at the end.
        killed: whether the bench killed it because of its memory.

    """

    quiet: Phase
    abuse: Phase
    after: Phase
    abusive: Mapping[str, int]
    recovery: float | None
    memory_recovery: float | None
    alive: bool
    killed: bool


def abuse(peer: Peer, cheap: Sequence[Family], plan: AbusePlan, say: Say) -> AbuseResult:
    """Run the scenario on a server that runs.

    Args:
        peer: the server.
        cheap: families whose texts the well-behaved client asks in turn.
        plan: how long.
        say: told what is going on.

    """
    with (
        LoadGenerator() as client,
        LoadGenerator() as first,
        LoadGenerator() as second,
        MemoryWatch(peer.process, plan.memory_limit) as watch,
    ):
        started = time.monotonic()
        client.begin(_cheap_job(peer, cheap, plan))
        time.sleep(plan.quiet)
        say(f"{peer.name}: two abusive clients for {plan.abuse:g} s")
        abuse_from = time.monotonic()
        abusers = (first, second)
        for number, abuser in enumerate(abusers):
            abuser.begin(_abusive_job(peer, number, plan.abuse))
        abusive = [abuser.result() for abuser in abusers]
        abuse_to = time.monotonic()
        outcome = client.result()
    samples, memory = outcome.samples, watch.samples
    quiet = _phase(samples, memory, started, abuse_from)
    return AbuseResult(
        quiet=quiet,
        abuse=_phase(samples, memory, abuse_from, abuse_to),
        after=_phase(samples, memory, abuse_to, float("inf")),
        abusive=_outcomes(abusive),
        recovery=recovery_seconds(samples, abuse_to, quiet.p50 or 0),
        memory_recovery=settled_seconds([(s.at, s.size) for s in memory], abuse_to, quiet.peak_memory or 0),
        alive=peer.process.alive and watch.killed_at is None,
        killed=watch.killed_at is not None,
    )


def _cheap_job(peer: Peer, cheap: Sequence[Family], plan: AbusePlan) -> Job:
    texts = [text for group in zip(*(family.texts for family in cheap), strict=False) for text in group]
    return Job(
        host=peer.endpoint.host,
        port=peer.endpoint.port,
        accept="application/sparql-results+json",
        targets=tuple(peer.endpoint.target(text) for text in texts),
        suffix=cache_busting_suffix(f"cheap {time.monotonic_ns():x}"),
        seconds=plan.quiet + plan.abuse + plan.after,
        timeout=_PATIENCE,
        interval=_INTERVAL,
    )


def _abusive_job(peer: Peer, number: int, seconds: float) -> Job:
    source, patience = _ABUSERS[number]
    queries = list(ABUSIVE.values())
    start = number * len(queries) // len(_ABUSERS)
    turned = queries[start:] + queries[:start]
    return Job(
        host=peer.endpoint.host,
        port=peer.endpoint.port,
        accept="application/sparql-results+json",
        targets=tuple(peer.endpoint.target(text) for text in turned),
        suffix=cache_busting_suffix(f"abuse {time.monotonic_ns():x}"),
        seconds=seconds,
        timeout=min(patience, seconds),
        cut=True,
        source=source,
    )


def _phase(samples: Sequence[Sample], memory: Sequence[MemorySample], start: float, end: float) -> Phase:
    inside = [sample for sample in samples if start <= sample.started < end]
    times = sorted(sample.milliseconds for sample in inside if not sample.failure)
    return Phase(
        requests=len(inside),
        failures=dict(Counter(sample.failure for sample in inside if sample.failure)),
        p50=percentile(times, 0.5) if times else None,
        p99=percentile(times, 0.99) if times else None,
        slowest=max((sample.milliseconds for sample in inside), default=None),
        peak_memory=max((found.size for found in memory if start <= found.at < end), default=None),
    )


def _outcomes(abusive: Sequence[Outcome]) -> Mapping[str, int]:
    return dict(Counter(sample.failure or "answered" for outcome in abusive for sample in outcome.samples))
