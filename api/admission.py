"""Who may go on, and who waits: so many at once, in turn over clients, the rest refused at once.

What is admitted works in threads of its door, of which there are as many as there are places. So no work
that takes long is ever in the threads that the loop has for everything else, whoever asks for how much.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from graph.query.errors import ClientShareError, EngineBusyError
from graph.query.fair_queue import FairQueue

Item = TypeVar("Item")
Result = TypeVar("Result")

_RETRY_SECONDS: Final = 10


@dataclass(frozen=True)
class AdmissionLimits:
    """How many may be under way.

    Attributes:
        running: at once; of one client half of that, one at least.
        waiting: behind them.
        waiting_of_client: of these, of one client.
        wait_seconds: how long one waits at most before it begins.
        turn_seconds: after how long work that has parts lets others go first.
        what: what one of them is called in messages.

    """

    running: int
    waiting: int = 16
    waiting_of_client: int = 4
    wait_seconds: float = 10
    turn_seconds: float = 0.05
    what: str = "validation"


class Admission:
    """A door that is fair to clients."""

    def __init__(self, limits: AdmissionLimits) -> None:
        self._limits = limits
        self._share = max(1, limits.running // 2)
        self._running: Counter[str] = Counter()
        self._queue: FairQueue[asyncio.Future[None]] = FairQueue()
        self._threads = ThreadPoolExecutor(limits.running, limits.what.replace(" ", "-"))

    @contextlib.asynccontextmanager
    async def enter(self, client: str) -> AsyncIterator[Place]:
        """Wait for the turn of a client, and hold a place until the context is left.

        Raises:
            ClientShareError: if the client has too much under way already.
            EngineBusyError: if too many wait, or the wait was too long.

        """
        await self._admit(client)
        try:
            yield Place(self, client)
        finally:
            self._leave(client)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do work in a thread of this door; for those who have a place."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def run_some(self, work: Callable[[Item], Result], items: Sequence[Item], at: int) -> list[Result]:
        """Do work for items from a position on, for as many as a turn is long, one at least."""
        return await self.run(lambda: _for_some(work, items, at, self._limits.turn_seconds))

    async def pass_on(self, client: str) -> None:
        """Let those go first whose turn it is, then hold the place again.

        Raises:
            EngineBusyError: if others who have nothing under way need the room in the queue.

        """
        turn = self._new_turn()
        self._queue.put_first(client, turn)
        self._leave(client)
        try:
            await self._wait(client, turn)
        except BaseException:
            self._running[client] += 1  # as whoever leaves the door is counted out
            raise

    async def _admit(self, client: str) -> None:
        limits = self._limits
        if not len(self._queue) and self._may_run(client):
            self._running[client] += 1
            return
        waiting = self._queue.count(client)
        if waiting >= limits.waiting_of_client:
            raise ClientShareError(self._running[client], waiting, _RETRY_SECONDS, f"{limits.what}s")
        if len(self._queue) >= limits.waiting:
            self._make_room(client)
        turn = self._new_turn()
        self._queue.put(client, turn)
        self._let_in()
        try:
            await self._wait(client, turn, limits.wait_seconds)
        except TimeoutError:
            detail = f"there was no place for this {limits.what} within {limits.wait_seconds:g} s"
            raise EngineBusyError(detail, _RETRY_SECONDS) from None

    def _new_turn(self) -> asyncio.Future[None]:
        return asyncio.get_running_loop().create_future()

    async def _wait(self, client: str, turn: asyncio.Future[None], seconds: float | None = None) -> None:
        """Wait for a turn; who goes away before has no place."""
        try:
            await asyncio.wait_for(asyncio.shield(turn), seconds)
        except BaseException:
            if not self._queue.remove(client, turn) and turn.exception() is None:
                self._leave(client)  # its turn came at the same moment: hand it on
            raise

    def _make_room(self, client: str) -> None:
        """Refuse one of the client that has most in the queue; if that is this client, refuse it."""
        refused = EngineBusyError(f"too many {self._limits.what}s are under way", _RETRY_SECONDS)
        displaced = self._queue.displace(client)
        if displaced is None:
            raise refused
        displaced[1].set_exception(refused)

    def _may_run(self, client: str) -> bool:
        return self._running.total() < self._limits.running and self._running[client] < self._share

    def _leave(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._let_in()

    def _let_in(self) -> None:
        while taken := self._queue.take(self._may_run):
            client, turn = taken
            self._running[client] += 1
            turn.set_result(None)


class Place:
    """A place behind a door, with a thread to work in.

    Args:
        door: where it is.
        client: who has it.

    """

    def __init__(self, door: Admission, client: str) -> None:
        self._door = door
        self._client = client

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do work as a whole; others wait until it has ended."""
        return await self._door.run(work)

    async def run_each(self, work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Do work for each item, in order; others go first as often as their turn comes.

        Raises:
            EngineBusyError: if others who have nothing under way need the room.

        """
        done: list[Result] = []
        while len(done) < len(items):
            if done:
                await self._door.pass_on(self._client)
            done += await self._door.run_some(work, items, len(done))
        return done


def _for_some(work: Callable[[Item], Result], items: Sequence[Item], at: int, seconds: float) -> list[Result]:
    end = time.monotonic() + seconds
    done: list[Result] = []
    for item in islice(items, at, None):
        done.append(work(item))
        if time.monotonic() >= end:
            break
        time.sleep(0)  # lets the thread of the event loop go on
    return done
