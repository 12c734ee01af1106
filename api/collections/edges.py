"""Reading the graph round by round: a plan asks for the edges of many nodes, one query answers each round.

For tens of nodes and properties one query in a worker is several times quicker than looking each up,
and it is the same on every SPARQL engine.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias, TypeVar

from pyoxigraph import NamedNode

from api.collections.solutions import answer_bytes
from graph.model.namespaces import RDF, SKOS, VNDX
from graph.query.engine import SnapshotView


class Text(NamedTuple):
    """A literal as far as it is shown: its lexical form, and its language if it has one."""

    value: str
    language: str = ""


Term: TypeAlias = NamedNode | Text
Result = TypeVar("Result")

_FEW: Final = 6
"""Up to so many properties, looking for each is quicker than reading all that is said of a node."""
_TYPE: Final = RDF["type"]
# Classes of other vocabularies would be half of all answers, and are shown nowhere.
_IS_OWN_CLASS: Final = f'(STRSTARTS(STR(?o), "{VNDX.iri}") || STRSTARTS(STR(?o), "{SKOS.iri}"))'


class Edge(NamedTuple):
    """A triple."""

    subject: NamedNode
    predicate: NamedNode
    object: Term


@dataclass(frozen=True)
class Edges:
    """What is asked in one round: all that leads from some nodes, or to them, by some properties."""

    nodes: tuple[NamedNode, ...]
    outgoing: tuple[NamedNode, ...] = ()
    incoming: tuple[NamedNode, ...] = ()

    def query(self) -> str:
        """Write the query: ``?s ?p ?o``."""
        nodes = " ".join(map(str, self.nodes))
        ways = [f"VALUES ?o {{ {nodes} }} ?s {way} ?o BIND({way} AS ?p)" for way in self.incoming]
        if self.outgoing:
            ways.append(f"VALUES ?s {{ {nodes} }} {self._outgoing()}")
        return f"SELECT ?s ?p ?o WHERE {{ {' UNION '.join(f'{{ {way} }}' for way in ways)} }}"

    def _outgoing(self) -> str:
        if len(self.outgoing) > _FEW:
            wanted = ", ".join(map(str, self.outgoing))
            return f"?s ?p ?o FILTER(?p IN ({wanted}) && (?p != {_TYPE} || {_IS_OWN_CLASS}))"
        return " UNION ".join(
            f"{{ ?s {way} ?o BIND({way} AS ?p) {f'FILTER({_IS_OWN_CLASS})' if way == _TYPE else ''} }}"
            for way in self.outgoing
        )


Plan: TypeAlias = Generator[Edges, list[Edge], Result]

_EMPTY: Final[list[Edge]] = []


async def read(view: SnapshotView, plan: Plan[Result]) -> Result:
    """Run a plan to its end.

    Raises:
        ProblemError: if the engine has no answer.
        EngineUnavailableError: if it cannot be reached.

    """
    nodes: dict[str, NamedNode] = {}
    try:
        asked = next(plan)
        while True:
            found = edges_of(await answer_bytes(view, asked.query()), nodes) if _asks(asked) else _EMPTY
            asked = plan.send(found)
    except StopIteration as stop:
        result: Result = stop.value
        return result


def edges_of(body: bytes, nodes: dict[str, NamedNode]) -> list[Edge]:
    """Read the edges of SPARQL JSON results; blank nodes have no name to go on with and are left out.

    Args:
        body: the results.
        nodes: the nodes that have been read, by IRI; what is new is added.

    """

    def node(term: Mapping[str, str]) -> NamedNode:
        return nodes.get(term["value"]) or nodes.setdefault(term["value"], NamedNode(term["value"]))

    return [
        Edge(
            node(found["s"]),
            node(found["p"]),
            node(value) if value["type"] == "uri" else Text(value["value"], value.get("xml:lang", "")),
        )
        for found in json.loads(body)["results"]["bindings"]
        if found["s"]["type"] == "uri" and (value := found["o"])["type"] != "bnode"
    ]


def _asks(asked: Edges) -> bool:
    return bool(asked.nodes and (asked.outgoing or asked.incoming))


def nodes_of(nodes: Iterable[Term]) -> tuple[NamedNode, ...]:
    """Give those of some terms that are nodes, each once."""
    return tuple(dict.fromkeys(term for term in nodes if isinstance(term, NamedNode)))
