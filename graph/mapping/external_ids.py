"""Identifiers of units in other registers and gazetteers: their forms, and the links they become."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.mapping.unit_row import UnitRow
from graph.model.namespaces import SKOS, VNDX


@dataclass(frozen=True)
class Gazetteer:
    """A set of places with IRIs: the form of its identifiers, an example, and the IRI around one."""

    form: re.Pattern[str]
    example: str
    prefix: str
    suffix: str = ""

    def node(self, identifier: str) -> NamedNode:
        """Give the IRI of a place from its identifier."""
        return NamedNode(f"{self.prefix}{identifier}{self.suffix}")


WIKIDATA: Final = Gazetteer(re.compile(r"Q[1-9][0-9]*"), "Q26575", "http://www.wikidata.org/entity/")
GEONAMES: Final = Gazetteer(re.compile(r"[1-9][0-9]*"), "1905497", "https://sws.geonames.org/", "/")
OPENSTREETMAP: Final = Gazetteer(
    re.compile(r"[1-9][0-9]*"), "1903340", "https://www.openstreetmap.org/relation/"
)
WHOS_ON_FIRST: Final = Gazetteer(
    re.compile(r"[1-9][0-9]*"), "85680593", "https://spelunker.whosonfirst.org/id/", "/"
)

_CODE_FORMS: Final = {
    "iso31662Code": (re.compile(r"VN-(?:[0-9]{2}|[A-Z]{2})"), "VN-69"),
    "hascCode": (re.compile(r"VN\.[A-Z]{2}"), "VN.TY"),
    "fipsCode": (re.compile(r"VM[0-9]{2}"), "VM85"),
}


def links(
    reader: UnitRow, columns: Mapping[str, Gazetteer], *, exact: bool
) -> list[tuple[NamedNode, NamedNode]]:
    """Give the links of a row's unit to the same place elsewhere, as predicates and objects.

    Args:
        reader: the row; identifiers of a wrong form are reported and not linked.
        columns: which column has identifiers of which gazetteer; empty cells give no link.
        exact: whether the gazetteer describes this very unit (skos:exactMatch), or one that it continues
            across a merger, or one on which sources disagree (skos:closeMatch).

    """
    match = SKOS["exactMatch" if exact else "closeMatch"]
    return [
        (match, gazetteer.node(identifier))
        for column, gazetteer in columns.items()
        if (identifier := reader.matching(column, gazetteer.form, gazetteer.example))
    ]


def codes(reader: UnitRow, columns: Mapping[str, str]) -> list[tuple[NamedNode, Literal]]:
    """Give the codes of a row's unit in other systems, as predicates and objects.

    Args:
        reader: the row; codes of a wrong form are reported and left out.
        columns: the property of each column, as a local name in `VNDX`.

    """
    return [
        (VNDX[local_name], Literal(code))
        for column, local_name in columns.items()
        if (code := reader.matching(column, *_CODE_FORMS[local_name]))
    ]
