"""When a server was as before again, from samples over time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from bench.load.messages import Sample

_WINDOW: Final = 15
_SLOWER: Final = 2.0
_SLACK_MS: Final = 1.0
_LARGER: Final = 1.1
_SLACK_BYTES: Final = 32_000_000


def recovery_seconds(samples: Sequence[Sample], end: float, usual: float) -> float | None:
    """Give the time from the end of the abuse until requests were answered as usual, for good.

    As usual: the median of a window of requests is at most twice the usual one, and none of them failed.
    The time is when the first request started from which on all windows are so.

    Args:
        samples: in any order.
        end: when the abuse ended, on the clock of the samples.
        usual: the median before the abuse, in milliseconds.

    Returns:
        Seconds, 0 if the first request was as usual; None if the last window was not, or there is none.

    """
    after = sorted((sample for sample in samples if sample.started >= end), key=lambda sample: sample.started)
    windows = [after[start : start + _WINDOW] for start in range(len(after) - _WINDOW + 1)]
    good = [_as_usual(window, usual) for window in windows]
    if not good or not good[-1]:
        return None
    bad = [number for number, is_good in enumerate(good) if not is_good]
    return after[bad[-1] + 1].started - end if bad else 0.0


def settled_seconds(sizes: Sequence[tuple[float, int]], end: float, usual: int) -> float | None:
    """Give the time from the end of the abuse until the memory stayed near what it was.

    Near: at most a tenth and 32 MB above.

    Args:
        sizes: times and bytes, in the order of time.
        end: when the abuse ended.
        usual: the largest size before the abuse, in bytes.

    Returns:
        Seconds; None if it was above at the end, or there are no sizes after the end.

    """
    after = [(at, size <= usual * _LARGER + _SLACK_BYTES) for at, size in sizes if at >= end]
    if not after or not after[-1][1]:
        return None
    bad = [number for number, (_, is_good) in enumerate(after) if not is_good]
    return after[bad[-1] + 1][0] - end if bad else 0.0


def _as_usual(window: Sequence[Sample], usual: float) -> bool:
    if any(sample.failure for sample in window):
        return False
    return median(sample.milliseconds for sample in window) <= usual * _SLOWER + _SLACK_MS
