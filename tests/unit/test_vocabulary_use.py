"""The vocabulary against the whole data: what is used is declared, what is declared is used or reserved."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.util import from_n3

from graph.model.namespaces import CONCEPT, GRAPH, VNDX, VS, XSD
from graph.snapshots.home import SnapshotHome
from graph.vocabulary.files import ONTOLOGY, REUSED_TERMS, read_turtle

pytestmark = pytest.mark.snapshot

TYPE = f"<{RDF.type}>"
# What follows from the stated graphs: inferences, and the counts of VoID.
DERIVED = frozenset(f"<{GRAPH[name].value}>" for name in ("inferred", "void"))
NO_DATA = frozenset(f"<{GRAPH[name].value}>" for name in ("ontology", "shapes"))
PARTIAL_DATES = frozenset(XSD[name].value for name in ("date", "gYearMonth", "gYear"))
OWN_DATATYPES = {
    VNDX["Comparator"].value: frozenset({XSD["string"].value}),
    VNDX["PartialDate"].value: PARTIAL_DATES,
    VNDX["PartialDateTime"].value: PARTIAL_DATES | {XSD["dateTime"].value},
}
# The validation report of a snapshot has these; it is a file beside the store.
USED_IN_REPORTS = {VNDX["inFile"].value, VNDX["atLine"].value}


@dataclass(repr=False)
class Use:
    """How the data uses terms: all named graphs but the ontology and the shapes."""

    stated: Counter[str] = field(default_factory=Counter)
    everywhere: Counter[str] = field(default_factory=Counter)
    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    values: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    concepts: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, dump: Path) -> Use:
        """Read the use from the N-Quads of a snapshot."""
        use = cls()
        with gzip.open(dump, "rt", encoding="utf-8") as lines:
            for line in lines:
                subject, predicate, rest = line.split(" ", 2)
                value, graph, _ = rest.rsplit(" ", 2)
                if graph not in NO_DATA:
                    use.add(subject, predicate, value, derived=graph in DERIVED)
        return use

    def add(self, subject: str, predicate: str, value: str, *, derived: bool) -> None:
        terms = [predicate[1:-1], *([value[1:-1]] if predicate == TYPE else [])]
        self.everywhere.update(terms)
        if not derived:
            self.stated.update(terms)
        if predicate == TYPE:
            self.types[subject].add(value[1:-1])
        elif predicate[1:-1].startswith(VNDX.iri):
            self.values[predicate[1:-1]][subject].add(value)
        if value.startswith(f"<{CONCEPT.iri}"):
            self.concepts.add(value)


class Vocabulary:
    """What the ontology says of its terms."""

    def __init__(self) -> None:
        self.graph = read_turtle([ONTOLOGY])

    @cached_property
    def terms(self) -> set[str]:
        return {
            term for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty) for term in self.of(kind)
        }

    def of(self, kind: URIRef) -> set[str]:
        return {str(term) for term in self.graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}

    def with_status(self, status: str) -> set[str]:
        predicate = URIRef(VS["term_status"].value)
        return {str(term) for term in self.graph.subjects(predicate, Literal(status))} & self.terms

    def members(self, term: str, predicate: URIRef) -> set[str]:
        """Give the classes or datatypes of a domain or range, a union taken apart; none if it is open."""
        found: set[str] = set()
        for node in self.graph.objects(URIRef(term), predicate):
            union = self.graph.value(node, OWL.unionOf)
            found.update(map(str, Collection(self.graph, union) if union else [node]))
        return found


@pytest.fixture(scope="module")
def use(snapshot_home: SnapshotHome) -> Use:
    snapshot = snapshot_home.current()
    assert snapshot
    return Use.of(snapshot.dumps / "vndx.nq.gz")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary()


@pytest.fixture(scope="module")
def reused() -> set[str]:
    graph: Graph = read_turtle([REUSED_TERMS])
    return {str(term) for term in graph.subjects(RDF.type)}


def literal_type(value: str) -> str:
    """Give the datatype of a literal, or an empty text for an IRI."""
    if value.startswith("<"):
        return ""
    literal = from_n3(value)
    assert isinstance(literal, Literal)
    return str(RDF.langString if literal.language else literal.datatype or XSD["string"].value)


def test_each_own_term_that_the_data_uses_is_declared(use: Use, vocabulary: Vocabulary) -> None:
    assert {term for term in use.everywhere if term.startswith(VNDX.iri)} <= vocabulary.terms


def test_each_declared_term_is_used_in_the_data_or_reserved(use: Use, vocabulary: Vocabulary) -> None:
    used = {*use.everywhere, *USED_IN_REPORTS}
    assert sorted(vocabulary.with_status("stable") - used) == []
    assert sorted(vocabulary.with_status("reserved") & used) == []


def test_each_term_of_another_vocabulary_that_is_stated_is_labelled_as_reused(
    use: Use, reused: set[str]
) -> None:
    others = {term for term in use.stated if not term.startswith(VNDX.iri)} - {str(RDF.type)}
    assert sorted(others - reused) == []


def test_each_reused_term_is_stated_somewhere(use: Use, reused: set[str]) -> None:
    assert sorted(reused - set(use.stated)) == []


def test_each_concept_that_the_data_mentions_is_described(use: Use) -> None:
    assert sorted(concept for concept in use.concepts if concept not in use.types) == []


def test_no_node_has_two_values_of_a_functional_property(use: Use, vocabulary: Vocabulary) -> None:
    broken = [
        (term, subject, sorted(values))
        for term in vocabulary.of(OWL.FunctionalProperty)
        for subject, values in use.values[term].items()
        if len(values) > 1
    ]
    assert broken == []


def misfits(use: Use, vocabulary: Vocabulary, predicate: URIRef) -> Iterator[tuple[str, str, str]]:
    """Go through the nodes that have none of the classes of a property's domain or range."""
    for term in vocabulary.of(OWL.ObjectProperty) | vocabulary.of(OWL.DatatypeProperty):
        classes = {cls for cls in vocabulary.members(term, predicate) if cls.startswith(VNDX.iri)}
        if not classes & vocabulary.of(OWL.Class):
            continue
        for subject, values in use.values[term].items():
            for node in [subject] if predicate == RDFS.domain else values:
                if not classes & use.types.get(node, set()):
                    yield term, subject, node


def test_each_node_with_a_property_is_in_its_domain(use: Use, vocabulary: Vocabulary) -> None:
    assert list(misfits(use, vocabulary, RDFS.domain)) == []


def test_each_node_that_a_property_leads_to_is_in_its_range(use: Use, vocabulary: Vocabulary) -> None:
    assert list(misfits(use, vocabulary, RDFS.range)) == []


def test_each_literal_has_a_datatype_of_the_range(use: Use, vocabulary: Vocabulary) -> None:
    for term in vocabulary.of(OWL.DatatypeProperty):
        (range_,) = vocabulary.members(term, RDFS.range)
        allowed = OWN_DATATYPES.get(range_, {range_})
        found = {literal_type(value) for values in use.values[term].values() for value in values}
        assert found <= allowed, term


def test_no_object_property_leads_to_a_literal(use: Use, vocabulary: Vocabulary) -> None:
    for term in vocabulary.of(OWL.ObjectProperty):
        assert all(value.startswith("<") for values in use.values[term].values() for value in values), term
