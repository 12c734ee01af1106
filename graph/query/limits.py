"""Limits that a worker process puts on itself before it sees a query (Linux; elsewhere what there is)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_STATM: Final = Path("/proc/self/statm")
_OOM_SCORE: Final = Path("/proc/self/oom_score_adj")


def limit_memory(allowance: int) -> None:
    """Let this process map at most ``allowance`` bytes more than it has mapped now.

    What it shares with its parent is mapped already, so the allowance is for the query alone. An
    allocation beyond it fails, and Oxigraph then aborts the process (SIGABRT).
    """
    mapped = MemoryGauge().mapped_bytes()
    if mapped:
        resource.setrlimit(resource.RLIMIT_AS, (mapped + allowance, mapped + allowance))


def limit_files() -> None:
    """Let this process open nothing more: no file and, above all, no connection to anywhere."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def limit_core_dumps() -> None:
    """Write no core dump: a killed worker is nothing to keep, and its memory is large."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> None:
    """Have this process killed when the thread that forked it ends (`prctl(2)`)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def be_first_out_of_memory() -> None:
    """Tell the kernel to kill this process before others when the machine runs out of memory."""
    with contextlib.suppress(OSError):
        _OOM_SCORE.write_text("1000", "ascii")


class MemoryGauge:
    """Tells how much memory this process has; it keeps its file open, so it works after `limit_files`."""

    def __init__(self) -> None:
        try:
            self._statm: int | None = os.open(_STATM, os.O_RDONLY)
        except OSError:
            self._statm = None

    def mapped_bytes(self) -> int:
        """Give the size of the address space, 0 where that cannot be known."""
        return self._field(0)

    def resident_bytes(self) -> int:
        """Give the resident memory, 0 where that cannot be known."""
        return self._field(1)

    def _field(self, number: int) -> int:
        if self._statm is None:
            return 0
        return int(os.pread(self._statm, 100, 0).split()[number]) * resource.getpagesize()


def own_process_group() -> None:
    """Leave the group of the terminal: Ctrl-C is for the server, which then ends its workers."""
    os.setpgid(0, 0)
