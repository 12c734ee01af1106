"""Every mapping declares just the tables that it reads: a build re-uses what none of them changed."""

from __future__ import annotations

import pytest
from mapping_support import TABLES

from graph.mapping.reader import Table, TableSet
from graph.mapping.registry import mappings
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.problems import Problems


class RecordingTables(TableSet):
    """Tables that note which of them are read."""

    def __init__(self) -> None:
        super().__init__(TABLES, Problems())
        self.names: set[str] = set()

    def table(self, name: str, columns: tuple[str, ...]) -> Table:
        self.names.add(name)
        return super().table(name, columns)


POLICY_AND_INDICES = [
    mapping for mapping in mappings() if mapping.name.startswith(("policy/", "dti/", "register/"))
]


@pytest.mark.parametrize("mapping", POLICY_AND_INDICES, ids=lambda mapping: mapping.name)
def test_a_mapping_declares_the_tables_that_it_reads_each_once(mapping: TableMapping) -> None:
    tables = RecordingTables()
    mapping.map(tables, GraphSink(mapping.graph))
    assert sorted(mapping.inputs) == sorted(tables.names)
