"""One snapshot while it is served: its workers, its store for look-ups, and how many requests use it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import Store

from graph.query.pool import WorkerPool
from graph.query.store_lookups import StoreLookups
from graph.query.workers import ZygoteOptions
from graph.snapshots.home import Snapshot
from graph.snapshots.manifest import Manifest


@dataclass(frozen=True)
class GenerationOptions:
    """How a snapshot is served.

    Attributes:
        workers: how many queries run at once.
        reserve: how many more may run for clients that have no other running.
        max_waiting: how many more may wait.
        max_waiting_of_client: how many of one client may wait.
        max_wait: for how many seconds.
        memory_bytes: what one query may allocate.
        max_bytes: the largest answer.
        in_memory_triples: up to this size workers share a store in memory, above it each opens the one
            on disk.
        allowed_origins: what SERVICE may call.

    """

    workers: int
    max_waiting: int
    max_wait: float
    memory_bytes: int
    max_bytes: int
    in_memory_triples: int
    allowed_origins: frozenset[str] = frozenset()
    max_waiting_of_client: int = 16
    reserve: int = 0


class Generation:
    """A loaded snapshot; made with `load`, ended with `drain` or `close`."""

    def __init__(
        self, snapshot: Snapshot, manifest: Manifest, lookups: StoreLookups, pool: WorkerPool
    ) -> None:
        self.snapshot = snapshot
        self.manifest = manifest
        self.lookups = lookups
        self.pool = pool
        self._users = 0
        self._unused = asyncio.Event()
        self._unused.set()

    @classmethod
    async def load(
        cls, snapshot: Snapshot, options: GenerationOptions, on_lost: Callable[[Generation], None]
    ) -> Generation:
        """Load a snapshot and start its workers; ``on_lost`` is called if they all go.

        Raises:
            OSError: if its store or manifest cannot be read.
            ValueError: if its manifest is of another format.
            ZygoteStartError: if its dump cannot be loaded.

        """
        manifest = await asyncio.to_thread(snapshot.manifest)
        store = await asyncio.to_thread(Store.read_only, str(snapshot.store))
        loaded: list[Generation] = []
        pool = WorkerPool(
            size=options.workers,
            reserve=options.reserve,
            max_waiting=options.max_waiting,
            max_waiting_of_client=options.max_waiting_of_client,
            max_wait=options.max_wait,
            on_lost=lambda: on_lost(loaded[0]) if loaded else None,
        )
        zygote = ZygoteOptions(
            on_disk=manifest.triples > options.in_memory_triples,
            memory_bytes=options.memory_bytes,
            max_bytes=options.max_bytes,
            allowed_origins=options.allowed_origins,
        )
        await pool.start(snapshot.path, zygote)
        loaded.append(cls(snapshot, manifest, StoreLookups(store), pool))
        return loaded[0]

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep the snapshot from being closed until the context is left."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def enter(self) -> None:
        """Count one more user; each calls `leave` once."""
        self._users += 1
        self._unused.clear()

    def leave(self) -> None:
        """Count one user less."""
        self._users -= 1
        if not self._users:
            self._unused.set()

    async def drain(self, seconds: float) -> None:
        """Wait for all users to leave, at most as long as a query may take and wait, then close."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._unused.wait(), seconds * 2 + 5)
        await self.close()

    async def close(self) -> None:
        """End the workers; the store is closed when nobody refers to it any more."""
        await self.pool.stop()
