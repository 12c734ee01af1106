"""Entity JSON is driven by the context, and read as JSON-LD it gives the triples that went in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib import Graph
from rdflib.compare import isomorphic

from api.entities.json_document import json_document
from api.entities.json_ld import JsonLdContext

E = "http://e/"
XSD = "http://www.w3.org/2001/XMLSchema#"
DEFINITIONS: dict[str, Any] = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "e": E,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
    "Thing": "e:Thing",
    "label": {"@id": "skos:prefLabel", "@container": "@language"},
    "note": {"@id": "e:note", "@container": ["@language", "@set"]},
    "number": {"@id": "e:number", "@type": "xsd:integer"},
    "amount": {"@id": "e:amount", "@type": "xsd:decimal", "@container": "@set"},
    "date": {"@id": "e:date"},
    "knows": {"@id": "e:knows", "@type": "@id", "@container": "@set"},
    "one": {"@id": "e:one", "@type": "@id"},
}
CONTEXT = JsonLdContext(DEFINITIONS, "http://e/context")
ROOT = NamedNode(E + "root")


def triples(turtle: str) -> list[Triple]:
    prefixes = (
        f"@prefix e: <{E}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <{XSD}> .\n"
    )
    return [quad.triple for quad in parse(prefixes + turtle, RdfFormat.TURTLE, rename_blank_nodes=False)]


def document(turtle: str) -> dict[str, Any]:
    return json_document(ROOT, triples(turtle), CONTEXT)


def as_rdf(found: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps(found | {"@context": DEFINITIONS}), format="json-ld")


def test_keys_are_those_of_the_context() -> None:
    found = document('e:root a e:Thing ; e:number 5 ; e:amount 1.5 ; e:date "2025"^^xsd:gYear .')
    assert found == {
        "@context": "http://e/context",
        "id": ROOT.value,
        "type": ["Thing"],
        "amount": ["1.5"],
        "date": {"@value": "2025", "type": "xsd:gYear"},
        "number": 5,
    }


def test_texts_are_by_language_vietnamese_first() -> None:
    found = document('e:root skos:prefLabel "a"@en, "á"@vi ; e:note "x"@en, "y"@en .')
    assert list(found["label"].items()) == [("vi", "á"), ("en", "a")]
    assert found["note"] == {"en": ["x", "y"]}


def test_a_reference_has_class_and_label_and_a_node_is_written_in_full_once() -> None:
    found = document(
        "e:root e:knows e:a ; e:one e:a . "
        'e:a a e:Thing ; skos:prefLabel "A"@vi ; e:number 1 ; e:knows e:root .'
    )
    reference = {"id": E + "a", "type": ["Thing"], "label": {"vi": "A"}}
    assert found["knows"] == [reference | {"knows": [{"id": ROOT.value}], "number": 1}]
    assert found["one"] == reference


def test_a_property_without_term_goes_by_its_compact_iri() -> None:
    assert document('e:root e:other "x" .')["e:other"] == ["x"]


def test_what_the_root_does_not_lead_to_is_included() -> None:
    assert document("e:root e:number 1 . e:lost e:number 2 .")["@included"] == [
        {"id": E + "lost", "number": 2}
    ]


@pytest.mark.parametrize(
    "turtle",
    [
        'e:root skos:prefLabel "no language", "vi"@vi .',
        'e:root e:number "5"^^xsd:decimal, 6, "x", "y"@en, e:node .',
        'e:root e:knows "text", "2025-01-01"^^xsd:date, "x"@vi, e:a .',
        "e:root e:number 123456789012345678901234567890 .",
        'e:root e:date "plain", 7, true, "2025-06"^^xsd:gYearMonth, "http://e/"^^xsd:anyURI .',
        "e:root e:amount 0.5, 12 .",
        "e:root e:other [ e:number 1 ; e:other [ e:number 2 ] ] .",
        "e:root e:knows e:root .",
        'e:root e:note "a"@vi, "a"@en, "a" .',
        "e:root a <http://elsewhere/C>, e:Thing, e:Other ; <http://elsewhere/p> 1 .",
        'e:root e:other "-0"^^xsd:integer, "007"^^xsd:integer, "1"^^xsd:boolean .',
    ],
)
def test_read_as_json_ld_it_gives_the_triples_that_went_in(turtle: str) -> None:
    expected = serialize(triples(turtle), format=RdfFormat.N_TRIPLES)
    assert expected is not None
    found = as_rdf(document(turtle))
    assert isomorphic(found, Graph().parse(data=expected, format="nt")), found.serialize(format="nt")


NODES = st.sampled_from([ROOT, NamedNode(E + "a"), NamedNode(E + "b"), BlankNode("x")])
PREDICATES = st.sampled_from(
    [NamedNode(E + name) for name in ("note", "number", "amount", "date", "knows", "one", "other")]
    + [NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")]
)
VALUES = st.one_of(
    NODES,
    st.integers(-(10**20), 10**20).map(Literal),
    st.booleans().map(Literal),
    st.sampled_from(["vi", "en"]).map(lambda tag: Literal("chữ", language=tag)),
    st.sampled_from([("date", "2025-07-01"), ("gYear", "2025"), ("decimal", "1.5")]).map(
        lambda typed: Literal(typed[1], datatype=NamedNode(XSD + typed[0]))
    ),
    st.sampled_from(["text", "", "vndx:x", "http://e/a", "@id"]).map(Literal),
)


@given(st.lists(st.builds(Triple, NODES, PREDICATES, VALUES), min_size=1, max_size=12))
def test_any_triples_survive_the_way_through_json(given_triples: list[Triple]) -> None:
    distinct = list(dict.fromkeys(given_triples))
    expected = serialize(distinct, format=RdfFormat.N_TRIPLES)
    assert expected is not None
    found = as_rdf(json_document(ROOT, distinct, CONTEXT))
    assert isomorphic(found, Graph().parse(data=expected, format="nt"))
