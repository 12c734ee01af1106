"""SHACL paths from the text of SPARQL paths: read again by pySHACL they say the same."""

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, serialize
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.shapes_graph import ShapesGraph
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, SH

from graph.validation.paths import shacl_path
from graph.validation.report import report_turtle
from graph.validation.results import Report, Result, Severity

COMPLEX = [
    "<urn:a> / <urn:b>",
    "<urn:a> | <urn:b> | <urn:c>",
    "^<urn:a>",
    "<urn:a>*",
    "<urn:a>+",
    "<urn:a>?",
    "<urn:a> / (<urn:b> | ^<urn:c>)+ / <urn:d>*",
    "^(<urn:a> / <urn:b>)",
    "(<urn:a> / <urn:b>)?",
]


def _again(node: NamedNode | BlankNode, graph: Graph) -> str:
    again = BNode(node.value) if isinstance(node, BlankNode) else URIRef(node.value)
    return str(shacl_path_to_sparql_path(ShapesGraph(graph), again))


def test_an_iri_is_its_own_path() -> None:
    assert shacl_path("<urn:a>") == (NamedNode("urn:a"), [])


@pytest.mark.parametrize("text", COMPLEX)
def test_a_complex_path_is_read_again_as_it_was(text: str) -> None:
    node, triples = shacl_path(text)
    graph = Graph(bind_namespaces="none").parse(
        serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt11"
    )
    blank = next(subject for subject in graph.subjects() if not set(graph.subjects(None, subject)))

    assert isinstance(node, BlankNode)
    assert _again(BlankNode(str(blank)), graph) == text


@pytest.mark.parametrize(
    "text", ["", "<urn:a> /", "(<urn:a>", "<urn:a> <urn:b>", "a", "*", "<urn:a>)", "!<urn:a>"]
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="path"):
        shacl_path(text)


def _result(focus: str, path: str) -> Result:
    return Result(Severity.VIOLATION, focus, path, "", "<urn:shape>", "<urn:component>", (("en", "wrong"),))


@pytest.mark.parametrize("path", COMPLEX)
def test_the_report_states_complex_paths_and_states_each_once(path: str) -> None:
    report = Report.of([_result("<urn:x>", path), _result("<urn:y>", path)], 2)
    graph = Graph().parse(report_turtle(report, "test"), format="turtle")

    stated = set(graph.objects(None, SH.resultPath))
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == 2
    assert len(stated) == 1
    assert str(shacl_path_to_sparql_path(ShapesGraph(graph), stated.pop())) == path
    assert report_turtle(report, "test") == report_turtle(report, "test")
