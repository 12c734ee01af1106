"""The changes of 2026 to units of the 2025 register: new type, same unit, so a new version."""

from __future__ import annotations

from typing import Final

from graph.mapping.admin_tables import COMMUNES_2025, LEGAL_DOCUMENTS, PROVINCES_2025, UNIT_CHANGES_2026
from graph.mapping.legal_register import LegalRegister
from graph.mapping.reader import Row, TableSet
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import REFORM_DAY
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_statements import VersionFacts, state_version
from graph.mapping.unit_types import Level, type_of_full_name
from graph.model import iris
from graph.model.iris import ERA_2025

_LEVELS: Final = {level.value: level for level in (Level.PROVINCE, Level.COMMUNE)}


def map_unit_changes_2026(tables: TableSet, sink: GraphSink) -> None:
    """State the version of each changed unit that began with its change."""
    acts = tables.once(LegalRegister.from_tables)
    units = tables.once(_units_2025)
    first_lines: dict[str, int] = {}
    for row in UNIT_CHANGES_2026.read(tables):
        reader = UnitRow(row, tables.problems)
        level = _LEVELS.get(reader.one_of("level", _LEVELS))
        if level is None:
            continue
        code = reader.new_key("code", reader.code("code", level), first_lines)
        unit = units.get((level, code))
        if level.has_code(code):
            _check_old_name(reader, unit)
        day = reader.filled("effective_from") and reader.day("effective_from")
        if day and day <= REFORM_DAY:
            reader.wrong(
                "effective_from",
                vi=f"ngày thay đổi {day} phải sau {REFORM_DAY}",
                en=f"the day of the change {day} must be after {REFORM_DAY}",
            )
        unit_type = type_of_full_name(row["new_full_name_vi"], ERA_2025, level)
        if not unit_type:
            reader.wrong(
                "new_full_name_vi",
                vi=f"{row['new_full_name_vi']!r} không bắt đầu bằng loại đơn vị {level.vi}",
                en=f"{row['new_full_name_vi']!r} does not begin with a type of level {level.value}",
            )
        basis = acts.basis(reader, "legal_basis", day)
        if reader.failed or unit is None:
            continue
        parent = (
            iris.country() if level is Level.PROVINCE else iris.unit(ERA_2025, unit["parent_province_code"])
        )
        facts = VersionFacts(
            unit=iris.unit(ERA_2025, code),
            version=iris.unit_version(ERA_2025, code, day),
            official_name=row["new_full_name_vi"],
            name=unit["name_vi"],
            unit_type=unit_type,
            part_of=parent,
            valid_from=day,
            valid_to="",
            legal_basis=basis,
        )
        state_version(sink, facts, row)


def _units_2025(tables: TableSet) -> dict[tuple[Level, str], Row]:
    """Give the rows of the 2025 tables by level and code."""
    return {
        (level, row["code"]): row
        for level, spec in ((Level.PROVINCE, PROVINCES_2025), (Level.COMMUNE, COMMUNES_2025))
        for row in spec.read(tables)
    }


def _check_old_name(reader: UnitRow, unit: Row | None) -> None:
    """Check that a changed unit is in the 2025 register, under the name that the row gives as the old one."""
    code, old_name = reader.row["code"], reader.row["old_full_name_vi"]
    if unit is None:
        reader.wrong(
            "code",
            vi=f"danh mục 2025 không có đơn vị mã {code}",
            en=f"the 2025 register has no unit of code {code}",
        )
    elif unit["full_name_vi"] != old_name:
        reader.wrong(
            "old_full_name_vi",
            vi=f"{old_name!r} khác danh mục 2025: {unit['full_name_vi']!r}",
            en=f"{old_name!r} differs from the 2025 register: {unit['full_name_vi']!r}",
        )


MAPPINGS: Final = (
    TableMapping(
        name=UNIT_CHANGES_2026.name,
        graph=iris.graph("table", "unit-changes-2026"),
        inputs=(UNIT_CHANGES_2026.name, PROVINCES_2025.name, COMMUNES_2025.name, LEGAL_DOCUMENTS.name),
        map=map_unit_changes_2026,
        title_vi="Thay đổi loại đơn vị hành chính năm 2026",
        title_en="Changes of type of administrative units in 2026",
        credits=(
            "thanglequoc/vietnamese-provinces-database (MIT): release notes",
            "zindont/vietnam-address-kit: amendments of 2026",
        ),
    ),
)
