"""All collections."""

from __future__ import annotations

from typing import Final

from api.collections.collection import Collection
from api.collections.declarations import activities, administrative, agents, documents, figures, statements

COLLECTIONS: Final[tuple[Collection, ...]] = (
    *administrative.COLLECTIONS,
    *documents.COLLECTIONS,
    *activities.COLLECTIONS,
    *agents.COLLECTIONS,
    *figures.COLLECTIONS,
    *statements.COLLECTIONS,
)
"""In the order of the documentation."""
