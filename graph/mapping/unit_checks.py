"""Checks of one table of units against another: of a day against the history, of 2025 against 2026."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.mapping.admin_tables import UNIT_CHANGES_2026
from graph.mapping.reader import Row, TableSet
from graph.mapping.unit_register import REFORM_DAY, UnitRegister
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_types import TYPES, Level
from graph.model.iris import ERA_2004, ERA_2025

UNCHANGED: Final = "unchanged"
"""What the 2025 tables call a unit that the reform left as it was."""

LAST_DAY: Final = "2025-06-30"
"""The last day of the register of 63 provinces, for which the tables ``*_pre2025`` hold."""


@dataclass(frozen=True)
class LatestName:
    """The name and type that a unit of the 2025 register has after the changes of 2026."""

    official_name: str
    unit_type: str


def check_in_force(reader: UnitRow, register: UnitRegister, level: Level, parent_column: str) -> None:
    """Check that the history has a unit of this code, type and parent on the last day of its register.

    The type is compared only where the row's type is known, the start of the version where the table has
    it; a name may be spelled in another way.
    """
    row = reader.row
    entry = register.entry_on(ERA_2004, row["code"], LAST_DAY)
    if not level.has_code(row["code"]):
        return
    if entry is None:
        reader.wrong(
            "code",
            vi=f"bảng lịch sử không có đơn vị mã {row['code']} vào ngày {LAST_DAY}",
            en=f"the history has no unit of code {row['code']} on {LAST_DAY}",
        )
        return
    if row["type"] in TYPES[ERA_2004, level] and row["type"] != entry.unit_type:
        reader.wrong(
            "type",
            vi=f"{row['type']!r} khác bảng lịch sử: {entry.unit_type!r}",
            en=f"{row['type']!r} differs from the history: {entry.unit_type!r}",
        )
    if parent_column and row[parent_column] != entry.parent_code:
        reader.wrong(
            parent_column,
            vi=f"đơn vị cấp trên {row[parent_column]!r} khác bảng lịch sử: {entry.parent_code!r}",
            en=f"the parent {row[parent_column]!r} differs from the history: {entry.parent_code!r}",
        )
    if row.cells.get("version_from", entry.valid_from) != entry.valid_from:
        reader.wrong(
            "version_from",
            vi=f"{row['version_from']!r} khác bảng lịch sử: {entry.valid_from!r}",
            en=f"{row['version_from']!r} differs from the history: {entry.valid_from!r}",
        )


def check_start(reader: UnitRow) -> None:
    """Check that a unit of a 2025 table began with the reform, or was left unchanged and has no start."""
    unchanged = reader.row["change"] == UNCHANGED
    day = reader.day("effective_from")
    if not reader.failed and day != ("" if unchanged else REFORM_DAY):
        reader.wrong(
            "effective_from",
            vi=f"{day!r} không hợp lệ: để trống nếu giữ nguyên, nếu không thì {REFORM_DAY}",
            en=f"{day!r} is not right: empty for an unchanged unit, else {REFORM_DAY}",
        )


def changes_of_2026(tables: TableSet) -> dict[tuple[str, str], Row]:
    """Give the rows of the table of changes of 2026 by level and code."""
    return {(row["level"], row["code"]): row for row in UNIT_CHANGES_2026.read(tables)}


def check_changes_of_2026(reader: UnitRow, tables: TableSet, level: Level) -> None:
    """Check that a row of a 2025 table and the table of changes of 2026 say the same of its unit."""
    row = reader.row
    later_type = reader.one_of("type_as_of_2026_11", TYPES[ERA_2025, level])
    day = reader.day("type_change_from")
    if day and day <= REFORM_DAY:
        reader.wrong(
            "type_change_from",
            vi=f"ngày thay đổi {day} phải sau {REFORM_DAY}",
            en=f"the day of the change {day} must be after {REFORM_DAY}",
        )
    change = tables.once(changes_of_2026).get((level.value, row["code"]))
    here = (day, row["type_change_basis"])
    there = (change["effective_from"], change["legal_basis"]) if change else ("", "")
    if here != there:
        reader.wrong(
            "type_change_from",
            vi=f"{' '.join(here) or 'không thay đổi'} khác bảng thay đổi 2026: "
            f"{' '.join(there) or 'không thay đổi'}",
            en=f"{' '.join(here) or 'no change'} differs from the changes of 2026: "
            f"{' '.join(there) or 'no change'}",
        )
    elif (later_type != row["type"]) != bool(day):
        reader.wrong(
            "type_as_of_2026_11",
            vi=f"loại {row['type']!r} và {later_type!r} không khớp với ngày thay đổi {day!r}",
            en=f"the types {row['type']!r} and {later_type!r} do not go with the day of change {day!r}",
        )


def latest_of_2025(row: Row, tables: TableSet, level: Level) -> LatestName:
    """Give the latest official name and type of a row of a 2025 table; see `check_changes_of_2026`."""
    change = tables.once(changes_of_2026).get((level.value, row["code"]))
    name = change["new_full_name_vi"] if change else row["full_name_vi"]
    return LatestName(name, row["type_as_of_2026_11"])
