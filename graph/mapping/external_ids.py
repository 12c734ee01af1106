"""Identifiers of units in other registers: the links and codes that they become."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.mapping.unit_row import UnitRow
from graph.model.namespaces import SKOS, VNDX
from graph.model.place_registers import PlaceRegister

_CODE_FORMS: Final = {
    "iso31662Code": (re.compile(r"VN-(?:[0-9]{2}|[A-Z]{2})"), "VN-69"),
    "hascCode": (re.compile(r"VN\.[A-Z]{2}"), "VN.TY"),
    "fipsCode": (re.compile(r"VM[0-9]{2}"), "VM85"),
}


def links(
    reader: UnitRow, columns: Mapping[str, PlaceRegister], *, exact: bool
) -> list[tuple[NamedNode, NamedNode]]:
    """Give the links of a row's unit to the same place elsewhere, as predicates and objects.

    Args:
        reader: the row; identifiers of a wrong form are reported and not linked.
        columns: which column has identifiers of which register; empty cells give no link.
        exact: whether the register describes this very unit (skos:exactMatch), or one that it continues
            across a merger, or one on which sources disagree (skos:closeMatch).

    """
    match = SKOS["exactMatch" if exact else "closeMatch"]
    return [
        (match, register.node(identifier))
        for column, register in columns.items()
        if (identifier := reader.matching(column, register.form, register.example))
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
