"""Bounded look-ups of triples, as plans that need no engine: a plan asks, whoever runs it answers.

A plan is a generator: it yields a `Lookup`, is sent the triples found, and returns its result. The
embedded engine runs a plan at once on its store; the remote engine asks its server step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias, TypeVar

from pyoxigraph import BlankNode, NamedNode, Store, Triple

Node: TypeAlias = NamedNode | BlankNode
Result = TypeVar("Result")


@dataclass(frozen=True)
class Outgoing:
    """The triples whose subject is one of these; only of some predicates, if any are named.

    At most ``limit`` triples of each subject are given.
    """

    subjects: tuple[Node, ...]
    predicates: tuple[NamedNode, ...] = ()
    limit: int = 20_000


@dataclass(frozen=True)
class Incoming:
    """The triples whose object is a node, at most ``limit`` of them."""

    node: NamedNode
    limit: int = 1_000


@dataclass(frozen=True)
class GraphContents:
    """All triples of a named graph, at most ``limit`` of them."""

    graph: NamedNode
    limit: int = 200_000


# From so many properties on, reading all that is said of a node is quicker than looking for each.
_MANY_PREDICATES: Final = 4

Lookup: TypeAlias = Outgoing | Incoming | GraphContents
Plan: TypeAlias = Generator[Lookup, list[Triple], Result]


def run(plan: Plan[Result], answer: Callable[[Lookup], list[Triple]]) -> Result:
    """Run a plan to its end with a function that answers its look-ups."""
    try:
        lookup = next(plan)
        while True:
            lookup = plan.send(answer(lookup))
    except StopIteration as stop:
        result: Result = stop.value
        return result


def answer_from(store: Store, lookup: Lookup) -> list[Triple]:
    """Answer a look-up from the union of the named graphs of a store, each triple once."""
    match lookup:
        case Outgoing():
            found = _outgoing(store, lookup)
        case Incoming():
            found = islice(_distinct(store, None, None, lookup.node), lookup.limit)
        case GraphContents():
            quads = store.quads_for_pattern(None, None, None, lookup.graph)
            found = islice((quad.triple for quad in quads), lookup.limit)
    return list(found)


def _outgoing(store: Store, lookup: Outgoing) -> Iterator[Triple]:
    wanted = frozenset(lookup.predicates)
    for subject in lookup.subjects:
        if len(wanted) > _MANY_PREDICATES:
            everything = _distinct(store, subject, None, None)
            yield from islice((found for found in everything if found.predicate in wanted), lookup.limit)
        else:
            for predicate in lookup.predicates or (None,):
                yield from islice(_distinct(store, subject, predicate, None), lookup.limit)


def _distinct(
    store: Store, subject: Node | None, predicate: NamedNode | None, value: NamedNode | None
) -> Iterator[Triple]:
    seen: set[Triple] = set()
    for quad in store.quads_for_pattern(subject, predicate, value):
        triple = quad.triple
        if triple not in seen:
            seen.add(triple)
            yield triple
