"""The vocabulary is read as its documents state it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from api.vocabulary.names import short
from api.vocabulary.ontology import CLASS, OBJECT, VALUE, Ontology, own, read_ontology
from api.vocabulary.rules import Rule, Rules, read_rules
from api.vocabulary.schemes import read_schemes
from api.vocabulary.statements import Statements
from api.vocabulary.uses import read_uses
from api.vocabulary.words import Wording, cardinality, path_words
from graph.model.namespaces import BASE, ELI, SKOS

ROOT = Path(__file__).parents[2]
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vndx: <https://w3id.org/vndx/ontology#> .
@prefix shape: <https://w3id.org/vndx/shapes#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix concept: <https://w3id.org/vndx/concept/> .
"""


def statements(turtle: str) -> Statements:
    return Statements(quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE))


def of_files(*paths: Path) -> Statements:
    return Statements(
        quad.triple for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    )


@cache
def ontology() -> Ontology:
    return read_ontology(of_files(ROOT / "ontology/vndx.ttl", ROOT / "ontology/reused_terms.ttl"))


@cache
def rules() -> Rules:
    return read_rules(of_files(*sorted((ROOT / "shapes").glob("*.ttl"))))


def rule(name: str) -> Rule:
    return next(found for found in rules().all if found.name == name)


def said(found: Rule, language: str) -> str:
    names = Wording(
        language, lambda iri: ontology().terms[iri].label[language] if iri in ontology().terms else ""
    )
    return "".join(piece.text for piece in names.values(found))


# Terms


def test_every_own_class_and_property_is_read_with_names_and_definitions_in_both_languages() -> None:
    terms = [term for kind in (CLASS, OBJECT, VALUE) for term in ontology().of_kind(kind)]
    assert len(terms) > 200
    for term in terms:
        assert set(term.label) == {"vi", "en"}, term.name
        assert set(term.definition) == {"vi", "en"}, term.name


def test_a_union_of_classes_is_read_as_each_of_them() -> None:
    assert ontology().terms[own("indicator")].domain == (own("Observation"), own("Target"))


def test_an_inverse_is_known_on_both_sides() -> None:
    assert ontology().terms[own("succeeds")].inverse == own("succeededBy")
    assert ontology().terms[own("succeededBy")].inverse == own("succeeds")


def test_a_datatype_tells_what_it_is_made_of() -> None:
    assert ontology().terms[own("Comparator")].choices == ("=", ">", ">=", "<", "<=", "~", "range")


def test_alignments_are_the_terms_of_others_above_or_alike() -> None:
    assert ELI["LegalResource"].value in ontology().terms[own("Document")].aligned


def test_the_tree_has_every_class_behind_the_class_above_it() -> None:
    branches = list(ontology().tree())
    assert {branch.term.iri for branch in branches} == {term.iri for term in ontology().of_kind(CLASS)}
    names = [branch.term.name for branch in branches]
    assert names.index("Document") < names.index("Resolution") < names.index("PartyResolution")
    depth = {branch.term.name: branch.depth for branch in branches}
    assert (depth["Document"], depth["Resolution"], depth["PartyResolution"]) == (0, 1, 2)


# Rules in words


@pytest.mark.parametrize(
    ("least", "most", "vi", "en"),
    [
        (0, None, "", ""),
        (1, None, "ít nhất 1", "at least 1"),
        (0, 1, "nhiều nhất 1", "at most 1"),
        (1, 1, "đúng 1", "exactly 1"),
        (0, 0, "không có", "none"),
        (1, 3, "từ 1 đến 3", "1 to 3"),
    ],
)
def test_cardinality_is_said_in_words(least: int, most: int | None, vi: str, en: str) -> None:
    assert cardinality(least, most, "vi") == vi
    assert cardinality(least, most, "en") == en


@pytest.mark.parametrize(
    ("name", "vi", "en"),
    [
        ("Document-documentType", "khái niệm của bảng document-type", "concept of the scheme document-type"),
        ("Document-basedOn", "văn bản", "document"),
        (
            "Document-effectiveDate",
            "ngày (xsd:date) hoặc tháng (xsd:gYearMonth) hoặc năm (xsd:gYear)",
            "day (xsd:date) or month (xsd:gYearMonth) or year (xsd:gYear)",
        ),
        (
            "Commune-code",
            "chuỗi (xsd:string); theo mẫu ^[0-9]{5}$",
            "string (xsd:string); that fits ^[0-9]{5}$",
        ),
        ("Document-effectiveAfterIssue", "không sớm hơn issueDate", "not before issueDate"),
        (
            "longitude",
            "số thập phân (xsd:decimal); từ 102.0; đến 118.0",
            "decimal number (xsd:decimal); at least 102.0; at most 118.0",
        ),
    ],
)
def test_what_values_have_to_be_is_said_in_words(name: str, vi: str, en: str) -> None:
    assert said(rule(name), "vi") == vi
    assert said(rule(name), "en") == en


def test_every_rule_is_said_without_an_iri_of_a_shape() -> None:
    shapes = {found.iri: found.label for found in rules().all}
    for found in rules().all:
        for language in ("vi", "en"):
            words = Wording(language, lambda iri: shapes.get(iri, {}).get("vi", ""))
            assert "https://w3id.org/vndx/shapes#" not in "".join(p.text for p in words.values(found))


def test_every_rule_that_can_be_broken_says_so_in_both_languages() -> None:
    for found in rules().all:
        if not found.is_help:
            assert set(found.message) == {"vi", "en"}, found.name


def test_a_path_is_written_as_in_sparql() -> None:
    assert "".join(p.text for p in path_words(rule("Document-identified").path)) == "number | title"
    assert "".join(p.text for p in path_words(rule("Document-basedOnOnce").path)) == "^basedOn"
    assert "".join(p.text for p in path_words(rule("Commune-eraOfParent").path)) == "partOf / era"


def test_a_closed_shape_names_the_properties_that_it_allows() -> None:
    closed = rule("Document").closed
    assert closed is not None
    assert own("number") in closed


def test_a_warning_is_told_from_a_violation() -> None:
    assert rule("Document-identified").severity == "Warning"
    assert rule("Document-documentType").severity == "Violation"


def test_a_shape_that_names_itself_does_not_go_on_for_ever() -> None:
    (found,) = read_rules(statements("shape:A a sh:NodeShape ; sh:or ( shape:A shape:A ) .")).all
    assert found.constraints[0].kind == "or"


# Uses and concepts


def test_uses_are_read_from_the_partitions(tmp_path: Path) -> None:
    description = tmp_path / "void.ttl"
    description.write_text(
        PREFIXES
        + """
        <urn:d> void:classPartition <urn:c> ; void:propertyPartition <urn:p> .
        <urn:c> void:class vndx:Province ; void:entities 34 ; void:propertyPartition <urn:cp> .
        <urn:p> void:property vndx:code ; void:triples 100 .
        <urn:cp> void:property vndx:code ; void:triples 34 ; void:classPartition <urn:cpc> .
        <urn:cpc> void:class vndx:Commune ; void:triples 3 .
        """,
        encoding="utf-8",
    )
    uses = read_uses(description)
    assert uses.things == {own("Province"): 34}
    assert uses.statements == {own("code"): 100}
    assert uses.of_class == {own("Province"): {own("code"): 34}}
    assert (uses.count(own("Province")), uses.count(own("code")), uses.count(own("nothing"))) == (34, 100, 0)


CONCEPTS = """
@prefix s: <https://w3id.org/vndx/concept/s/> .
concept:s a skos:ConceptScheme ; skos:prefLabel "Bảng"@vi .
s:b a skos:Concept ; skos:inScheme concept:s ; skos:prefLabel "b"@vi .
s:a a skos:Concept ; skos:inScheme concept:s ; skos:broader s:b ; skos:notation "01" .
s:c a skos:Concept ; skos:inScheme concept:s ; skos:broader s:d .
s:d a skos:Concept ; skos:inScheme concept:s ; skos:broader s:c .
"""


def test_a_concept_stands_behind_the_broader_one_and_a_circle_loses_none() -> None:
    (scheme,) = read_schemes(statements(CONCEPTS), {f"{BASE}concept/s/a": 7})
    assert [(concept.key, concept.depth) for concept in scheme.concepts] == [
        ("b", 0),
        ("a", 1),
        ("c", 0),
        ("d", 1),
    ]
    assert scheme.is_nested
    below = scheme.concepts[1]
    assert (below.uses, below.notations, scheme.concepts[0].uses) == (7, ["01"], 0)


def test_names_are_short_with_the_prefix_of_their_vocabulary() -> None:
    assert short(own("Province")) == "Province"
    assert short(SKOS["Concept"].value) == "skos:Concept"
    assert short("https://example.org/x") == "https://example.org/x"
