"""The open indexes: that of the current snapshot, and of the one before while requests still use it."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from graph.query.engine import SnapshotView
from graph.query.errors import EngineUnavailableError
from graph.search.index import SearchIndex, UnreadableIndexError

_KEPT: Final = 2


class SearchIndexes:
    """Opens the index of a snapshot when it is first searched; used by the event loop alone."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, SearchIndex] = OrderedDict()

    def of(self, view: SnapshotView) -> SearchIndex:
        """Give the index of a snapshot.

        Raises:
            EngineUnavailableError: if the snapshot has none here that can be read.

        """
        if view.files is None:
            raise EngineUnavailableError(
                "the graph is served by a remote engine: there is no index to search here"
            )
        index = self._open.get(view.id)
        if index is None:
            try:
                index = self._open[view.id] = SearchIndex(view.files.index)
            except UnreadableIndexError as error:
                raise EngineUnavailableError(str(error)) from error
        self._open.move_to_end(view.id)
        while len(self._open) > _KEPT:
            _, oldest = self._open.popitem(last=False)
            oldest.close()
        return index
