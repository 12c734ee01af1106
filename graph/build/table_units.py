"""Units of the tables: each mapping of the registry fills one named graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from graph.build.inputs import InputFile, Inputs, Project
from graph.build.units import Content, GraphDescription, GraphKind, UnitPlan, unit_key
from graph.cache import code_digest
from graph.mapping.reader import Table, TableSet, file_of, read_table
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.model import ntriples
from graph.problems import Problem, Problems

_GRAPH_PACKAGE = Path(__file__).parents[1]
_CODE = ("model", "mapping")


class UndeclaredTableError(RuntimeError):
    """A mapping reads a table that is not among its inputs, so its cached result could be stale."""


class TableFolder:
    """The tables of a folder, each read once for each set of columns that is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[tuple[str, tuple[str, ...]], tuple[Table, tuple[Problem, ...]]] = {}

    def read(self, name: str, columns: tuple[str, ...], problems: Problems) -> Table:
        """Give a table, and report what is wrong with its form to everyone who asks for it."""
        key = (name, columns)
        if key not in self._read:
            found = Problems()
            self._read[key] = (read_table(self._folder, name, columns, found), tuple(found))
        table, known = self._read[key]
        problems.extend(known)
        return table


class DeclaredTables(TableSet):
    """The tables that one mapping may read: those it declares as its inputs."""

    def __init__(self, folder: TableFolder, mapping: TableMapping, problems: Problems) -> None:
        self.problems = problems
        self._tables = folder
        self._mapping = mapping

    def table(self, name: str, columns: tuple[str, ...]) -> Table:
        """Give a table; see `graph.mapping.reader.read_table`.

        Raises:
            UndeclaredTableError: if the mapping does not declare it.

        """
        if name not in self._mapping.inputs:
            raise UndeclaredTableError(f"{self._mapping.name!r} reads {name!r}, not one of its inputs")
        return self._tables.read(name, columns, self.problems)


def table_plans(project: Project, inputs: Inputs, mappings: Sequence[TableMapping]) -> list[UnitPlan]:
    """Give the units of the tables.

    The key of each holds the hashes of its tables, of all mapping code and of the concept schemes,
    in which mappings look up codes.
    """
    folder = TableFolder(project.tables)
    by_name = {file.name: file for file in inputs.tables}
    code = code_digest(_GRAPH_PACKAGE / part for part in _CODE)
    concepts = [file.sha256 for file in inputs.ontology]
    return [
        UnitPlan(
            name=mapping.name,
            description=_description(mapping),
            key=unit_key("table", mapping.name, code, [*_hashes(mapping, by_name), *concepts]),
            make=_maker(folder, mapping),
        )
        for mapping in mappings
    ]


def _hashes(mapping: TableMapping, files: dict[str, InputFile]) -> list[str]:
    present = (files.get(file_of(name)) for name in mapping.inputs)
    return [file.sha256 if file else "missing" for file in present]


def _description(mapping: TableMapping) -> GraphDescription:
    return GraphDescription(
        graph=mapping.graph.value,
        kind=GraphKind.TABLE,
        title_vi=mapping.title_vi,
        title_en=mapping.title_en,
        licence=mapping.licence,
        credits=mapping.credits,
        files=tuple(file_of(name) for name in mapping.inputs),
    )


def _maker(folder: TableFolder, mapping: TableMapping) -> Callable[[Problems], Content]:
    def make(problems: Problems) -> Content:
        sink = GraphSink(mapping.graph)
        mapping.map(DeclaredTables(folder, mapping, problems), sink)
        return Content(ntriples.canonical_graph(sink, mapping.graph.value), sink.origins)

    return make
