"""Answers of queries as tables for people: what stands in each cell, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from api.addresses import name_of
from graph.model.namespaces import PREFIXES, VNDX, XSD
from graph.query.formats import AnswerKind

MOST_ROWS: Final = 200
"""So many rows are shown on a page; programs and the scripts of the page get all."""

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple | None

_NUMBERS: Final = frozenset(XSD[name] for name in ("integer", "decimal", "double", "float"))
_TRIPLE: Final = ("subject", "predicate", "object")


@dataclass(frozen=True)
class Cell:
    """A term as it is shown.

    Attributes:
        text: its text.
        path: where it leads within the site; empty if nowhere.
        address: where it leads elsewhere; empty if nowhere.
        language: of a text.
        numeric: whether it is a number.
        iri: of a thing.

    """

    text: str = ""
    path: str = ""
    address: str = ""
    language: str = ""
    numeric: bool = False
    iri: str = ""


@dataclass(frozen=True)
class Answer:
    """The start of an answer.

    Attributes:
        columns: the names of the variables, or the parts of a triple.
        rows: at most `MOST_ROWS`.
        total: how many rows there are, None if only that there are more.
        boolean: the answer of ASK, None for other queries.

    """

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Term]] = ()
    total: int | None = 0
    boolean: bool | None = None


def read_answer(body: bytes, kind: AnswerKind, *, whole: bool) -> Answer:
    """Read an answer.

    Args:
        body: in SPARQL JSON or N-Triples; its start, if it is not whole.
        kind: what it is.
        whole: whether it is all of it.

    """
    if kind is AnswerKind.GRAPH:
        lines = body if whole else body[: body.rfind(b"\n") + 1]
        triples = ((q.subject, q.predicate, q.object) for q in parse(lines, RdfFormat.N_TRIPLES))
        return _table(_TRIPLE, triples, whole=whole)
    results = parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return Answer(boolean=bool(results))
    if not isinstance(results, QuerySolutions):
        raise TypeError(f"SPARQL JSON has no {type(results).__name__}")
    columns = [variable.value for variable in results.variables]
    return _table(columns, _solutions(results, whole=whole), whole=whole)


def _solutions(results: QuerySolutions, *, whole: bool) -> Iterator[Sequence[Term]]:
    """Go through the rows; of a start, until the one that is cut."""
    try:
        for solution in results:
            yield list(solution)
    except SyntaxError:
        if whole:
            raise


def _table(columns: Sequence[str], rows: Iterable[Sequence[Term]], *, whole: bool) -> Answer:
    """Read the rows that are shown, and go on to count only where the end is there to be read."""
    remaining = iter(rows)
    shown = list(islice(remaining, MOST_ROWS))
    total = len(shown) + sum(1 for _ in remaining) if whole else None
    return Answer(columns, shown, total)


def named_things(answer: Answer) -> tuple[NamedNode, ...]:
    """Give the things in an answer that we have pages of, each once."""
    things = (term for row in answer.rows for term in row if isinstance(term, NamedNode))
    return tuple(dict.fromkeys(term for term in things if name_of(term.value)))


def cells(row: Sequence[Term], labels: Mapping[str, str]) -> list[Cell]:
    """Show a row; things have their labels where known."""
    return [_cell(term, labels) for term in row]


def _cell(term: Term, labels: Mapping[str, str]) -> Cell:
    match term:
        case None:
            return Cell()
        case Literal():
            is_number = term.datatype in _NUMBERS
            return Cell(term.value, language=term.language or "", numeric=is_number)
        case NamedNode():
            return _thing(term.value, labels)
        case BlankNode():
            return Cell(f"_:{term.value}")
        case _:
            return Cell(str(term))


def _thing(iri: str, labels: Mapping[str, str]) -> Cell:
    text = labels.get(iri) or short(iri)
    if iri.startswith(VNDX.iri):
        return Cell(text, path=f"/ontology#{iri.removeprefix(VNDX.iri)}", iri=iri)
    if name := name_of(iri):
        return Cell(text, path=f"/page/{name}", iri=iri)
    return Cell(text, address=iri if iri.startswith(("https://", "http://")) else "", iri=iri)


def short(iri: str) -> str:
    """Give an IRI with a prefix of ours for its namespace, where it has one."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
