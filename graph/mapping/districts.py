"""The 696 districts in force on 30 June 2025, and the abolition of their level on the next day."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.mapping.admin_tables import DISTRICTS_PRE2025, LEGAL_DOCUMENTS
from graph.mapping.external_ids import links
from graph.mapping.legal_register import LegalRegister
from graph.mapping.reader import TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_checks import check_in_force
from graph.mapping.unit_register import INPUTS, UnitRegister
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_statements import (
    LATITUDES,
    LONGITUDES,
    UnitFacts,
    names_at_home,
    state_alternative_names,
    state_point,
    state_unit,
)
from graph.mapping.unit_types import TYPES, Level
from graph.model import iris
from graph.model.iris import ERA_2004
from graph.model.namespaces import SKOS, VNDX, XSD
from graph.model.place_registers import WIKIDATA


def map_districts_pre2025(tables: TableSet, sink: GraphSink) -> None:
    """State the districts as they were on 30 June 2025, and one abolition for each day and basis."""
    register = tables.once(UnitRegister.from_tables)
    acts = tables.once(LegalRegister.from_tables)
    abolished: dict[tuple[str, tuple[NamedNode, ...]], list[NamedNode]] = defaultdict(list)
    first_lines: dict[str, int] = {}
    for row in DISTRICTS_PRE2025.read(tables):
        reader = UnitRow(row, tables.problems)
        code = reader.new_key("code", reader.code("code", Level.DISTRICT), first_lines)
        unit_type = reader.one_of("type", TYPES[ERA_2004, Level.DISTRICT])
        for column in ("name_vi", "full_name_vi", "full_name_en", "name_ascii"):
            reader.filled(column)
        province = reader.code("parent_province_code", Level.PROVINCE)
        lat, long = reader.measure("lat", *LATITUDES), reader.measure("lon", *LONGITUDES)
        elsewhere = links(reader, {"wikidata": WIKIDATA}, exact=not row["wikidata_note"])
        reader.day("version_from")
        day = reader.filled("abolished_on") and reader.day("abolished_on")
        basis = acts.basis(reader, "abolition_basis", day)
        check_in_force(reader, register, Level.DISTRICT, "parent_province_code")
        if reader.failed:
            continue
        unit = iris.unit(ERA_2004, code)
        facts = UnitFacts(
            unit=unit,
            level=Level.DISTRICT,
            era=ERA_2004,
            code=code,
            official_name=row["full_name_vi"],
            name=row["name_vi"],
            unit_type=unit_type,
            part_of=iris.unit(ERA_2004, province),
            name_en=row["full_name_en"],
            name_ascii=row["name_ascii"],
        )
        state_unit(sink, facts, row)
        state_alternative_names(sink, unit, names_at_home(row)[1:])
        state_point(sink, unit, lat, long)
        for predicate, place in elsewhere:
            sink.add(unit, predicate, place)
        sink.text(unit, SKOS["editorialNote"], _wikidata_note(row["wikidata_note"]), "en")
        abolished[day, basis].append(unit)
    for (day, documents), units in abolished.items():
        _state_abolition(sink, day, documents, units)


def _wikidata_note(note: str) -> str:
    """Say in a sentence that two sources name different Wikidata items for a unit."""
    return f"Sources disagree on the Wikidata item: {note}." if note else ""


def _state_abolition(
    sink: GraphSink, day: str, documents: tuple[NamedNode, ...], units: list[NamedNode]
) -> None:
    """State that districts ended without a successor of their level."""
    change = iris.unit_change(day, "districts")
    sink.origin(change, file_of(DISTRICTS_PRE2025.name), 0)
    year, month, of_month = day.split("-")
    sink.type(change, VNDX["Abolition"])
    sink.label(
        change,
        vi=f"Bãi bỏ đơn vị hành chính cấp huyện ({of_month}/{month}/{year})",
        en=f"Abolition of the district level ({day})",
    )
    sink.add(change, VNDX["effectiveDate"], Literal(day, datatype=XSD["date"]))
    for document in documents:
        sink.add(change, VNDX["legalBasis"], document)
    for unit in units:
        sink.add(change, VNDX["dissolvedUnit"], unit)


MAPPINGS: Final = (
    TableMapping(
        name=DISTRICTS_PRE2025.name,
        graph=iris.graph("table", "districts-pre2025"),
        inputs=(DISTRICTS_PRE2025.name, LEGAL_DOCUMENTS.name, *INPUTS),
        map=map_districts_pre2025,
        title_vi="696 đơn vị hành chính cấp huyện đến 30/6/2025 và việc bãi bỏ cấp huyện",
        title_en="The 696 districts until 30 June 2025, and the abolition of their level",
        credits=(
            "General Statistics Office of Viet Nam: register of units",
            "thanglequoc/vietnamese-provinces-database (MIT): English names",
            "Who's On First (CC0, CC BY): points and Wikidata identifiers",
            "Wikidata (CC0): identifiers",
        ),
    ),
)
