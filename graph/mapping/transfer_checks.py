"""Checks of the tables of mergers as a whole: nothing left out, and no contradiction with the unit tables."""

from __future__ import annotations

from collections import defaultdict

from graph.mapping.admin_tables import PROVINCE_MERGERS, PROVINCES_2025, PROVINCES_PRE2025, TableSpec
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.unit_checks import LAST_DAY
from graph.mapping.unit_register import REFORM_DAY, UnitRegister
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_types import Level
from graph.model import iris


def check_complete(tables: TableSet, spec: TableSpec, columns: tuple[str, str], level: Level) -> None:
    """Check that every unit of the last day went somewhere, and every unit of the first day was made."""
    register = tables.once(UnitRegister.from_tables)
    rows = spec.read(tables)
    for column, era, day in zip(columns, iris.ERAS, (LAST_DAY, REFORM_DAY), strict=True):
        named = {row[column] for row in rows}
        for entry in register.entries_on(era, level, day):
            if entry.code not in named:
                tables.problems.report(
                    file_of(spec.name),
                    0,
                    column,
                    vi=f"thiếu dòng của đơn vị {entry.code} ({entry.official_name}, {day})",
                    en=f"the unit {entry.code} ({entry.official_name}, {day}) has no row",
                )


def check_predecessors(tables: TableSet) -> None:
    """Check that the tables of provinces and the table of mergers say the same of who became what."""
    mergers = PROVINCE_MERGERS.read(tables)
    made_of: dict[str, set[str]] = defaultdict(set)
    for row in mergers:
        made_of[row["new_code"]].add(row["old_code"])
    became = {row["old_code"]: row["new_code"] for row in mergers}
    for row in PROVINCES_2025.read(tables):
        here, there = set(row.listed("predecessor_codes", "|")), made_of[row["code"]]
        if here != there:
            _report_difference(tables, row, "predecessor_codes", "|".join(sorted(there)))
    for row in PROVINCES_PRE2025.read(tables):
        there_code = became.get(row["code"], "")
        if row["successor_code_2025"] != there_code:
            _report_difference(tables, row, "successor_code_2025", there_code)


def _report_difference(tables: TableSet, row: Row, column: str, there: str) -> None:
    """Report a cell that the table of province mergers contradicts."""
    UnitRow(row, tables.problems).wrong(
        column,
        vi=f"{row[column]!r} khác bảng sáp nhập tỉnh: {there!r}",
        en=f"{row[column]!r} differs from the table of province mergers: {there!r}",
    )
