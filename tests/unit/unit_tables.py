"""Help for tests of the unit mappings: a small sound set of tables, and the same with one cell spoiled."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from graph.mapping.reader import TableSet
from graph.mapping.registry import mappings
from graph.mapping.sink import GraphSink
from graph.problems import Problem, Problems

SMALL = Path(__file__).parents[1] / "fixtures" / "valid" / "admin-tables"
"""Rows of the real tables around Phổ Yên, Hà Đông and Quế Võ; the totals are those of these rows."""

ADMIN = tuple(mapping for mapping in mappings() if mapping.name.startswith("admin/"))


class SmallTables:
    """A copy of the small set of tables that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(SMALL, folder, dirs_exist_ok=True)

    def path(self, table: str) -> Path:
        return self.folder / "admin" / f"{table}.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def spoil(self, table: str, where: dict[str, str], **cells: str) -> int:
        """Change cells of the one row that has the cells ``where``; give its line."""
        rows = self.rows(table)
        (index,) = [i for i, row in enumerate(rows) if all(row[c] == cell for c, cell in where.items())]
        rows[index] |= cells
        self.write(table, rows)
        return index + 2

    def add(self, table: str, row: dict[str, str]) -> int:
        """Add a row at the end; give its line."""
        rows = [*self.rows(table), row]
        self.write(table, rows)
        return len(rows) + 1

    def mapped(self) -> tuple[list[Problem], list[GraphSink]]:
        """Map all unit tables; give the problems and the graphs."""
        tables = TableSet(self.folder, Problems())
        sinks = []
        for mapping in ADMIN:
            sinks.append(GraphSink(mapping.graph))
            mapping.map(tables, sinks[-1])
        return list(tables.problems), sinks

    def places(self) -> list[tuple[str, int, str]]:
        """Map all unit tables; give table, line and column of each problem."""
        problems, _ = self.mapped()
        assert all(problem.vi and problem.en and problem.vi != problem.en for problem in problems)
        return [
            (p.file.removeprefix("tables/admin/").removesuffix(".csv"), p.line, p.column) for p in problems
        ]
