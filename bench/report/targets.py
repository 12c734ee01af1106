"""The targets of the project, held against what was measured. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.queries.model import Group
from bench.timings import Summary, geometric_mean, ratio

OURS: Final = "VNDX"
OXIGRAPH: Final = "Oxigraph"


@dataclass(frozen=True)
class Row:
    """One family in one mode with one number of clients.

    Attributes:
        family: its name.
        group: its kind.
        summaries: for each server that was measured, by name.
        once: milliseconds of the one answer of servers that were too slow to be measured, by name.

    """

    family: str
    group: Group
    summaries: Mapping[str, Summary]
    once: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Target:
    """What is aimed at.

    Attributes:
        text: in words, with the bound.
        bound: of the figure, None where the figure is only to be stated.
        at_least: whether the figure should be at least the bound, not at most.
        unit: of the figure: "x" for ratios, or "ms".

    """

    text: str
    bound: float | None
    at_least: bool = False
    unit: str = "x"

    def is_met_by(self, figure: float) -> bool:
        """Say whether a figure meets the target."""
        if self.bound is None:
            return True
        return figure >= self.bound if self.at_least else figure <= self.bound


REPEATED: Final = Target("repeated, 16 clients: throughput at least 1.0x Oxigraph's", 1, at_least=True)
COLD: Final = Target("cold, where Oxigraph takes 5 ms or more: time at most 1.0x Oxigraph's", 1)
POINTS: Final = Target("cold point look-ups: time at most 3x Oxigraph's", 3)
RDFLIB: Final = Target("cold joins and aggregates: time at most 1/20 of rdflib-endpoint's", 1 / 20)
VIRTUOSO: Final = Target("cold joins and aggregates: time against Virtuoso's, stated", None)
FIRST_BYTE: Final = Target("cold large results: first byte within 100 ms", 100, unit="ms")
ABUSE: Final = Target("cheap queries under abuse: p99 at most 3x the quiet one, none fails", 3)


@dataclass(frozen=True)
class Verdict:
    """How a target was met.

    Attributes:
        target: what was aimed at.
        figures: by what they were measured on, those first that are the furthest from the target.

    """

    target: Target
    figures: tuple[tuple[str, float], ...]

    @property
    def missed(self) -> tuple[tuple[str, float], ...]:
        """The figures that miss the target, the worst first."""
        return tuple(pair for pair in self.figures if not self.target.is_met_by(pair[1]))

    @property
    def is_met(self) -> bool | None:
        """Say whether all figures meet it; None without figures, and where they are only stated."""
        return None if self.target.bound is None or not self.figures else not self.missed

    @property
    def mean(self) -> float | None:
        """The geometric mean of the figures."""
        return geometric_mean([figure for _, figure in self.figures])


def time_ratio(row: Row, peer: str) -> float | None:
    """Give the median of VNDX divided by that of a peer; below 1 VNDX is faster; None after failures."""
    ours, theirs = row.summaries.get(OURS), row.summaries.get(peer)
    if ours is None or not ours.clean or (theirs is not None and not theirs.clean):
        return None
    return ratio(ours.median, row.once.get(peer) if theirs is None else theirs.median)


def throughput_ratio(row: Row, peer: str) -> float | None:
    """Give the throughput of VNDX divided by that of a peer; above 1 VNDX is faster."""
    ours, theirs = row.summaries.get(OURS), row.summaries.get(peer)
    if ours is None or theirs is None or not ours.clean or not theirs.clean:
        return None
    return ratio(ours.throughput, theirs.throughput)


def verdict(target: Target, figures: Iterable[tuple[str, float | None]]) -> Verdict:
    """Hold figures against a target; those not known are left out."""
    known = [(name, figure) for name, figure in figures if figure is not None]
    return Verdict(target, tuple(sorted(known, key=lambda pair: pair[1], reverse=not target.at_least)))


def peers_verdicts(cold: Sequence[Row], repeated_many: Sequence[Row]) -> tuple[Verdict, ...]:
    """Hold the targets against the rows of cold requests by one client and repeated ones by many."""
    from_5_ms = [row for row in cold if _median(row, OXIGRAPH) >= 5]
    points = [row for row in cold if row.group is Group.POINT]
    heavy = [row for row in cold if row.group in {Group.JOIN, Group.AGGREGATE}]
    large = [row for row in cold if row.group is Group.LARGE]
    return (
        verdict(REPEATED, [(row.family, throughput_ratio(row, OXIGRAPH)) for row in repeated_many]),
        verdict(COLD, [(row.family, time_ratio(row, OXIGRAPH)) for row in from_5_ms]),
        verdict(POINTS, [(row.family, time_ratio(row, OXIGRAPH)) for row in points]),
        verdict(RDFLIB, [(row.family, time_ratio(row, "rdflib-endpoint")) for row in heavy]),
        verdict(VIRTUOSO, [(row.family, time_ratio(row, "Virtuoso")) for row in heavy]),
        verdict(FIRST_BYTE, [(row.family, _first_byte(row)) for row in large]),
    )


def abuse_verdict(quiet_p99: float | None, abuse_p99: float | None, failures: int) -> Verdict:
    """Hold the target of scenario "abuse" against the 99th percentiles of cheap queries, in milliseconds.

    A cheap query that fails has no time, so any failure counts as infinitely slow.
    """
    times = math.inf if failures and quiet_p99 else ratio(abuse_p99, quiet_p99)
    return verdict(ABUSE, [("cheap queries", times)])


def _median(row: Row, peer: str) -> float:
    found = row.summaries.get(peer)
    return (found.median or 0) if found is not None else 0


def _first_byte(row: Row) -> float | None:
    found = row.summaries.get(OURS)
    return None if found is None or not found.clean else found.first_byte
