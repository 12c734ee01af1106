"""The description of an entity: which triples its documents have, the same ones in every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.model.namespaces import BASE, DCTERMS, OA, OWL, RDF, SKOS, VNDX
from graph.query.lookups import LinkCount, LinkCounts, LinkPage, Located, Node, Outgoing, Plan, References

MAX_TRIPLES: Final = 2_000
"""An entity of which no more than this is said is described whole, whatever it is."""

MAX_LINKS: Final = 500
"""With more said of it, properties that lead to more nodes than this are left out, and told of."""

MAX_PARTS: Final = 1_000
"""How many parts (versions, quotations, ...) are described in full; further ones are references."""

MAX_REFERENCES: Final = 5_000
"""How many nodes that are referred to come with class and label; further ones with their IRI alone."""

_ROUNDS: Final = 4
# So few properties are looked for one by one, so that the large ones are not read.
_AT_ONCE: Final = 4
_NAMED: Final = tuple(BASE + kind for kind in ("id/", "concept/", "graph/"))
_SOURCE: Final = (
    DCTERMS["title"],
    *(VNDX[name] for name in ("url", "publishedDate", "publisherAsPrinted", "publisher")),
)
_LEADS_TO_SOURCE: Final = (OA["hasSource"], VNDX["statedIn"])
_EVIDENCE: Final = VNDX["hasEvidence"]


@dataclass(frozen=True)
class Description:
    """What is said of an entity.

    Attributes:
        node: the entity.
        triples: what its documents hold, each once.
        omitted: properties of the entity that are left out for their size, with how many links each has.

    """

    node: NamedNode
    triples: tuple[Triple, ...]
    omitted: tuple[LinkCount, ...] = ()

    @property
    def retired(self) -> bool:
        """Whether the entity has been withdrawn (owl:deprecated)."""
        return Literal(value=True) in self.values(OWL["deprecated"])

    @property
    def classes(self) -> list[str]:
        """The IRIs of its classes that readers know by name, sorted."""
        found = (value for value in self.values(RDF["type"]) if isinstance(value, NamedNode))
        return sorted(value.value for value in found if value in VNDX or value in SKOS)

    @property
    def languages(self) -> list[str]:
        """The languages of its texts, Vietnamese first."""
        found = {t.object.language for t in self.triples if isinstance(t.object, Literal)}
        return sorted((tag for tag in found if tag), key=lambda tag: (tag != "vi", tag))

    def values(self, predicate: NamedNode) -> list[object]:
        """Give what the entity itself has for a property."""
        return [t.object for t in self.triples if t.subject == self.node and t.predicate == predicate]

    def in_order(self) -> list[Triple]:
        """Give the triples in an order that does not depend on the store: the entity's own first."""
        return sorted(self.triples, key=lambda t: (t.subject != self.node, str(t)))


def describe(node: NamedNode) -> Plan[Description | None]:
    """Plan the description of a node; it gives None if nothing is said of the node.

    It has what is said of the node and of its parts (fragments and sub-paths of its IRI, blank nodes, its
    evidence with quotations), the sources of that, and class and label of every node referred to.
    """
    own, omitted = yield from _own(node)
    if not (own or omitted):
        return None
    return Description(node, (yield from complete((node,), own)), omitted)


def describe_all(nodes: tuple[NamedNode, ...]) -> Plan[tuple[Triple, ...]]:
    """Plan the description of some nodes together; meant for those of which little is said."""
    own: list[Triple] = yield Outgoing(nodes)
    return (yield from complete(nodes, own))


def complete(nodes: tuple[NamedNode, ...], own: list[Triple]) -> Plan[tuple[Triple, ...]]:
    """Plan what belongs to the description of nodes, beside what is said of them: all of it is given.

    No look-up asks for a subject and a predicate that an earlier one has given, so no triple comes twice.
    """
    triples = list(own)
    described: set[Node] = set(nodes)
    seen = _Nodes()
    seen.add(own)
    for _ in range(_ROUNDS):
        parts = [part for part in seen.parts if part not in described][: MAX_PARTS - len(described)]
        if not parts:
            break
        described.update(parts)
        newest: list[Triple] = yield Outgoing(tuple(parts))
        seen.add(newest)
        triples += newest
    sources = tuple(found for found in seen.sources if found not in described)
    of_sources: list[Triple] = yield Outgoing(sources, _SOURCE)
    seen.add(of_sources)
    references = [found for found in seen.named if found not in described][:MAX_REFERENCES]
    triples += of_sources
    triples += yield References(tuple(references))
    return tuple(triples)


def locate(description: Description) -> Plan[list[Quad]]:
    """Plan the triples of a description as quads: each in every named graph that states it."""
    triples = set(description.triples)
    whole = {t.subject for t in triples if t.predicate not in (RDF["type"], SKOS["prefLabel"])}
    others = {t.subject for t in triples} - whole
    quads: list[Quad] = yield Located(_nodes(whole))
    quads += yield Located(_nodes(others), (RDF["type"], SKOS["prefLabel"]))
    found = (quad for quad in quads if quad.triple in triples)
    return sorted(found, key=lambda q: (str(q.graph_name), q.subject != description.node, str(q)))


def _own(node: NamedNode) -> Plan[tuple[list[Triple], tuple[LinkCount, ...]]]:
    """Plan what is said of a node itself, without properties that lead to very many nodes."""
    own: list[Triple] = yield Outgoing((node,), limit=MAX_TRIPLES + 1)
    if len(own) <= MAX_TRIPLES:
        return own, ()
    counts: list[LinkCount] = yield LinkCounts(node, outgoing=True)
    omitted: list[LinkCount] = []
    for found in counts:
        if found.number > MAX_LINKS and (yield LinkPage(node, found.predicate, outgoing=True, limit=1)):
            omitted.append(found)  # noqa: PERF401
    kept = [found.predicate for found in counts if found not in omitted]
    own = []
    for start in range(0, len(kept), _AT_ONCE):
        own += yield Outgoing((node,), tuple(kept[start : start + _AT_ONCE]))
    return own, tuple(omitted)


@dataclass
class _Nodes:
    """The nodes that triples lead to, in the order in which they are met.

    Attributes:
        parts: those that are described with the node that leads to them.
        sources: those that state or back something.
        named: those with an IRI of ours.

    """

    parts: dict[Node, None] = field(default_factory=dict)
    sources: dict[NamedNode, None] = field(default_factory=dict)
    named: dict[NamedNode, None] = field(default_factory=dict)

    def add(self, triples: Iterable[Triple]) -> None:
        """Look at further triples."""
        for triple in triples:
            value = triple.object
            if isinstance(value, BlankNode):
                self.parts[value] = None
            elif isinstance(value, NamedNode) and value.value.startswith(_NAMED):
                self.named[value] = None
                predicate, subject = triple.predicate, triple.subject
                if predicate in _LEADS_TO_SOURCE:
                    self.sources[value] = None
                elif predicate == _EVIDENCE or (
                    isinstance(subject, NamedNode)
                    and value.value.startswith((subject.value + "#", subject.value + "/"))
                ):
                    self.parts[value] = None


def _nodes(terms: Iterable[object]) -> tuple[Node, ...]:
    return tuple(term for term in terms if isinstance(term, NamedNode | BlankNode))
