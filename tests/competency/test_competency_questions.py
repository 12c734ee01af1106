"""The questions that the graph was founded to answer: each query, over HTTP, on the whole snapshot."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import httpx
import pytest
from answers import QUERIES, ask, expected_answers, occurs, projected, query_text

from graph.examples.query_file import read_query
from graph.problems import Problems

pytestmark = pytest.mark.snapshot

ANSWERS = expected_answers()
QUESTIONS = sorted(name for name, answer in ANSWERS.items() if "expected_values" in answer)
NEGATIVE = sorted(name for name, answer in ANSWERS.items() if "neighbour" in answer)
GIVEN_QUESTIONS = Path(__file__).parents[3] / "shared" / "competency.json"

EXAMPLES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>

SELECT ?example ?comment ?query ?category ?endpoint WHERE {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query ;
    schema:keywords ?category ; schema:target ?endpoint .
  FILTER(LANG(?comment) = "en")
}
"""
PREFIXES_OF_EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>

SELECT DISTINCT ?prefix ?namespace WHERE {
  ?example a sh:SPARQLExecutable ; sh:prefixes/sh:declare [ sh:prefix ?prefix ; sh:namespace ?namespace ] .
}
"""
STATED_IN_FOUR_TEXTS = """
PREFIX vndx: <https://w3id.org/vndx/ontology#>

SELECT ?period WHERE {
  <https://w3id.org/vndx/id/document/01-nq-tu-thai-nguyen-2020> vndx:orientationPeriod ?period
}
"""


def test_all_thirty_questions_have_an_answer() -> None:
    assert [f"cq{number:02}" for number in range(2, 62, 2)] == QUESTIONS


@pytest.mark.skipif(not GIVEN_QUESTIONS.is_file(), reason="the list of questions is not beside the project")
def test_questions_categories_and_expected_values_are_those_that_were_given() -> None:
    given = {entry["id"].lower(): entry for entry in json.loads(GIVEN_QUESTIONS.read_text("utf-8"))}
    assert sorted(given) == QUESTIONS
    for name, entry in given.items():
        query = read_query(name, name, query_text(name), Problems())
        assert query is not None
        assert (query.category, query.question_vi, query.question_en) == (
            entry["category"],
            entry["question_vi"],
            entry["question_en"],
        )
        assert ANSWERS[name]["expected_values"] == entry["expected_values"]


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_query_gives_the_expected_rows_and_no_others(http: httpx.Client, name: str) -> None:
    answer = ANSWERS[name]
    found = projected(ask(http, query_text(name)), answer["columns"])  # type: ignore[arg-type]
    expected = [tuple(row) for row in answer["rows"]]  # type: ignore[attr-defined]
    if answer.get("ordered"):
        assert found == expected
    assert Counter(found) == Counter(expected)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in NEGATIVE])
def test_each_expected_value_is_in_the_answer(http: httpx.Client, name: str) -> None:
    answer = ANSWERS[name]
    rows = ask(http, query_text(name))
    said_as: dict[str, list[list[str]]] = answer.get("said_as", {})  # type: ignore[assignment]
    for value in answer["expected_values"]:  # type: ignore[attr-defined]
        if value in said_as:
            found = projected(rows, answer["columns"])  # type: ignore[arg-type]
            assert {tuple(row) for row in said_as[value]} <= set(found)
        else:
            assert occurs(value, rows), f"{value!r} is not in the answer"


@pytest.mark.parametrize("name", sorted(name for name, answer in ANSWERS.items() if "contained" in answer))
def test_the_longer_cells_of_the_answer_say_what_they_should(http: httpx.Client, name: str) -> None:
    rows = ask(http, query_text(name))
    contained: dict[str, list[str]] = ANSWERS[name]["contained"]  # type: ignore[assignment]
    for column, parts in contained.items():
        text = " ".join(str(row[column]) for row in rows)
        assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("name", NEGATIVE)
def test_a_question_that_the_texts_do_not_answer_has_no_row_and_a_neighbour_that_has(
    http: httpx.Client, name: str
) -> None:
    assert ask(http, query_text(name)) == []
    assert len(ask(http, query_text(str(ANSWERS[name]["neighbour"])))) > 0


def test_without_its_restriction_to_source_texts_the_question_on_the_date_has_an_answer(
    http: httpx.Client,
) -> None:
    """The date of Resolution 57 is known, from a table: the texts are what does not say it."""
    unrestricted = query_text("cq50").replace(
        "a vndx:SourceGraph ; dcterms:source ?text", "a vndx:NamedGraph"
    )
    assert projected(ask(http, unrestricted), ["date"]) == [("2024-12-22",)]


def test_the_vice_chairman_of_2022_is_known_but_not_as_a_participant_of_2021(http: httpx.Client) -> None:
    """Drop what ties the person to the event, and the person whom one must not infer appears."""
    participation = "?opening vndx:participant|vndx:ledBy|vndx:organiser ?person ."
    query = query_text("cq54")
    assert participation in query
    found = {row["personLabel"] for row in ask(http, query.replace(participation, ""))}
    assert "Đặng Xuân Trường" in found


def test_a_triple_that_several_texts_state_is_one_row(http: httpx.Client) -> None:
    """The default graph is the merge of the named graphs, a set (RDF Semantics, section 4.1)."""
    assert projected(ask(http, STATED_IN_FOUR_TEXTS), ["period"]) == [("period/_2030",)]


def test_every_documented_query_is_an_example_in_the_graph(http: httpx.Client) -> None:
    found = {str(row["example"]): row for row in ask(http, EXAMPLES)}
    files = list(QUERIES.glob("*.rq"))
    assert set(found) == {f"query/{file.stem}" for file in files}
    for file in files:
        query = read_query(file.name, file.stem, file.read_text("utf-8"), Problems())
        assert query is not None
        example = found[f"query/{file.stem}"]
        assert (example["query"], example["category"]) == (query.text, query.category)
        assert str(example["comment"]).startswith(query.question_en)
        assert example["endpoint"] == "https://w3id.org/vndx/sparql"


def test_the_ontology_declares_the_prefixes_of_the_examples(http: httpx.Client) -> None:
    declared = {row["prefix"]: row["namespace"] for row in ask(http, PREFIXES_OF_EXAMPLES)}
    for file in QUERIES.glob("*.rq"):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("PREFIX "):
                _, prefix, namespace = line.split()
                assert declared[prefix.rstrip(":")] == namespace.strip("<>")
