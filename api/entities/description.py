"""The description of an entity: which triples its documents have, the same ones in every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.model.namespaces import BASE, DCTERMS, OA, OWL, RDF, SKOS, VNDX
from graph.query.lookups import Node, Outgoing, Plan

MAX_PARTS: Final = 1_000
"""How many parts (versions, quotations, ...) are described in full; further ones are references."""

MAX_REFERENCES: Final = 3_000
"""How many nodes that are referred to come with class and label; further ones with their IRI alone."""

_ROUNDS: Final = 4
_NAMED: Final = tuple(BASE + kind for kind in ("id/", "concept/", "graph/"))
_REFERENCE: Final = (RDF["type"], SKOS["prefLabel"], DCTERMS["title"])
_SOURCE: Final = (
    *_REFERENCE,
    VNDX["url"],
    VNDX["publishedDate"],
    VNDX["publisherAsPrinted"],
    VNDX["publisher"],
)


@dataclass(frozen=True)
class Description:
    """What is said of an entity.

    Attributes:
        node: the entity.
        triples: what its documents hold, each once, in a fixed order: the entity's own first.

    """

    node: NamedNode
    triples: tuple[Triple, ...]

    @property
    def retired(self) -> bool:
        """Whether the entity has been withdrawn (owl:deprecated)."""
        return Triple(self.node, OWL["deprecated"], Literal(value=True)) in self.triples

    def values(self, predicate: NamedNode) -> list[object]:
        """Give what the entity itself has for a property."""
        return [t.object for t in self.triples if t.subject == self.node and t.predicate == predicate]


def describe(node: NamedNode) -> Plan[Description | None]:
    """Plan the description of a node; it gives None if nothing is said of the node.

    It has what is said of the node and of its parts (fragments and sub-paths of its IRI, blank nodes, its
    evidence with quotations), the sources of that, and class and label of every node referred to.
    """
    triples = dict.fromkeys((yield Outgoing((node,))))
    if not triples:
        return None
    described: set[Node] = {node}
    for _ in range(_ROUNDS):
        parts = [part for part in _parts(triples) if part not in described]
        parts = parts[: MAX_PARTS - len(described)]
        if not parts:
            break
        described.update(parts)
        triples |= dict.fromkeys((yield Outgoing(tuple(parts))))
    references = [found for found in _references(triples) if found not in described][:MAX_REFERENCES]
    sources = _sources(triples) - described
    triples |= dict.fromkeys((yield Outgoing(tuple(sorted(sources, key=str)), _SOURCE)))
    others = tuple(found for found in references if found not in sources)
    named = yield Outgoing(others, _REFERENCE)
    triples |= dict.fromkeys(triple for triple in named if _names(triple))
    return Description(node, tuple(sorted(triples, key=lambda t: (t.subject != node, str(t)))))


def _names(triple: Triple) -> bool:
    """Say whether a triple belongs to a reference: labels, and classes that readers know by our names."""
    value = triple.object
    is_foreign_class = (
        triple.predicate == RDF["type"]
        and isinstance(value, NamedNode)
        and value not in VNDX
        and value not in SKOS
    )
    return not is_foreign_class


def _parts(triples: Iterable[Triple]) -> list[Node]:
    """Give the nodes that are described with the node that leads to them."""
    found: dict[Node, None] = {}
    for triple in triples:
        value = triple.object
        if isinstance(value, BlankNode) or (isinstance(value, NamedNode) and _is_part(triple, value)):
            found[value] = None
    return list(found)


def _is_part(triple: Triple, value: NamedNode) -> bool:
    if triple.predicate == VNDX["hasEvidence"]:
        return True
    subject = triple.subject
    return isinstance(subject, NamedNode) and value.value.startswith(
        (subject.value + "#", subject.value + "/")
    )


def _sources(triples: Iterable[Triple]) -> set[Node]:
    leading = (OA["hasSource"], VNDX["statedIn"])
    return {
        t.object for t in triples if t.predicate in leading and isinstance(t.object, NamedNode | BlankNode)
    }


def _references(triples: Iterable[Triple]) -> list[NamedNode]:
    objects = dict.fromkeys(t.object for t in triples)
    return [found for found in objects if isinstance(found, NamedNode) and found.value.startswith(_NAMED)]
