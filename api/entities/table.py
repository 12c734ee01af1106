"""A description as a table: one row a triple, in CSV (RFC 4180), from which the triples can be had back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

COLUMNS: Final = ("subject", "predicate", "object", "kind", "datatype", "language")
"""The kind is ``iri``, ``literal`` or ``bnode``, that of the object; IRIs are whole, blank nodes ``_:x``."""


def write_table(triples: Iterable[Triple]) -> bytes:
    """Write triples as UTF-8 without a byte order mark; values stand as they are, whatever they are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for triple in triples:
        writer.writerow((_name(triple.subject), triple.predicate.value, *_object(triple.object)))
    return text.getvalue().encode()


def _object(term: object) -> tuple[str, str, str, str]:
    if isinstance(term, Literal):
        return term.value, "literal", term.datatype.value, term.language or ""
    return _name(term), "bnode" if isinstance(term, BlankNode) else "iri", "", ""


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
