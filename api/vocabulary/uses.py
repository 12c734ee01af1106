"""How often classes and properties are used: the partitions of the VoID description of a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from api.vocabulary.statements import Node, Statements
from graph.model.namespaces import VOID


@dataclass(frozen=True)
class Uses:
    """How often terms are used, by IRI.

    Attributes:
        things: of each class.
        statements: with each property.
        of_class: how many statements with each property there are on things of each class.

    """

    things: Mapping[str, int] = field(default_factory=dict)
    statements: Mapping[str, int] = field(default_factory=dict)
    of_class: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def count(self, iri: str) -> int:
        """Give how many things are of a class, or how many statements there are with a property."""
        return self.things.get(iri, 0) or self.statements.get(iri, 0)


def read_uses(description: Path) -> Uses:
    """Read them from a VoID description in Turtle (VoID, section 4.5, on partitions).

    Raises:
        OSError: if it cannot be read.
        SyntaxError: if it is no Turtle.

    """
    quads = parse(path=str(description), format=RdfFormat.TURTLE)
    said = Statements(quad.triple for quad in quads)
    things: dict[str, int] = {}
    statements: dict[str, int] = {}
    of_class: dict[str, Mapping[str, int]] = {}
    for partition in said.subjects():
        counted = _statements(said, partition)
        cls = next(iter(said.iris(partition, VOID["class"])), "")
        if not cls:
            statements |= counted
        elif entities := _number(said, partition, VOID["entities"]):
            things[cls] = entities
            of_class[cls] = counted
    return Uses(things, statements, of_class)


def _statements(said: Statements, partition: Node) -> dict[str, int]:
    found = {}
    for part in said.values(partition, VOID["propertyPartition"]):
        if isinstance(part, NamedNode):
            for iri in said.iris(part, VOID["property"]):
                found[iri] = _number(said, part, VOID["triples"])
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _number(said: Statements, node: Node, predicate: NamedNode) -> int:
    value = said.value(node, predicate)
    return int(value.value) if isinstance(value, Literal) else 0
