"""What the handlers of requests work with: made once by the application factory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, TypeAlias

from fastapi import Depends, Request

from api.addresses import Addresses
from api.admission import Admission
from api.browse.options import CollectionFacts
from api.browse.overview import Overview
from api.collections.listing import Listing
from api.conflicts.reading import Disagreement
from api.entities.json_ld import JsonLdContext
from api.entities.schemas import SchemaLibrary
from api.entity_pages.kept_facts import KeptFactsOfSnapshots
from api.guides.library import GuideLibrary
from api.home.content import HomeContents
from api.kept_by_snapshot import KeptBySnapshot, SnapshotValues
from api.map.data import MapData
from api.metrics import Metrics
from api.pages.kept import KeptPages
from api.pages.render import Pages
from api.reconcile.terms import TermsOfSnapshots
from api.reference.kept import ReferenceOfApplication
from api.representation import entity_tag
from api.search.indexes import SearchIndexes
from api.settings import Settings
from api.sparql.running import RunningQueries
from api.unit_matchers import UnitMatchers
from api.vocabulary.kept import VocabularyOfSnapshots
from api.workbench.contents import WorkbenchOfSnapshots
from graph.query.engine import Engine, SnapshotView

VERSION = version("vndx")


@dataclass(frozen=True)
class Services:
    """What an application is made of."""

    settings: Settings
    engine: Engine
    pages: Pages
    guides: GuideLibrary
    kept_pages: KeptPages
    addresses: Addresses
    context: JsonLdContext
    schemas: SchemaLibrary
    running: RunningQueries
    metrics: Metrics
    searches: Admission
    validations: Admission
    linkings: Admission
    indexes: SearchIndexes
    matchers: UnitMatchers
    terms: TermsOfSnapshots
    maps: SnapshotValues[MapData]
    homes: HomeContents
    collection_facts: KeptBySnapshot[CollectionFacts]
    first_pages: KeptBySnapshot[Listing]
    overviews: KeptBySnapshot[Overview]
    kept_facts: KeptFactsOfSnapshots
    disagreements: KeptBySnapshot[Sequence[Disagreement]]
    vocabulary: VocabularyOfSnapshots
    reference: ReferenceOfApplication
    workbench: WorkbenchOfSnapshots

    def tag(self, view: SnapshotView, *parts: str) -> str:
        """Give the entity tag of something made from a snapshot by this version of the software.

        It begins with the id of the snapshot, by which `api.shared_answers` knows what it may keep. Empty
        if the snapshot is unknown, as then nothing can be told from what came before it.
        """
        return f"{view.id}-{entity_tag(VERSION, *parts)}" if view.id else ""


def services_in(request: Request) -> Services:
    """Give the services of the application that a request came to."""
    services: Services = request.app.state.services
    return services


async def services_of(request: Request) -> Services:
    """Do the same as a dependency; async, so that no thread is needed."""
    return services_in(request)


ServicesOf: TypeAlias = Annotated[Services, Depends(services_of)]
