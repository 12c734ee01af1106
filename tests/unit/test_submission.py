"""RDF that is sent to be validated: every serialization, lines, and what cannot be read."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from graph.model.namespaces import BASE
from graph.validation.submission import UnreadableRdfError, read_submission
from graph.vocabulary.files import CONTEXT

TURTLE = """@prefix vndx: <https://w3id.org/vndx/ontology#> .

<https://w3id.org/vndx/id/platform/x> a vndx:Platform ;
  vndx:website [ vndx:name "Tên"@vi ] .
"""
FORMATS = (
    RdfFormat.TURTLE,
    RdfFormat.N_TRIPLES,
    RdfFormat.N_QUADS,
    RdfFormat.TRIG,
    RdfFormat.RDF_XML,
    RdfFormat.JSON_LD,
)


@pytest.mark.parametrize("rdf_format", FORMATS, ids=str)
def test_every_serialization_gives_the_same_triples(rdf_format: RdfFormat) -> None:
    body = serialize(parse(TURTLE, RdfFormat.TURTLE), format=rdf_format)
    assert body is not None
    assert (
        read_submission(body, rdf_format).triples
        == read_submission(TURTLE.encode(), RdfFormat.TURTLE).triples
    )


def test_the_line_of_a_subject_is_known() -> None:
    submission = read_submission(TURTLE.encode(), RdfFormat.TURTLE)
    assert submission.lines["https://w3id.org/vndx/id/platform/x"] == 3


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_submission(b"\xef\xbb\xbf" + TURTLE.encode(), RdfFormat.TURTLE).triples


def test_named_graphs_are_merged() -> None:
    quads = (
        b"<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n<http://e/a> <http://e/p> <http://e/b> .\n"
    )
    submission = read_submission(quads, RdfFormat.N_QUADS)
    assert submission.triples == b"<http://e/a> <http://e/p> <http://e/b> .\n"


@pytest.mark.parametrize(
    ("body", "rdf_format", "line", "column"),
    [
        (b"<http://e/a> <http://e/p>\n  oops .", RdfFormat.TURTLE, 2, 3),
        (b'{"a":', RdfFormat.JSON_LD, 1, 6),
        (b'<http://e/a> <http://e/p> "\xff" .', RdfFormat.TURTLE, 1, 28),
    ],
)
def test_a_syntax_error_says_where(body: bytes, rdf_format: RdfFormat, line: int, column: int) -> None:
    with pytest.raises(UnreadableRdfError) as caught:
        read_submission(body, rdf_format)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_our_context_may_be_named_and_no_other() -> None:
    context = {BASE + "context.jsonld": json.loads(CONTEXT.read_bytes())["@context"]}
    document = {"@context": BASE + "context.jsonld", "id": "http://e/a", "type": "Platform"}
    named = read_submission(json.dumps(document).encode(), RdfFormat.JSON_LD, context)
    assert b"<https://w3id.org/vndx/ontology#Platform>" in named.triples
    document["@context"] = "https://e.org/context"
    with pytest.raises(UnreadableRdfError, match="nothing is fetched"):
        read_submission(json.dumps(document).encode(), RdfFormat.JSON_LD, context)


def test_triple_terms_are_refused() -> None:
    body = b"<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> 1 )>> ."
    with pytest.raises(UnreadableRdfError, match=r"RDF 1\.2"):
        read_submission(body, RdfFormat.TURTLE)


def test_too_many_triples_are_refused() -> None:
    body = b"".join(b"<http://e/a> <http://e/p> %d .\n" % number for number in range(50_001))
    with pytest.raises(UnreadableRdfError, match="in parts"):
        read_submission(body, RdfFormat.TURTLE)


@pytest.mark.parametrize("depth", [500, 100_000])
def test_json_that_is_nested_too_deeply_is_refused_as_such(depth: int) -> None:
    body = b'{"http://e/p":' * depth + b"1" + b"}" * depth
    contexts = {BASE + "context.jsonld": {}}
    with pytest.raises(UnreadableRdfError, match="nested too deeply"):
        read_submission(body, RdfFormat.JSON_LD, contexts)
