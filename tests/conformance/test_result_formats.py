"""Answers in every format, read by implementations that did not write them: each says the same."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.term import Identifier

VALUES_FILE = Path(__file__).parents[1] / "fixtures" / "service" / "values.trig"
VALUES = "http://example.org/values"
NASTY = f"SELECT ?s ?o ?none {{ GRAPH <{VALUES}> {{ ?s ?p ?o }} }} ORDER BY ?s ?o"
NASTY_GRAPH = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{VALUES}> {{ ?s ?p ?o }} }}"
SPARQL_RESULTS = "{http://www.w3.org/2005/sparql-results#}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SOLUTION_FORMATS = ("json", "xml", "csv", "tsv")

Row = tuple[Identifier | None, ...]
Table = tuple[list[str], list[Row]]


# Readers: each gives the names of the columns and the rows, as terms of rdflib


def json_table(body: bytes) -> Table:
    """SPARQL 1.1 Query Results JSON Format, section 3."""
    content = json.loads(body)
    assert set(content) == {"head", "results"}
    names = content["head"]["vars"]
    rows = []
    for binding in content["results"]["bindings"]:
        assert set(binding) <= set(names)
        rows.append(tuple(json_term(binding[name]) if name in binding else None for name in names))
    return names, rows


def json_term(found: dict[str, str]) -> Identifier:
    kind = found["type"]
    assert set(found) - {"type", "value"} <= ({"xml:lang", "datatype"} if kind == "literal" else set())
    assert not {"xml:lang", "datatype"} <= set(found)
    return term(kind, found["value"], found.get("xml:lang"), found.get("datatype"))


def xml_table(body: bytes) -> Table:
    """SPARQL Query Results XML Format, section 2: head, then results; one child in each binding."""
    root = ElementTree.fromstring(body)  # noqa: S314 - it is our own
    assert root.tag == f"{SPARQL_RESULTS}sparql"
    assert [child.tag for child in root] == [f"{SPARQL_RESULTS}head", f"{SPARQL_RESULTS}results"]
    head, results = root
    assert all(variable.tag == f"{SPARQL_RESULTS}variable" for variable in head)
    names = [variable.attrib["name"] for variable in head]
    assert len(set(names)) == len(names)
    rows = []
    for result in results:
        assert result.tag == f"{SPARQL_RESULTS}result"
        bound: dict[str, Identifier] = {}
        for binding in result:
            assert binding.tag == f"{SPARQL_RESULTS}binding"
            assert set(binding.attrib) == {"name"}
            (value,) = binding
            assert binding.attrib["name"] not in bound
            bound[binding.attrib["name"]] = xml_term(value)
        assert set(bound) <= set(names)
        rows.append(tuple(bound.get(name) for name in names))
    return names, rows


def xml_term(value: ElementTree.Element) -> Identifier:
    kind = value.tag.removeprefix(SPARQL_RESULTS)
    assert len(value) == 0
    assert set(value.attrib) <= ({XML_LANG, "datatype"} if kind == "literal" else set())
    assert len(value.attrib) <= 1
    return term(kind, value.text or "", value.get(XML_LANG), value.get("datatype"))


def tsv_table(body: bytes) -> Table:
    """SPARQL 1.1 Query Results CSV and TSV Formats, section 4: each cell is a term as in Turtle."""
    head, *lines = body.decode("utf-8").removesuffix("\n").split("\n")
    names = head.split("\t")
    assert all(name.startswith("?") for name in names)
    rows = []
    for line in lines:
        cells = line.split("\t")
        assert len(cells) == len(names)
        rows.append(tuple(turtle_term(cell) if cell else None for cell in cells))
    return [name[1:] for name in names], rows


def turtle_term(cell: str) -> Identifier:
    if cell.startswith("_:"):  # a document of its own would make another node of it
        return BNode(cell[2:])
    (value,) = Graph().parse(data=f"<http://e/s> <http://e/p> {cell} .", format="turtle").objects()
    assert isinstance(value, Identifier)
    return value


def term(kind: str, value: str, language: str | None, datatype: str | None) -> Identifier:
    match kind:
        case "uri":
            return URIRef(value)
        case "bnode":
            return BNode(value)
        case "literal":
            return Literal(value, lang=language, datatype=datatype, normalize=False)
    raise AssertionError(f"{kind} is no kind of term")


READERS: dict[str, Callable[[bytes], Table]] = {"json": json_table, "xml": xml_table, "tsv": tsv_table}


def csv_rows(body: bytes) -> list[list[str]]:
    """RFC 4180, as Python's own reader has it."""
    return list(csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True))


def blank_nodes_numbered(rows: list[Row]) -> list[Row]:
    """Name blank nodes by their first appearance: their labels mean nothing outside a document."""
    names: dict[Identifier, BNode] = {}

    def named(value: Identifier | None) -> Identifier | None:
        return names.setdefault(value, BNode(f"b{len(names)}")) if isinstance(value, BNode) else value

    return [tuple(named(value) for value in row) for row in rows]


def fetch(client: httpx.Client, query: str, format_name: str) -> bytes:
    response = client.post("/sparql", data={"query": query, "format": format_name})
    assert response.status_code == 200, response.text
    return response.content


def table(client: httpx.Client, query: str, format_name: str) -> Table:
    names, rows = READERS[format_name](fetch(client, query, format_name))
    return names, blank_nodes_numbered(rows)


# SELECT


@pytest.mark.parametrize("format_name", READERS)
def test_solutions_are_what_was_published(client: httpx.Client, format_name: str) -> None:
    published = Dataset()
    published.parse(VALUES_FILE, format="trig")
    expected = published.graph(URIRef(VALUES))
    names, rows = table(client, NASTY, format_name)
    assert names == ["s", "o", "none"]
    assert {none for *_, none in rows} == {None}
    found = Graph()
    for subject, value, _ in rows:
        assert subject is not None
        assert value is not None
        found.add((subject, URIRef("http://example.org/value/is"), value))
    assert len(rows) == len(expected)
    assert isomorphic(found, expected)


@pytest.mark.parametrize("format_name", READERS)
def test_solutions_are_the_same_in_the_same_order(client: httpx.Client, format_name: str) -> None:
    assert table(client, NASTY, format_name) == table(client, NASTY, "json")


def test_csv_has_the_text_of_each_value(client: httpx.Client) -> None:
    """SPARQL 1.1 Query Results CSV and TSV Formats, section 3: what a value is besides is left out."""
    names, rows = json_table(fetch(client, NASTY, "json"))
    head, *cells = csv_rows(fetch(client, NASTY, "csv"))
    assert head == names
    for row, line in zip(rows, cells, strict=True):
        for value, cell in zip(row, line, strict=True):
            if isinstance(value, BNode):
                assert cell.startswith("_:")
            else:
                assert cell == ("" if value is None else str(value))


def test_csv_ends_its_lines_as_rfc_4180_says(client: httpx.Client) -> None:
    body = fetch(client, 'SELECT (1 AS ?a) ("x" AS ?b) {}', "csv")
    assert body == b"a,b\r\n1,x\r\n"


@pytest.mark.parametrize("format_name", ["json", "xml"])
def test_rdflib_reads_solutions(client: httpx.Client, format_name: str) -> None:
    result = Result.parse(io.BytesIO(fetch(client, NASTY, format_name)), format=format_name)
    assert [str(name) for name in result.vars or ()] == ["s", "o", "none"]
    rows = [tuple(row) for row in result]  # type: ignore[misc]
    expected = json_table(fetch(client, NASTY, "json"))[1]
    assert blank_nodes_numbered(rows) == blank_nodes_numbered(expected)


def test_rdflib_reads_tsv(client: httpx.Client) -> None:
    """Without unbound values, which rdflib's reader of TSV does not know."""
    query = f'SELECT ?o {{ GRAPH <{VALUES}> {{ ?s ?p ?o FILTER(LANG(?o) = "vi") }} }} ORDER BY ?o'
    result = Result.parse(io.BytesIO(fetch(client, query, "tsv")), format="tsv")
    rows = [tuple(row) for row in result]  # type: ignore[misc]
    assert len(rows) == 3
    assert rows == json_table(fetch(client, query, "json"))[1]


@pytest.mark.parametrize("format_name", READERS)
def test_one_solution_without_values_is_not_no_solution(client: httpx.Client, format_name: str) -> None:
    one = table(client, "SELECT ?x ?y { VALUES ?z { 1 } }", format_name)
    assert one == (["x", "y"], [(None, None)])
    assert table(client, "SELECT ?x ?y { FILTER(false) }", format_name) == (["x", "y"], [])


@pytest.mark.parametrize("format_name", ["json", "xml"])
def test_a_query_without_variables_has_a_solution_without_columns(
    client: httpx.Client, format_name: str
) -> None:
    assert table(client, "SELECT * {}", format_name) == ([], [()])


@pytest.mark.parametrize("format_name", READERS)
def test_columns_stand_in_the_order_of_the_query(client: httpx.Client, format_name: str) -> None:
    names, rows = table(client, "SELECT (1 AS ?z) (2 AS ?ạ) (3 AS ?a) {}", format_name)
    assert names == ["z", "ạ", "a"]
    assert [str(value) for value in rows[0]] == ["1", "2", "3"]


# A string as XML can hold it; what it cannot hold is refused (tests/http/test_sparql_formats.py).
XML_TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs",), exclude_characters="\ufffe\uffff", min_codepoint=0x20
    )
    | st.sampled_from("\t\n\r\"'\\<&>,;")
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(text=XML_TEXT)
@example("]]>\r\n")
@example("a\u0301\u1ea1 \U0001f1fb\U0001f1f3")
@example("\x85\u2028\ufeff")
def test_any_text_comes_back_whole_in_every_format(client: httpx.Client, text: str) -> None:
    escaped = "".join(f"\\U{ord(character):08X}" for character in text)
    query = f'SELECT ("{escaped}" AS ?x) ("{escaped}"@vi AS ?y) {{}}'
    expected: Row = (Literal(text), Literal(text, lang="vi"))
    for format_name in READERS:
        assert table(client, query, format_name) == (["x", "y"], [expected])
    assert csv_rows(fetch(client, query, "csv")) == [["x", "y"], [text, text]]


# ASK


@pytest.mark.parametrize(("query", "expected"), [("ASK {}", True), ("ASK { FILTER(false) }", False)])
def test_a_boolean_is_the_same_in_json_and_xml(client: httpx.Client, query: str, expected: bool) -> None:
    assert json.loads(fetch(client, query, "json"))["boolean"] is expected
    root = ElementTree.fromstring(fetch(client, query, "xml"))  # noqa: S314 - it is our own
    assert [child.tag for child in root] == [f"{SPARQL_RESULTS}head", f"{SPARQL_RESULTS}boolean"]
    assert root[1].text == str(expected).lower()
    for format_name in ("json", "xml"):
        result = Result.parse(io.BytesIO(fetch(client, query, format_name)), format=format_name)
        assert bool(result) is expected


@pytest.mark.parametrize("format_name", ["csv", "tsv"])
def test_a_boolean_can_be_had_as_text(client: httpx.Client, format_name: str) -> None:
    """No specification has booleans in CSV and TSV; scripts ask for them all the same."""
    assert fetch(client, "ASK {}", format_name).strip() == b"true"
    assert fetch(client, "ASK { FILTER(false) }", format_name).strip() == b"false"


# CONSTRUCT and DESCRIBE

RDFLIB_NAMES = {
    "ttl": "turtle",
    "nt": "nt",
    "rdf": "xml",
    "jsonld": "json-ld",
    "nq": "nquads",
    "trig": "trig",
}


def read_graph(body: bytes, format_name: str) -> Graph:
    dataset = Dataset(default_union=True)
    dataset.parse(data=body, format=RDFLIB_NAMES[format_name])
    graph = Graph()
    for subject, predicate, value, name in dataset.quads():
        assert name in (None, DATASET_DEFAULT_GRAPH_ID), "the answer is one graph, without a name"
        graph.add((subject, predicate, value))
    return graph


@pytest.mark.parametrize("format_name", RDFLIB_NAMES)
def test_a_graph_is_what_was_published(client: httpx.Client, format_name: str) -> None:
    published = Dataset()
    published.parse(VALUES_FILE, format="trig")
    found = read_graph(fetch(client, NASTY_GRAPH, format_name), format_name)
    assert isomorphic(found, published.graph(URIRef(VALUES)))


@pytest.mark.parametrize("format_name", RDFLIB_NAMES)
def test_an_empty_graph_is_empty(client: httpx.Client, format_name: str) -> None:
    body = fetch(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(false) }", format_name)
    assert len(read_graph(body, format_name)) == 0


@pytest.mark.parametrize("format_name", RDFLIB_NAMES)
def test_iris_in_vietnamese_keep_their_spelling(client: httpx.Client, format_name: str) -> None:
    iris = ("http://example.org/Bắc_Ninh", "http://example.org/B%E1%BA%AFc_Ninh")
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ <{iris[0]}> <{iris[1]}> }} ?s ?p ?o }}"
    found = read_graph(fetch(client, query, format_name), format_name)
    assert {str(subject): str(value) for subject, value in found.subject_objects()} == {
        iris[0]: "raw",
        iris[1]: "encoded",
    }


# What is sent


@pytest.mark.parametrize("format_name", [*SOLUTION_FORMATS, *RDFLIB_NAMES])
def test_answers_are_utf_8_with_letters_not_escapes(client: httpx.Client, format_name: str) -> None:
    query = NASTY if format_name in SOLUTION_FORMATS else NASTY_GRAPH
    text = fetch(client, query, format_name).decode("utf-8")
    assert "huyện Đồng Hỷ, chuyển đổi số" in text
    assert "🇻🇳" in text


@pytest.mark.parametrize("format_name", ["xml", "rdf"])
def test_an_xml_declaration_names_no_other_encoding(client: httpx.Client, format_name: str) -> None:
    query = NASTY if format_name == "xml" else NASTY_GRAPH
    declaration = re.match(rb"<\?xml([^>]*)\?>", fetch(client, query, format_name))
    assert declaration is not None
    named = re.search(rb'encoding="([^"]+)"', declaration[1])
    assert named is None or named[1].upper() == b"UTF-8"


def test_json_has_each_member_once(client: httpx.Client) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    json.loads(fetch(client, NASTY, "json"), object_pairs_hook=once)
    json.loads(fetch(client, NASTY_GRAPH, "jsonld"), object_pairs_hook=once)
