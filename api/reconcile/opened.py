"""What a request of reconciliation works with: one snapshot, opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from api.reconcile.reconciling import Sources
from api.reconcile.things import ThingCandidates
from api.reconcile.units import UnitCandidates
from api.services import Services
from graph.query.engine import SnapshotView
from graph.search.index import SearchIndex


@dataclass(frozen=True)
class Opened:
    """A snapshot with what candidates come from."""

    view: SnapshotView
    index: SearchIndex
    sources: Sources


@asynccontextmanager
async def opened(services: Services) -> AsyncIterator[Opened]:
    """Open the current snapshot for one request.

    Raises:
        EngineUnavailableError: if its files are not here.

    """
    async with services.engine.view() as view:
        index = services.indexes.of(view)
        terms = await services.terms.of(view, index.classes)
        matcher = await services.matchers.of(view)
        yield Opened(view, index, Sources(UnitCandidates(matcher), ThingCandidates(index), terms))
