"""The statements of a TriG unit by subject and predicate, as the checks read them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.model.namespaces import RDF, XSD
from graph.texts.trig import TrigUnit

Value = NamedNode | Literal


class UnitIndex:
    """A unit's statements, in the order of its file; blank nodes are left out (reading reports them).

    Attributes:
        unit: the unit.

    """

    def __init__(self, unit: TrigUnit) -> None:
        self.unit = unit
        self._values: dict[NamedNode, dict[NamedNode, list[Value]]] = {}
        for quad in unit.quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                by_predicate = self._values.setdefault(quad.subject, {})
                by_predicate.setdefault(quad.predicate, []).append(quad.object)

    def subjects(self) -> Iterable[NamedNode]:
        """Go through the nodes that the unit says something of."""
        return self._values.keys()

    def values(self, subject: NamedNode, predicate: NamedNode) -> list[Value]:
        """Give the values of a property, none for a node that the unit says nothing of."""
        return self._values.get(subject, {}).get(predicate, [])

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """Give the values of a property that are nodes."""
        return [value for value in self.values(subject, predicate) if isinstance(value, NamedNode)]

    def texts(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        """Give the values of a property that are literals, as strings."""
        return [value.value for value in self.values(subject, predicate) if isinstance(value, Literal)]

    def integer(self, subject: NamedNode, predicate: NamedNode) -> int | None:
        """Give the value of a property that has one xsd:integer, else None."""
        values = self.values(subject, predicate)
        if len(values) == 1 and isinstance(values[0], Literal) and values[0].datatype == XSD["integer"]:
            return int(values[0].value)
        return None

    def classes(self, subject: NamedNode) -> list[NamedNode]:
        """Give the classes that the unit asserts of a node."""
        return self.nodes(subject, RDF["type"])

    def instances(self, cls: NamedNode) -> list[NamedNode]:
        """Give the nodes of a class."""
        return [subject for subject in self.subjects() if cls in self.classes(subject)]


def shown(values: Iterable[Value]) -> str:
    """Give values as a message shows them."""
    return ", ".join(value.value for value in values) or "–"
