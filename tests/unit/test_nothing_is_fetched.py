"""Data and shapes may name addresses as they like: reading and validating them calls none."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph.cache import ContentCache
from graph.model import ntriples
from graph.problems import Problems
from graph.progress import Silent, Stage
from graph.validation.files import read_rdf_files
from graph.validation.gate import Gate
from graph.validation.statements import Statements

PREFIXES = """
PREFIX : <http://e/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
"""
IMPORTING = "<> a owl:Ontology ; owl:imports <ADDRESS> , <file:///etc/hostname> ; rdfs:seeAlso <ADDRESS> ."
SHAPES = """
<ADDRESS> a owl:Ontology .
:Thing a sh:NodeShape ; sh:targetClass :Thing ; sh:shapesGraph <ADDRESS> ;
  sh:property [ sh:path :name ; sh:minCount 1 ; sh:message "a name is missing"@en ] .
"""


@pytest.fixture
def address() -> Iterator[str]:
    """An address that nothing may call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        with pytest.raises(BlockingIOError):
            listener.accept()


def triples(turtle: str, address: str) -> bytes:
    written = (PREFIXES + turtle).replace("ADDRESS", address)
    read = parse(written, RdfFormat.TURTLE, base_iri="http://e/")
    return ntriples.canonical_with_blank_nodes((quad.triple for quad in read), "t-")


def test_imports_of_data_and_of_shapes_are_not_followed(address: str, tmp_path: Path) -> None:
    shapes = triples(SHAPES + IMPORTING, address)
    data = triples(IMPORTING + ":thing a :Thing .", address)
    report = Gate(shapes, ContentCache(tmp_path), 1).validate(Statements.of(data), Stage(Silent()))
    assert len(report.results) == 1


@pytest.mark.parametrize(
    "context",
    ['"ADDRESS"', '["ADDRESS", {"p": "http://e/p"}]', '{"@import": "ADDRESS"}', '"file:///etc/hostname"'],
)
def test_a_context_elsewhere_is_a_syntax_error(address: str, tmp_path: Path, context: str) -> None:
    path = tmp_path / "data.jsonld"
    document = f'{{"@context": {context}, "@id": "http://e/a", "http://e/p": "x"}}'
    path.write_text(document.replace("ADDRESS", address), "utf-8")
    problems = Problems()
    read_rdf_files([path], problems)
    assert len(problems) == 1


DOCTYPES = ("<!DOCTYPE x SYSTEM 'ADDRESS'>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'ADDRESS'>]>")


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_entities_of_xml_are_not_fetched(address: str, tmp_path: Path, doctype: str) -> None:
    path = tmp_path / "data.rdf"
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    about = '<rdf:Description rdf:about="http://e/a"><e:p>&e;</e:p></rdf:Description></rdf:RDF>'
    path.write_text(doctype.replace("ADDRESS", address) + rdf + about, "utf-8")
    problems = Problems()
    read_rdf_files([path], problems)
    assert len(problems) == 1
