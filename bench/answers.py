"""Whether two servers gave the same answer: parsed, normalised, compared without order. Pure.

What may differ without being another answer: the order of rows, labels of blank nodes, the lexical form
of a number, the case of language tags, ``xsd:string`` said or left out, ``true`` and ``1``; and, for the
variables of a GROUP_CONCAT (SPARQL 1.1, section 18.5.1.7), the order in which it joins, which is left open,
and the language, which SPARQL 1.1 drops and engines keep where all parts have the same.

What one server does otherwise than the standard says is never smoothed over here: see `bench.allowances`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STRING: Final = _XSD + "string"
_BOOLEAN: Final = _XSD + "boolean"
_INTEGERS: Final = frozenset(
    _XSD + name
    for name in (
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    )
)
_NUMBERS: Final = _INTEGERS | {_XSD + "decimal", _XSD + "double", _XSD + "float"}
# Significant digits in which sums and averages must agree: engines compute with different precision.
_ROUNDING: Final = Context(prec=10)

# From the word to the variable that takes the result; the parentheses between need not be understood.
_GROUP_CONCAT: Final = re.compile(r"\bGROUP_CONCAT\b(.*?)\bAS\s+[?$](\w+)", re.IGNORECASE | re.DOTALL)
_SEPARATOR: Final = re.compile(
    r"""SEPARATOR\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""", re.IGNORECASE
)
_SHOWN: Final = 3

Row = tuple[str, ...]


class UnreadableAnswerError(ValueError):
    """An answer with the status 200 is not in the format that was asked for."""


@dataclass(frozen=True)
class Answer:
    """A normalised answer: how often each row (or triple) stands in it."""

    rows: Counter[Row]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.rows.total()


@dataclass(frozen=True)
class Difference:
    """How an answer differs from another.

    Attributes:
        rows: of the answer and of the one that it is compared with.
        missing: some rows that it lacks.
        surplus: some rows that it should not have.

    """

    rows: tuple[int, int]
    missing: tuple[Row, ...]
    surplus: tuple[Row, ...]

    def __str__(self) -> str:
        ours, theirs = self.rows
        parts = [f"{ours} rows, not {theirs}" if ours != theirs else f"{ours} rows, but others"]
        for name, rows in (("without", self.missing), ("with", self.surplus)):
            if rows:
                parts.append(f"{name} {' | '.join(rows[0])[:160]}")
        return "; ".join(parts)


def read_solutions(body: bytes, query: str) -> Answer:
    """Read SPARQL 1.1 Query Results JSON.

    Args:
        body: what the server sent.
        query: what it was asked, for the variables of GROUP_CONCAT.

    Raises:
        UnreadableAnswerError: if it is none.

    """
    joined = concatenations(query)
    try:
        document = json.loads(body)
        boolean = _boolean(document)
        if boolean is not None:
            return Answer(Counter([(str(boolean),)]))
        variables = sorted(document["head"]["vars"])
        bindings = document["results"]["bindings"]
        return Answer(
            Counter(
                tuple(_term(row[name], joined.get(name)) if name in row else "" for name in variables)
                for row in bindings
            )
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableAnswerError(f"no SPARQL results in JSON: {error}; {body[:80]!r}") from error


def read_graph(body: bytes) -> Answer:
    """Read N-Triples; a graph is a set, so a triple that is sent twice counts once.

    Raises:
        UnreadableAnswerError: if it is none.

    """
    try:
        triples = {
            (_node(quad.subject), _node(quad.predicate), _node(quad.object))
            for quad in parse(body, RdfFormat.N_TRIPLES)
        }
    except SyntaxError as error:
        raise UnreadableAnswerError(f"no N-Triples: {error}") from error
    return Answer(Counter(triples))


def compare(answer: Answer, reference: Answer) -> Difference | None:
    """Give the difference, None if the answers are the same."""
    if answer.rows == reference.rows:
        return None
    return Difference(
        (answer.size, reference.size),
        _some(reference.rows - answer.rows),
        _some(answer.rows - reference.rows),
    )


def concatenations(query: str) -> dict[str, str]:
    """Give the variables that take a GROUP_CONCAT, each with the string by which it joins."""
    found = {}
    for inside, variable in _GROUP_CONCAT.findall(query):
        separator = _SEPARATOR.search(inside)
        found[variable] = (separator[1] or separator[2] or "") if separator else " "
    return found


def _boolean(document: dict[str, Any]) -> bool | None:
    if "boolean" in document:
        return bool(document["boolean"])
    # Virtuoso answers ASK with a row of one column.
    if document["head"].get("vars") == ["__ASK_RETVAL"]:
        return bool(int(document["results"]["bindings"][0]["__ASK_RETVAL"]["value"]))
    return None


def _term(term: dict[str, str], separator: str | None) -> str:
    match term["type"]:
        case "uri":
            return f"<{term['value']}>"
        case "bnode":
            return "_:"
        case _ if separator is not None:
            return separator.join(sorted(term["value"].split(separator) if separator else term["value"]))
        case _:
            return _literal(term["value"], term.get("datatype", ""), term.get("xml:lang", ""))


def _node(node: object) -> str:
    match node:
        case NamedNode():
            return f"<{node.value}>"
        case BlankNode():
            return "_:"
        case Literal():
            return _literal(node.value, node.datatype.value, node.language or "")
        case _:
            return str(node)


def _literal(value: str, datatype: str, language: str) -> str:
    if datatype in _NUMBERS:
        return _number(value, datatype)
    if datatype == _BOOLEAN:
        return "true" if value in ("true", "1") else "false"
    if language:
        return f"{value}@{language.lower()}"
    return value if datatype in ("", _STRING) else f"{value}^^{datatype}"


def _number(value: str, datatype: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return f"{value}^^{datatype}"
    if not number.is_finite():
        return str(number)
    return f"{_ROUNDING.create_decimal(number).normalize():f}"


def _some(rows: Counter[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows)[:_SHOWN])
