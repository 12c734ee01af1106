"""The concept schemes: whole for every closed list of the tables, and without ambiguous labels."""

from __future__ import annotations

import csv
import re
from collections import defaultdict

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from graph.mapping.concept_index import ConceptIndex
from graph.model.namespaces import CONCEPT, VNDX
from graph.model.text import slug, squeeze
from graph.vocabulary.files import CONCEPTS, FOLDER, read_turtle

TABLES = FOLDER.parent / "graph" / "data" / "tables"
HEDGE = re.compile(r"\s*\([^)]*\)$")
# Which scheme has a concept for every value of which column.
CLOSED_COLUMNS = (
    ("admin/commune_mergers", "relation", "transfer-kind"),
    ("admin/commune_mergers", "share", "share"),
    ("admin/communes_2025", "type", "unit-type"),
    ("admin/communes_2025", "type_as_of_2026_11", "unit-type"),
    ("admin/communes_pre2025", "type", "unit-type"),
    ("admin/districts_pre2025", "type", "unit-type"),
    ("admin/province_mergers", "relation", "transfer-kind"),
    ("admin/provinces_2025", "type", "unit-type"),
    ("admin/provinces_2025", "type_as_of_2026_11", "unit-type"),
    ("admin/provinces_pre2025", "type", "unit-type"),
    ("dti/other_indices", "indicator", "indicator"),
    ("policy/events", "date_basis", "date-basis"),
    ("policy/events", "kind", "event-kind"),
    ("policy/national_documents", "type", "document-type"),
    ("policy/platform_metrics", "unit", "unit-of-measure"),
    ("policy/platforms", "kind", "platform-kind"),
    ("policy/platforms", "operator_basis", "basis-of-statement"),
    ("policy/provincial_documents", "doc_class", "document-class"),
    ("policy/provincial_documents", "type", "document-type"),
    ("policy/targets", "unit", "unit-of-measure"),
)


@pytest.fixture(scope="module")
def concepts() -> Graph:
    return read_turtle([CONCEPTS])


@pytest.fixture(scope="module")
def index() -> ConceptIndex:
    return ConceptIndex.from_turtle(CONCEPTS.read_bytes())


def column(table: str, name: str) -> list[str]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return sorted({row[name].strip() for row in csv.DictReader(file)} - {""})


def concepts_of(graph: Graph) -> dict[URIRef, URIRef]:
    """Give every concept with its scheme."""
    return dict(graph.subject_objects(SKOS.inScheme))


def languages(graph: Graph, node: URIRef, predicate: URIRef) -> list[str]:
    return sorted(str(text.language) for text in graph.objects(node, predicate) if isinstance(text, Literal))


@pytest.mark.parametrize(("table", "name", "scheme"), CLOSED_COLUMNS)
def test_each_value_of_a_closed_column_names_one_concept(
    table: str, name: str, scheme: str, index: ConceptIndex
) -> None:
    values = column(table, name)
    assert values
    assert [value for value in values if index.find(scheme, HEDGE.sub("", value)) is None] == []


def test_each_component_of_the_transformation_index_is_an_indicator(index: ConceptIndex) -> None:
    for name in column("dti/dti", "indicator"):
        local = "dti" if name == "dti" else f"dti-{slug(name)}"
        assert index.find("indicator", local), name


def test_each_basis_of_the_indices_is_a_concept(index: ConceptIndex) -> None:
    for table in ("dti/dti", "dti/other_indices"):
        for basis in column(table, "basis"):
            assert index.find("basis", f"provinces-{basis}"), basis


def test_each_concept_and_scheme_is_labelled_once_in_each_language(concepts: Graph) -> None:
    for node in {*concepts_of(concepts), *concepts.subjects(RDF.type, SKOS.ConceptScheme)}:
        assert languages(concepts, node, SKOS.prefLabel) == ["en", "vi"], node


def test_each_definition_is_given_in_both_languages(concepts: Graph) -> None:
    for node in set(concepts.subjects(SKOS.definition)):
        assert languages(concepts, node, SKOS.definition) == ["en", "vi"], node


def test_each_scheme_is_defined(concepts: Graph) -> None:
    for scheme in concepts.subjects(RDF.type, SKOS.ConceptScheme):
        assert languages(concepts, scheme, SKOS.definition) == ["en", "vi"], scheme


def test_each_composite_index_and_component_of_the_transformation_index_is_defined(concepts: Graph) -> None:
    for indicator in concepts.subjects(RDF.type, URIRef(VNDX["Indicator"].value)):
        name = str(indicator).removeprefix(CONCEPT.iri)
        if not name.startswith("indicator/pci-"):
            assert languages(concepts, indicator, SKOS.definition) == ["en", "vi"], indicator


def test_a_concept_lies_in_the_scheme_that_its_iri_says(concepts: Graph) -> None:
    for concept, scheme in concepts_of(concepts).items():
        assert concept.startswith(f"{scheme}/")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", concept.removeprefix(f"{scheme}/")), concept
        assert (scheme, RDF.type, SKOS.ConceptScheme) in concepts
        assert (concept, RDF.type, SKOS.Concept) in concepts


def test_a_concept_is_at_the_top_of_its_scheme_or_below_another_one_of_it(concepts: Graph) -> None:
    schemes = concepts_of(concepts)
    for concept, scheme in schemes.items():
        broader = list(concepts.objects(concept, SKOS.broader))
        assert bool(broader) != ((concept, SKOS.topConceptOf, scheme) in concepts), concept
        assert all(schemes[URIRef(other)] == scheme for other in broader), concept


def test_no_concept_is_broader_than_itself_at_any_distance(concepts: Graph) -> None:
    for concept in concepts_of(concepts):
        above = {node for other in concepts.objects(concept, SKOS.broader) for node in _up(concepts, other)}
        assert concept not in above


def _up(graph: Graph, node: object) -> set[object]:
    return set(graph.transitive_objects(node, SKOS.broader))


def test_no_label_names_two_concepts_of_a_scheme(concepts: Graph) -> None:
    named: dict[tuple[URIRef, str], set[URIRef]] = defaultdict(set)
    for concept, scheme in concepts_of(concepts).items():
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in concepts.objects(concept, predicate):
                named[scheme, squeeze(str(label)).casefold()].add(concept)
    assert {key: found for key, found in named.items() if len(found) > 1} == {}


def test_each_concept_of_the_project_that_the_files_mention_exists(concepts: Graph) -> None:
    known = {str(node) for node in concepts.subjects()}
    for path in (FOLDER / "vndx.ttl", FOLDER / "concepts.ttl", *(FOLDER.parent / "shapes").glob("**/*.ttl")):
        for node in read_turtle([path]).all_nodes():
            if isinstance(node, URIRef) and node.startswith(CONCEPT.iri) and node != URIRef(CONCEPT.iri):
                assert str(node) in known, f"{path.name} mentions {node}"


def test_each_method_document_is_a_document_of_the_national_table(concepts: Graph) -> None:
    documents = set(column("policy/national_documents", "doc_id"))
    for document in concepts.objects(None, URIRef(VNDX["methodDocument"].value)):
        assert str(document).rpartition("/")[2] in documents


def test_units_match_terms_of_qudt_and_of_nothing_else(concepts: Graph) -> None:
    matches = set(concepts.objects(None, SKOS.exactMatch))
    assert len(matches) >= 5
    assert all(str(match).startswith("http://qudt.org/vocab/unit/") for match in matches)
