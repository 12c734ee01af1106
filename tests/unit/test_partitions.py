"""Partitions: what a graph is made of, counted, and written in VoID."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple

from graph.description.partitions import Linkset, Partitions, partition
from graph.description.turtle import turtle
from graph.description.void_graph import VOID_GRAPH, void_graph
from graph.model import ntriples
from graph.model.namespaces import ID, PREFIXES, RDF, SKOS, VNDX, VOID, XSD

PROVINCE, UNIT = VNDX["Province"], VNDX["AdministrativeUnit"]
ABOVE = {ntriples.token(PROVINCE): (ntriples.token(UNIT),)}
ONE, TWO = ID["unit/2025/19"], ID["unit/2025/01"]
TRIPLES = [
    Triple(ONE, RDF["type"], PROVINCE),
    Triple(ONE, RDF["type"], UNIT),
    Triple(TWO, RDF["type"], UNIT),
    Triple(ONE, VNDX["partOf"], TWO),
    Triple(TWO, VNDX["succeededBy"], ONE),
    Triple(ONE, VNDX["name"], Literal('tên có "dấu" .', language="vi")),
    Triple(ONE, VNDX["code"], Literal("19")),
    Triple(ONE, VNDX["population"], Literal("5", datatype=XSD["integer"])),
    Triple(ONE, SKOS["exactMatch"], NamedNode("http://www.wikidata.org/entity/Q36205")),
    Triple(ONE, SKOS["closeMatch"], TWO),
    Triple(VNDX["Untyped"], VNDX["partOf"], NamedNode("https://e.org/")),
]


def counted(*texts: bytes) -> Partitions:
    return partition(texts or (ntriples.canonical(TRIPLES),), ABOVE)


def test_a_class_has_its_nodes_and_their_triples() -> None:
    classes = counted().classes
    assert {cls: found.entities for cls, found in classes.items()} == {UNIT.value: 2, PROVINCE.value: 1}
    assert classes[PROVINCE.value].triples == 8
    assert classes[UNIT.value].triples == 10


def test_a_property_leads_to_the_lowest_class_of_a_node() -> None:
    properties = counted().classes[UNIT.value].properties
    assert properties[VNDX["succeededBy"].value].object_classes == {PROVINCE.value: 1}
    assert properties[VNDX["partOf"].value].object_classes == {UNIT.value: 1}


def test_a_literal_counts_for_its_datatype_whatever_it_says() -> None:
    properties = counted().classes[PROVINCE.value].properties
    assert properties[VNDX["name"].value].datatypes == {RDF["langString"].value: 1}
    assert properties[VNDX["code"].value].datatypes == {XSD["string"].value: 1}
    assert properties[VNDX["population"].value].datatypes == {XSD["integer"].value: 1}


def test_links_to_other_datasets_are_counted_and_own_ones_are_not() -> None:
    expected = Linkset(SKOS["exactMatch"].value, "http://www.wikidata.org/", 1)
    assert counted().linksets == (expected,)


def test_a_triple_in_two_graphs_counts_once() -> None:
    text = ntriples.canonical(TRIPLES)
    assert counted(text, text) == counted(text)


def test_what_has_no_class_counts_for_the_whole_only() -> None:
    found = counted()
    assert found.triples == len(TRIPLES)
    assert found.properties[VNDX["partOf"].value].triples == 2


@given(st.lists(st.sampled_from(TRIPLES), max_size=20), st.integers(1, 3))
def test_the_counts_are_those_that_a_query_gives(triples: list[Triple], graphs: int) -> None:
    texts = [ntriples.canonical(triples[number::graphs]) for number in range(graphs)]
    found = partition(texts, ABOVE)
    store = Store()
    store.load(b"".join(texts), RdfFormat.N_TRIPLES)
    query = "SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p"
    rows = {(row["c"].value, row["p"].value): int(row["n"].value) for row in store.query(query)}  # type: ignore[union-attr]
    assert rows == {
        (cls, name): each.triples
        for cls, part in found.classes.items()
        for name, each in part.properties.items()
    }
    assert found.triples == len(store)


def test_the_graph_of_partitions_says_its_own_size_and_has_iris_in_lower_case() -> None:
    text = void_graph(counted())
    size = Triple(VOID_GRAPH, VOID["triples"], Literal(ntriples.count(text)))
    assert f"{size} .\n".encode() in text
    subjects = {subject for subject, _, _ in ntriples.split(text)}
    assert all(
        subject == subject.lower() and subject.startswith("<https://w3id.org/vndx/") for subject in subjects
    )
    assert text == ntriples.joined(ntriples.lines_of(text))


def test_terms_that_differ_in_case_alone_get_no_common_name() -> None:
    first, second = VNDX["Thing"], VNDX["THING"]
    triples = [Triple(ONE, RDF["type"], first), Triple(TWO, RDF["type"], second)]
    with pytest.raises(ValueError, match="same name"):
        void_graph(counted(ntriples.canonical(triples)))


def test_turtle_is_the_same_whatever_the_order_of_triples() -> None:
    text = turtle(list(reversed(TRIPLES)), PREFIXES)
    assert text == turtle(TRIPLES, dict(reversed(PREFIXES.items())))
    names = [line.split()[1] for line in text.decode().splitlines() if line.startswith("@prefix")]
    assert names == sorted(names)
    assert len(names) == len(PREFIXES)
