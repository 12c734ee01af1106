"""What is costly to make and depends on a snapshot alone: made once, kept while the snapshot is served."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
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
        self._kept: OrderedDict[str, dict[str, Made]] = OrderedDict()
        self._making = asyncio.Lock()

    def known(self, view: SnapshotView, name: str) -> Made | None:
        """Give what is kept, None if nothing is."""
        return self._kept.get(view.id, {}).get(name)

    async def of(self, view: SnapshotView, name: str, make: Callable[[], Awaitable[Made]]) -> Made:
        """Give what is kept, or make it; of several who ask at once one makes it for all.

        Args:
            view: the snapshot.
            name: tells it from what else is kept here of the snapshot.
            make: makes it; whatever that raises is passed on, and nothing is kept.

        """
        found = self.known(view, name)
        if found is not None:
            return found
        if not view.id:
            return await make()
        async with self._making:
            kept = self._kept.setdefault(view.id, {})
            if name not in kept:
                kept[name] = await make()
            self._kept.move_to_end(view.id)
            while len(self._kept) > _SNAPSHOTS:
                self._kept.popitem(last=False)
            return kept[name]


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
