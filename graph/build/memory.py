"""How much memory a build took."""

from __future__ import annotations

import resource
import sys

_UNIT = 1 if sys.platform == "darwin" else 1024


def peak_bytes(workers: int) -> int:
    """Give an upper bound of the resident memory of this process and of the workers it has waited for.

    The system tells the peak of this process and of the largest worker, so the bound takes every
    worker to be as large as the largest, all of them at once.
    """
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest_worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + workers * largest_worker) * _UNIT
