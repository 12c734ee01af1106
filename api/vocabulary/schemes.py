"""The concept schemes: their concepts in a hierarchy, and how often each is referred to (SKOS)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api.vocabulary.statements import Statements, Text
from graph.model.namespaces import BASE, CONCEPT, SKOS
from graph.query.lookups import Incoming, Outgoing, Plan

# What hangs concepts together; all other links to a concept are uses of it.
_STRUCTURE: Final = tuple(
    SKOS[name]
    for name in ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower", "related", "member")
)
_MOST_CONCEPTS: Final = 2_000


@dataclass(frozen=True)
class Concept:
    """A concept.

    Attributes:
        iri: of it.
        label: by language.
        definition: by language; a scope note if it has none.
        other: further names, each by language.
        notations: its codes.
        depth: how deep it lies below a top concept.
        matches: concepts of other vocabularies that mean the same or about the same.
        uses: how many statements refer to it.

    """

    iri: str
    label: Text
    definition: Text
    other: Sequence[str]
    notations: Sequence[str]
    depth: int
    matches: Sequence[str]
    uses: int

    @property
    def name(self) -> str:
        """The IRI without the base."""
        return self.iri.removeprefix(BASE)

    @property
    def key(self) -> str:
        """The last part of the IRI."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Scheme:
    """A scheme with its concepts, each behind the one above it."""

    iri: str
    label: Text
    definition: Text
    concepts: Sequence[Concept]

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return self.iri.removeprefix(CONCEPT.iri)

    @property
    def is_nested(self) -> bool:
        """Whether any concept lies below another."""
        return any(concept.depth for concept in self.concepts)


def plan_concepts() -> Plan[list[Triple]]:
    """Plan the look-up of everything that is said of schemes and of their concepts."""
    links = yield Incoming(SKOS["ConceptScheme"])
    schemes = tuple(sorted({t.subject for t in links if isinstance(t.subject, NamedNode)}, key=str))
    concepts: set[NamedNode] = set()
    for scheme in schemes:
        found = yield Incoming(scheme, _MOST_CONCEPTS)
        concepts |= {
            t.subject for t in found if t.predicate == SKOS["inScheme"] and isinstance(t.subject, NamedNode)
        }
    said: list[Triple] = yield Outgoing((*schemes, *sorted(concepts, key=str)))
    return said


def uses_query() -> str:
    """Give the query that counts the statements that refer to each concept: ``?concept`` and ``?uses``."""
    structure = ", ".join(str(prop) for prop in _STRUCTURE)
    return (
        f"SELECT ?concept (COUNT(*) AS ?uses) {{ ?concept {SKOS['inScheme']} ?scheme . "
        f"?thing ?property ?concept FILTER(isIRI(?thing) && ?property NOT IN ({structure})) }} "
        "GROUP BY ?concept"
    )


def read_schemes(said: Statements, uses: Mapping[str, int]) -> Iterator[Scheme]:
    """Read the schemes from what is said of them and of their concepts.

    Args:
        said: all that.
        uses: how many statements refer to each concept to which any refers.

    """
    members: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for node in said.subjects():
        if isinstance(node, NamedNode):
            for iri in said.iris(node, SKOS["inScheme"]):
                members[NamedNode(iri)].append(node)
    for scheme in said.of_type(SKOS["ConceptScheme"]):
        yield Scheme(
            scheme.value,
            said.text(scheme, SKOS["prefLabel"]),
            said.text(scheme, SKOS["definition"]),
            list(_in_order(said, members[scheme], uses)),
        )


def _in_order(said: Statements, members: Sequence[NamedNode], uses: Mapping[str, int]) -> Iterator[Concept]:
    """Give the concepts of a scheme, those below another right behind it; by IRI within each level."""
    known = {node.value for node in members}
    below: defaultdict[str, list[NamedNode]] = defaultdict(list)
    for node in sorted(set(members), key=lambda node: node.value):
        above = [iri for iri in said.iris(node, SKOS["broader"]) if iri in known and iri != node.value]
        below[above[0] if above else ""].append(node)

    def walk(parent: str, depth: int) -> Iterator[Concept]:
        for node in below.pop(parent, ()):
            yield _concept(said, node, depth, uses)
            yield from walk(node.value, depth + 1)

    yield from walk("", 0)
    while below:  # a circle of broader concepts: none of them is lost
        yield from walk(next(iter(below)), 0)


def _concept(said: Statements, node: NamedNode, depth: int, uses: Mapping[str, int]) -> Concept:
    matches = (iri for name in ("exactMatch", "closeMatch") for iri in said.iris(node, SKOS[name]))
    other = {str(v.value) for v in said.values(node, SKOS["altLabel"]) if isinstance(v, Literal)}
    return Concept(
        iri=node.value,
        label=said.text(node, SKOS["prefLabel"]),
        definition=said.text(node, SKOS["definition"]) or said.text(node, SKOS["scopeNote"]),
        other=sorted(other),
        notations=[v.value for v in said.values(node, SKOS["notation"]) if isinstance(v, Literal)],
        depth=depth,
        matches=list(matches),
        uses=uses.get(node.value, 0),
    )
