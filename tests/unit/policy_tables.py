"""Help for tests of policy mappings: the small unit tables, and policy tables with the given rows only."""

from __future__ import annotations

import csv
from pathlib import Path

from mapping_support import TABLES, Mapped, rows_of
from unit_tables import SMALL

from graph.mapping.table_mapping import TableMapping

NATIONAL = "policy/national_documents"
PROVINCIAL = "policy/provincial_documents"
AGENTS = "policy/organisations_people"


def small_policy(folder: Path, **rows_by_table: list[dict[str, str]]) -> Path:
    """Give a folder of tables in which ``policy/<name>`` has the rows given as ``name=[...]``, others none.

    The unit tables are the small sound set: Hà Nội, Bắc Kạn, Thái Nguyên, Bắc Giang, Bắc Ninh.
    """
    (folder / "admin").symlink_to(SMALL / "admin")
    (folder / "policy").mkdir()
    for original in (TABLES / "policy").glob("*.csv"):
        _write(folder / "policy" / original.name, original.stem, rows_by_table.get(original.stem, []))
    return folder


def map_small(folder: Path, mapping: TableMapping, **rows_by_table: list[dict[str, str]]) -> Mapped:
    """Map small tables with one mapping."""
    return Mapped(mapping, small_policy(folder, **rows_by_table))


def _write(path: Path, name: str, rows: list[dict[str, str]]) -> None:
    """Write a policy table with the real header, and any column that its rows have besides."""
    columns = dict.fromkeys([*rows_of(f"policy/{name}")[0], *(column for row in rows for column in row)])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
