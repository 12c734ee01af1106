"""The statements that every mapping of units makes in the same way: a unit, a version of it, its point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.mapping.reader import Row, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.unit_types import TYPE_CONCEPTS, Level
from graph.model import iris
from graph.model.namespaces import GEO, RDF, SKOS, VNDX, XSD

LATITUDES: Final = ("6", "23.5")
LONGITUDES: Final = ("102", "118")
"""Between which a point of Viet Nam lies, the islands of the East Sea included."""

ERA_CONCEPTS: Final = {era: iris.concept("era", era) for era in iris.ERAS}

_TYPE: Final = RDF["type"]
_DATE: Final = XSD["date"]
_VERSION: Final = VNDX["UnitVersion"]
_ALT_LABEL: Final = SKOS["altLabel"]
_PREF_LABEL: Final = SKOS["prefLabel"]
_CODE: Final = VNDX["code"]
_ERA: Final = VNDX["era"]
_NAME: Final = VNDX["name"]
_NAME_ASCII: Final = VNDX["nameAscii"]
_OFFICIAL_NAME: Final = VNDX["officialName"]
_UNIT_TYPE: Final = VNDX["unitType"]
_PART_OF: Final = VNDX["partOf"]
_VALID_FROM: Final = VNDX["validFrom"]
_VALID_TO: Final = VNDX["validTo"]
_HAS_VERSION: Final = VNDX["hasVersion"]
_VERSION_OF: Final = VNDX["versionOf"]
_LEGAL_BASIS: Final = VNDX["legalBasis"]
_CLAUSE: Final = VNDX["clause"]
_LAT: Final = GEO["lat"]
_LONG: Final = GEO["long"]


_NAME_COLUMNS: Final = ("full_name_vi", "name_vi", "alt_name_vi", "iso_name")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit's home table says of it: its latest name, type and parent.

    Attributes:
        unit: the unit's IRI.
        level: its level.
        era: its register.
        code: its official code.
        official_name: its name with the type word, the label in Vietnamese.
        name: its name without it.
        unit_type: as in `unit_types.TYPES`.
        part_of: the unit above it.
        name_en: the label in English, empty if no table has one.
        name_ascii: the name without marks, as the table has it.

    """

    unit: NamedNode
    level: Level
    era: str
    code: str
    official_name: str
    name: str
    unit_type: str
    part_of: NamedNode
    name_en: str = ""
    name_ascii: str = ""


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What a unit was for one span of time; ``valid_to`` is the first day on which it was no longer so."""

    unit: NamedNode
    version: NamedNode
    official_name: str
    name: str
    unit_type: str
    part_of: NamedNode
    valid_from: str
    valid_to: str
    legal_basis: tuple[NamedNode, ...] = ()
    clause: str = ""


def state_unit(sink: GraphSink, facts: UnitFacts, row: Row) -> None:
    """State a unit in the graph of its home table: the only one that labels it."""
    unit = facts.unit
    sink.origin(unit, file_of(row.table), row.line)
    sink.add(unit, _TYPE, facts.level.unit_class)
    sink.add(unit, _CODE, Literal(facts.code))
    sink.add(unit, _ERA, ERA_CONCEPTS[facts.era])
    sink.add(unit, _PREF_LABEL, Literal(facts.official_name, language="vi"))
    sink.text(unit, _PREF_LABEL, facts.name_en, "en")
    sink.add(unit, _NAME, Literal(facts.name, language="vi"))
    sink.text(unit, _NAME_ASCII, facts.name_ascii)
    sink.add(unit, _UNIT_TYPE, TYPE_CONCEPTS[facts.unit_type])
    sink.add(unit, _PART_OF, facts.part_of)


def names_at_home(row: Row) -> list[str]:
    """Give the names of a unit that its home table states, each once: the official name first."""
    names = [row[column] for column in _NAME_COLUMNS if column in row.cells]
    return list(dict.fromkeys(name for name in names if name))


def state_alternative_names(sink: GraphSink, unit: NamedNode, names: Iterable[str]) -> None:
    """State other names of a unit, in Vietnamese; a bare number ("1" of "Phường 1") is none."""
    for name in names:
        if name and not name.isdigit():
            sink.add(unit, _ALT_LABEL, Literal(name, language="vi"))


def state_span(sink: GraphSink, node: NamedNode, valid_from: str, valid_to: str) -> None:
    """State since which day a node is so and on which it is no longer so; an empty day states nothing."""
    if valid_from:
        sink.add(node, _VALID_FROM, Literal(valid_from, datatype=_DATE))
    if valid_to:
        sink.add(node, _VALID_TO, Literal(valid_to, datatype=_DATE))


def state_version(sink: GraphSink, facts: VersionFacts, row: Row) -> None:
    """State a dated version of a unit, and that the unit has it."""
    version = facts.version
    sink.origin(version, file_of(row.table), row.line)
    sink.add(facts.unit, _HAS_VERSION, version)
    sink.add(version, _TYPE, _VERSION)
    sink.add(version, _VERSION_OF, facts.unit)
    sink.add(version, _OFFICIAL_NAME, Literal(facts.official_name, language="vi"))
    sink.add(version, _NAME, Literal(facts.name, language="vi"))
    sink.add(version, _UNIT_TYPE, TYPE_CONCEPTS[facts.unit_type])
    sink.add(version, _PART_OF, facts.part_of)
    state_span(sink, version, facts.valid_from, facts.valid_to)
    for document in facts.legal_basis:
        sink.add(version, _LEGAL_BASIS, document)
    sink.text(version, _CLAUSE, facts.clause)


def state_point(sink: GraphSink, unit: NamedNode, lat: Decimal | None, long: Decimal | None) -> None:
    """State the point of a unit (WGS84); nothing unless both coordinates are known."""
    if lat is not None and long is not None:
        sink.decimal(unit, _LAT, lat)
        sink.decimal(unit, _LONG, long)
