"""The pool of workers: one query has one worker; those that wait stand in a bounded, fair queue."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.query.errors import ClientShareError, EngineBusyError, EngineUnavailableError
from graph.query.fair_queue import FairQueue
from graph.query.workers import Worker, ZygoteOptions, ZygoteProcess, ZygoteStartError

_PAUSE_BEFORE_RETRY: Final = 0.5
_FIRST_WORKER_SECONDS: Final = 30
_WEIGHT_OF_LAST: Final = 0.1
_LONGEST_WAIT: Final = 60


@dataclass(frozen=True)
class _Use:
    """Who has a worker, and since when on the monotonic clock."""

    client: str
    since: float


class WorkerPool:
    """Keeps ``size`` workers alive and hands them out to clients in turn.

    A client that has workers gets another only while more than that are idle. So one that does its worst
    has half of them, the next one half of the rest, and so on; the last idle one is for a client with none.
    A client with none that finds all taken need not wait for their deadlines: another worker is forked for
    it, which takes milliseconds, up to ``reserve`` of them. They go when they are needed no more.

    Args:
        size: how many queries run at once.
        reserve: how many more may run for clients that have no other running.
        max_waiting: how many may wait for a worker; one more is turned away.
        max_waiting_of_client: how many of one client may wait.
        max_wait: seconds after which one that waits is turned away.
        on_lost: called if the zygote ends by itself; the pool is of no use after that.

    """

    def __init__(
        self,
        *,
        size: int,
        reserve: int,
        max_waiting: int,
        max_waiting_of_client: int,
        max_wait: float,
        on_lost: Callable[[], None],
    ) -> None:
        self._size = size
        self._reserve = reserve
        self._max_waiting = max_waiting
        self._max_waiting_of_client = max_waiting_of_client
        self._max_wait = max_wait
        self._on_lost = on_lost
        self._zygote = ZygoteProcess(self._add, self._remove, self._lose)
        self._idle: list[Worker] = []
        self._busy: dict[Worker, _Use] = {}
        self._mean_seconds = 1.0
        self._running: Counter[str] = Counter()
        self._forking = 0
        self._waiting: FairQueue[asyncio.Future[Worker]] = FairQueue()
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

    @property
    def expected_seconds(self) -> int:
        """How long one more would probably wait: by how long queries have taken lately."""
        rounds = (len(self._waiting) + 1) / self._size
        return min(_LONGEST_WAIT, math.ceil(self._mean_seconds * rounds)) or 1

    async def acquire(self, client: str = "") -> Worker:
        """Give a worker for one query; it goes back with `release` or `discard`.

        Args:
            client: who asks; empty for the service itself, which has no share that it could exceed.

        Raises:
            ClientShareError: if the client has too many waiting already.
            EngineBusyError: if too many wait already, or none comes free in time.
            EngineUnavailableError: if the pool has been closed or lost.

        """
        if self._closed:
            raise EngineUnavailableError("the workers are gone")
        # Whoever waits while a worker is idle may not have it, so nobody is overtaken.
        if self._idle and self._may_run(client):
            return self._take(self._idle.pop(), client)
        if client and self._waiting.count(client) >= self._max_waiting_of_client:
            raise ClientShareError(self._running[client], self._waiting.count(client), self.expected_seconds)
        if len(self._waiting) >= self._max_waiting:
            self._make_room(client)
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.put(client, place)
        self._fill()
        try:
            async with asyncio.timeout(self._max_wait):
                return await place
        except TimeoutError:
            self._leave(client, place)
            message = f"no worker came free in {self._max_wait:g} s"
            raise EngineBusyError(message, self.expected_seconds) from None
        except BaseException:
            self._leave(client, place)
            raise

    def release(self, worker: Worker) -> None:
        """Take back a worker that has answered its query to the end."""
        if worker in self._busy:
            self._forget(worker)
            self._offer(worker)

    def discard(self, worker: Worker) -> None:
        """End a worker, whatever it is doing, and have another take its place."""
        if worker in self._busy:
            self._forget(worker)
            self._zygote.kill(worker)
            self._fill()
            self._hand_out()

    async def stop(self) -> None:
        """End everything; whoever waits is turned away."""
        self._closed = True
        self._turn_all_away()
        await self._zygote.stop()

    def _may_run(self, client: str) -> bool:
        return not client or len(self._idle) > self._running[client]

    def _take(self, worker: Worker, client: str) -> Worker:
        self._busy[worker] = _Use(client, time.monotonic())
        self._running[client] += 1
        return worker

    def _forget(self, worker: Worker) -> None:
        use = self._busy.pop(worker, None)
        if use is None:
            return
        self._mean_seconds += _WEIGHT_OF_LAST * (time.monotonic() - use.since - self._mean_seconds)
        self._running[use.client] -= 1
        if not self._running[use.client]:
            del self._running[use.client]

    def _make_room(self, client: str) -> None:
        """Turn away the last query of the client that has most of them waiting.

        Raises:
            EngineBusyError: if that would be the one that asks for room.

        """
        refused = EngineBusyError(f"{len(self._waiting)} queries are waiting already", self.expected_seconds)
        displaced = self._waiting.displace(client)
        if displaced is None:
            raise refused
        if not displaced[1].done():
            displaced[1].set_exception(refused)

    def _leave(self, client: str, place: asyncio.Future[Worker]) -> None:
        """Leave the queue; a worker that came at the moment of giving up goes to the next."""
        if self._waiting.remove(client, place):
            return
        if place.done() and not place.cancelled() and place.exception() is None:
            self.release(place.result())

    def _add(self, worker: Worker) -> None:
        self._forking -= 1
        self._offer(worker)

    def _offer(self, worker: Worker) -> None:
        self._idle.append(worker)
        self._first_idle.set()
        self._hand_out()
        while len(self._idle) > 1 and self._alive > self._size:
            self._zygote.kill(self._idle.pop(0))

    def _hand_out(self) -> None:
        """Give idle workers to those whose turn it is."""
        while self._idle and (taken := self._waiting.take(self._may_run)):
            client, place = taken
            if not place.done():
                place.set_result(self._take(self._idle.pop(), client))

    def _remove(self, worker: Worker) -> None:
        self._forget(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if worker.used:
            self._fill()
        else:  # it could not even start: do not fork in a tight loop
            asyncio.get_running_loop().call_later(_PAUSE_BEFORE_RETRY, self._fill)
        self._hand_out()

    def _fill(self) -> None:
        while not self._closed and self._alive < self._wanted:
            self._forking += 1
            self._zygote.fork()

    @property
    def _alive(self) -> int:
        return len(self._idle) + len(self._busy) + self._forking

    @property
    def _wanted(self) -> int:
        """How many workers there should be: one more for each client that waits and has none."""
        new = sum(1 for client in self._waiting.clients() if client not in self._running)
        return max(self._size, min(len(self._busy) + new, self._size + self._reserve))

    def _lose(self) -> None:
        self._closed = True
        self._first_idle.set()
        self._turn_all_away()
        self._on_lost()

    def _turn_all_away(self) -> None:
        while taken := self._waiting.take(lambda _: True):
            if not taken[1].done():
                taken[1].set_exception(EngineUnavailableError("the workers are gone"))
