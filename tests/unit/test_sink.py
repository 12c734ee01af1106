"""Where mappings write: quads of one graph, in the forms that a store keeps as they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.mapping.sink import GraphSink, parse_decimal
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.namespaces import RDF, SKOS, VNDX, XSD

GRAPH = iris.graph("table", "test")
NODE = iris.unit("2004", "19")


@pytest.fixture
def sink() -> GraphSink:
    return GraphSink(GRAPH)


def the_only(sink: GraphSink) -> Quad:
    (quad,) = sink
    return quad


def test_every_quad_is_in_the_graph_of_the_sink(sink: GraphSink) -> None:
    sink.type(NODE, VNDX["Province"])
    assert the_only(sink) == Quad(NODE, RDF["type"], VNDX["Province"], GRAPH)


def test_the_same_statement_twice_is_one_quad(sink: GraphSink) -> None:
    sink.label(NODE, vi="Thái Nguyên")
    sink.label(NODE, vi="Thái Nguyên")
    assert len(sink) == 1


def test_a_label_has_its_language(sink: GraphSink) -> None:
    sink.label(NODE, vi="Tỉnh Thái Nguyên", en="Thai Nguyen")
    assert {(q.predicate, q.object) for q in sink} == {
        (SKOS["prefLabel"], Literal("Tỉnh Thái Nguyên", language="vi")),
        (SKOS["prefLabel"], Literal("Thai Nguyen", language="en")),
    }


def test_what_was_not_seen_states_nothing(sink: GraphSink) -> None:
    sink.label(NODE)
    sink.text(NODE, VNDX["code"], "")
    sink.uri(NODE, VNDX["url"], "")
    sink.date(NODE, VNDX["validFrom"], None)
    assert len(sink) == 0


def test_a_date_has_the_datatype_of_its_precision(sink: GraphSink) -> None:
    sink.date(NODE, VNDX["issueDate"], PartialDate("2021-06"))
    assert the_only(sink).object == Literal("2021-06", datatype=XSD["gYearMonth"])


def test_a_web_address_is_an_any_uri_as_printed(sink: GraphSink) -> None:
    sink.uri(NODE, VNDX["url"], "https://thainguyen.gov.vn/Tin-tức?a=b c")
    assert the_only(sink).object == Literal("https://thainguyen.gov.vn/Tin-tức?a=b c", datatype=XSD["anyURI"])


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("79.50", "79.5"),
        ("2395", "2395"),
        ("0", "0"),
        ("0.0", "0"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("-0.00", "0"),
    ],
)
def test_a_decimal_has_no_exponent_and_no_trailing_zeros(sink: GraphSink, number: str, text: str) -> None:
    sink.decimal(NODE, VNDX["value"], Decimal(number))
    assert the_only(sink).object == Literal(text, datatype=XSD["decimal"])


def test_the_first_origin_of_a_node_stays(sink: GraphSink) -> None:
    sink.origin(NODE, "tables/a.csv", 7)
    sink.origin(NODE, "tables/b.csv", 9)
    assert sink.origins == {NODE.value: ("tables/a.csv", 7)}


@pytest.mark.parametrize("text", ["", "x", "1,5", "NaN", "Infinity", "1 000", "12%"])
def test_a_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no (finite )?number"):
        parse_decimal(text)


# As many digits as an xsd:decimal of the store holds.
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@given(NUMBERS)
def test_a_decimal_is_read_as_it_was_written(number: Decimal) -> None:
    sink = GraphSink(GRAPH)
    sink.decimal(NODE, VNDX["value"], number)
    assert parse_decimal(the_only(sink).object.value) == number


@given(NUMBERS, st.integers(min_value=-(10**15), max_value=10**15))
def test_a_store_keeps_numbers_as_they_are_stated(number: Decimal, whole: int) -> None:
    sink = GraphSink(GRAPH)
    sink.decimal(NODE, VNDX["value"], number)
    sink.integer(NODE, VNDX["rank"], whole)
    store = Store()
    store.extend(sink)
    assert set(store) == set(sink)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1))
def test_a_store_keeps_texts_as_they_are_stated(text: str) -> None:
    sink = GraphSink(GRAPH)
    sink.text(NODE, VNDX["code"], text)
    sink.label(NODE, vi=text)
    store = Store()
    store.extend(sink)
    assert set(store) == set(sink)
    assert all(isinstance(q.subject, NamedNode) for q in store)
