"""How much memory a build takes, its helper processes included."""

from __future__ import annotations

import os
import resource
import sys
import threading
from pathlib import Path
from types import TracebackType

_SECONDS_BETWEEN_LOOKS = 0.2
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class MemoryWatch:
    """Watches the resident memory of this process and its children while a context is open.

    Where the system does not tell what its processes take at the moment (that is, outside Linux), the
    peak is that of this process alone.
    """

    def __init__(self) -> None:
        self._peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def peak_bytes(self) -> int:
        """The largest sum seen so far, in bytes; at least the peak of this process alone."""
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT
        return max(self._peak, own)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_SECONDS_BETWEEN_LOOKS):
            self._peak = max(self._peak, sum(map(_resident, [os.getpid(), *_children()])))


def _children() -> list[int]:
    """Give the processes that the threads of this one started; none where the system does not tell."""
    found: list[int] = []
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:  # the thread has just ended
            continue
    return found


def _resident(process: int) -> int:
    """Give the resident memory of a process in bytes, 0 for one that is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
