"""Documents of entities: each stands by itself."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from api.entities.documents import write_triples
from graph.model.namespaces import ID, SCHEMA, SKOS

TRIPLES = [
    Triple(ID["unit/2025/19"], SKOS["prefLabel"], Literal("Thái Nguyên", language="vi")),
    Triple(ID["unit/2025/19"], SCHEMA["url"], NamedNode("https://example.org/a")),
]


@pytest.mark.parametrize("writer", [RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.N_TRIPLES])
def test_a_document_needs_no_base_to_be_read(writer: RdfFormat) -> None:
    body = write_triples(TRIPLES, writer)

    for base in (None, "http://elsewhere.example/x/"):
        assert {quad.triple for quad in parse(body, writer, base_iri=base)} == set(TRIPLES)


def test_prefixes_in_turtle_are_absolute_and_few() -> None:
    text = write_triples(TRIPLES, RdfFormat.TURTLE).decode()
    prefixes = dict(re.findall(r"@prefix (\w+): <([^>]*)>", text))

    assert prefixes["schema"] == SCHEMA.iri
    assert prefixes["skos"] == SKOS.iri
    assert set(prefixes) <= {"rdf", "schema", "skos"}  # datatypes of strings are written by syntax
    assert "@base" not in text
