"""What depends on a snapshot alone is made once for all who ask, and not kept longer than it is true."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from api.kept_by_snapshot import KeptBySnapshot
from graph.query.engine import SnapshotView


class _View:
    def __init__(self, name: str) -> None:
        self.id = name


def view(name: str) -> SnapshotView:
    return cast(Any, _View(name))


class _Maker:
    def __init__(self) -> None:
        self.made = 0

    async def make(self) -> int:
        await asyncio.sleep(0)
        self.made += 1
        return self.made


def test_it_is_made_once_though_many_ask_at_once() -> None:
    async def ask() -> list[int]:
        kept, maker = KeptBySnapshot[int](), _Maker()
        return await asyncio.gather(*(kept.of(view("a"), "x", maker.make) for _ in range(5)))

    assert asyncio.run(ask()) == [1] * 5


def test_another_snapshot_and_another_name_have_their_own() -> None:
    async def ask() -> list[int]:
        kept, maker = KeptBySnapshot[int](), _Maker()
        asked = [("a", "x"), ("a", "y"), ("b", "x"), ("a", "x")]
        return [await kept.of(view(snapshot), name, maker.make) for snapshot, name in asked]

    assert asyncio.run(ask()) == [1, 2, 3, 1]


def test_of_an_unknown_snapshot_nothing_is_kept() -> None:
    async def ask() -> list[int]:
        kept, maker = KeptBySnapshot[int](), _Maker()
        return [await kept.of(view(""), "x", maker.make) for _ in range(2)]

    assert asyncio.run(ask()) == [1, 2]


def test_only_two_snapshots_are_kept() -> None:
    async def ask() -> int:
        kept, maker = KeptBySnapshot[int](), _Maker()
        for snapshot in ("a", "b", "c"):
            await kept.of(view(snapshot), "x", maker.make)
        return await kept.of(view("a"), "x", maker.make)

    assert asyncio.run(ask()) == 4


def test_a_failure_is_passed_on_and_not_kept() -> None:
    async def fail() -> int:
        raise RuntimeError("no answer")

    async def ask() -> int:
        kept = KeptBySnapshot[int]()
        with pytest.raises(RuntimeError):
            await kept.of(view("a"), "x", fail)
        return await kept.of(view("a"), "x", _Maker().make)

    assert asyncio.run(ask()) == 1


def test_who_asks_for_something_else_does_not_wait() -> None:
    async def ask() -> tuple[int, int]:
        kept, maker = KeptBySnapshot[int](), _Maker()
        may_end = asyncio.Event()

        async def make_slowly() -> int:
            await may_end.wait()
            return 0

        slow = asyncio.create_task(kept.of(view("a"), "slow", make_slowly))
        await asyncio.sleep(0)
        other = await asyncio.wait_for(kept.of(view("a"), "other", maker.make), 5)
        may_end.set()
        return other, await slow

    assert asyncio.run(ask()) == (1, 0)
