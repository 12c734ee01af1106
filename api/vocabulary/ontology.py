"""Reading the ontology: what each class, property and datatype is, and how they hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from api.vocabulary.names import is_own, short
from api.vocabulary.statements import Statements, Text, Value
from graph.model.namespaces import BASE, DCTERMS, OWL, RDFS, SKOS, VNDX

CLASS: Final = "class"
OBJECT: Final = "object-property"
VALUE: Final = "datatype-property"
DATATYPE: Final = "datatype"

_KINDS: Final = {
    CLASS: OWL["Class"],
    OBJECT: OWL["ObjectProperty"],
    VALUE: OWL["DatatypeProperty"],
    DATATYPE: RDFS["Datatype"],
}
_TRAITS: Final = {
    "functional": OWL["FunctionalProperty"],
    "symmetric": OWL["SymmetricProperty"],
    "transitive": OWL["TransitiveProperty"],
}
_SAME: Final = (OWL["equivalentClass"], OWL["equivalentProperty"], SKOS["exactMatch"], SKOS["closeMatch"])


@dataclass(frozen=True)
class Term:
    """A class, property or datatype; terms that it refers to are IRIs.

    Attributes:
        iri: of the term.
        kind: `CLASS`, `OBJECT`, `VALUE` or `DATATYPE`.
        label: by language.
        definition: by language.
        note: a scope note by language.
        above: the classes or properties right above it.
        like: terms of other vocabularies that mean about the same.
        domain: the classes of which things have the property; any of them.
        range: the classes or datatypes of its values; any of them.
        inverse: the property that says the same the other way round, empty without one.
        disjoint: classes that share no thing with the class.
        traits: ``functional``, ``symmetric``, ``transitive``.
        choices: the datatypes or values that a datatype is made of.

    """

    iri: str
    kind: str
    label: Text
    definition: Text = field(default_factory=dict)
    note: Text = field(default_factory=dict)
    above: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    inverse: str = ""
    disjoint: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name: the local one of an own term, else with a prefix."""
        return short(self.iri)

    @property
    def aligned(self) -> tuple[str, ...]:
        """Terms of other vocabularies that it is under, or means about the same as."""
        return tuple(dict.fromkeys((*(iri for iri in self.above if not is_own(iri)), *self.like)))

    @property
    def own_above(self) -> tuple[str, ...]:
        """The own terms right above it."""
        return tuple(iri for iri in self.above if is_own(iri))


@dataclass(frozen=True)
class Branch:
    """A class in the tree of classes, with how deep it lies."""

    term: Term
    depth: int


class Ontology:
    """The own terms of the ontology by IRI, and the terms of others that it gives names to.

    Args:
        terms: all of them.
        title: of the ontology, by language.
        description: of the ontology, by language.
        version: of the ontology.

    """

    def __init__(self, terms: Iterable[Term], title: Text, description: Text, version: str) -> None:
        found = sorted(terms, key=lambda term: (term.name.casefold(), term.name))
        self.terms: Mapping[str, Term] = {term.iri: term for term in found if is_own(term.iri)}
        self.reused: Mapping[str, Term] = {term.iri: term for term in found if not is_own(term.iri)}
        self.title = title
        self.description = description
        self.version = version

    def of_kind(self, kind: str) -> list[Term]:
        """Give the own terms of a kind, by name."""
        return [term for term in self.terms.values() if term.kind == kind]

    @cached_property
    def below(self) -> Mapping[str, Sequence[str]]:
        """The own terms right below each term, by IRI."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for term in self.terms.values():
            for iri in term.above:
                found[iri].append(term.iri)
        return found

    @cached_property
    def properties_of(self) -> Mapping[str, Sequence[str]]:
        """The own properties that name a class as their domain, by the IRI of the class."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for term in self.terms.values():
            for iri in term.domain:
                found[iri].append(term.iri)
        return found

    def tree(self) -> Iterator[Branch]:
        """Go through the own classes, each behind the class above it; a class under two comes twice."""

        def walk(term: Term, depth: int) -> Iterator[Branch]:
            yield Branch(term, depth)
            for iri in self.below.get(term.iri, ()):
                yield from walk(self.terms[iri], depth + 1)

        for term in self.of_kind(CLASS):
            if not term.own_above:
                yield from walk(term, 0)


def read_ontology(said: Statements) -> Ontology:
    """Read the ontology from the triples of its document."""
    kinds: dict[NamedNode, str] = {}
    for kind, cls in _KINDS.items():
        for node in said.of_type(cls):
            kinds.setdefault(node, kind)
    document = NamedNode(f"{BASE}ontology")
    return Ontology(
        _with_both_inverses([_term(said, node, kind) for node, kind in kinds.items()]),
        said.text(document, DCTERMS["title"]),
        said.text(document, DCTERMS["description"]),
        said.literal(document, OWL["versionInfo"]),
    )


def _term(said: Statements, node: NamedNode, kind: str) -> Term:
    sets = [v for v in said.values(node, OWL["equivalentClass"]) if isinstance(v, BlankNode)]
    return Term(
        iri=node.value,
        kind=kind,
        label=said.text(node, RDFS["label"]) or said.text(node, SKOS["prefLabel"]),
        definition=said.text(node, SKOS["definition"]) or said.text(node, RDFS["comment"]),
        note=said.text(node, SKOS["scopeNote"]),
        above=tuple(
            dict.fromkeys((*said.iris(node, RDFS["subClassOf"]), *said.iris(node, RDFS["subPropertyOf"])))
        ),
        like=tuple(dict.fromkeys(iri for prop in _SAME for iri in said.iris(node, prop))),
        domain=_any_of(said, said.values(node, RDFS["domain"])),
        range=_any_of(said, said.values(node, RDFS["range"])),
        inverse=next(iter(said.iris(node, OWL["inverseOf"])), ""),
        disjoint=said.iris(node, OWL["disjointWith"]),
        traits=tuple(name for name, cls in _TRAITS.items() if node in said.of_type(cls)),
        choices=_any_of(said, list(sets)),
    )


def _any_of(said: Statements, values: Sequence[Value]) -> tuple[str, ...]:
    """Give the IRIs (or texts) among values, and those in the unions and enumerations that values are."""
    found: list[str] = []
    for value in values:
        if isinstance(value, BlankNode):
            for prop in (OWL["unionOf"], OWL["oneOf"]):
                members = said.members(said.value(value, prop))
                found += [m.value for m in members if isinstance(m, NamedNode | Literal)]
        elif isinstance(value, NamedNode):
            found.append(value.value)
    return tuple(dict.fromkeys(found))


def _with_both_inverses(terms: Sequence[Term]) -> Iterator[Term]:
    """Give the terms, each with its inverse also where only that one says so."""
    said = {term.inverse: term.iri for term in terms if term.inverse}
    for term in terms:
        inverse = term.inverse or said.get(term.iri, "")
        yield replace(term, inverse=inverse)


def own(name: str) -> str:
    """Give the IRI of an own term by its local name."""
    return VNDX[name].value
