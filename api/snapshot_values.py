"""Values that depend on a snapshot alone: read once for each, when first asked for, and kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

from graph.query.engine import SnapshotView

Value = TypeVar("Value")

_KEPT: Final = 2


class SnapshotValues(Generic[Value]):
    """Keeps the values of the last snapshots; used by the event loop alone.

    Args:
        read: gives the value of a snapshot. If it raises, nothing is kept, and the next who asks tries again.

    """

    def __init__(self, read: Callable[[SnapshotView], Awaitable[Value]]) -> None:
        self._read = read
        self._known: OrderedDict[str, Value] = OrderedDict()
        self._reading = asyncio.Lock()

    async def of(self, view: SnapshotView) -> Value:
        """Give the value of a snapshot; it is read anew each time if the snapshot is unknown."""
        if not view.id:
            return await self._read(view)
        async with self._reading:
            if view.id not in self._known:
                self._known[view.id] = await self._read(view)
            self._known.move_to_end(view.id)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            return self._known[view.id]
