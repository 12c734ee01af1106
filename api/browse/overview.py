"""Everything that can be browsed, with how much there is of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.browse.options import Option, count_items, read_options
from api.browse.presentation import GROUPS, PRESENTATIONS, Group, Presentation
from api.collections.collection import Collection
from api.collections.registry import COLLECTIONS
from graph.query.engine import SnapshotView

_MOST_PARTS: Final = 5


@dataclass(frozen=True)
class Entry:
    """A collection on the overview.

    Attributes:
        collection: which.
        presentation: how it is shown.
        count: how many items it has.
        parts: the values of its breakdown with the most items, the most first.
        more_parts: how many further values there are.

    """

    collection: Collection
    presentation: Presentation
    count: int
    parts: Sequence[Option]
    more_parts: int


Overview = Sequence[tuple[Group, Sequence[Entry]]]


async def read_overview(view: SnapshotView) -> Overview:
    """Count every collection, and what it is broken down by.

    Raises:
        ProblemError: if the engine has no answer.
        EngineUnavailableError: if it cannot be reached.

    """
    entries = {collection.name: await _entry(view, collection) for collection in COLLECTIONS}
    return grouped(entries)


def grouped(entries: Mapping[str, Entry]) -> Overview:
    """Put collections in the groups and the order of the overview."""
    return [(group, [entries[name] for name in group.collections]) for group in GROUPS]


async def _entry(view: SnapshotView, collection: Collection) -> Entry:
    presentation = PRESENTATIONS[collection.name]
    count = await count_items(view, collection)
    breakdown = presentation.breakdown
    options = (await read_options(view, collection, (breakdown,))).get(breakdown, ()) if breakdown else ()
    parts = sorted(options, key=lambda option: -(option.count or 0))
    return Entry(collection, presentation, count, parts[:_MOST_PARTS], max(0, len(parts) - _MOST_PARTS))
