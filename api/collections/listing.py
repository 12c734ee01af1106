"""One page of a collection: its items with their columns, how many there are, and what comes next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from api.collections.columns import Column
from api.collections.cursors import Cursor
from api.collections.edges import read
from api.collections.projection import Row, project
from api.collections.query_builder import PageQuery
from api.collections.solutions import solutions
from api.entities.json_ld import JsonLdContext
from graph.query.engine import SnapshotView


@dataclass(frozen=True)
class Listing:
    """A page that was found.

    Attributes:
        rows: the items, in order.
        total: how many there are on all pages.
        next: the cursor of the page after it, None if it is the last.
        previous: the cursor of the page before it, None if it is the first.

    """

    rows: Sequence[Row]
    total: int
    next: Cursor | None
    previous: Cursor | None


async def list_items(
    view: SnapshotView,
    query: PageQuery,
    columns: Sequence[Column],
    context: JsonLdContext,
    day: str,
    *,
    total: int | None = None,
) -> Listing:
    """Find a page.

    Args:
        view: the snapshot.
        query: which page.
        columns: what to find of its items.
        context: how classes are named.
        day: on which versions and names are wanted, empty for the latest.
        total: how many items there are on all pages, if that is known; else they are counted.

    Raises:
        ProblemError: if the engine has no answer.
        EngineUnavailableError: if it cannot be reached.

    """
    found = await solutions(view, query.items())
    has_more = len(found) > query.limit
    found = found[: query.limit]
    if query.backwards:
        found.reverse()
    nodes = [NamedNode(each["id"]) for each in found]
    if query.cursor is None and not has_more:
        total = len(found)
    rows, counted = await asyncio.gather(
        read(view, project(nodes, columns, context, day)),
        _total(view, query) if total is None else _known(total),
    )
    follows = bool(found) and (has_more or query.backwards)
    precedes = bool(found) and (has_more if query.backwards else query.cursor is not None)
    return Listing(
        rows,
        counted,
        _cursor(query, found[-1], backwards=False) if follows else None,
        _cursor(query, found[0], backwards=True) if precedes else None,
    )


async def _total(view: SnapshotView, query: PageQuery) -> int:
    (found,) = await solutions(view, query.total())
    return int(found["total"])


async def _known(total: int) -> int:
    return total


def _cursor(query: PageQuery, found: Mapping[str, str], *, backwards: bool) -> Cursor:
    return Cursor(query.sort, found.get("key"), found["id"], backwards)
