"""The embedded engine: each query in a process of its own that can be ended, and nobody else's with it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from service_support import many_quads, publish_quads, quads_of

from graph.query.embedded import EmbeddedEngine, EmbeddedOptions
from graph.query.engine import QueryAnswer
from graph.query.errors import (
    EngineBusyError,
    EngineUnavailableError,
    QueryError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooComplexError,
    ResultTooLargeError,
    ServiceRefusedError,
    UnsupportedFormError,
)
from graph.query.formats import CSV, NTRIPLES, AnswerKind
from graph.query.generation import GenerationOptions
from graph.query.lookups import Incoming, Outgoing, Plan
from graph.query.requests import QueryRequest
from graph.snapshots.home import SnapshotHome

MIB = 1024 * 1024
CROSS_PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {CROSS_PRODUCT}"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s <http://e/p> ?o }"
OPTIONS = EmbeddedOptions(
    GenerationOptions(
        workers=2,
        max_waiting=2,
        max_wait=5,
        memory_bytes=256 * MIB,
        max_bytes=64 * MIB,
        in_memory_triples=1_000_000,
    ),
    seconds=2,
    follow_seconds=0.1,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> SnapshotHome:
    made = SnapshotHome(tmp_path_factory.mktemp("engine"))
    publish_quads(made, [*quads_of(), *many_quads(20_000)])
    return made


@asynccontextmanager
async def running(home: SnapshotHome, options: EmbeddedOptions = OPTIONS) -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(home, options)
    await engine.start()
    try:
        async with asyncio.timeout(30):
            while not (await engine.status()).ready:
                await asyncio.sleep(0.01)
        yield engine
    finally:
        await engine.stop()


async def ask(engine: EmbeddedEngine, query: str, **request: object) -> bytes:
    async with engine.view() as view:
        answer = await view.query(QueryRequest(query, solutions=CSV, **request))  # type: ignore[arg-type]
        return b"".join([chunk async for chunk in answer])


async def read_slowly(answer: QueryAnswer) -> None:
    async for _ in answer:
        await asyncio.sleep(0.05)


def in_memory_and_on_disk(
    test: Callable[[SnapshotHome, EmbeddedOptions], Awaitable[None]],
) -> Callable[[SnapshotHome, bool], None]:
    """Run a test with a store that workers share, and with one that each opens on disk."""

    @pytest.mark.parametrize("on_disk", [False, True], ids=["in memory", "on disk"])
    def both(home: SnapshotHome, on_disk: bool) -> None:
        triples = 0 if on_disk else 1_000_000
        options = replace(OPTIONS, generation=replace(OPTIONS.generation, in_memory_triples=triples))
        asyncio.run(test(home, options))  # type: ignore[arg-type]

    both.__name__ = test.__name__  # type: ignore[attr-defined]
    return both


@in_memory_and_on_disk
async def test_queries_are_answered(home: SnapshotHome, options: EmbeddedOptions) -> None:
    async with running(home, options) as engine:
        assert (await ask(engine, COUNT)).split() == [b"n", b"20000"]
        async with engine.view() as view:
            answer = await view.query(QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }", graph=NTRIPLES))
            assert (answer.kind, answer.format) == (AnswerKind.GRAPH, NTRIPLES)
            assert sum([chunk.count(b"\n") async for chunk in answer]) > 20_000


@in_memory_and_on_disk
async def test_what_goes_wrong_is_told_by_its_kind(home: SnapshotHome, options: EmbeddedOptions) -> None:
    cases: dict[str, type[QueryError]] = {
        "SELECT": QuerySyntaxError,
        "SELECT * { SERVICE <http://127.0.0.1:1/> {} }": ServiceRefusedError,
        ENDLESS: QueryTimeoutError,
        "SELECT (" + "!" * 30_000 + "true AS ?x) {}": QueryTooComplexError,
        f"SELECT ?a ?c ?f ?i {CROSS_PRODUCT} ORDER BY ?c ?f": QueryMemoryError,
    }
    async with running(home, options) as engine:
        for query, kind in cases.items():
            with pytest.raises(kind):
                await ask(engine, query)
            assert (await ask(engine, "ASK {}")) == b"true"
        with pytest.raises(UnsupportedFormError):
            await ask(engine, "CONSTRUCT WHERE { ?s ?p ?o }", graph=None)
        assert (await ask(engine, "ASK {}")) == b"true"


@in_memory_and_on_disk
async def test_a_worker_cannot_open_a_connection(home: SnapshotHome, options: EmbeddedOptions) -> None:
    """Even if the guard let a call through: a worker that takes queries can open nothing any more."""
    options = replace(options, generation=replace(options.generation, workers=1))
    async with running(home, options) as engine:
        await ask(engine, "ASK {}")
        generation = engine._current
        assert generation is not None
        (worker,) = generation.pool._idle
        limits = Path(f"/proc/{worker.pid}/limits").read_text("ascii")
        (line,) = [line for line in limits.splitlines() if line.startswith("Max open files")]
        assert line.split()[3:5] == ["0", "0"]


def test_a_deadline_covers_the_time_in_which_the_answer_is_read(home: SnapshotHome) -> None:
    async def scenario() -> None:
        async with running(home) as engine, engine.view() as view:
            answer = await view.query(QueryRequest(f"SELECT * {CROSS_PRODUCT}", seconds=0.3))
            with pytest.raises(QueryTimeoutError):
                await read_slowly(answer)

    asyncio.run(scenario())


def test_a_stuck_query_holds_nobody_else_up(home: SnapshotHome) -> None:
    async def scenario() -> None:
        async with running(home) as engine:
            stuck = asyncio.create_task(ask(engine, ENDLESS))
            await asyncio.sleep(0.05)
            start = time.monotonic()
            for _ in range(20):
                await ask(engine, "ASK {}")
            assert time.monotonic() - start < 1
            with pytest.raises(QueryTimeoutError):
                await stuck

    asyncio.run(scenario())


def test_giving_up_an_answer_ends_its_worker_and_another_takes_its_place(home: SnapshotHome) -> None:
    async def scenario() -> None:
        async with running(home) as engine:
            generation = engine._current
            assert generation is not None
            before = {worker.pid for worker in generation.pool._idle}
            async with engine.view() as view:
                answer = await view.query(QueryRequest(f"SELECT * {CROSS_PRODUCT}"))
                async for _ in answer:
                    break
                await answer.aclose()
            async with asyncio.timeout(2):
                while generation.pool.idle < 2:
                    await asyncio.sleep(0.001)
            after = {worker.pid for worker in generation.pool._idle}
            assert len(before & after) == 1

    asyncio.run(scenario())


def test_a_cancelled_query_ends_its_worker(home: SnapshotHome) -> None:
    async def scenario() -> None:
        async with running(home) as engine:
            tasks = [asyncio.create_task(ask(engine, ENDLESS)) for _ in range(2)]
            await asyncio.sleep(0.1)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            start = time.monotonic()
            await ask(engine, "ASK {}")
            assert time.monotonic() - start < 0.5

    asyncio.run(scenario())


def test_too_many_at_once_are_turned_away_and_the_others_served(home: SnapshotHome) -> None:
    async def scenario() -> None:
        options = replace(OPTIONS, seconds=0.4)
        async with running(home, options) as engine:
            results = await asyncio.gather(*(ask(engine, ENDLESS) for _ in range(8)), return_exceptions=True)
            kinds = [type(result) for result in results]
            assert kinds.count(QueryTimeoutError) == 4  # two workers, and two that waited
            assert kinds.count(EngineBusyError) == 4
            assert (await ask(engine, "ASK {}")) == b"true"

    asyncio.run(scenario())


def test_waiting_for_a_worker_has_an_end(home: SnapshotHome) -> None:
    async def scenario() -> None:
        options = replace(OPTIONS, generation=replace(OPTIONS.generation, max_wait=0.2))
        async with running(home, options) as engine:
            stuck = [asyncio.create_task(ask(engine, ENDLESS)) for _ in range(2)]
            await asyncio.sleep(0.05)
            with pytest.raises(EngineBusyError):
                await ask(engine, "ASK {}")
            await asyncio.gather(*stuck, return_exceptions=True)

    asyncio.run(scenario())


def test_an_answer_over_the_limit_is_an_error(home: SnapshotHome) -> None:
    async def scenario() -> None:
        options = replace(OPTIONS, generation=replace(OPTIONS.generation, max_bytes=1_000))
        async with running(home, options) as engine:
            with pytest.raises(ResultTooLargeError):
                await ask(engine, "SELECT * { ?s ?p ?o }")
            assert (await ask(engine, COUNT)).split() == [b"n", b"20000"]

    asyncio.run(scenario())


def test_a_worker_that_dies_unasked_is_replaced(home: SnapshotHome) -> None:
    async def scenario() -> None:
        async with running(home) as engine:
            generation = engine._current
            assert generation is not None
            await ask(engine, "ASK {}")
            for worker in list(generation.pool._idle):
                os.kill(worker.pid, signal.SIGKILL)
            await asyncio.sleep(1)
            assert (await ask(engine, "ASK {}")) == b"true"
            assert generation.pool.idle == 2

    asyncio.run(scenario())


def test_without_a_snapshot_the_engine_says_so(tmp_path: Path) -> None:
    async def scenario() -> None:
        engine = EmbeddedEngine(SnapshotHome(tmp_path), OPTIONS)
        await engine.start()
        await asyncio.sleep(0.05)
        status = await engine.status()
        assert (status.ready, "vndx build" in status.detail) == (False, True)
        with pytest.raises(EngineUnavailableError):
            await ask(engine, "ASK {}")
        await engine.stop()

    asyncio.run(scenario())


def test_look_ups_see_the_union_of_the_graphs_once(home: SnapshotHome) -> None:
    node = NamedNode("https://w3id.org/vndx/id/unit/2025/19")
    code = NamedNode("https://w3id.org/vndx/ontology#code")

    def plan() -> Plan[tuple[int, list[str], int]]:
        everything = yield Outgoing((node,))
        codes = yield Outgoing((node,), (code,))
        referring = yield Incoming(node, limit=1)
        return len(everything), [t.object.value for t in codes if hasattr(t.object, "value")], len(referring)

    async def scenario() -> None:
        async with running(home) as engine, engine.view() as view:
            count, codes, referring = await view.lookup(plan())
            assert count > 10
            assert codes == ["19"]
            assert referring == 1

    asyncio.run(scenario())
