"""No text in any cell makes a mapping raise: a bad row is reported or stated, never an exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_support import TABLES, Mapped

from graph.mapping import (
    conflicts,
    events,
    indicators,
    indices,
    platform_metrics,
    platforms,
    source_pages,
    targets,
)
from graph.mapping.concept_index import concept_index
from graph.mapping.reader import Row, Table, TableSet
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import UnitRegister
from graph.model.text import nfc
from graph.problems import Problems

T = TypeVar("T")

REAL = TableSet(TABLES, Problems())
# Indices that none of the changed tables goes into: made once for all examples.
SHARED: dict[Callable[[TableSet], object], object] = {
    make: REAL.once(make) for make in (concept_index, UnitRegister.from_tables)
}

CASES: list[tuple[TableMapping, str]] = [
    (indices.MAPPINGS[0], "dti/dti"),
    (indices.MAPPINGS[1], "dti/dti_derived"),
    (indices.MAPPINGS[2], "dti/other_indices"),
    (platforms.MAPPINGS[0], "policy/platforms"),
    (platform_metrics.MAPPINGS[0], "policy/platform_metrics"),
    (platform_metrics.MAPPINGS[0], "policy/platforms"),
    (events.MAPPINGS[0], "policy/events"),
    (targets.MAPPINGS[0], "policy/targets"),
    (targets.MAPPINGS[0], "policy/indicator_aliases"),
    (indicators.MAPPINGS[0], "policy/indicator_aliases"),
    (indicators.MAPPINGS[0], "policy/targets"),
    (conflicts.MAPPINGS[0], "policy/contradictions"),
    (conflicts.MAPPINGS[0], "policy/platforms"),
    (conflicts.MAPPINGS[0], "policy/events"),
    (source_pages.MAPPINGS[0], "dti/source_pages"),
    (source_pages.MAPPINGS[0], "policy/contradictions"),
]


class ChangedTable(TableSet):
    """The real tables, of which one has few rows, with one cell changed."""

    def __init__(self, name: str, rows: tuple[Row, ...]) -> None:
        super().__init__(TABLES, Problems())
        self._name = name
        self._rows = rows

    def table(self, name: str, columns: tuple[str, ...]) -> Table:
        if name == self._name:
            return Table(name, self._rows)
        return REAL.table(name, columns)

    def once(self, make: Callable[[TableSet], T]) -> T:
        return SHARED[make] if make in SHARED else super().once(make)  # type: ignore[return-value]


cells = st.one_of(
    st.text(max_size=12).map(nfc),
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "1.500",
            "99999999999999999999",
            "2025-13-01",
            "--02-30",
            "%",
            "; ;",
            "Việt Nam",
            "top",
            "34",
        ]
    ),
)


@pytest.mark.parametrize(("mapping", "table"), CASES, ids=lambda case: getattr(case, "name", case))
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_text_in_any_cell_is_reported_or_stated(
    mapping: TableMapping, table: str, data: st.DataObject
) -> None:
    rows = REAL.table(table, ()).rows
    row = data.draw(st.sampled_from(rows), label="row")
    column = data.draw(st.sampled_from(sorted(row.cells)), label="column")
    text = data.draw(cells, label="text")
    changed = Row(row.table, row.line, {**row.cells, column: text})
    Mapped(mapping, tables=ChangedTable(table, (changed, rows[-1])))
