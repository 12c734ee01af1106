"""What the ontology says of classes and properties, closed over their hierarchies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model.namespaces import OWL, RDF, RDFS, SKOS
from graph.model.ntriples import split, token

_SUB_CLASS = token(RDFS["subClassOf"])
_SUB_PROPERTY = token(RDFS["subPropertyOf"])
_INVERSE = token(OWL["inverseOf"])
_TYPE = token(RDF["type"])
_SYMMETRIC = token(OWL["SymmetricProperty"])
_TRIVIAL = frozenset({token(OWL["Thing"]), token(RDFS["Resource"])})


@dataclass(frozen=True)
class Schema:
    """The hierarchies of the ontology. All terms are N-Triples terms.

    Attributes:
        super_classes: for a class, every class above it, itself left out.
        super_properties: for a property, every property above it, itself left out.
        inverses: for a property, those that state the same from the other end; a symmetric property
            is its own inverse.

    """

    super_classes: Mapping[str, tuple[str, ...]]
    super_properties: Mapping[str, tuple[str, ...]]
    inverses: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ontology: bytes) -> Schema:
        """Read the schema from the sorted N-Triples of the ontology; anonymous classes do not count."""
        above_class: dict[str, set[str]] = {}
        # SKOS declares its labels sub-properties of rdfs:label; the ontology does not repeat it.
        above_property: dict[str, set[str]] = {token(SKOS["prefLabel"]): {token(RDFS["label"])}}
        inverses: dict[str, set[str]] = {}
        for subject, predicate, value in split(ontology):
            if not (subject.startswith("<") and value.startswith("<")) or value in _TRIVIAL:
                continue
            if predicate == _SUB_CLASS:
                above_class.setdefault(subject, set()).add(value)
            elif predicate == _SUB_PROPERTY:
                above_property.setdefault(subject, set()).add(value)
            elif predicate == _INVERSE:
                inverses.setdefault(subject, set()).add(value)
                inverses.setdefault(value, set()).add(subject)
            elif predicate == _TYPE and value == _SYMMETRIC:
                inverses.setdefault(subject, set()).add(subject)
        return cls(
            super_classes=_closed(above_class),
            super_properties=_closed(above_property),
            inverses={term: tuple(sorted(others)) for term, others in inverses.items()},
        )

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Say whether a class is another one or lies below it."""
        return cls == ancestor or ancestor in self.super_classes.get(cls, ())

    def most_specific(self, classes: Iterable[str]) -> list[str]:
        """Give, sorted, the classes that have none of the others below them."""
        given = set(classes)
        above = {ancestor for cls in given for ancestor in self.super_classes.get(cls, ())}
        return sorted(given - above)


def _closed(above: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """Give everything above each term, sorted; a cycle does not make a term its own ancestor."""
    closure: dict[str, tuple[str, ...]] = {}
    for term in above:
        found: set[str] = set()
        pending = list(above[term])
        while pending:
            ancestor = pending.pop()
            if ancestor not in found:
                found.add(ancestor)
                pending += above.get(ancestor, ())
        closure[term] = tuple(sorted(found - {term}))
    return closure
