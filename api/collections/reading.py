"""From the parameters of a request to a query: what the values of filters mean, whether it exists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode

from api.collections import conditions, values
from api.collections.collection import Collection, Order
from api.collections.cursors import Cursor
from api.collections.declarations.administrative import InUnitFilter
from api.collections.edges import Edges, Plan, nodes_of, read
from api.collections.filters import NodeFilter, Values
from api.collections.paths import LABEL, TYPE, path
from api.collections.query_builder import PageQuery, named_query
from api.collections.solutions import solutions
from api.collections.versions import parts_on
from api.problems import ProblemError
from graph.model.namespaces import SKOS, VNDX
from graph.query.engine import SnapshotView

_NAMES: Final = ((LABEL,), (SKOS["altLabel"],), path("name"), path("nameAscii"))
_FORMER: Final = tuple(VNDX[name] for name in ("succeeds", "partlySucceeds", "continues"))
_MOST_GENERATIONS: Final = 5


async def read_query(view: SnapshotView, collection: Collection, given: Values) -> PageQuery:
    """Give the query for a page.

    Raises:
        ProblemError: if a value makes no sense or names nothing.

    """
    nodes = {
        found.name: await _meant(view, found, given)
        for found in collection.filters
        if isinstance(found, NodeFilter) and given[found.name]
    }
    day = given.get("at") or ""
    if given.get("predecessors") and "province" in nodes:
        nodes["province"] = await read(view, _with_former(nodes["province"]))
    for found in collection.filters:
        if isinstance(found, InUnitFilter) and not found.direct and day and found.name in nodes:
            nodes[found.name] += await read(view, parts_on(nodes[found.name], day))
    patterns = [*collection.at.conditions(day)] if collection.at is not None and day else []
    for each in collection.filters:
        try:
            condition = each.condition(given, nodes)
        except ValueError as error:
            raise bad_parameter(each.name, str(error)) from error
        if condition:
            patterns.append(condition)
    return PageQuery(
        collection,
        conditions.cheapest_first(patterns),
        given["sort"],
        given["limit"],
        _cursor(collection, given),
    )


def bad_parameter(name: str, detail: str) -> ProblemError:
    """Give the problem of a parameter whose value is wrong."""
    error = {"parameter": name, "in": "query", "detail": detail}
    return ProblemError("bad-request", f"{name}: {detail}", {"errors": [error]})


def _cursor(collection: Collection, given: Values) -> Cursor | None:
    if not given["cursor"]:
        return None
    cursor = Cursor.decode(given["cursor"])
    if cursor.sort != given["sort"]:
        raise bad_parameter(
            "cursor",
            f"it goes on with sort={cursor.sort}, not with sort={given['sort']}: begin at the first page",
        )
    if cursor.key is not None and collection.sort_key(cursor.sort).order is Order.NUMBER:
        try:
            values.number(cursor.key)
        except ValueError as error:
            raise bad_parameter("cursor", str(error)) from error
    return cursor


async def _meant(view: SnapshotView, found: NodeFilter, given: Values) -> tuple[NamedNode, ...]:
    """Give the nodes that the values of a filter mean.

    Raises:
        ProblemError: if a value means nothing that exists.

    """
    meant: dict[NamedNode, None] = {}
    for text in given[found.name]:
        try:
            candidates = found.reader.candidates(text)
            present = await read(view, _present(candidates)) if candidates else []
            if not present and found.reader.named_class is not None and "/" not in text:
                present = await _named(view, found.reader.named_class, text)
        except ValueError as error:
            raise bad_parameter(found.name, str(error)) from error
        if not present:
            raise bad_parameter(found.name, f"nothing is known of {text!r}; write {found.reader.hint}")
        meant |= dict.fromkeys(present)
    return tuple(meant)


def _present(candidates: Sequence[NamedNode]) -> Plan[list[NamedNode]]:
    """Plan to find the first of some nodes that exists."""
    existing = {edge.subject for edge in (yield Edges(tuple(candidates), (TYPE,)))}
    return [node for node in candidates if node in existing][:1]


async def _named(view: SnapshotView, cls: NamedNode, name: str) -> list[NamedNode]:
    """Give the things of a class with a name in any spelling."""
    query = named_query(cls, conditions.names(_NAMES, name))
    return [NamedNode(found["id"]) for found in await solutions(view, query)]


def _with_former(units: tuple[NamedNode, ...]) -> Plan[tuple[NamedNode, ...]]:
    """Plan to find units and those that went into them, wholly or in part."""
    found = dict.fromkeys(units)
    newest = list(units)
    for _ in range(_MOST_GENERATIONS):
        former = nodes_of(edge.object for edge in (yield Edges(tuple(newest), _FORMER)))
        newest = [unit for unit in former if unit not in found]
        if not newest:
            break
        found |= dict.fromkeys(newest)
    return tuple(found)
