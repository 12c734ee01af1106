"""The server's side of zygote and workers: starting them, handing queries to them, ending them."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from graph.query import control, frames
from graph.query.control import ControlKind, ControlMessage
from graph.query.errors import QueryCrashError, QueryError, QueryMemoryError, QueryTooComplexError
from graph.query.evaluation import CHUNK_BYTES
from graph.query.frames import FrameKind


@dataclass(frozen=True)
class ZygoteOptions:
    """How a zygote and its workers are run.

    Attributes:
        on_disk: whether workers open the store on disk instead of sharing one in memory.
        memory_bytes: what a query may allocate.
        max_bytes: the largest answer.
        allowed_origins: what SERVICE may call.

    """

    on_disk: bool
    memory_bytes: int
    max_bytes: int
    allowed_origins: frozenset[str] = frozenset()

    def arguments(self) -> list[str]:
        """Give the options as arguments of `graph.query.zygote`."""
        arguments = [f"--memory-bytes={self.memory_bytes}", f"--max-bytes={self.max_bytes}"]
        arguments += ["--on-disk"] if self.on_disk else []
        return arguments + [f"--allow-origin={origin}" for origin in sorted(self.allowed_origins)]


class ZygoteStartError(RuntimeError):
    """The zygote ended before it was ready: the snapshot could not be loaded (its log says why)."""


@dataclass(eq=False)
class Worker:
    """A worker process and the stream to it."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used: bool = False
    exited: asyncio.Future[int] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    async def read(self) -> tuple[FrameKind, bytes]:
        """Wait for the next frame of an answer.

        Raises:
            EOFError: if the worker has died, or was told to.

        """
        return await frames.read(self.reader)

    def ask(self, request: bytes) -> None:
        """Send a query; the answer is then read frame by frame."""
        self.used = True
        self.writer.write(frames.pack(FrameKind.REQUEST, request))

    async def cause_of_death(self, *, may_overflow: bool) -> QueryError:
        """Wait until the process has ended, and give the error that says how.

        Args:
            may_overflow: whether the query is one that can have overflowed the stack. The kernel ends a
                process for that as for any other access to memory that it does not have.

        """
        try:
            status = await asyncio.wait_for(asyncio.shield(self.exited), timeout=2)
        except TimeoutError:
            return QueryCrashError("the worker closed its stream")
        code = os.waitstatus_to_exitcode(status)
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return QueryMemoryError("the query ran out of memory")
        if code == -signal.SIGSEGV and may_overflow:
            return QueryTooComplexError()
        return QueryCrashError(f"the worker ended with the code {code}")


class ZygoteProcess:
    """A running zygote.

    Args:
        on_forked: called with each new worker.
        on_exited: called with each worker that has ended, for whatever reason.
        on_lost: called once if the zygote itself ends before `stop`.

    """

    def __init__(
        self,
        on_forked: Callable[[Worker], None],
        on_exited: Callable[[Worker], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._on_forked = on_forked
        self._on_exited = on_exited
        self._on_lost = on_lost
        self._workers: dict[int, Worker] = {}
        self._connecting: set[asyncio.Task[None]] = set()
        self._early_exits: dict[int, int] = {}
        self._control: socket.socket | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def start(self, snapshot: Path, options: ZygoteOptions) -> None:
        """Start the process and wait until it has loaded the snapshot.

        Raises:
            ZygoteStartError: if it ends before that.

        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._control = ours
        command = [sys.executable, "-m", "graph.query.zygote", str(snapshot)]
        command += [f"--control={theirs.fileno()}", *options.arguments()]
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
            )
        finally:
            theirs.close()
        asyncio.get_running_loop().add_reader(ours.fileno(), self._read_control)
        try:
            await self._ready
        except BaseException:
            await self.stop()
            raise

    @property
    def pid(self) -> int:
        """The process id of the zygote, 0 before it is started."""
        return self._process.pid if self._process else 0

    def fork(self) -> None:
        """Ask for a worker, which `on_forked` gets in a few milliseconds."""
        self._send(ControlMessage(ControlKind.FORK))

    def kill(self, worker: Worker) -> None:
        """End a worker at once, whatever it is doing."""
        worker.writer.transport.abort()
        self._send(ControlMessage(ControlKind.KILL, worker.pid))

    async def stop(self) -> None:
        """End the zygote and all its workers."""
        self._close_control()
        for worker in self._workers.values():
            worker.writer.transport.abort()
        if self._process is not None:
            try:
                await asyncio.wait_for(self._process.wait(), timeout=5)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    def _send(self, message: ControlMessage) -> None:
        if self._control is not None:
            control.send(self._control, message)

    def _read_control(self) -> None:
        while self._control is not None:
            try:
                received = control.receive(self._control)
            except BlockingIOError:
                return
            except OSError:
                received = None
            if received is None:
                self._lose()
                return
            self._take(*received)

    def _take(self, message: ControlMessage, descriptor: int | None) -> None:
        match message.kind:
            case ControlKind.READY:
                self._ready.set_result(None)
            case ControlKind.FORKED if descriptor is not None:
                task = asyncio.get_running_loop().create_task(self._connect(message.pid, descriptor))
                self._connecting.add(task)
                task.add_done_callback(self._connecting.discard)
            case ControlKind.EXITED:
                self._bury(message.pid, message.value)

    async def _connect(self, pid: int, descriptor: int) -> None:
        connection = socket.socket(fileno=descriptor)
        connection.setblocking(False)
        reader, writer = await asyncio.open_unix_connection(sock=connection, limit=4 * CHUNK_BYTES)
        worker = Worker(pid, reader, writer)
        self._workers[pid] = worker
        if pid in self._early_exits:
            self._bury(pid, self._early_exits.pop(pid))
        else:
            self._on_forked(worker)

    def _bury(self, pid: int, status: int) -> None:
        worker = self._workers.pop(pid, None)
        if worker is None:
            self._early_exits[pid] = status
            return
        worker.exited.set_result(status)
        worker.writer.close()
        self._on_exited(worker)

    def _lose(self) -> None:
        self._close_control()
        if not self._ready.done():
            self._ready.set_exception(ZygoteStartError("the snapshot could not be loaded"))
            return
        for worker in self._workers.values():
            worker.writer.transport.abort()
        self._on_lost()

    def _close_control(self) -> None:
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
            self._control = None
