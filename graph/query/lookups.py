"""Bounded look-ups of triples, as plans that need no engine: a plan asks, whoever runs it answers.

A plan is a generator: it yields a `Lookup`, is sent what was found, and returns its result. The embedded
engine runs a plan at once on its store; the remote engine asks its server step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.model.namespaces import RDF, SKOS, VNDX, XSD

Node: TypeAlias = NamedNode | BlankNode
Result = TypeVar("Result")

REFERENCE_CLASSES: Final = (VNDX, SKOS)
"""The namespaces whose classes are told of a node that is referred to: those that readers know by name."""

REFERENCE_PROPERTIES: Final = (RDF["type"], SKOS["prefLabel"])
"""What is told of a node that is referred to."""


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
class References:
    """What is shown of nodes that others refer to: the triples of their known classes and their labels."""

    nodes: tuple[NamedNode, ...]


@dataclass(frozen=True)
class Located:
    """The quads in named graphs whose subject is one of these; of some predicates, if any are named."""

    subjects: tuple[Node, ...]
    predicates: tuple[NamedNode, ...] = ()


class LinkCount(NamedTuple):
    """How many links of one kind a node has."""

    predicate: NamedNode
    number: int


@dataclass(frozen=True)
class LinkCounts:
    """How many links lead to a node from nodes with IRIs, by predicate: a list of `LinkCount`, by IRI.

    If ``outgoing``, how many values of any kind the node itself has, by predicate.
    """

    node: NamedNode
    outgoing: bool = False


@dataclass(frozen=True)
class LinkPage:
    """Links of one kind between a node and others, as triples in the order of the others' IRIs.

    Only nodes with IRIs count: the first ``limit`` of those after ``after``, or, if ``before`` is given, the
    last ones of those before it.
    """

    node: NamedNode
    predicate: NamedNode
    outgoing: bool = False
    after: str = ""
    before: str = ""
    limit: int = 50


@dataclass(frozen=True)
class GraphContents:
    """All triples of a named graph, at most ``limit`` of them."""

    graph: NamedNode
    limit: int = 200_000


@dataclass(frozen=True)
class SimilarNodes:
    """The IRIs (texts) of nodes whose IRI is like this one, the likest first; none where that is costly."""

    iri: str
    limit: int = 5


TripleLookup: TypeAlias = Outgoing | Incoming | References | LinkPage | GraphContents
Lookup: TypeAlias = TripleLookup | Located | LinkCounts | SimilarNodes
# What is sent back depends on the look-up, which the type of a generator cannot say: `LinkCounts` is
# answered with a list of LinkCount, `Located` of Quad, `SimilarNodes` of str, all others of Triple.
Plan: TypeAlias = Generator[Lookup, Any, Result]


def run(plan: Plan[Result], answer: Callable[[Lookup], object]) -> Result:
    """Run a plan to its end with a function that answers its look-ups."""
    try:
        lookup = next(plan)
        while True:
            lookup = plan.send(answer(lookup))
    except StopIteration as stop:
        result: Result = stop.value
        return result


def is_of_reference(triple: Triple) -> bool:
    """Say whether a triple is one that is shown of a node that is referred to: a known class, or a text."""
    value = triple.object
    if triple.predicate == RDF["type"]:
        return isinstance(value, NamedNode) and any(value in namespace for namespace in REFERENCE_CLASSES)
    is_text = isinstance(value, Literal) and (bool(value.language) or value.datatype == XSD["string"])
    return is_text and triple.predicate in REFERENCE_PROPERTIES
