"""Documented queries: what a query file must say, and how it is published as RDF."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from graph.examples.query_file import KEYS, DocumentedQuery, QueryForm, read_query
from graph.examples.query_triples import ENDPOINT, ONTOLOGY, query_triples
from graph.model.namespaces import RDF, RDFS, SCHEMA, SH, SKOS
from graph.problems import Problems

HEADER = """\
# category: lookup
# vi: Có bao nhiêu tỉnh?
# en: How many provinces are there?
# answer-vi: Một con số.
# answer-en: One number.
"""
QUERY = """\
PREFIX vndx: <https://w3id.org/vndx/ontology#>

SELECT (COUNT(?province) AS ?provinces) WHERE { ?province a vndx:Province }
"""


def problems_of(content: str) -> list[tuple[int, str, str]]:
    problems = Problems()
    assert read_query("queries/one.rq", "one", content, problems) is None
    return [(problem.line, problem.column, problem.en) for problem in problems]


def query_of(content: str) -> DocumentedQuery:
    problems = Problems()
    query = read_query("queries/one.rq", "one", content, problems)
    assert query is not None, list(problems)
    assert len(problems) == 0
    return query


def test_a_query_file_says_what_it_asks_and_how_to_read_the_answer() -> None:
    query = query_of(HEADER + QUERY)
    assert query == DocumentedQuery(
        name="one",
        category="lookup",
        question_vi="Có bao nhiêu tỉnh?",
        question_en="How many provinces are there?",
        answer_vi="Một con số.",
        answer_en="One number.",
        form=QueryForm.SELECT,
        text=QUERY,
    )


def test_comments_behind_the_header_belong_to_the_query() -> None:
    query = query_of(HEADER + "\n# Not a key: text\n" + QUERY)
    assert query.text == "# Not a key: text\n" + QUERY


def test_an_ask_query_is_known_by_its_form() -> None:
    assert query_of(HEADER + "ASK { ?s ?p ?o }").form is QueryForm.ASK


@pytest.mark.parametrize("key", KEYS)
def test_each_line_of_the_header_is_needed(key: str) -> None:
    lines = [line for line in HEADER.splitlines(keepends=True) if not line.startswith(f"# {key}:")]
    ((line, column, message),) = problems_of("".join(lines) + QUERY)
    assert (line, column) == (1, key)
    assert f'"# {key}: ..." is missing' in message


@pytest.mark.parametrize("extra", ["# answer: 63\n", "# category: ranking\n", "# no key\n"])
def test_a_line_of_the_header_without_a_known_key_or_with_a_key_twice_is_named(extra: str) -> None:
    ((line, _, message),) = problems_of(HEADER + extra + QUERY)
    assert line == 6
    assert "each key once" in message


def test_a_syntax_error_names_the_line_in_the_file() -> None:
    ((line, _, message),) = problems_of(HEADER + "\nSELECT ?s WHERE {\n  ?s foaf:name ?o\n}")
    assert line == 8
    assert message.startswith("SPARQL syntax: expected")


def test_a_query_that_relies_on_prefixes_of_an_endpoint_is_refused() -> None:
    ((line, _, message),) = problems_of(HEADER + "SELECT ?s WHERE { ?s a vndx:Province }")
    assert line == 6
    assert "Prefix not found" in message


def test_other_forms_than_select_and_ask_are_refused() -> None:
    ((line, _, message),) = problems_of(HEADER + "CONSTRUCT WHERE { ?s ?p ?o }")
    assert (line, message) == (6, "only SELECT or ASK are published")


def test_text_that_is_not_in_nfc_is_refused() -> None:
    decomposed = HEADER.replace("tỉnh", "ti\N{COMBINING HOOK ABOVE}nh")
    ((line, _, message),) = problems_of(decomposed + QUERY)
    assert (line, message) == (0, "the text must be in normalisation form NFC")


def test_a_query_is_published_as_sparql_editors_expect_examples() -> None:
    node = NamedNode("https://w3id.org/vndx/id/query/one")
    found = {(str(t.subject), t.predicate, t.object) for t in query_triples(query_of(HEADER + QUERY))}
    expected = [
        (RDF["type"], SH["SPARQLExecutable"]),
        (RDF["type"], SH["SPARQLSelectExecutable"]),
        (SH["select"], Literal(QUERY)),
        (SH["prefixes"], ONTOLOGY),
        (SCHEMA["keywords"], Literal("lookup")),
        (SCHEMA["target"], ENDPOINT),
        (SKOS["prefLabel"], Literal("Có bao nhiêu tỉnh?", language="vi")),
        (SKOS["prefLabel"], Literal("How many provinces are there?", language="en")),
        (RDFS["comment"], Literal("Có bao nhiêu tỉnh? Một con số.", language="vi")),
        (RDFS["comment"], Literal("How many provinces are there? One number.", language="en")),
    ]
    assert found == {(str(node), predicate, value) for predicate, value in expected}


def test_an_ask_query_is_published_under_sh_ask() -> None:
    triples = list(query_triples(query_of(HEADER + "ASK { ?s ?p ?o }")))
    assert {t.object for t in triples if t.predicate == RDF["type"]} == {
        SH["SPARQLExecutable"],
        SH["SPARQLAskExecutable"],
    }
    assert [t.object for t in triples if t.predicate == SH["ask"]] == [Literal("ASK { ?s ?p ?o }\n")]
