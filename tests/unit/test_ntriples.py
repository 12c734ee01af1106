"""Graphs as sorted N-Triples, and N-Triples terms read and written without a parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graph.model import ntriples
from graph.model.ntriples_terms import literal_parts, read_literal, write_literal

S, P, OTHER, G = (NamedNode(f"https://example.org/{name}") for name in "spog")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def written(literal: Literal) -> str:
    return serialize([Triple(S, P, literal)], format=RdfFormat.N_TRIPLES).decode().split(" ", 2)[2][:-3]


def test_equal_graphs_are_equal_texts_whatever_the_order() -> None:
    one, two = Triple(S, P, OTHER), Triple(OTHER, P, Literal("a"))
    assert ntriples.canonical([one, two]) == ntriples.canonical([two, one, two])


def test_lexical_forms_stay_as_given() -> None:
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert b'"05"^^' in ntriples.canonical([Triple(S, P, Literal("05", datatype=integer))])


def test_quads_of_a_graph_lose_their_graph_and_get_it_back() -> None:
    tricky = Literal(f"a <{G.value}> .\n and another line .")
    text = ntriples.canonical_graph([Quad(S, P, tricky, G), Quad(S, P, OTHER, G)], G.value)
    assert set(parse(text, RdfFormat.N_TRIPLES)) == {Quad(S, P, tricky), Quad(S, P, OTHER)}
    again = parse(ntriples.as_nquads(text, G.value), RdfFormat.N_QUADS)
    assert set(again) == {Quad(S, P, tricky, G), Quad(S, P, OTHER, G)}


def test_blank_nodes_get_names_that_depend_on_the_graph_alone() -> None:
    def graph(first: str, second: str) -> list[Triple]:
        return [
            Triple(BlankNode(first), P, Literal("a")),
            Triple(BlankNode(first), P, BlankNode(second)),
            Triple(BlankNode(second), P, Literal("b")),
        ]

    one = ntriples.canonical_with_blank_nodes(graph("x", "y"), "shapes-")
    two = ntriples.canonical_with_blank_nodes(reversed(graph("q", "p")), "shapes-")
    assert one == two
    assert b"_:shapes-c14n0 " in one


def test_triples_are_split_into_terms() -> None:
    text = ntriples.canonical([Triple(S, P, Literal("hai từ .", language="vi"))])
    assert list(ntriples.split(text)) == [(f"<{S.value}>", f"<{P.value}>", '"hai từ ."@vi')]
    assert ntriples.count(text) == 1


@given(TEXT)
def test_any_text_survives_reading_what_oxigraph_writes(text: str) -> None:
    assert literal_parts(written(Literal(text))) == (text, "")
    assert literal_parts(written(Literal(text, language="vi"))) == (text, "vi")


@given(TEXT)
def test_oxigraph_reads_what_is_written(text: str) -> None:
    line = f"{S} {P} {write_literal(text, 'en')} .\n"
    (quad,) = parse(line, RdfFormat.N_TRIPLES)
    assert quad.object == Literal(text, language="en")


def test_datatypes_are_read_and_a_plain_string_has_none() -> None:
    year = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
    assert read_literal(written(Literal("2021", datatype=year))) == ("2021", "", year.value)
    assert read_literal('"a"') == ("a", "", "")


@pytest.mark.parametrize("term", ["<https://example.org/>", "_:b", "abc", '"a', '"a"@'])
def test_what_is_no_literal_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="is no N-Triples literal"):
        read_literal(term)
