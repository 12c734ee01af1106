"""Answers of documented queries, asked of a real server, in a form that tests can compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

import httpx

from graph.model.namespaces import CONCEPT, GRAPH, ID

QUERIES = Path(__file__).parents[2] / "docs" / "queries"
EXPECTED = Path(__file__).with_name("expected_answers.json")

# How the expected answers write IRIs of VNDX: graphs with their folder, all others without.
_SHORT = ((ID.iri, ""), (CONCEPT.iri, ""), (GRAPH.iri, "graph/"))

Cell = str | int | float | None
Row = dict[str, Cell]


def expected_answers() -> dict[str, dict[str, object]]:
    """Give what the queries on the source texts have to answer, by the name of the query."""
    found: dict[str, dict[str, object]] = json.loads(EXPECTED.read_text("utf-8"))
    return found


def query_text(name: str) -> str:
    """Give the text of a documented query as its file has it."""
    return (QUERIES / f"{name}.rq").read_text("utf-8")


def ask(client: httpx.Client, query: str) -> list[Row]:
    """Give the rows that the server answers, with short IRIs, and numbers as numbers."""
    response = client.post(
        "/sparql",
        content=query.encode(),
        headers={"content-type": "application/sparql-query", "accept": "application/sparql-results+json"},
    )
    assert response.status_code == 200, response.text
    content = response.json()
    names = content["head"]["vars"]
    return [{name: _cell(row.get(name)) for name in names} for row in content["results"]["bindings"]]


def projected(rows: Iterable[Row], columns: Sequence[str]) -> list[tuple[Cell, ...]]:
    """Give the rows with these columns only."""
    return [tuple(row[column] for column in columns) for row in rows]


def occurs(value: Cell, rows: Iterable[Row]) -> bool:
    """Say whether a number is a cell of some row, or a text a part of one, capitals aside."""
    cells = _cells(rows)
    if isinstance(value, str):
        return any(value.casefold() in cell.casefold() for cell in cells if isinstance(cell, str))
    return any(cell == value for cell in cells if not isinstance(cell, str))


def _cells(rows: Iterable[Row]) -> Iterator[Cell]:
    for row in rows:
        yield from row.values()


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return None
    value = term["value"]
    if term["type"] == "uri":
        prefix, short = next(((p, s) for p, s in _SHORT if value.startswith(p)), ("", ""))
        return short + value[len(prefix) :]
    return _number(value) if term.get("datatype", "").endswith(("#integer", "#decimal")) else value


def _number(value: str) -> int | float | str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return int(number) if number == number.to_integral_value() else float(number)
