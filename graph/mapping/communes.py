"""The communes: the 10,035 in force on 30 June 2025 and the 3,321 since the next day."""

from __future__ import annotations

from typing import Final

from graph.mapping.admin_tables import (
    COMMUNES_2025,
    COMMUNES_PRE2025,
    LEGAL_DOCUMENTS,
    PROVINCES_2025,
    UNIT_CHANGES_2026,
)
from graph.mapping.legal_register import LegalRegister
from graph.mapping.reader import Row, TableSet
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_checks import (
    UNCHANGED,
    LatestName,
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
from graph.mapping.unit_types import TYPES, Level
from graph.model import iris
from graph.model.iris import ERA_2004, ERA_2025
from graph.model.namespaces import VNDX

# The English type words of the table's own names ("Ba Dinh Ward"), for units whose type changed since.
_ENGLISH_WORDS: Final = {
    "xã": "Commune",
    "phường": "Ward",
    "đặc khu": "Special administrative region",
}


def map_communes_pre2025(tables: TableSet, sink: GraphSink) -> None:
    """State the communes as they were on 30 June 2025, with their second official spelling."""
    register = tables.once(UnitRegister.from_tables)
    first_lines: dict[str, int] = {}
    for row in COMMUNES_PRE2025.read(tables):
        reader = UnitRow(row, tables.problems)
        code = reader.new_key("code", reader.code("code", Level.COMMUNE), first_lines)
        unit_type = reader.one_of("type", TYPES[ERA_2004, Level.COMMUNE])
        for column in ("name_vi", "full_name_vi", "full_name_en", "name_ascii"):
            reader.filled(column)
        district = reader.code("parent_district_code", Level.DISTRICT)
        reader.day("version_from")
        check_in_force(reader, register, Level.COMMUNE, "parent_district_code")
        if reader.failed:
            continue
        unit = iris.unit(ERA_2004, code)
        facts = UnitFacts(
            unit=unit,
            level=Level.COMMUNE,
            era=ERA_2004,
            code=code,
            official_name=row["full_name_vi"],
            name=row["name_vi"],
            unit_type=unit_type,
            part_of=iris.unit(ERA_2004, district),
            name_en=row["full_name_en"],
            name_ascii=row["name_ascii"],
        )
        state_unit(sink, facts, row)
        state_alternative_names(sink, unit, names_at_home(row)[1:])


def map_communes_2025(tables: TableSet, sink: GraphSink) -> None:
    """State the communes since 1 July 2025 with the version that began on that day."""
    acts = tables.once(LegalRegister.from_tables)
    provinces = {row["code"] for row in PROVINCES_2025.read(tables)}
    first_lines: dict[str, int] = {}
    for row in COMMUNES_2025.read(tables):
        reader = UnitRow(row, tables.problems)
        code = reader.new_key("code", reader.code("code", Level.COMMUNE), first_lines)
        unit_type = reader.one_of("type", TYPES[ERA_2025, Level.COMMUNE])
        for column in ("name_vi", "full_name_vi", "full_name_en", "name_ascii"):
            reader.filled(column)
        province = reader.code("parent_province_code", Level.PROVINCE)
        if Level.PROVINCE.has_code(province) and province not in provinces:
            reader.wrong(
                "parent_province_code",
                vi=f"không có tỉnh mã {province} trong danh mục 2025",
                en=f"no province has the code {province} in the 2025 register",
            )
        reader.one_of("change", (UNCHANGED, "rearranged"))
        check_start(reader)
        basis = acts.basis(reader, "legal_basis", row["effective_from"])
        lat, long = reader.measure("lat", *LATITUDES), reader.measure("lon", *LONGITUDES)
        area = reader.measure("area_km2", "0.01", "5000")
        check_changes_of_2026(reader, tables, Level.COMMUNE)
        if reader.failed:
            continue
        unit, parent = iris.unit(ERA_2025, code), iris.unit(ERA_2025, province)
        latest = latest_of_2025(row, tables, Level.COMMUNE)
        facts = UnitFacts(
            unit=unit,
            level=Level.COMMUNE,
            era=ERA_2025,
            code=code,
            official_name=latest.official_name,
            name=row["name_vi"],
            unit_type=latest.unit_type,
            part_of=parent,
            name_en=_english_name(row, latest),
            name_ascii=row["name_ascii"],
        )
        state_unit(sink, facts, row)
        state_span(sink, unit, REFORM_DAY, "")
        state_alternative_names(
            sink, unit, (name for name in names_at_home(row) if name != latest.official_name)
        )
        state_point(sink, unit, lat, long)
        if area is not None:
            sink.decimal(unit, VNDX["areaKm2"], area)
        first = VersionFacts(
            unit=unit,
            version=iris.unit_version(ERA_2025, code, REFORM_DAY),
            official_name=row["full_name_vi"],
            name=row["name_vi"],
            unit_type=unit_type,
            part_of=parent,
            valid_from=REFORM_DAY,
            valid_to=row["type_change_from"],
            legal_basis=basis,
            clause=row["legal_clause"],
        )
        state_version(sink, first, row)


def _english_name(row: Row, latest: LatestName) -> str:
    """Give the table's English name; of a unit whose type changed, the one made by the same rule."""
    if latest.unit_type == row["type"]:
        return row["full_name_en"]
    return f"{row['name_ascii']} {_ENGLISH_WORDS[latest.unit_type]}"


MAPPINGS: Final = (
    TableMapping(
        name=COMMUNES_PRE2025.name,
        graph=iris.graph("table", "communes-pre2025"),
        inputs=(COMMUNES_PRE2025.name, *INPUTS),
        map=map_communes_pre2025,
        title_vi="10.035 đơn vị hành chính cấp xã đến 30/6/2025",
        title_en="The 10,035 communes until 30 June 2025",
        credits=(
            "General Statistics Office of Viet Nam: register of units",
            "thanglequoc/vietnamese-provinces-database (MIT): English names",
        ),
    ),
    TableMapping(
        name=COMMUNES_2025.name,
        graph=iris.graph("table", "communes-2025"),
        inputs=(COMMUNES_2025.name, PROVINCES_2025.name, UNIT_CHANGES_2026.name, LEGAL_DOCUMENTS.name),
        map=map_communes_2025,
        title_vi="3.321 đơn vị hành chính cấp xã từ 1/7/2025",
        title_en="The 3,321 communes since 1 July 2025",
        credits=(
            "National Statistics Office of Viet Nam: circular 1027/CTK-CSCL and register of units",
            "Resolutions 1654 to 1687/NQ-UBTVQH15 of the Standing Committee of the National Assembly",
            "thanglequoc/vietnamese-provinces-database (MIT): English names, points and areas",
        ),
    ),
)
