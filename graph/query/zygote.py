"""The zygote: a process with one thread that loads a snapshot once and forks a worker on request.

Forking is safe here because there is no other thread whose locks a child could inherit; the server has
many. A worker shares the loaded snapshot with the zygote (copy on write), so it costs milliseconds and
next to no memory. Started by `graph.query.workers`; ends, with its workers, when the server closes the
control socket or dies.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pyoxigraph import Store

from graph.query.control import ControlKind, ControlMessage, receive, send
from graph.query.dump import load_dump
from graph.query.worker import WorkerLimits, run_worker

DUMP_NAME = "dumps/vndx.nq.gz"
STORE_NAME = "store"


class Zygote:
    """Forks workers as the server asks, and tells it when one has ended."""

    def __init__(self, control: socket.socket, open_store: Callable[[], Store], limits: WorkerLimits) -> None:
        self._control = control
        self._open_store = open_store
        self._limits = limits
        self._children: set[int] = set()
        # A child that ends makes the kernel write to this pipe, which wakes `select`.
        self._wake_reader, self._wake_writer = os.pipe()
        os.set_blocking(self._wake_reader, False)
        os.set_blocking(self._wake_writer, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)

    def run(self) -> None:
        """Serve until the server closes the control socket, then end all workers."""
        send(self._control, ControlMessage(ControlKind.READY))
        try:
            while self._serve_once():
                pass
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server is gone
        finally:
            for pid in self._children:
                os.kill(pid, signal.SIGKILL)

    def _serve_once(self) -> bool:
        control = self._control.fileno()
        readable, _, _ = select.select([control, self._wake_reader], [], [])
        if self._wake_reader in readable:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wake_reader, 4096)
            self._report_ended()
        if control in readable:
            received = receive(self._control)
            if received is None:
                return False
            message, _ = received
            if message.kind is ControlKind.FORK:
                self._fork()
            elif message.kind is ControlKind.KILL and message.pid in self._children:
                os.kill(message.pid, signal.SIGKILL)
        return True

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._become_worker(theirs)
        theirs.close()
        self._children.add(pid)
        send(self._control, ControlMessage(ControlKind.FORKED, pid), ours.fileno())
        ours.close()

    def _become_worker(self, connection: socket.socket) -> NoReturn:
        """Run a worker in the forked process, and leave without what the zygote would do at its end."""
        status = 1
        try:
            self._control.close()
            os.close(self._wake_reader)
            os.close(self._wake_writer)
            run_worker(connection, self._open_store, self._limits)
            status = 0
        except (BrokenPipeError, ConnectionResetError):
            status = 0  # the server hung up while the answer was being written
        finally:
            os._exit(status)

    def _report_ended(self) -> None:
        for pid in tuple(self._children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._children.discard(pid)
                send(self._control, ControlMessage(ControlKind.EXITED, pid, status))


def main(arguments: list[str] | None = None) -> int:
    """Load the snapshot and serve; the arguments are those that `graph.query.workers` gives."""
    parser = argparse.ArgumentParser(description="Started by the server; not for use by hand.")
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--control", type=int, required=True, help="descriptor of the control socket")
    parser.add_argument("--on-disk", action="store_true", help="workers open the store on disk")
    parser.add_argument("--memory-bytes", type=int, required=True)
    parser.add_argument("--max-bytes", type=int, required=True)
    parser.add_argument("--allow-origin", action="append", default=[])
    options = parser.parse_args(arguments)
    limits = WorkerLimits(
        memory_bytes=options.memory_bytes,
        max_bytes=options.max_bytes,
        allowed_origins=frozenset(options.allow_origin),
    )
    control = socket.socket(fileno=options.control)
    Zygote(control, _opener(options.snapshot, on_disk=options.on_disk), limits).run()
    return 0


def _opener(snapshot: Path, *, on_disk: bool) -> Callable[[], Store]:
    if on_disk:
        # Opened after the fork: RocksDB starts threads, which a fork would lose.
        return lambda: Store.read_only(str(snapshot / STORE_NAME))
    store = load_dump(snapshot / DUMP_NAME)
    gc.freeze()  # what is loaded now is never garbage: keep the collector off the shared pages
    return lambda: store


if __name__ == "__main__":
    sys.exit(main())
