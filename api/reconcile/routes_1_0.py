"""``/reconcile/1.0-draft``: the Reconciliation Service API as its next version is being written."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.clients import client_of
from api.problems import ProblemError, documented
from api.reconcile import answers_1_0, suggesting, wire_0_2, wire_1_0
from api.reconcile.answers import kept, preview_card, unkept
from api.reconcile.extending import extend
from api.reconcile.opened import opened
from api.reconcile.reading_requests import (
    BATCH_SIZE,
    JSON,
    MOST_ENTITIES,
    PROBLEMS,
    EntityParameters,
    Parameters,
    ProposeParameters,
    SuggestParameters,
    body_of,
    checked,
    json_of,
    language_of,
    media_type_of,
    within,
)
from api.reconcile.reconciling import reconcile
from api.routing import readable
from api.service_roots import service_root
from api.services import Services, ServicesOf

router: Final = APIRouter(prefix=wire_1_0.ROOT, tags=["Reconciliation 1.0-draft"])

_PROBLEMS: Final = documented(PROBLEMS)
_BODY: Final = {"requestBody": {"required": True, "content": {JSON: {"schema": {"type": "object"}}}}}


@readable(router, "/", include_in_schema=False)
@readable(router, "", summary="The manifest", response_model=answers_1_0.Manifest, responses=_PROBLEMS)
async def manifest(
    request: Request, services: ServicesOf, parameters: Annotated[Parameters, Query()]
) -> Response:
    """Describe the service."""
    language = language_of(request, parameters.lang)
    async with opened(services) as snapshot:
        content = wire_1_0.manifest(snapshot.sources.terms, service_root(services, request), language)
        return kept(request, services, snapshot, content, language)


@router.post(
    "/reconcile",
    summary="Reconcile a batch of queries",
    response_model=answers_1_0.ResultBatch,
    responses=_PROBLEMS,
    openapi_extra=_BODY,
)
@router.post(
    "/match",
    summary="Reconcile a batch of queries",
    response_model=answers_1_0.ResultBatch,
    responses=_PROBLEMS,
    openapi_extra=_BODY,
)
async def match(
    request: Request, services: ServicesOf, parameters: Annotated[Parameters, Query()]
) -> Response:
    """Give candidates for each query, best first; both names that the draft has had lead here."""
    content = await _json(request, services)
    queries = content.get("queries") if isinstance(content, dict) else None
    within(len(queries) if isinstance(queries, list) else 0, BATCH_SIZE, "queries")
    batch = checked(wire_1_0.BATCH, content, "body")
    language = language_of(request, parameters.lang)
    async with services.searches.enter(client_of(request)) as place, opened(services) as snapshot:
        asked = [query.to_query() for query in batch.queries]
        results = await reconcile(place, snapshot.view, snapshot.sources, asked)
        answer = wire_1_0.result_batch(results, snapshot.sources.terms, language)
    return unkept(request, answer, language)


@readable(router, "/suggest/{kind}", summary="Complete what is being typed", responses=_PROBLEMS)
async def suggest(
    kind: Literal["entity", "property", "type"],
    request: Request,
    services: ServicesOf,
    parameters: Annotated[SuggestParameters, Query()],
) -> Response:
    """Give entities, properties or types that may be meant; all types and properties for an empty prefix."""
    language = language_of(request, parameters.lang)
    async with services.searches.enter(client_of(request)) as place, opened(services) as snapshot:
        terms = snapshot.sources.terms
        skipped = parameters.skipped
        match kind:
            case "entity":
                types = [parameters.type] if parameters.type else []
                found = await suggesting.entities(
                    place, snapshot, parameters.prefix, types, limit=parameters.limit, offset=skipped
                )
                content = wire_1_0.suggested_entities(found, terms, language)
            case "type":
                of_types = suggesting.types(snapshot, parameters.prefix)[skipped:]
                content = wire_0_2.suggested_types(of_types, terms, language)
            case "property":
                of_type = suggesting.properties(snapshot, parameters.prefix, parameters.type)[skipped:]
                content = wire_0_2.suggested_properties(of_type, language)
        return kept(request, services, snapshot, content, language)


@readable(router, "/preview", summary="A card of an entity, to be shown in a frame", responses=_PROBLEMS)
async def preview(
    request: Request, services: ServicesOf, parameters: Annotated[EntityParameters, Query()]
) -> Response:
    """Give a page that is as large as the manifest says."""
    return await preview_card(request, services, parameters)


@readable(
    router,
    "/extend/propose",
    summary="Properties that entities of a type have",
    response_model=answers_1_0.Proposals,
    responses=_PROBLEMS,
)
async def propose(
    request: Request, services: ServicesOf, parameters: Annotated[ProposeParameters, Query()]
) -> Response:
    """Give the properties whose values can be fetched, those that most entities have first."""
    language = language_of(request, parameters.lang)
    async with opened(services) as snapshot:
        found = snapshot.sources.terms.proposed(parameters.type)
        content = wire_1_0.proposals(found, parameters.type, parameters.limit, language)
        return kept(request, services, snapshot, content, language)


@router.post(
    "/extend",
    summary="Fetch values of properties",
    response_model=answers_1_0.Extension,
    responses=_PROBLEMS,
    openapi_extra=_BODY,
)
async def extension(
    request: Request, services: ServicesOf, parameters: Annotated[Parameters, Query()]
) -> Response:
    """Give the values of properties of entities; what is unknown has none."""
    asked = checked(wire_1_0.EXTEND, await _json(request, services), "body")
    within(len(asked.ids), MOST_ENTITIES, "entities")
    language = language_of(request, parameters.lang)
    settings = [found.to_setting() for found in asked.properties]
    async with opened(services) as snapshot:
        terms = snapshot.sources.terms
        found = await extend(snapshot.view, terms, asked.ids, settings, language)
        content = wire_1_0.extension(found, terms, language)
    return unkept(request, content, language)


async def _json(request: Request, services: Services) -> Any:
    media_type = media_type_of(request)
    if media_type != JSON:
        raise ProblemError(
            "unsupported-media-type",
            f"{media_type or 'a body without Content-Type'} is not read here: send {JSON}",
            headers={"Accept-Post": JSON},
        )
    return json_of(await body_of(request, services), "the body")
