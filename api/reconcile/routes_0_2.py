"""``/reconcile/0.2``: the Reconciliation Service API as OpenRefine speaks it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.admission import Place
from api.clients import client_of
from api.problems import ProblemError, documented
from api.reconcile import answers_0_2, previewing, suggesting, wire_0_2
from api.reconcile.answers import kept, preview_card, unkept
from api.reconcile.extending import extend
from api.reconcile.opened import Opened, opened
from api.reconcile.reading_requests import (
    BATCH_SIZE,
    FORM,
    JSON,
    MOST_ENTITIES,
    PROBLEMS,
    EntityParameters,
    Parameters,
    ProposeParameters,
    SuggestParameters,
    body_of,
    checked,
    form_of,
    json_of,
    language_of,
    media_type_of,
    within,
)
from api.reconcile.reconciling import reconcile
from api.routing import readable
from api.service_roots import service_root
from api.services import Services, ServicesOf

router: Final = APIRouter(prefix=wire_0_2.ROOT, tags=["Reconciliation 0.2"])

_PROBLEMS: Final = documented(PROBLEMS)
_Kind = Literal["entity", "property", "type"]


@readable(
    router,
    "",
    summary="The manifest; with `queries` or `extend`, their answers",
    response_model=answers_0_2.Manifest,
    responses=_PROBLEMS,
)
@readable(router, "/", include_in_schema=False)
async def root(
    request: Request, services: ServicesOf, parameters: Annotated[Parameters, Query()]
) -> Response:
    """Describe the service, or answer a batch of queries that is in the address."""
    asked = request.query_params
    given = {name: json_of(asked[name], name) for name in ("queries", "extend") if name in asked}
    language = language_of(request, parameters.lang)
    if given:
        return await _answer(request, services, given, language)
    async with opened(services) as snapshot:
        content = wire_0_2.manifest(snapshot.sources.terms, service_root(services, request), language)
        return kept(request, services, snapshot, content, language)


@router.post(
    "",
    summary="Reconcile a batch of queries, or extend data",
    response_model=answers_0_2.ResultBatch,
    responses=_PROBLEMS,
)
@router.post("/", include_in_schema=False)
async def batch(
    request: Request, services: ServicesOf, parameters: Annotated[Parameters, Query()]
) -> Response:
    """Answer a form with `queries` or `extend`, or the same as JSON."""
    media_type = media_type_of(request)
    body = await body_of(request, services)
    lang: str | None = parameters.lang
    if media_type == FORM:
        given = form_of(body)
        parts = {name: json_of(text, name) for name, text in given.items() if name in ("queries", "extend")}
        lang = given.get("lang", lang)
    elif media_type == JSON:
        parts = _parts_of(json_of(body, "the body"))
    else:
        raise ProblemError(
            "unsupported-media-type",
            f"{media_type or 'a body without Content-Type'} is not read here: send {FORM} or {JSON}",
            headers={"Accept-Post": f"{FORM}, {JSON}"},
        )
    return await _answer(request, services, parts, language_of(request, lang))


def _parts_of(content: Any) -> dict[str, Any]:
    """Give what a JSON body has: a batch by itself, or ``queries`` or ``extend`` around their content."""
    if isinstance(content, dict) and len(content) == 1:
        name, inner = next(iter(content.items()))
        if name in ("queries", "extend") and not _is_query(inner):
            return {name: inner}
    return {"queries": content}


def _is_query(content: Any) -> bool:
    """Say whether this is a single query, as any key may name one, ``queries`` too."""
    return isinstance(content, dict) and (
        isinstance(content.get("query"), str)
        or (isinstance(content.get("properties"), list) and "ids" not in content)
    )


async def _answer(request: Request, services: Services, parts: dict[str, Any], language: str) -> Response:
    if len(parts) != 1:
        raise ProblemError("bad-request", "send either `queries` or `extend`")
    name, given = next(iter(parts.items()))
    return await (_reconciled if name == "queries" else _extended)(request, services, given, language)


async def _reconciled(request: Request, services: Services, given: Any, language: str) -> Response:
    if isinstance(given, dict):
        within(len(given), BATCH_SIZE, "queries")
    models = checked(wire_0_2.BATCH, given, "queries")
    async with services.searches.enter(client_of(request)) as place, opened(services) as snapshot:
        queries = [found.to_query() for found in models.values()]
        results = await reconcile(place, snapshot.view, snapshot.sources, queries)
        content = wire_0_2.result_batch(models, results, snapshot.sources.terms, language)
    return unkept(request, content, language)


async def _extended(request: Request, services: Services, given: Any, language: str) -> Response:
    asked = checked(wire_0_2.EXTEND, given, "extend")
    within(len(asked.ids), MOST_ENTITIES, "entities")
    settings = [found.to_setting() for found in asked.properties]
    async with opened(services) as snapshot:
        terms = snapshot.sources.terms
        found = await extend(snapshot.view, terms, asked.ids, settings, language)
        content = wire_0_2.extension(found, terms, language)
    return unkept(request, content, language)


@readable(router, "/suggest/{kind}", summary="Complete what is being typed", responses=_PROBLEMS)
async def suggest(
    kind: _Kind, request: Request, services: ServicesOf, parameters: Annotated[SuggestParameters, Query()]
) -> Response:
    """Give entities, properties or types that may be meant; all types and properties for an empty prefix."""
    language = language_of(request, parameters.lang)
    async with services.searches.enter(client_of(request)) as place, opened(services) as snapshot:
        content = await _suggested(kind, place, snapshot, parameters, language)
        return kept(request, services, snapshot, content, language)


async def _suggested(
    kind: _Kind, place: Place, snapshot: Opened, asked: SuggestParameters, language: str
) -> dict[str, Any]:
    terms = snapshot.sources.terms
    if kind == "entity":
        types = [asked.type] if asked.type else []
        found = await suggesting.entities(
            place, snapshot, asked.prefix, types, limit=asked.limit, offset=asked.skipped
        )
        return wire_0_2.suggested_entities(found, terms, language)
    if kind == "type":
        of_types = suggesting.types(snapshot, asked.prefix)[asked.skipped :]
        return wire_0_2.suggested_types(of_types, terms, language)
    of_type = suggesting.properties(snapshot, asked.prefix, asked.type)
    return wire_0_2.suggested_properties(of_type[asked.skipped :], language)


@readable(
    router,
    "/extend/propose",
    summary="Properties that entities of a type have",
    response_model=answers_0_2.Proposals,
    responses=_PROBLEMS,
)
async def propose(
    request: Request, services: ServicesOf, parameters: Annotated[ProposeParameters, Query()]
) -> Response:
    """Give the properties whose values can be fetched, those that most entities have first."""
    language = language_of(request, parameters.lang)
    async with opened(services) as snapshot:
        found = snapshot.sources.terms.proposed(parameters.type)
        content = wire_0_2.proposals(found, parameters.type, parameters.limit, language)
        return kept(request, services, snapshot, content, language)


@readable(router, "/preview", summary="A card of an entity, to be shown in a frame", responses=_PROBLEMS)
async def preview(
    request: Request, services: ServicesOf, parameters: Annotated[EntityParameters, Query()]
) -> Response:
    """Give a page that is as large as the manifest says."""
    return await preview_card(request, services, parameters)


@readable(router, "/flyout/{kind}", include_in_schema=False)
async def flyout(
    kind: _Kind, request: Request, services: ServicesOf, parameters: Annotated[EntityParameters, Query()]
) -> Response:
    """Describe what is pointed at in a list of suggestions."""
    language = language_of(request, parameters.lang)
    async with opened(services) as snapshot:
        terms = snapshot.sources.terms
        if kind == "entity":
            note = await previewing.entity_note(snapshot.view, terms, parameters.id, language)
        else:
            term = terms.types.get(parameters.id) if kind == "type" else terms.property(parameters.id)
            note = previewing.term_note(term, language)
        content = {"id": parameters.id, "html": note}
        return kept(request, services, snapshot, content, language)
