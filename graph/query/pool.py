"""The pool of workers: one query has one worker; those that wait stand in a bounded queue."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from graph.query.errors import EngineBusyError, EngineUnavailableError
from graph.query.workers import Worker, ZygoteOptions, ZygoteProcess, ZygoteStartError

_PAUSE_BEFORE_RETRY: Final = 0.5
_FIRST_WORKER_SECONDS: Final = 30


class WorkerPool:
    """Keeps ``size`` workers alive and hands them out in the order of asking.

    Args:
        size: how many queries run at once.
        max_waiting: how many may wait for a worker; one more is turned away.
        max_wait: seconds after which one that waits is turned away.
        on_lost: called if the zygote ends by itself; the pool is of no use after that.

    """

    def __init__(self, *, size: int, max_waiting: int, max_wait: float, on_lost: Callable[[], None]) -> None:
        self._size = size
        self._max_waiting = max_waiting
        self._max_wait = max_wait
        self._on_lost = on_lost
        self._zygote = ZygoteProcess(self._add, self._remove, self._lose)
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._forking = 0
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._first_idle = asyncio.Event()
        self._closed = False

    async def start(self, snapshot: Path, options: ZygoteOptions) -> None:
        """Load a snapshot and wait for the first worker.

        Raises:
            ZygoteStartError: if the snapshot cannot be loaded, or no worker can work with it.

        """
        try:
            await self._zygote.start(snapshot, options)
            self._fill()
            async with asyncio.timeout(_FIRST_WORKER_SECONDS):
                await self._first_idle.wait()
        except TimeoutError:
            await self.stop()
            raise ZygoteStartError("no worker could be started") from None
        if self._closed:
            raise ZygoteStartError("the zygote ended as soon as it was ready")

    @property
    def zygote_pid(self) -> int:
        """The process id of the zygote."""
        return self._zygote.pid

    @property
    def idle(self) -> int:
        """How many workers wait for a query."""
        return len(self._idle)

    @property
    def busy(self) -> int:
        """How many workers are answering one."""
        return len(self._busy)

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return len(self._waiting)

    async def acquire(self) -> Worker:
        """Give a worker for one query; it goes back with `release` or `discard`.

        Raises:
            EngineBusyError: if too many wait already, or none comes free in time.
            EngineUnavailableError: if the pool has been closed or lost.

        """
        if self._closed:
            raise EngineUnavailableError("the workers are gone")
        if self._idle:
            return self._take(self._idle.pop())
        if len(self._waiting) >= self._max_waiting:
            raise EngineBusyError(f"{len(self._waiting)} queries are waiting already")
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self._max_wait):
                return await place
        except TimeoutError:
            self._leave(place)
            raise EngineBusyError(f"no worker came free in {self._max_wait:g} s") from None
        except BaseException:
            self._leave(place)
            raise

    def release(self, worker: Worker) -> None:
        """Take back a worker that has answered its query to the end."""
        if worker in self._busy:
            self._busy.discard(worker)
            self._offer(worker)

    def discard(self, worker: Worker) -> None:
        """End a worker, whatever it is doing, and have another take its place."""
        if worker in self._busy:
            self._busy.discard(worker)
            self._zygote.kill(worker)
            self._fill()

    async def stop(self) -> None:
        """End everything; whoever waits is turned away."""
        self._closed = True
        self._turn_all_away()
        await self._zygote.stop()

    def _take(self, worker: Worker) -> Worker:
        self._busy.add(worker)
        return worker

    def _leave(self, place: asyncio.Future[Worker]) -> None:
        """Leave the queue; a worker that came at the moment of giving up goes to the next."""
        if place in self._waiting:
            self._waiting.remove(place)
        elif place.done() and not place.cancelled() and place.exception() is None:
            self.release(place.result())

    def _add(self, worker: Worker) -> None:
        self._forking -= 1
        self._offer(worker)

    def _offer(self, worker: Worker) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(self._take(worker))
                return
        self._idle.append(worker)
        self._first_idle.set()

    def _remove(self, worker: Worker) -> None:
        self._busy.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if worker.used:
            self._fill()
        else:  # it could not even start: do not fork in a tight loop
            asyncio.get_running_loop().call_later(_PAUSE_BEFORE_RETRY, self._fill)

    def _fill(self) -> None:
        while not self._closed and len(self._idle) + len(self._busy) + self._forking < self._size:
            self._forking += 1
            self._zygote.fork()

    def _lose(self) -> None:
        self._closed = True
        self._first_idle.set()
        self._turn_all_away()
        self._on_lost()

    def _turn_all_away(self) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_exception(EngineUnavailableError("the workers are gone"))
