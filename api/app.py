"""The application factory: the one place where settings become a service."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from fastapi import FastAPI
from starlette.types import ASGIApp

from api import health
from api.addresses import Addresses
from api.admission import Admission, AdmissionLimits
from api.answer_cache import AnswerCache
from api.browse import routes as browse
from api.collections import routes as collections
from api.compression import Compression
from api.conflicts import routes as conflicts
from api.cors import OpenAccess
from api.discovery import crawl_routes, dump_routes
from api.discovery import routes as discovery
from api.engines import make_engine
from api.entities import link_routes, schema_routes
from api.entities import routes as entities
from api.entities.json_ld import JsonLdContext
from api.entities.schemas import SchemaLibrary
from api.entity_pages.kept_facts import KeptFactsOfSnapshots
from api.evidence import routes as evidence
from api.guides import routes as guides
from api.guides.library import GuideLibrary
from api.home import routes as home
from api.home.content import HomeContents
from api.kept_by_snapshot import KeptBySnapshot, SnapshotValues
from api.linking import page_routes as link_page
from api.linking import routes as linking
from api.long_lived import LongLived
from api.map import routes as province_map
from api.map.data import read_map
from api.metrics import Metrics
from api.pages.assets import ASSETS_PATH, AssetFiles, Assets
from api.pages.kept import KeptPages
from api.pages.render import Pages
from api.problems import install_problem_handlers
from api.reconcile import routes_0_2 as reconcile_0_2
from api.reconcile import routes_1_0 as reconcile_1_0
from api.reconcile.terms import TermsOfSnapshots
from api.reference import routes as reference
from api.reference.kept import ReferenceOfApplication
from api.sameas import routes as sameas
from api.search import opensearch
from api.search import page_routes as search_pages
from api.search import routes as search
from api.search.indexes import SearchIndexes
from api.services import VERSION, Services
from api.settings import Settings
from api.shared_answers import SharedAnswers
from api.sparql import cancelling
from api.sparql import routes as sparql
from api.sparql.identity import IdentityHeaders
from api.sparql.running import RunningQueries
from api.unit_matchers import UnitMatchers
from api.units import resolve_routes
from api.units import routes as units
from api.validation import routes as validation
from api.vocabulary import context_routes
from api.vocabulary import routes as vocabulary
from api.vocabulary.kept import VocabularyOfSnapshots
from api.warming import WarmUp
from api.workbench import routes as workbench
from api.workbench.contents import WorkbenchOfSnapshots
from graph.model.namespaces import BASE
from graph.query.engine import Engine
from graph.vocabulary.files import CONTEXT, SCHEMAS
from graph.vocabulary.json_ld_context import VERSION as VOCABULARY_VERSION

# What packages want to be warmed up, in the order in which readers will most likely come to it.
_WARMED: Final = tuple(
    path
    for package in (
        home,
        entities,
        province_map,
        browse,
        search_pages,
        link_page,
        conflicts,
        workbench,
        vocabulary,
        reference,
        guides,
        dump_routes,
    )
    for path in package.WARMED
)

_DESCRIPTION: Final = """\
The open knowledge graph of how Vietnam's provinces go digital.

* `/sparql` answers SPARQL 1.1 queries over all named graphs.
* `/id/X` names a thing; `/page/X` describes it for people, `/data/X.json` (`.jsonld`, `.ttl`, `.nt`, `.rdf`,
  `.trig`, `.csv`) for programs, with the same facts.
* Errors are problem details (RFC 9457); every answer carries an `ETag`.
"""


def _refresh_on_hangup(engine: Engine) -> None:
    """Have the signal SIGHUP look for a published snapshot at once, where signals can be handled."""
    loop = asyncio.get_running_loop()
    running: set[asyncio.Task[None]] = set()

    def refresh() -> None:
        task = loop.create_task(engine.refresh())
        running.add(task)  # the loop itself keeps no task from being collected
        task.add_done_callback(running.discard)

    with suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGHUP, refresh)


@asynccontextmanager
async def _warmed(app: FastAPI, services: Services) -> AsyncIterator[None]:
    """Warm up in the background, if the settings say so, until the context is left."""
    settings = services.settings
    if not settings.warm:
        yield
        return
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    local = f"http://{host}:{settings.port}"
    warm_up = WarmUp(app, lambda: services.engine.snapshot, _WARMED, local, LongLived())
    running = asyncio.create_task(warm_up.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait([running])


def _make_services(settings: Settings, engine: Engine, cache: AnswerCache | None) -> Services:
    addresses = Addresses(settings.public_root)
    metrics = Metrics(VERSION)
    maps = SnapshotValues(read_map)
    running = RunningQueries(settings.slow_query, metrics.count_query)
    metrics.watch(lambda: engine.snapshot, lambda: len(running), cache)
    return Services(
        settings=settings,
        engine=engine,
        pages=Pages(addresses.path, Assets.load()),
        guides=GuideLibrary.load(),
        kept_pages=KeptPages(),
        addresses=addresses,
        context=JsonLdContext.load(CONTEXT, f"{BASE}context/v{VOCABULARY_VERSION}.jsonld"),
        schemas=SchemaLibrary.load(SCHEMAS),
        running=running,
        metrics=metrics,
        searches=Admission(
            AdmissionLimits(
                settings.searchers,
                waiting=256,
                waiting_of_client=32,
                wait_seconds=settings.deadline,
                what="name look-up",
            )
        ),
        validations=Admission(AdmissionLimits(settings.validators)),
        linkings=Admission(AdmissionLimits(settings.linkers, what="linking")),
        indexes=SearchIndexes(),
        matchers=UnitMatchers(),
        terms=TermsOfSnapshots(),
        maps=maps,
        homes=HomeContents(maps),
        collection_facts=KeptBySnapshot(),
        first_pages=KeptBySnapshot(),
        overviews=KeptBySnapshot(),
        kept_facts=KeptFactsOfSnapshots(engine),
        disagreements=KeptBySnapshot(),
        vocabulary=VocabularyOfSnapshots(),
        reference=ReferenceOfApplication(),
        workbench=WorkbenchOfSnapshots(),
    )


def create_app(settings: Settings, engine: Engine | None = None, cache: AnswerCache | None = None) -> FastAPI:
    """Make a service.

    Args:
        settings: how it runs.
        engine: what answers queries; by default what the settings say.
        cache: what keeps answers before the application, if anything does, so that it can be told of.

    """
    services = _make_services(settings, engine or make_engine(settings), cache)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await services.engine.start()
        _refresh_on_hangup(services.engine)
        async with _warmed(app, services):
            yield
        await services.engine.stop()

    app = FastAPI(
        title="VNDX",
        summary="Dữ liệu mở về chuyển đổi số của các tỉnh, thành phố Việt Nam",
        description=_DESCRIPTION,
        version=VERSION,
        license_info={"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,  # such redirects would repeat the Host header
    )
    app.state.services = services
    for router in (
        sparql.router,
        workbench.router,
        home.router,
        province_map.router,
        reference.router,
        cancelling.router,
        entities.router,
        search.router,
        opensearch.router,
        search_pages.router,
        browse.router,
        conflicts.router,
        link_routes.router,
        schema_routes.router,
        context_routes.router,
        vocabulary.router,
        discovery.router,
        dump_routes.router,
        crawl_routes.router,
        evidence.router,
        validation.router,
        linking.router,
        link_page.router,
        guides.router,
        collections.router,
        resolve_routes.router,
        sameas.router,
        units.router,
        reconcile_0_2.router,
        reconcile_1_0.router,
        health.router,
    ):
        # Not included: then each request would be matched on two levels, twice, which costs 50 µs.
        app.router.routes.extend(router.routes)
    app.mount(ASSETS_PATH, AssetFiles())
    schema_routes.describe_schemas(app, services)
    install_problem_handlers(app)
    app.add_middleware(IdentityHeaders)
    app.add_middleware(Compression)
    app.add_middleware(OpenAccess)
    return app


def create_service(settings: Settings, engine: Engine | None = None) -> ASGIApp:
    """Make what a server runs: the application, behind the answers that equal requests share if they do.

    They stand outside the application, whose own layers would cost more than sending a kept answer.
    """
    chosen = engine or make_engine(settings)
    if not settings.answer_cache:
        return create_app(settings, chosen)
    cache = AnswerCache(settings.answer_cache, settings.answer_cache_entry)
    return SharedAnswers(create_app(settings, chosen, cache), lambda: chosen.snapshot, cache)
