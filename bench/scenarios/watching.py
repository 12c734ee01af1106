"""Watching the memory of a server while it is under load, and ending it before it takes the machine down."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import psutil

from bench.peers.process import ServerProcess

_INTERVAL: Final = 0.25


@dataclass(frozen=True)
class MemorySample:
    """The memory of a server's processes together, at a time of the monotonic clock."""

    at: float
    size: int


class MemoryWatch:
    """Samples the memory of a server in a thread; a context manager.

    Args:
        process: the server.
        limit: bytes at which it is killed, as it would otherwise take the machine with it.

    Attributes:
        samples: in the order of time.
        killed_at: when the limit was passed, None if it was not.

    """

    def __init__(self, process: ServerProcess, limit: int) -> None:
        self._process = process
        self._limit = limit
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.samples: list[MemorySample] = []
        self.killed_at: float | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_INTERVAL):
            size = self._process.memory_bytes()
            self.samples.append(MemorySample(time.monotonic(), size))
            if size > self._limit and self.killed_at is None:
                self.killed_at = time.monotonic()
                self._process.kill()


def safe_limit() -> int:
    """Give how much memory one server may take on this machine as it is now: 60% of what is free."""
    return int(psutil.virtual_memory().available * 0.6)
