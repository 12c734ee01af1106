"""Values that are read once for each snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest

from api.snapshot_values import SnapshotValues
from graph.query.engine import SnapshotView


@dataclass
class Reading:
    """Reads the id of a snapshot, and counts how often."""

    failures: int = 0
    read: list[str] = field(default_factory=list)

    async def __call__(self, view: SnapshotView) -> str:
        await asyncio.sleep(0)
        self.read.append(view.id)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")
        return f"value of {view.id}"


def view(name: str) -> SnapshotView:
    return cast("SnapshotView", type("View", (), {"id": name})())


def ask(reading: Reading, names: Sequence[str]) -> list[str]:
    async def run() -> list[str]:
        values = SnapshotValues(reading)
        return [await values.of(view(name)) for name in names]

    return asyncio.run(run())


def test_value_of_a_snapshot_is_read_once() -> None:
    reading = Reading()
    assert ask(reading, ["a", "a", "b", "a"]) == ["value of a", "value of a", "value of b", "value of a"]
    assert reading.read == ["a", "b"]


def test_those_who_ask_at_once_share_one_reading() -> None:
    reading = Reading()

    async def run() -> list[str]:
        values = SnapshotValues(reading)
        return await asyncio.gather(*(values.of(view("a")) for _ in range(5)))

    assert asyncio.run(run()) == ["value of a"] * 5
    assert reading.read == ["a"]


def test_old_snapshots_are_forgotten() -> None:
    reading = Reading()
    ask(reading, ["a", "b", "c", "a"])
    assert reading.read == ["a", "b", "c", "a"]


def test_unknown_snapshot_is_read_each_time() -> None:
    reading = Reading()
    ask(reading, ["", ""])
    assert reading.read == ["", ""]


def test_failure_is_not_kept() -> None:
    reading = Reading(failures=1)

    async def run() -> str:
        values = SnapshotValues(reading)
        with pytest.raises(RuntimeError, match="not now"):
            await values.of(view("a"))
        return await values.of(view("a"))

    assert asyncio.run(run()) == "value of a"
