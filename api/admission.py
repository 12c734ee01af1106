"""Who may go on, and who waits: so many at once, in turn over clients, the rest refused at once."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

from graph.query.errors import ClientShareError, EngineBusyError
from graph.query.fair_queue import FairQueue


@dataclass(frozen=True)
class AdmissionLimits:
    """How many may be under way.

    Attributes:
        running: at once; of one client half of that, one at least.
        waiting: behind them.
        waiting_of_client: of these, of one client.
        wait_seconds: how long one waits at most.
        what: what one of them is called in messages.

    """

    running: int
    waiting: int = 16
    waiting_of_client: int = 4
    wait_seconds: float = 10
    what: str = "validation"


class Admission:
    """A door that is fair to clients."""

    def __init__(self, limits: AdmissionLimits) -> None:
        self._limits = limits
        self._share = max(1, limits.running // 2)
        self._running: Counter[str] = Counter()
        self._queue: FairQueue[asyncio.Future[None]] = FairQueue()

    @contextlib.asynccontextmanager
    async def enter(self, client: str) -> AsyncIterator[None]:
        """Wait for the turn of a client, and hold a place until the context is left.

        Raises:
            ClientShareError: if the client has too much under way already.
            EngineBusyError: if too many wait, or the wait was too long.

        """
        await self._admit(client)
        try:
            yield
        finally:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]
            self._let_in()

    async def _admit(self, client: str) -> None:
        limits = self._limits
        if not len(self._queue) and self._may_run(client):
            self._running[client] += 1
            return
        if self._queue.count(client) >= limits.waiting_of_client:
            raise ClientShareError(
                self._running[client], self._queue.count(client), math.ceil(limits.wait_seconds)
            )
        if len(self._queue) >= limits.waiting:
            raise EngineBusyError(f"too many {limits.what}s are under way", math.ceil(limits.wait_seconds))
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put(client, turn)
        self._let_in()
        try:
            await asyncio.wait_for(asyncio.shield(turn), limits.wait_seconds)
        except BaseException as error:
            if not self._queue.remove(client, turn):  # its turn came at the same moment: hand it on
                self._running[client] -= 1
                self._let_in()
            if isinstance(error, TimeoutError):
                raise EngineBusyError(
                    f"no {limits.what} ended within {limits.wait_seconds:g} s", math.ceil(limits.wait_seconds)
                ) from None
            raise

    def _may_run(self, client: str) -> bool:
        return self._running.total() < self._limits.running and self._running[client] < self._share

    def _let_in(self) -> None:
        while taken := self._queue.take(self._may_run):
            client, turn = taken
            self._running[client] += 1
            turn.set_result(None)
