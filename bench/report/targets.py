"""The targets of the project, held against what was measured. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.queries.model import Group
from bench.timings import Summary, geometric_mean, ratio

OURS = "VNDX"


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
class Verdict:
    """How a target was met.

    Attributes:
        target: what was aimed at.
        met: for how many families.
        of: how many there are; with none the target was not measured.
        mean: the geometric mean of the ratios.
        missed: families that missed it, with their ratios, the worst first.

    """

    target: str
    met: int
    of: int
    mean: float | None
    missed: tuple[tuple[str, float], ...]

    @property
    def is_met(self) -> bool | None:
        """Say whether all families meet it, None if there is none."""
        return None if not self.of else self.met == self.of


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


def verdict(target: str, ratios: Iterable[tuple[str, float | None]], met: Callable[[float], bool]) -> Verdict:
    """Hold ratios against a bound."""
    known = [(family, value) for family, value in ratios if value is not None]
    missed = [(family, value) for family, value in known if not met(value)]
    high_is_bad = any(value > 1 for _, value in missed)
    missed.sort(key=lambda pair: pair[1], reverse=high_is_bad)
    mean = geometric_mean([value for _, value in known])
    return Verdict(target, len(known) - len(missed), len(known), mean, tuple(missed))


def verdicts(cold: Sequence[Row], repeated_many: Sequence[Row]) -> tuple[Verdict, ...]:
    """Hold the targets against the rows of cold requests by one client and repeated ones by many."""
    heavy = {Group.JOIN, Group.AGGREGATE}
    from_5_ms = [row for row in cold if _median(row, "Oxigraph") >= 5]
    points = [row for row in cold if row.group is Group.POINT]
    joins = [row for row in cold if row.group in heavy]
    large = [row for row in cold if row.group is Group.LARGE]
    return (
        verdict(
            "repeated, many clients: throughput at least 1.0x Oxigraph",
            [(row.family, throughput_ratio(row, "Oxigraph")) for row in repeated_many],
            lambda value: value >= 1,
        ),
        verdict(
            "cold, Oxigraph at 5 ms or more: time at most 1.0x Oxigraph",
            [(row.family, time_ratio(row, "Oxigraph")) for row in from_5_ms],
            lambda value: value <= 1,
        ),
        verdict(
            "cold point look-ups: time at most 3x Oxigraph",
            [(row.family, time_ratio(row, "Oxigraph")) for row in points],
            lambda value: value <= 3,
        ),
        verdict(
            "cold joins and aggregates: time at most 1/20 of rdflib-endpoint",
            [(row.family, time_ratio(row, "rdflib-endpoint")) for row in joins],
            lambda value: value <= 1 / 20,
        ),
        verdict(
            "cold joins and aggregates: time against Virtuoso (to be stated; 1.0x would be level)",
            [(row.family, time_ratio(row, "Virtuoso")) for row in joins],
            lambda value: value <= 1,
        ),
        verdict(
            "cold large results: first byte within 100 ms (milliseconds / 100)",
            [(row.family, _first_byte(row)) for row in large],
            lambda value: value <= 1,
        ),
    )


def _median(row: Row, peer: str) -> float:
    found = row.summaries.get(peer)
    return (found.median or 0) if found is not None else 0


def _first_byte(row: Row) -> float | None:
    found = row.summaries.get(OURS)
    return None if found is None or found.first_byte is None else found.first_byte / 100
