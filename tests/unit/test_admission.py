"""Who may validate at once: a share for each client, a queue behind, and a clear no."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from api.admission import Admission, AdmissionLimits
from graph.query.errors import ClientShareError, EngineBusyError


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 10))


async def hold(admission: Admission, client: str, done: asyncio.Event, log: list[str]) -> None:
    async with admission.enter(client):
        log.append(client)
        await done.wait()


def test_one_client_has_half_of_the_places_and_others_pass_it() -> None:
    async def work() -> None:
        admission, done, log = Admission(AdmissionLimits(2)), asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(admission, client, done, log)) for client in "aaab"]
        await asyncio.sleep(0.01)
        assert log == ["a", "b"]
        done.set()
        await asyncio.gather(*tasks)
        assert log == ["a", "b", "a", "a"]

    run(work())


def test_a_client_with_too_many_waiting_is_refused_alone() -> None:
    async def work() -> None:
        limits = AdmissionLimits(2, waiting_of_client=1)
        admission, done, log = Admission(limits), asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(admission, "a", done, log)) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(ClientShareError):
            await hold(admission, "a", done, log)
        done.set()
        await asyncio.gather(*tasks, hold(admission, "b", done, log))
        assert sorted(log) == ["a", "a", "b"]

    run(work())


def test_who_waits_too_long_is_told_and_leaves_no_trace() -> None:
    async def work() -> None:
        admission, done, log = Admission(AdmissionLimits(1, wait_seconds=0.02)), asyncio.Event(), list[str]()
        first = asyncio.create_task(hold(admission, "a", done, log))
        await asyncio.sleep(0)
        with pytest.raises(EngineBusyError):
            await hold(admission, "b", done, log)
        done.set()
        await first
        await hold(admission, "c", done, log)
        assert log == ["a", "c"]

    run(work())


def test_a_full_queue_refuses_everybody() -> None:
    async def work() -> None:
        admission, done, log = Admission(AdmissionLimits(1, waiting=1)), asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(admission, client, done, log)) for client in "ab"]
        await asyncio.sleep(0.01)
        with pytest.raises(EngineBusyError):
            await hold(admission, "c", done, log)
        done.set()
        await asyncio.gather(*tasks)

    run(work())


def test_a_client_that_goes_away_while_waiting_takes_no_place() -> None:
    async def work() -> None:
        admission, done, log = Admission(AdmissionLimits(1)), asyncio.Event(), list[str]()
        first = asyncio.create_task(hold(admission, "a", done, log))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(hold(admission, "b", done, log))
        await asyncio.sleep(0.01)
        second.cancel()
        done.set()
        await asyncio.gather(first, return_exceptions=True)
        await hold(admission, "c", done, log)
        assert log == ["a", "c"]

    run(work())
