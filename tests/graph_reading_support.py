"""Small graphs for the tests of what reads a graph round by round, without a server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from api.collections.edges import Plan, edges_of
from graph.model.namespaces import PREFIXES

Result = TypeVar("Result")

_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def store_of(turtle: str) -> Store:
    """Give a store with the triples of a Turtle text, whose prefixes are those of the project."""
    store = Store()
    store.extend(parse(f"@base <https://w3id.org/vndx/> .\n{_PREFIXES}{turtle}", RdfFormat.TURTLE))
    return store


def answer(store: Store, plan: Plan[Result]) -> Result:
    """Run a plan on a store, with the queries that a server would be sent."""
    nodes: dict[str, NamedNode] = {}
    try:
        asked = next(plan)
        while True:
            found = store.query(asked.query())
            assert isinstance(found, QuerySolutions)
            body = found.serialize(format=QueryResultsFormat.JSON)
            assert body is not None
            asked = plan.send(edges_of(body, nodes))
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]


def select(store: Store, query: str) -> list[dict[str, str]]:
    """Give the solutions of a query as `api.collections.solutions` gives them."""
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [
        {name: term.value for name in names if (term := solution[name]) is not None} for solution in found
    ]


def keys_of(iris: Iterable[str]) -> list[str]:
    """Give the last parts of IRIs."""
    return [iri.rpartition("/")[2] for iri in iris]
