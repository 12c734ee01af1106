"""The provinces: the 63 until 30 June 2025 and the 34 since, and the country that they are part of."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.admin_tables import (
    LEGAL_DOCUMENTS,
    PROVINCES_2025,
    PROVINCES_PRE2025,
    UNIT_CHANGES_2026,
)
from graph.mapping.external_ids import codes, links
from graph.mapping.legal_register import LegalRegister
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_checks import (
    UNCHANGED,
    check_changes_of_2026,
    check_in_force,
    check_start,
    latest_of_2025,
)
from graph.mapping.unit_register import INPUTS, REFORM_DAY, UnitRegister
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_statements import (
    LATITUDES,
    LONGITUDES,
    UnitFacts,
    VersionFacts,
    names_at_home,
    state_alternative_names,
    state_point,
    state_span,
    state_unit,
    state_version,
)
from graph.mapping.unit_types import TYPE_CONCEPTS, TYPES, Level
from graph.model import iris
from graph.model.iris import ERA_2004, ERA_2025
from graph.model.namespaces import VNDX
from graph.model.place_registers import GEONAMES, OPENSTREETMAP, WHOS_ON_FIRST, WIKIDATA

_LINKS_PRE2025: Final = {
    "wikidata": WIKIDATA,
    "geonames": GEONAMES,
    "osm_relation": OPENSTREETMAP,
    "wof_id": WHOS_ON_FIRST,
}
_CODES_PRE2025: Final = {"iso_3166_2": "iso31662Code", "hasc": "hascCode", "fips_gec": "fipsCode"}
_LINKS_2025: Final = {"wikidata_same_name_item": WIKIDATA, "geonames_same_name_item": GEONAMES}


def map_provinces_pre2025(tables: TableSet, sink: GraphSink) -> None:
    """State the provinces as they were on 30 June 2025, with their codes and links elsewhere."""
    register = tables.once(UnitRegister.from_tables)
    first_lines: dict[str, int] = {}
    for row in PROVINCES_PRE2025.read(tables):
        reader = UnitRow(row, tables.problems)
        code = reader.new_key("code", reader.code("code", Level.PROVINCE), first_lines)
        unit_type = reader.one_of("type", TYPES[ERA_2004, Level.PROVINCE])
        _check_names(reader)
        reader.day("version_until")
        lat, long = reader.measure("lat", *LATITUDES), reader.measure("lon", *LONGITUDES)
        own_codes = codes(reader, _CODES_PRE2025)
        elsewhere = links(reader, _LINKS_PRE2025, exact=True)
        check_in_force(reader, register, Level.PROVINCE, "")
        if reader.failed:
            continue
        unit = iris.unit(ERA_2004, code)
        facts = UnitFacts(
            unit=unit,
            level=Level.PROVINCE,
            era=ERA_2004,
            code=code,
            official_name=row["full_name_vi"],
            name=row["name_vi"],
            unit_type=unit_type,
            part_of=iris.country(),
            name_en=row["name_en"],
            name_ascii=row["name_ascii"],
        )
        state_unit(sink, facts, row)
        state_alternative_names(sink, unit, names_at_home(row)[1:])
        state_point(sink, unit, lat, long)
        for predicate, code_elsewhere in own_codes:
            sink.add(unit, predicate, code_elsewhere)
        for predicate, place in elsewhere:
            sink.add(unit, predicate, place)


def map_provinces_2025(tables: TableSet, sink: GraphSink) -> None:
    """State the country, and the provinces since 1 July 2025 with the version that began on that day."""
    _state_country(sink)
    acts = tables.once(LegalRegister.from_tables)
    first_lines: dict[str, int] = {}
    for row in PROVINCES_2025.read(tables):
        reader = UnitRow(row, tables.problems)
        code = reader.new_key("code", reader.code("code", Level.PROVINCE), first_lines)
        unit_type = reader.one_of("type", TYPES[ERA_2025, Level.PROVINCE])
        _check_names(reader)
        change = reader.one_of("change", (UNCHANGED, "merged"))
        check_start(reader)
        lat, long = reader.measure("lat", *LATITUDES), reader.measure("lon", *LONGITUDES)
        area = reader.measure("area_km2", "100", "40000")
        population = reader.whole_number("population", 1, 30_000_000) if row["population"] else None
        elsewhere = links(reader, _LINKS_2025, exact=change == UNCHANGED)
        basis = acts.basis(reader, "legal_basis", row["effective_from"])
        check_changes_of_2026(reader, tables, Level.PROVINCE)
        if reader.failed:
            continue
        unit = iris.unit(ERA_2025, code)
        latest = latest_of_2025(row, tables, Level.PROVINCE)
        facts = UnitFacts(
            unit=unit,
            level=Level.PROVINCE,
            era=ERA_2025,
            code=code,
            official_name=latest.official_name,
            name=row["name_vi"],
            unit_type=latest.unit_type,
            part_of=iris.country(),
            name_en=row["name_en"],
            name_ascii=row["name_ascii"],
        )
        state_unit(sink, facts, row)
        state_span(sink, unit, REFORM_DAY, "")
        state_alternative_names(
            sink, unit, (name for name in names_at_home(row) if name != latest.official_name)
        )
        state_point(sink, unit, lat, long)
        for predicate, place in elsewhere:
            sink.add(unit, predicate, place)
        sink.text(unit, VNDX["administrativeCentre"], row["admin_centre"], "vi")
        if area is not None:
            sink.decimal(unit, VNDX["areaKm2"], area)
        if population is not None:
            sink.integer(unit, VNDX["population"], population)
        _state_first_version(sink, unit, row, unit_type, basis)


def _check_names(reader: UnitRow) -> None:
    """Check that a province has all its names."""
    for column in ("name_vi", "full_name_vi", "name_en", "name_ascii"):
        reader.filled(column)


def _state_country(sink: GraphSink) -> None:
    """State the country, which no table lists: it is what the provinces of the tables are part of."""
    country = iris.country()
    sink.type(country, VNDX["Country"])
    sink.label(country, vi="Việt Nam", en="Viet Nam")
    sink.text(country, VNDX["name"], "Việt Nam", "vi")
    sink.add(country, VNDX["unitType"], TYPE_CONCEPTS["quốc gia"])
    sink.origin(country, file_of(PROVINCES_2025.name), 0)


def _state_first_version(
    sink: GraphSink, unit: NamedNode, row: Row, unit_type: str, basis: tuple[NamedNode, ...]
) -> None:
    """State what a province was from 1 July 2025 until it changed, if it has changed since."""
    facts = VersionFacts(
        unit=unit,
        version=iris.unit_version(ERA_2025, row["code"], REFORM_DAY),
        official_name=row["full_name_vi"],
        name=row["name_vi"],
        unit_type=unit_type,
        part_of=iris.country(),
        valid_from=REFORM_DAY,
        valid_to=row["type_change_from"],
        legal_basis=basis,
    )
    state_version(sink, facts, row)


MAPPINGS: Final = (
    TableMapping(
        name=PROVINCES_PRE2025.name,
        graph=iris.graph("table", "provinces-pre2025"),
        inputs=(PROVINCES_PRE2025.name, *INPUTS),
        map=map_provinces_pre2025,
        title_vi="63 tỉnh, thành phố trực thuộc trung ương đến 30/6/2025",
        title_en="The 63 provinces and centrally-run cities until 30 June 2025",
        credits=(
            "General Statistics Office of Viet Nam: register of units",
            "daohoangson/dvhcvn: points from gis.chinhphu.vn",
            "Who's On First (CC0, CC BY): identifiers and a point",
            "GeoNames (CC BY 4.0): identifiers",
            "Wikidata (CC0): identifiers",
            "OpenStreetMap contributors (ODbL): relation identifiers",
        ),
    ),
    TableMapping(
        name=PROVINCES_2025.name,
        graph=iris.graph("table", "provinces-2025"),
        inputs=(PROVINCES_2025.name, UNIT_CHANGES_2026.name, LEGAL_DOCUMENTS.name),
        map=map_provinces_2025,
        title_vi="34 tỉnh, thành phố trực thuộc trung ương từ 1/7/2025",
        title_en="The 34 provinces and centrally-run cities since 1 July 2025",
        credits=(
            "National Statistics Office of Viet Nam: circulars on the codes of units",
            "thanglequoc/vietnamese-provinces-database (MIT): English names and points",
            "GeoNames (CC BY 4.0): identifiers",
            "Wikidata (CC0): identifiers",
        ),
    ),
)
