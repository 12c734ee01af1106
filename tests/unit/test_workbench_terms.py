"""What the editor completes with, from an ontology and a VoID description."""

from __future__ import annotations

import json

from pyoxigraph import Quad, RdfFormat, Triple, parse

from api.workbench.examples import group_examples
from api.workbench.terms import Terms, query_name, read_terms
from graph.model.namespaces import PREFIXES

HEADER = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
ONTOLOGY = """
vndx:Commune a owl:Class ; rdfs:label "đơn vị cấp xã"@vi , "commune-level unit"@en .
vndx:code a owl:DatatypeProperty ; rdfs:label "mã"@vi .
vndx:unused a owl:ObjectProperty ; rdfs:label "không dùng"@vi .
<https://w3id.org/vndx/concept/era/2025> a skos:Concept ; skos:prefLabel "từ 2025"@vi ;
  skos:inScheme <https://w3id.org/vndx/concept/era> .
<https://w3id.org/vndx/concept/era> a skos:ConceptScheme ; skos:prefLabel "Kỳ"@vi .
"""
DESCRIPTION = """
<urn:d> void:classPartition <urn:c> , <urn:s> ; void:propertyPartition <urn:p1> , <urn:p2> .
<urn:p1> void:property vndx:code ; void:triples 5 .
<urn:p2> void:property rdf:type ; void:triples 9 .
<urn:c> void:class vndx:Commune ; void:entities 4 ; void:propertyPartition <urn:c1> , <urn:c2> .
<urn:c1> void:property vndx:code ; void:triples 3 .
<urn:c2> void:property rdf:type ; void:triples 4 .
<urn:s> void:class sh:NodeShape ; void:entities 1 ; void:propertyPartition <urn:s1> .
<urn:s1> void:property sh:path ; void:triples 1 .
"""


def quads(text: str) -> list[Quad]:
    return list(parse(HEADER + text, RdfFormat.TURTLE))


def terms(description: str = DESCRIPTION) -> Terms:
    stated = [Triple(q.subject, q.predicate, q.object) for q in quads(ONTOLOGY)]
    return read_terms(stated, quads(description))


def test_labelled_terms_come_first_then_the_most_used() -> None:
    names = [term.name for term in terms().properties]
    assert names == ["vndx:code", "vndx:unused", "rdf:type"]
    assert [(term.name, term.uses) for term in terms().classes] == [("vndx:Commune", 4)]


def test_properties_of_a_class_are_the_most_used_first() -> None:
    assert terms().used == {"vndx:Commune": ["rdf:type", "vndx:code"]}


def test_without_a_description_there_are_the_terms_of_the_ontology() -> None:
    found = terms("")
    assert [term.name for term in found.properties] == ["vndx:code", "vndx:unused"]
    assert found.used == {}


def test_json_has_the_language_or_vietnamese() -> None:
    content = json.loads(terms().to_json("en"))
    assert content["classes"][0]["label"] == "commune-level unit"
    assert content["properties"][0]["label"] == "mã"
    assert content["concepts"] == [
        {"name": "<https://w3id.org/vndx/concept/era/2025>", "label": "từ 2025", "group": "Kỳ"}
    ]


def test_names_that_would_need_escapes_are_written_as_iris() -> None:
    assert query_name("https://w3id.org/vndx/ontology#code") == "vndx:code"
    assert query_name("https://w3id.org/vndx/concept/era/2025") == "<https://w3id.org/vndx/concept/era/2025>"
    assert query_name("http://e/x") == "<http://e/x>"


def test_examples_are_grouped_in_the_order_of_the_list_and_unknown_categories_last() -> None:
    text = "".join(
        f'<https://w3id.org/vndx/id/query/{name}> sh:select "SELECT * {{}}" ; schema:keywords "{category}" ;'
        f' skos:prefLabel "{name}?"@vi .\n'
        for name, category in (("a", "new"), ("b", "figures"), ("c", "ranking"), ("d", "figures"))
    )
    groups = group_examples(Triple(q.subject, q.predicate, q.object) for q in quads(text))
    assert [(group.title[1], [e.name for e in group.examples]) for group in groups] == [
        ("Rankings", ["c"]),
        ("Figures", ["b", "d"]),
        ("new", ["a"]),
    ]
