"""One writer at a time: a file lock that a killed process cannot leave behind."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_PAUSE = 0.2
_ANNOUNCED_AT = 2


class LockedError(RuntimeError):
    """Another process builds or publishes in this data home."""


@contextmanager
def exclusive(
    lock_file: Path, task: str, *, wait_seconds: float, on_wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the lock of a data home.

    The lock is of the kernel (`flock(2)`): it is free again as soon as its process is gone, however it
    went. The file says who holds it, for messages only.

    Args:
        lock_file: the file to lock; it and its folder are created.
        task: what the lock is held for, shown to those who wait: ``build``.
        wait_seconds: how long to wait for another process to finish.
        on_wait: called once, with a sentence that says who holds the lock, when waiting begins.

    Raises:
        LockedError: if the other process has not finished in time.
        OSError: if the data home cannot be written.

    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, wait_seconds, on_wait)
        holder = {"pid": os.getpid(), "task": task, "since": datetime.now(UTC).isoformat(timespec="seconds")}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, wait_seconds: float, on_wait: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + wait_seconds
    tries = 0
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tries += 1
            if time.monotonic() >= deadline:
                raise LockedError(_describe(descriptor)) from None
            # Not at the first try: the holder writes its name only after it has the lock.
            if tries == _ANNOUNCED_AT and on_wait is not None:
                on_wait(_describe(descriptor))
            time.sleep(_PAUSE)
        else:
            return


def _describe(descriptor: int) -> str:
    """Say who holds the lock, as far as its file tells."""
    try:
        holder = json.loads(os.pread(descriptor, 1000, 0))
        return f"process {holder['pid']} runs `vndx {holder['task']}` here since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process builds or publishes here"
