"""All mappings of the project, in one list: the build asks here and nowhere else."""

from __future__ import annotations

from typing import Final

from graph.mapping.table_mapping import TableMapping

FAMILIES: Final[tuple[tuple[TableMapping, ...], ...]] = ()


def mappings() -> tuple[TableMapping, ...]:
    """Give all mappings, in a fixed order."""
    return tuple(mapping for family in FAMILIES for mapping in family)
