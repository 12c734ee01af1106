"""What the home page shows of a snapshot, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.home.counts import Count, read_counts
from api.home.news import News, read_news
from api.home.promise import Promise, read_promise
from api.map.data import MapData
from api.snapshot_values import SnapshotValues
from graph.query.engine import SnapshotView


@dataclass(frozen=True)
class HomeContent:
    """What the home page shows of a snapshot, besides the map."""

    counts: Sequence[Count]
    news: Sequence[News]
    promise: Promise | None


class HomeContents:
    """The content of the home page by snapshot.

    Args:
        maps: what has read the figures already.

    """

    def __init__(self, maps: SnapshotValues[MapData]) -> None:
        self._maps = maps
        self._contents = SnapshotValues(self._read)

    async def of(self, view: SnapshotView) -> HomeContent:
        """Give the content of a snapshot.

        Raises:
            ProblemError: if a query has no answer.
            EngineUnavailableError: if the engine cannot be reached.

        """
        return await self._contents.of(view)

    async def _read(self, view: SnapshotView) -> HomeContent:
        data = await self._maps.of(view)
        return HomeContent(await read_counts(view), await read_news(view), await read_promise(view, data))
