"""Help for tests of mappings: the real tables, the same with one table replaced, and what came out."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.mapping.reader import TableSet
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.model.namespaces import RDF
from graph.problems import Problem, Problems

TABLES = Path(__file__).parents[2] / "graph" / "data" / "tables"


class Mapped:
    """What a mapping made of a folder of tables."""

    def __init__(self, mapping: TableMapping, folder: Path = TABLES, tables: TableSet | None = None) -> None:
        self.tables = tables or TableSet(folder, Problems())
        self.sink = GraphSink(mapping.graph)
        mapping.map(self.tables, self.sink)

    @property
    def problems(self) -> list[Problem]:
        return list(self.tables.problems)

    def objects(self, subject: NamedNode, predicate: NamedNode) -> set[str]:
        """Give the values of a property of a node, as text."""
        return {q.object.value for q in self.sink if q.subject == subject and q.predicate == predicate}

    def one(self, subject: NamedNode, predicate: NamedNode) -> str:
        """Give the only value of a property of a node."""
        (value,) = self.objects(subject, predicate)
        return value

    def literal(self, subject: NamedNode, predicate: NamedNode) -> Literal:
        """Give the only value of a property, with its datatype or language."""
        (value,) = {q.object for q in self.sink if q.subject == subject and q.predicate == predicate}
        assert isinstance(value, Literal)
        return value

    def subjects(self, predicate: NamedNode, value: NamedNode) -> set[NamedNode]:
        """Give the nodes that have a value for a property."""
        return {
            q.subject
            for q in self.sink
            if q.predicate == predicate and q.object == value and isinstance(q.subject, NamedNode)
        }

    def count(self, cls: NamedNode) -> int:
        """Count the nodes of a class."""
        return len(self.subjects(RDF["type"], cls))

    def functional(self, predicate: NamedNode) -> bool:
        """Say whether no node has two values for a property."""
        counts = Counter(q.subject for q in self.sink if q.predicate == predicate)
        return max(counts.values(), default=0) <= 1


def rows_of(table: str) -> list[dict[str, str]]:
    """Give the rows of a real table."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row_of(table: str, **cells: str) -> dict[str, str]:
    """Give the first real row that has these cells."""
    return next(row for row in rows_of(table) if all(row[column] == cell for column, cell in cells.items()))


def folder_with(tmp_path: Path, table: str, *rows: dict[str, str]) -> Path:
    """Give a folder with all real tables, of which one has only the given rows."""
    for original in TABLES.rglob("*.csv"):
        copy = tmp_path / original.relative_to(TABLES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            copy.symlink_to(original)
    changed = tmp_path / f"{table}.csv"
    changed.unlink()
    with changed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows_of(table)[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path


def assert_reported(problems: list[Problem], table: str, line: int, column: str) -> None:
    """Check that one problem was found, in this place, told in both languages."""
    assert [(p.file, p.line, p.column) for p in problems] == [(f"tables/{table}.csv", line, column)]
    assert problems[0].vi
    assert problems[0].en
