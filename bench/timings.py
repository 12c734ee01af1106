"""What is worked out from times: percentiles, summaries and ratios. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(ordered: Sequence[float], share: float) -> float:
    """Give a percentile of sorted values by nearest rank: a value that occurred, never one in between.

    Args:
        ordered: values in ascending order, at least one.
        share: above 0, up to 1, e.g. 0.99.

    Raises:
        ValueError: if there is no value, or the share is out of range.

    """
    if not ordered:
        raise ValueError("a percentile of no values")
    if not 0 < share <= 1:
        raise ValueError(f"a share is above 0 and up to 1, not {share}")
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


@dataclass(frozen=True)
class Summary:
    """What is shown of the requests of one cell.

    Attributes:
        requests: answered with 200 and to the end.
        failures: all others, by reason.
        median: milliseconds, None if no request was answered; as are the next two.
        p99: the 99th percentile; with fewer than 100 requests that is the slowest.
        first_byte: median of milliseconds until the first byte of the body.
        throughput: answered requests a second.
        megabytes: body bytes received, in millions.
        server_cpu: milliseconds of processor time of the whole server for one request; None if unknown.
        generator_busy: share of one core that the load generator used; near 1 it holds the server back.

    """

    requests: int
    failures: dict[str, int]
    median: float | None
    p99: float | None
    first_byte: float | None
    throughput: float
    megabytes: float
    server_cpu: float | None
    generator_busy: float

    @property
    def clean(self) -> bool:
        """Say whether there were answers and no failures."""
        return bool(self.requests) and not self.failures


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """Divide, None where either side is unknown or the divisor is 0."""
    if ours is None or not theirs:
        return None
    return ours / theirs


def geometric_mean(values: Sequence[float]) -> float | None:
    """Give the mean that suits ratios, None of no values.

    Raises:
        ValueError: if a value is 0 or less.

    """
    if not values:
        return None
    if min(values) <= 0:
        raise ValueError("a geometric mean needs values above 0")
    return math.exp(sum(map(math.log, values)) / len(values))
