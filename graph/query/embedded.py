"""The embedded engine: Oxigraph in killable worker processes, over the snapshot that is published."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from graph.query.engine import EngineStatus, NamedGraphEntry, QueryAnswer, SnapshotView
from graph.query.errors import EngineBusyError, EngineUnavailableError, QueryError
from graph.query.federation import Federation
from graph.query.generation import Generation, GenerationOptions
from graph.query.lookups import Plan, run
from graph.query.requests import QueryRequest
from graph.query.running import start_query
from graph.query.service_calls import mentions_service
from graph.query.service_client import ServiceOptions
from graph.snapshots.home import Snapshot, SnapshotHome, UnknownSnapshotError

Result = TypeVar("Result")

_LOG: Final = logging.getLogger(__name__)
_LOOKUP_THREADS: Final = 4
_RETRY_SECONDS: Final = 30
_PING: Final = QueryRequest("ASK {}", seconds=2)


@dataclass(frozen=True)
class EmbeddedOptions:
    """How the embedded engine runs.

    Attributes:
        generation: workers and their limits.
        seconds: how long a query may take at most.
        follow_seconds: how often to look whether another snapshot has been published.
        services: what SERVICE may call, None for nothing.
        kept_references: up to so many triples, classes and labels of all nodes are kept in memory.

    """

    generation: GenerationOptions
    seconds: float = 30
    follow_seconds: float = 1
    services: ServiceOptions | None = None
    kept_references: int = 10_000_000


class EmbeddedEngine:
    """Serves the published snapshot of a data home, and follows when another is published.

    Args:
        home: the data home.
        options: limits.

    """

    def __init__(self, home: SnapshotHome, options: EmbeddedOptions) -> None:
        self._home = home
        self._options = options
        self._current: Generation | None = None
        self._problem = "the snapshot is being loaded"
        self._failed_id = ""
        self._retry_at = 0.0
        self._switching = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(_LOOKUP_THREADS, thread_name_prefix="lookup")
        self._federation = Federation(options.services) if options.services is not None else None

    async def start(self) -> None:
        """Begin to load the published snapshot and to follow what is published after it.

        Raises:
            OSError: if queries may call other servers, and there is no port for the gateway.

        """
        if self._federation is not None:
            await self._federation.start()
        self._in_background(self._follow())

    @property
    def snapshot(self) -> str:
        """The id of the snapshot that is served, empty while none is loaded."""
        return self._current.snapshot.id if self._current is not None else ""

    @contextlib.asynccontextmanager
    async def view(self) -> AsyncIterator[SnapshotView]:
        """Enter the current snapshot.

        Raises:
            EngineUnavailableError: if none is loaded.

        """
        generation = self._current
        if generation is None:
            raise EngineUnavailableError(self._problem)
        with generation.in_use():
            yield _View(generation, self._options.seconds, self._threads, self._federation)

    async def status(self) -> EngineStatus:
        """Say which snapshot is served, and whether a worker answers; one that is busy counts as alive."""
        generation = self._current
        if generation is None:
            return EngineStatus(ready=False, detail=self._problem)
        detail = ""
        if generation.pool.idle or not generation.pool.busy:
            try:
                with generation.in_use():
                    answer = await start_query(generation, _PING, _PING.seconds or 1)
                    async for _ in answer:
                        pass
            except (QueryError, EngineBusyError, EngineUnavailableError) as error:
                detail = f"no worker answers: {error}"
        return EngineStatus(not detail, detail, generation.snapshot.id, generation.manifest.triples)

    async def refresh(self) -> None:
        """Switch to the published snapshot if it is another; requests under way end on the old one."""
        async with self._switching:
            wanted = self._published()
            current = self._current
            if wanted is None or (current is not None and current.snapshot.id == wanted.id):
                return
            now = asyncio.get_running_loop().time()
            if wanted.id == self._failed_id and now < self._retry_at:
                return
            try:
                loaded = await Generation.load(wanted, self._generation_options(), self._lost)
            except Exception as error:
                # Keep serving what is loaded: a snapshot that cannot be read must not end the service.
                _LOG.exception("snapshot %s cannot be loaded", wanted.id)
                self._failed_id = wanted.id
                self._retry_at = now + _RETRY_SECONDS
                self._problem = f"snapshot {wanted.id} cannot be loaded: {error}"
                return
            self._failed_id = ""
            self._current = loaded
            _LOG.info("serving snapshot %s, %d triples", wanted.id, loaded.manifest.triples)
            self._in_background(self._quicken(loaded))
            if current is not None:
                self._in_background(current.drain(self._options.seconds))

    async def stop(self) -> None:
        """End all workers and threads."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._current is not None:
            await self._current.close()
            self._current = None
        if self._federation is not None:
            await self._federation.stop()
        self._problem = "the service is stopping"
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _quicken(self, generation: Generation) -> None:
        """Have look-ups read less; they give the same before that is done, and if it fails."""
        if generation.manifest.triples > self._options.kept_references:
            return
        try:
            await asyncio.get_running_loop().run_in_executor(
                self._threads, generation.lookups.load_references
            )
        except Exception:
            _LOG.exception("classes and labels of snapshot %s cannot be kept", generation.snapshot.id)

    def _generation_options(self) -> GenerationOptions:
        """Give the options of workers, which may call the gateway if there is one."""
        if self._federation is None:
            return self._options.generation
        return replace(self._options.generation, allowed_origins=frozenset({self._federation.gateway}))

    async def _follow(self) -> None:
        while True:
            try:
                await self.refresh()
            except Exception:  # whatever it was, look again: nothing else would notice a publication
                _LOG.exception("looking for a published snapshot failed")
            await asyncio.sleep(self._options.follow_seconds)

    def _published(self) -> Snapshot | None:
        """Give the published snapshot; this reads one symbolic link and looks for one file."""
        try:
            snapshot = self._home.current()
        except (UnknownSnapshotError, OSError) as error:
            self._problem = str(error)
            return None
        if snapshot is None:
            self._problem = f"nothing has been published in {self._home.root.name}: run `vndx build`"
        return snapshot

    def _lost(self, generation: Generation) -> None:
        """Load the snapshot again after its zygote died."""
        _LOG.error("the zygote of snapshot %s ended; starting another", generation.snapshot.id)
        if self._current is generation:
            self._current = None
            self._problem = "the workers are being started again"
        self._in_background(generation.drain(self._options.seconds))
        self._in_background(self.refresh())

    def _in_background(self, work: object) -> None:
        task = asyncio.get_running_loop().create_task(work)  # type: ignore[arg-type,var-annotated]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _View:
    def __init__(
        self,
        generation: Generation,
        seconds: float,
        threads: ThreadPoolExecutor,
        federation: Federation | None,
    ) -> None:
        self._generation = generation
        self._seconds = seconds
        self._threads = threads
        self._federation = federation

    @property
    def id(self) -> str:
        return self._generation.snapshot.id

    @property
    def triples(self) -> int | None:
        return self._generation.manifest.distinct_triples

    @property
    def files(self) -> Snapshot | None:
        return self._generation.snapshot

    async def query(self, request: QueryRequest) -> QueryAnswer:
        seconds = min(request.seconds or self._seconds, self._seconds)
        if self._federation is not None and mentions_service(request.query):
            return await self._federation.query(request, seconds, self._start)
        return await self._start(request, seconds)

    async def _start(self, request: QueryRequest, seconds: float) -> QueryAnswer:
        return await start_query(self._generation, request, seconds)

    async def lookup(self, plan: Plan[Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, run, plan, self._generation.lookups.answer
        )

    async def named_graphs(self) -> Sequence[NamedGraphEntry]:
        return [NamedGraphEntry(entry.iri, entry.triples) for entry in self._generation.manifest.graphs]
