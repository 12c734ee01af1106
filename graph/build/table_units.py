"""Units of the tables: each mapping of the registry fills one named graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

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

T = TypeVar("T")


class UndeclaredTableError(RuntimeError):
    """A mapping reads a table that is not among its inputs, so its cached result could be stale."""


class SharedTables:
    """The tables of a folder and what mappings make of them, each made once for all mappings.

    With each goes what is needed to give it to another mapping as if made for it: the problems found
    on the way, and the names of the tables read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[tuple[str, tuple[str, ...]], tuple[Table, tuple[Problem, ...]]] = {}
        self.made: dict[Callable[[TableSet], Any], tuple[Any, frozenset[str], tuple[Problem, ...]]] = {}


class DeclaredTables(TableSet):
    """The tables that one mapping may read: those it declares as its inputs."""

    def __init__(self, shared: SharedTables, mapping: TableMapping, problems: Problems) -> None:
        super().__init__(shared.folder, problems)
        self._shared = shared
        self._mapping = mapping
        self._names: set[str] = set()

    def table(self, name: str, columns: tuple[str, ...]) -> Table:
        """Give a table; see `graph.mapping.reader.read_table`.

        Raises:
            UndeclaredTableError: if the mapping does not declare it.

        """
        self._take({name})
        key = (name, columns)
        if key not in self._shared.tables:
            found = Problems()
            table = read_table(self._shared.folder, name, columns, found)
            self._shared.tables[key] = (table, tuple(found))
        table, problems = self._shared.tables[key]
        self.problems.extend(problems)
        return table

    def once(self, make: Callable[[TableSet], T]) -> T:
        """Give what ``make`` makes of the tables, the same object for all mappings.

        Raises:
            UndeclaredTableError: if it is made of a table that the mapping does not declare.

        """
        if make not in self._shared.made:
            within = DeclaredTables(self._shared, self._mapping, Problems())
            value = make(within)
            self._shared.made[make] = (value, frozenset(within._names), tuple(within.problems))
        value, names, problems = self._shared.made[make]
        self._take(names)
        self.problems.extend(problems)
        return cast("T", value)

    def _take(self, names: Iterable[str]) -> None:
        undeclared = sorted(set(names) - set(self._mapping.inputs))
        if undeclared:
            raise UndeclaredTableError(
                f"the mapping {self._mapping.name!r} reads {', '.join(undeclared)}: add it to its inputs"
            )
        self._names.update(names)


def table_plans(project: Project, inputs: Inputs, mappings: Sequence[TableMapping]) -> list[UnitPlan]:
    """Give the units of the tables.

    The key of each holds the hashes of its tables, of all mapping code and of the concept schemes,
    in which mappings look up codes.
    """
    shared = SharedTables(project.tables)
    by_name = {file.name: file for file in inputs.tables}
    code = code_digest(_GRAPH_PACKAGE / part for part in _CODE)
    concepts = [file.sha256 for file in inputs.ontology]
    return [
        UnitPlan(
            name=mapping.name,
            description=_description(mapping),
            key=unit_key("table", mapping.name, code, [*_hashes(mapping, by_name), *concepts]),
            make=_maker(shared, mapping),
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


def _maker(shared: SharedTables, mapping: TableMapping) -> Callable[[Problems], Content]:
    def make(problems: Problems) -> Content:
        sink = GraphSink(mapping.graph)
        mapping.map(DeclaredTables(shared, mapping, problems), sink)
        return Content(ntriples.canonical_graph(sink, mapping.graph.value), sink.origins)

    return make
