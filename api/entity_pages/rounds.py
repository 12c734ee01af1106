"""Plans that read edges round by round, run as plans of look-ups, as the sections of a page need them."""

from __future__ import annotations

from typing import Final, TypeVar

from pyoxigraph import BlankNode, NamedNode, Triple

from api.collections.edges import Edge, Edges, Text
from api.collections.edges import Plan as EdgesPlan
from graph.query.lookups import LinkPage, Outgoing, Plan

Result = TypeVar("Result")

MAX_INCOMING: Final = 2_000
"""How many links of one kind to one node are read; no unit has so many parts."""


def looked_up(plan: EdgesPlan[Result]) -> Plan[Result]:
    """Plan to answer each round of a plan that reads edges with look-ups, which need no worker."""
    try:
        asked = next(plan)
        while True:
            found = yield from _edges(asked)
            asked = plan.send(found)
    except StopIteration as stop:
        result: Result = stop.value
        return result


def subjects_of(node: NamedNode, predicate: NamedNode, limit: int = MAX_INCOMING) -> Plan[list[NamedNode]]:
    """Plan to find what refers to a node by a property, in the order of IRIs."""
    found: list[Triple] = yield LinkPage(node, predicate, limit=limit)
    return [triple.subject for triple in found if isinstance(triple.subject, NamedNode)]


def _edges(asked: Edges) -> Plan[list[Edge]]:
    triples: list[Triple] = []
    if asked.nodes and asked.outgoing:
        triples += yield Outgoing(asked.nodes, asked.outgoing)
    for predicate in asked.incoming:
        for node in asked.nodes:
            triples += yield LinkPage(node, predicate, limit=MAX_INCOMING)
    return [edge for triple in dict.fromkeys(triples) if (edge := _edge(triple))]


def _edge(triple: Triple) -> Edge | None:
    subject, value = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or isinstance(value, BlankNode | Triple):
        return None
    if isinstance(value, NamedNode):
        return Edge(subject, triple.predicate, value)
    return Edge(subject, triple.predicate, Text(value.value, value.language or ""))
