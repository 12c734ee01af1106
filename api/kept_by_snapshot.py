"""What is costly to make and depends on a snapshot alone: made once, kept while the snapshot is served."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

from graph.query.engine import SnapshotView

Made = TypeVar("Made")

_SNAPSHOTS: Final = 2


class KeptBySnapshot(Generic[Made]):
    """Keeps what was made of the current snapshot, and of the one before while requests still use it.

    Used by the event loop alone. Of an unknown snapshot nothing is kept, as it may change at any time.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _OfSnapshot[Made]] = OrderedDict()

    def known(self, view: SnapshotView, name: str) -> Made | None:
        """Give what is kept, None if nothing is."""
        kept = self._kept.get(view.id)
        return kept.known(name) if kept is not None else None

    async def of(self, view: SnapshotView, name: str, make: Callable[[], Awaitable[Made]]) -> Made:
        """Give what is kept, or make it; of several who ask at once one makes it for all.

        Who asks for something else meanwhile does not wait for that.

        Args:
            view: the snapshot.
            name: tells it from what else is kept here of the snapshot.
            make: makes it; whatever that raises is passed on, and nothing is kept.

        """
        if not view.id:
            return await make()
        kept = self._kept.setdefault(view.id, _OfSnapshot())
        self._kept.move_to_end(view.id)
        while len(self._kept) > _SNAPSHOTS:
            self._kept.popitem(last=False)
        return await kept.get(name, make)


class SnapshotValues(Generic[Made]):
    """One value of each snapshot, read when it is first asked for.

    Args:
        read: gives the value of a snapshot. If it raises, nothing is kept, and the next who asks tries again.

    """

    def __init__(self, read: Callable[[SnapshotView], Awaitable[Made]]) -> None:
        self._read = read
        self._kept: KeptBySnapshot[Made] = KeptBySnapshot()

    def known(self, view: SnapshotView) -> Made | None:
        """Give the value of a snapshot if it has been read, without waiting for it."""
        return self._kept.known(view, "")

    async def of(self, view: SnapshotView) -> Made:
        """Give the value of a snapshot; it is read anew each time if the snapshot is unknown."""
        return await self._kept.of(view, "", lambda: self._read(view))


class _OfSnapshot(Generic[Made]):
    """What was made of one snapshot, by name."""

    def __init__(self) -> None:
        self._made: dict[str, Made] = {}
        self._making: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def known(self, name: str) -> Made | None:
        return self._made.get(name)

    async def get(self, name: str, make: Callable[[], Awaitable[Made]]) -> Made:
        if name not in self._made:
            async with self._making[name]:
                if name not in self._made:
                    self._made[name] = await make()
        return self._made[name]
