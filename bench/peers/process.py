"""A server process and all that it starts: started, watched, and always ended."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil


class ServerFailedError(RuntimeError):
    """A server ended, or was not ready in time; the message has the end of its log."""


class ServerProcess:
    """A running command.

    Args:
        command: what to run.
        log: where its output goes.
        folder: in which it runs.
        environment: added to that of the bench.

    """

    def __init__(
        self, command: Sequence[str], *, log: Path, folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                start_new_session=True,  # Ctrl-C is for the bench, which then ends its servers
            )
        self._root = psutil.Process(self._process.pid)

    @property
    def alive(self) -> bool:
        """Say whether the process that was started still runs."""
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> float:
        """Wait until a server is ready and give the seconds that it took.

        Raises:
            ServerFailedError: if it ends or takes longer.

        """
        started = time.monotonic()
        while not ready():
            if not self.alive:
                raise ServerFailedError(f"it ended with {self._process.returncode}: {self._last_lines()}")
            if time.monotonic() - started > seconds:
                raise ServerFailedError(f"it was not ready in {seconds:g} s: {self._last_lines()}")
            time.sleep(0.05)
        return time.monotonic() - started

    def memory_bytes(self) -> int:
        """Give the memory of the process and all below it; pages that they share count once.

        That is the proportional set size (Linux), the resident size where there is none.
        """
        return sum(_memory(process) for process in self._tree())

    def cpu_seconds(self) -> float:
        """Give the processor time that the process and all below it have used, those that ended too."""
        total = 0.0
        for process in self._tree():
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system
                total += getattr(times, "children_user", 0) + getattr(times, "children_system", 0)
        return total

    def stop(self) -> None:
        """End the process and all below it: politely first, then at once."""
        tree = self._tree()
        if self.alive:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
        for process in tree:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(tree, timeout=5)
        self._process.poll()

    def kill(self) -> None:
        """End the process and all below it at once, whatever they are doing."""
        for process in self._tree():
            with contextlib.suppress(psutil.Error):
                process.kill()

    def _tree(self) -> list[psutil.Process]:
        try:
            return [self._root, *self._root.children(recursive=True)]
        except psutil.Error:
            return []

    def _last_lines(self) -> str:
        return " / ".join(self._log.read_text("utf-8", "replace").splitlines()[-5:])


def free_port() -> int:
    """Give a port of the loopback address that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _memory(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", full.rss))
    except psutil.Error:
        return 0
