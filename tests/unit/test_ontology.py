"""The ontology: whole, in two languages, and without a reference to a term that it does not declare."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef, namespace

from graph.model.namespaces import PREFIXES, VNDX, VS
from graph.model.text import is_nfc
from graph.vocabulary.files import CONCEPTS, FOLDER, ONTOLOGY, REUSED_TERMS, read_turtle
from graph.vocabulary.turtle_format import format_turtle

ROOT = FOLDER.parent
TURTLE_FILES = sorted([*FOLDER.glob("*.ttl"), *(ROOT / "shapes").glob("**/*.ttl")])
TRIG_FILES = sorted((ROOT / "graph" / "data" / "sources").glob("*.trig"))
ONTOLOGY_IRI = URIRef(VNDX.iri.removesuffix("#"))
# The vocabularies whose terms rdflib knows one by one.
KNOWN_VOCABULARIES = {
    known._NS: known
    for known in (
        namespace.DCAT,
        namespace.DCTERMS,
        namespace.FOAF,
        namespace.ORG,
        namespace.PROV,
        namespace.QB,
        namespace.SDO,
        namespace.SH,
        namespace.SKOS,
        namespace.TIME,
        namespace.VANN,
    )
}
# rdflib's list of schema.org is older than these two terms, which schema.org has.
NEWER_TERMS = {"https://schema.org/observationAbout", "https://schema.org/Observation"}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read_turtle([ONTOLOGY])


def declared(graph: Graph) -> set[str]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype)
    return {
        str(term) for kind in kinds for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)
    }


def own_terms(graph: Graph) -> list[URIRef]:
    return [URIRef(term) for term in sorted(declared(graph)) if term.startswith(VNDX.iri)]


def iris_in(path: Path) -> set[str]:
    """Give every IRI that a Turtle or TriG file mentions, in any position."""
    kind = pyoxigraph.RdfFormat.TRIG if path.suffix == ".trig" else pyoxigraph.RdfFormat.TURTLE
    found: set[str] = set()
    for quad in pyoxigraph.parse(path.read_bytes(), kind):
        for node in (quad.subject, quad.predicate, quad.object):
            if isinstance(node, pyoxigraph.NamedNode):
                found.add(node.value)
            elif isinstance(node, pyoxigraph.Literal):
                found.add(node.datatype.value)
    return found


@pytest.mark.parametrize("path", TURTLE_FILES, ids=lambda path: path.name)
def test_rdflib_and_oxigraph_read_the_same_number_of_triples(path: Path) -> None:
    triples = list(pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE))
    assert len(triples) == len(read_turtle([path])) > 0


@pytest.mark.parametrize("path", TURTLE_FILES, ids=lambda path: path.name)
def test_each_turtle_file_is_in_the_committed_format(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == format_turtle(text), f"run python -m graph.vocabulary.turtle_format {path.name}"


@pytest.mark.parametrize("path", [*FOLDER.iterdir(), *TRIG_FILES], ids=lambda path: path.name)
def test_each_file_of_the_vocabulary_and_of_the_texts_is_nfc(path: Path) -> None:
    assert is_nfc(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*TURTLE_FILES, *TRIG_FILES], ids=lambda path: path.name)
def test_each_own_term_that_a_file_mentions_is_declared(path: Path, ontology: Graph) -> None:
    mentioned = {iri for iri in iris_in(path) if iri.startswith(VNDX.iri)}
    assert mentioned <= declared(ontology)


def test_each_own_term_has_one_label_and_one_definition_in_each_language(ontology: Graph) -> None:
    for term in own_terms(ontology):
        for predicate in (RDFS.label, SKOS.definition):
            languages = sorted(str(text.language) for text in ontology.objects(term, predicate))
            assert languages == ["en", "vi"], f"{term} {predicate}"


def test_no_two_own_terms_of_one_kind_share_a_label(ontology: Graph) -> None:
    seen: dict[tuple[object, object], URIRef] = {}
    for term in own_terms(ontology):
        for label, kind in product(ontology.objects(term, RDFS.label), ontology.objects(term, RDF.type)):
            key = (label, kind)
            if kind in {OWL.FunctionalProperty, OWL.SymmetricProperty, OWL.TransitiveProperty}:
                continue
            assert key not in seen, f"{term} and {seen[key]} are both {label!r}"
            seen[key] = term


def test_each_definition_is_a_sentence_in_its_language(ontology: Graph) -> None:
    marks = re.compile("[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự]", re.IGNORECASE)
    for term in own_terms(ontology):
        for text in ontology.objects(term, SKOS.definition):
            assert str(text).endswith((".", "...")), f"{term} {text}"
            if text.language == "vi":
                assert marks.search(text), f"{term} {text}"


def test_each_own_term_says_what_defines_it_and_whether_it_is_stable(ontology: Graph) -> None:
    for term in own_terms(ontology):
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY_IRI], term
        statuses = [str(status) for status in ontology.objects(term, URIRef(VS["term_status"].value))]
        assert len(statuses) == 1, term
        assert statuses[0] in {"stable", "reserved"}, term


def test_nothing_but_declared_terms_and_the_ontology_itself_is_described(ontology: Graph) -> None:
    subjects = {str(subject) for subject in ontology.subjects() if isinstance(subject, URIRef)}
    assert subjects == {*map(str, own_terms(ontology)), str(ONTOLOGY_IRI)}


def test_class_names_begin_with_a_capital_and_property_names_do_not(ontology: Graph) -> None:
    properties = {
        *ontology.subjects(RDF.type, OWL.ObjectProperty),
        *ontology.subjects(RDF.type, OWL.DatatypeProperty),
    }
    for term in own_terms(ontology):
        assert term.removeprefix(VNDX.iri)[0].islower() == (term in properties), term


def test_each_property_can_be_a_tag_in_rdf_xml(ontology: Graph) -> None:
    predicates = {str(term) for term in own_terms(ontology)} | declared(read_turtle([REUSED_TERMS]))
    for term in predicates:
        assert re.search(r"[/#][A-Za-z_][\w.-]*$", term), term


def test_no_property_is_both_of_objects_and_of_literals(ontology: Graph) -> None:
    objects = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    assert not objects & set(ontology.subjects(RDF.type, OWL.DatatypeProperty))


def test_each_datatype_property_has_a_range_and_each_own_range_or_domain_fits_its_kind(
    ontology: Graph,
) -> None:
    classes = {*ontology.subjects(RDF.type, OWL.Class)}
    datatypes = {*ontology.subjects(RDF.type, RDFS.Datatype)}
    for term in ontology.subjects(RDF.type, OWL.DatatypeProperty):
        (range_,) = ontology.objects(term, RDFS.range)
        assert range_ in datatypes or str(range_).startswith((PREFIXES["xsd"], str(RDF))), term
    for term in ontology.subjects(RDF.type, OWL.ObjectProperty):
        for range_ in ontology.objects(term, RDFS.range):
            assert range_ in classes or not str(range_).startswith(VNDX.iri), term
    for domain in ontology.objects(None, RDFS.domain):
        assert domain in classes or not str(domain).startswith(VNDX.iri), domain


def test_each_own_class_lies_under_a_class_of_another_vocabulary(ontology: Graph) -> None:
    for term in ontology.subjects(RDF.type, OWL.Class):
        if isinstance(term, URIRef):
            above = set(ontology.transitive_objects(term, RDFS.subClassOf))
            assert any(not str(cls).startswith(VNDX.iri) for cls in above), term


def test_no_class_is_under_both_an_entity_and_an_activity_of_prov(ontology: Graph) -> None:
    # PROV-O: prov:Activity owl:disjointWith prov:Entity; org:ChangeEvent is a prov:Activity.
    for term in ontology.subjects(RDF.type, OWL.Class):
        above = set(ontology.transitive_objects(term, RDFS.subClassOf))
        assert not (
            namespace.PROV.Entity in above and {namespace.PROV.Activity, namespace.ORG.ChangeEvent} & above
        ), term


def test_no_class_lies_under_two_disjoint_classes(ontology: Graph) -> None:
    for term in ontology.subjects(RDF.type, OWL.Class):
        above = set(ontology.transitive_objects(term, RDFS.subClassOf))
        for cls in above:
            assert not above & set(ontology.objects(cls, OWL.disjointWith)), term


def test_inverses_are_stated_from_both_ends(ontology: Graph) -> None:
    for one, other in ontology.subject_objects(OWL.inverseOf):
        assert (other, OWL.inverseOf, one) in ontology


@pytest.mark.parametrize("vocabulary", KNOWN_VOCABULARIES)
def test_each_term_of_another_vocabulary_exists_there(vocabulary: str) -> None:
    used = {iri for path in (ONTOLOGY, CONCEPTS, REUSED_TERMS) for iri in iris_in(path)}
    names = {iri.removeprefix(vocabulary) for iri in used - NEWER_TERMS if iri.startswith(vocabulary)}
    assert [name for name in names if name and name not in KNOWN_VOCABULARIES[vocabulary]] == []


def test_the_ontology_says_its_title_licence_and_version(ontology: Graph) -> None:
    assert (ONTOLOGY_IRI, RDF.type, OWL.Ontology) in ontology
    assert {title.language for title in ontology.objects(ONTOLOGY_IRI, DCTERMS.title)} == {"vi", "en"}
    assert ontology.value(ONTOLOGY_IRI, DCTERMS.license) == URIRef(
        "https://creativecommons.org/licenses/by/4.0/"
    )
    version = ontology.value(ONTOLOGY_IRI, OWL.versionInfo)
    assert ontology.value(ONTOLOGY_IRI, OWL.versionIRI) == URIRef(f"{ONTOLOGY_IRI}/{version}")


def test_the_ontology_declares_each_prefix_of_the_project_for_shacl(ontology: Graph) -> None:
    stated = {
        str(ontology.value(node, namespace.SH.prefix)): str(ontology.value(node, namespace.SH.namespace))
        for node in ontology.objects(ONTOLOGY_IRI, namespace.SH.declare)
    }
    assert stated == PREFIXES


def test_each_reused_term_is_labelled_in_both_languages() -> None:
    reused = read_turtle([REUSED_TERMS])
    for term in declared(reused):
        languages = sorted(str(text.language) for text in reused.objects(URIRef(term), RDFS.label))
        assert languages == ["en", "vi"], term
        assert not term.startswith(VNDX.iri)
