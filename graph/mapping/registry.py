"""All mappings of the project, in one list: the build asks here and nowhere else."""

from __future__ import annotations

from typing import Final

from graph.mapping import (
    agents_table,
    communes,
    conflicts,
    districts,
    documents,
    events,
    history,
    indicators,
    indices,
    legal_documents,
    name_disagreements,
    platform_metrics,
    platforms,
    provinces,
    resolution_totals,
    source_pages,
    targets,
    transfers,
    unit_changes,
)
from graph.mapping.table_mapping import TableMapping

_FAMILIES: Final = (
    legal_documents,
    provinces,
    districts,
    communes,
    history,
    transfers,
    unit_changes,
    resolution_totals,
    name_disagreements,
    documents,
    agents_table,
    platforms,
    platform_metrics,
    events,
    targets,
    indicators,
    indices,
    conflicts,
    source_pages,
)


def mappings() -> tuple[TableMapping, ...]:
    """Give all mappings, in a fixed order."""
    return tuple(mapping for family in _FAMILIES for mapping in family.MAPPINGS)
