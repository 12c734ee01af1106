"""The matchers of units: that of the current snapshot, and of the one before while requests still use it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import date
from pathlib import Path
from typing import Final

from graph.matching.gazetteer_file import read_gazetteer
from graph.matching.matcher import UnitMatcher
from graph.query.engine import SnapshotView
from graph.query.errors import EngineUnavailableError

_KEPT: Final = 2


class UnitMatchers:
    """Reads the gazetteer of a snapshot when it is first asked for; used by the event loop alone."""

    def __init__(self) -> None:
        self._open: OrderedDict[tuple[str, date], asyncio.Task[UnitMatcher]] = OrderedDict()

    async def of(self, view: SnapshotView) -> UnitMatcher:
        """Give the matcher of a snapshot; what counts as now is today.

        Raises:
            EngineUnavailableError: if the snapshot has no gazetteer here that can be read.

        """
        if view.files is None:
            raise EngineUnavailableError("the graph is served by a remote engine: there is no gazetteer here")
        key = (view.id, date.today())
        if key not in self._open:
            reading = asyncio.to_thread(_read, view.files.gazetteer, key[1])
            self._open[key] = asyncio.create_task(reading)
        self._open.move_to_end(key)
        while len(self._open) > _KEPT:
            self._open.popitem(last=False)
        try:
            # Whoever leaves takes the gazetteer from nobody else.
            return await asyncio.shield(self._open[key])
        except (OSError, ValueError) as error:
            self._open.pop(key, None)
            raise EngineUnavailableError(f"the gazetteer cannot be read: {error}") from error


def _read(path: Path, today: date) -> UnitMatcher:
    return UnitMatcher(read_gazetteer(path), today)
