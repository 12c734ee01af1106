"""Who may work at once: a share for each client, a queue behind, turns between parts, and a clear no."""

from __future__ import annotations

import asyncio
import threading
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


def test_a_full_queue_makes_room_for_a_client_that_has_none_in_it() -> None:
    async def work() -> None:
        limits = AdmissionLimits(1, waiting=2)
        admission, done, log = Admission(limits), asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(admission, client, done, log)) for client in "aaab"]
        await asyncio.sleep(0.01)
        done.set()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [
            type(None),
            type(None),
            EngineBusyError,
            type(None),
        ]
        assert sorted(log) == ["a", "a", "b"]

    run(work())


class Batch:
    """Work in parts, each of which may have to wait until it is let go on."""

    def __init__(self, name: str, log: list[str], size: int = 3) -> None:
        self.started, self.may_go_on = threading.Event(), threading.Event()
        self.parts = [f"{name}{number}" for number in range(size)]
        self._log = log

    def do(self, part: str) -> str:
        self.started.set()
        assert self.may_go_on.wait(10)
        self._log.append(part)
        return part.upper()

    async def send(self, admission: Admission, client: str) -> list[str]:
        async with admission.enter(client) as place:
            return await place.run_each(self.do, self.parts)


async def begun(batch: Batch) -> None:
    await asyncio.to_thread(batch.started.wait, 10)


def at_each_part(running: int, **limits: int) -> Admission:
    return Admission(AdmissionLimits(running, turn_seconds=0, **limits))


def test_long_work_of_one_client_lets_others_go_first_between_its_parts() -> None:
    async def work() -> None:
        admission, log = at_each_part(1), list[str]()
        long, short = Batch("long", log), Batch("short", log, 1)
        sending = asyncio.create_task(long.send(admission, "a"))
        await begun(long)
        other = asyncio.create_task(short.send(admission, "b"))
        await asyncio.sleep(0)
        short.may_go_on.set()
        long.may_go_on.set()
        assert await asyncio.gather(sending, other) == [["LONG0", "LONG1", "LONG2"], ["SHORT0"]]
        assert log == ["long0", "short0", "long1", "long2"]

    run(work())


def test_batches_of_one_client_end_in_the_order_they_came() -> None:
    async def work() -> None:
        admission, log = at_each_part(1), list[str]()
        batches = [Batch(name, log) for name in "xyz"]
        tasks = [asyncio.create_task(batch.send(admission, "a")) for batch in batches]
        await begun(batches[0])
        for batch in batches:
            batch.may_go_on.set()
        await asyncio.gather(*tasks)
        assert log == [part for batch in batches for part in batch.parts]

    run(work())


def test_ten_batches_of_one_client_are_all_answered() -> None:
    async def work() -> None:
        admission, log = at_each_part(4, waiting_of_client=32), list[str]()
        batches = [Batch(f"{number}-", log) for number in range(10)]
        tasks = [asyncio.create_task(batch.send(admission, "a")) for batch in batches]
        for batch in batches:
            batch.may_go_on.set()
        assert [len(answer) for answer in await asyncio.gather(*tasks)] == [3] * 10

    run(work())


def test_who_goes_away_between_two_parts_leaves_its_place_to_others() -> None:
    async def work() -> None:
        admission, log = at_each_part(1), list[str]()
        first, second = Batch("first", log), Batch("second", log)
        one = asyncio.create_task(first.send(admission, "a"))
        await begun(first)
        two = asyncio.create_task(second.send(admission, "b"))
        await asyncio.sleep(0)
        first.may_go_on.set()
        await begun(second)  # so the first waits for its next turn
        one.cancel()
        second.may_go_on.set()
        assert await two == ["SECOND0", "SECOND1", "SECOND2"]
        assert log == ["first0", *second.parts]
        done, later = asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(hold(admission, client, done, later)) for client in "aac"]
        await asyncio.sleep(0.01)
        assert later == ["a"]  # one place, as before
        done.set()
        await asyncio.gather(*tasks)
        assert later == ["a", "a", "c"]

    run(work())


def test_work_that_is_given_up_takes_no_place_of_the_next() -> None:
    async def work() -> None:
        admission, log = at_each_part(1), list[str]()
        given_up, after = Batch("given-up", log), Batch("after", log, 1)
        task = asyncio.create_task(given_up.send(admission, "a"))
        await begun(given_up)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        sending = asyncio.create_task(after.send(admission, "b"))
        after.may_go_on.set()
        given_up.may_go_on.set()
        assert await sending == ["AFTER0"]

    run(work())


def test_what_is_admitted_takes_no_thread_from_all_other_work() -> None:
    """However many clients come: the pool of the loop has 32 threads at most."""

    async def work() -> None:
        admission, log = at_each_part(80, waiting=80), list[str]()
        batches = [Batch(f"{number}-", log, 1) for number in range(80)]
        tasks = [asyncio.create_task(batch.send(admission, str(at))) for at, batch in enumerate(batches)]
        await asyncio.sleep(0.01)
        assert await asyncio.to_thread(lambda: "answered") == "answered"
        assert not log
        for batch in batches:
            batch.may_go_on.set()
        await asyncio.gather(*tasks)
        assert len(log) == 80

    run(work())


def test_a_refusal_says_what_of_the_client_is_under_way() -> None:
    async def work() -> None:
        limits = AdmissionLimits(2, waiting_of_client=0, what="name look-up")
        admission = Admission(limits)
        async with admission.enter("a"):
            with pytest.raises(ClientShareError, match="1 of your name look-ups run and 0 wait already"):
                async with admission.enter("a"):
                    pass

    run(work())
