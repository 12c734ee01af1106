"""``/api/v1/<collection>`` and ``/api/v1/<collection>.<format>``, one pair of routes for each collection."""

from __future__ import annotations

import asyncio
import difflib
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.collections.collection import Collection
from api.collections.columns import Column
from api.collections.cursors import Cursor
from api.collections.listing import list_items
from api.collections.reading import bad_parameter, read_query
from api.collections.registry import COLLECTIONS
from api.collections.representations import FORMATS, PageFormat, Sheet, json_line, write
from api.collections.schemas import (
    PAGE_LIMIT,
    CollectionEntry,
    CollectionList,
    PageParameters,
    page_of,
    parameters_of,
)
from api.negotiation import choose
from api.problems import ProblemError, documented
from api.representation import LICENCE, Link, Representation, entity_tag, header_list
from api.routing import readable
from api.services import VERSION, Services, ServicesOf

router: Final = APIRouter(prefix="/api/v1", tags=["Collections"])

_MANY_ROWS: Final = 100
"""From so many rows on, writing them would keep other requests waiting."""
_PROBLEMS: Final = documented(
    {
        400: "a parameter is unknown, has a wrong value, or names something that does not exist",
        406: "no accepted format is available",
        503: "no snapshot is loaded, or the engine is busy",
    }
)


@readable(
    router,
    "",
    summary="Which collections there are",
    operation_id="list_collections",
    responses={200: {"model": CollectionList, "description": "the collections"}},
)
async def collections(request: Request, services: ServicesOf) -> Response:
    """Give every collection: its address, its formats, and what it can be filtered and sorted by."""
    found = [
        CollectionEntry(
            name=each.name,
            label={"vi": each.title[1], "en": each.title[0]},
            href=services.addresses.at(f"/api/v1/{each.name}"),
            formats=[page_format.name for page_format in _formats(each)],
            parameters=sorted(parameters_of(each).model_fields),
            sorts=list(each.sort_names),
            fields=[column.name for column in each.columns],
        )
        for each in COLLECTIONS
    ]
    body = json_line(CollectionList(collections=found).model_dump())
    representation = Representation(
        "application/json",
        entity_tag(VERSION, body.decode()),
        links=(Link(services.addresses.at("/docs"), "service-doc", "text/html"), LICENCE),
        language="vi, en",
    )
    return representation.response(request, body)


def _add(collection: Collection) -> None:
    """Serve a collection: the format by Accept or ``format``, or by the suffix of the address."""
    parameters = Annotated[parameters_of(collection), Query()]  # type: ignore[valid-type]

    async def items(request: Request, services: ServicesOf, params: Any) -> Response:
        return await _answer(collection, request, services, params)

    async def items_in_format(
        extension: str, request: Request, services: ServicesOf, params: Any
    ) -> Response:
        return await _answer(collection, request, services, params, extension)

    documentation = _documentation(collection)
    for path, handler, extra in (
        (f"/{collection.name}", items, documentation),
        (f"/{collection.name}.{{extension}}", items_in_format, {"include_in_schema": False}),
    ):
        handler.__annotations__["params"] = parameters
        readable(router, path, **extra)(handler)


def _documentation(collection: Collection) -> dict[str, Any]:
    english, vietnamese = collection.title
    content = {found.media_type: {"schema": {"type": "string"}} for found in _formats(collection)[1:]}
    responses = {
        200: {"model": page_of(collection), "content": content, "description": "one page"},
        **_PROBLEMS,
    }
    formats = ", ".join(f"`.{found.name}`" for found in _formats(collection))
    return {
        "summary": english,
        "description": f"{vietnamese}. The address may end in {formats}.",
        "responses": responses,
        "operation_id": f"list_{collection.name}",
    }


async def _answer(
    collection: Collection, request: Request, services: Services, params: PageParameters, extension: str = ""
) -> Response:
    given = params.model_dump()
    page_format = _format(collection, request, given["format"], extension)
    if not page_format.is_table and params.limit > PAGE_LIMIT:
        raise bad_parameter(
            "limit", f"at most {PAGE_LIMIT} as {page_format.name}; CSV and NDJSON give up to 5000"
        )
    columns = _columns(collection, params.fields)
    day = given.get("at") or ""
    is_negotiated = not extension and given["format"] is None
    async with services.engine.view() as view:
        tag = services.tag(view, "collection", collection.name, page_format.name, repr(sorted(given.items())))
        if not_modified := Representation(page_format.media_type, tag).not_modified(request):
            return not_modified
        query = await read_query(view, collection, given)
        listing = await list_items(view, query, columns, services.context, day)
        frame = {
            "total": listing.total,
            "limit": params.limit,
            "next": _address(services, request, listing.next),
            "previous": _address(services, request, listing.previous),
            "snapshot": view.id,
        }
    sheet = Sheet(listing.rows, columns, params.lang, frame, params.flat, params.bom)
    representation = Representation(
        page_format.media_type,
        tag,
        vary=("Accept",) if is_negotiated else (),
        links=(*_page_links(services, request, frame), LICENCE),
        language=params.lang if page_format.name in ("csv", "geojson") or params.flat else "vi, en",
        extra={"X-Total-Count": str(listing.total)},
    )
    write_now = len(listing.rows) < _MANY_ROWS
    body = write(sheet, page_format) if write_now else await asyncio.to_thread(write, sheet, page_format)
    return representation.response(request, body)


def _formats(collection: Collection) -> tuple[PageFormat, ...]:
    return FORMATS if collection.has_points else FORMATS[:3]


def _format(collection: Collection, request: Request, named: str | None, extension: str) -> PageFormat:
    """Give the format: by the suffix of the address, else by the parameter, else by Accept."""
    offered = _formats(collection)
    if extension or named:
        found = next((each for each in offered if each.name == (extension or named)), None)
        if found is None:
            names = ", ".join(f"{collection.name}.{each.name}" for each in offered)
            raise ProblemError("not-found", f"this collection can be had as {names}")
        return found
    chosen = choose(header_list(request, "accept"), [(each.media_type, each) for each in offered])
    if chosen is None:
        available = [each.media_type for each in offered]
        raise ProblemError("not-acceptable", f"to be had as {', '.join(available)}", {"available": available})
    return chosen[1]


def _columns(collection: Collection, fields: str | None) -> tuple[Column, ...]:
    """Give the columns that are asked for, in the order of the collection; ``id`` and ``type`` always."""
    if fields is None:
        return collection.columns
    known = {column.name for column in collection.columns} | {"id", "type"}
    wanted = [name.strip() for name in fields.split(",") if name.strip()]
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise bad_parameter(
                "fields", f"there is no column {name!r}: {hint}there are {', '.join(sorted(known))}"
            )
    return tuple(column for column in collection.columns if column.name in wanted)


def _address(services: Services, request: Request, cursor: Cursor | None) -> str | None:
    """Give the address of another page: the same request with another cursor."""
    return None if cursor is None else _address_with(services, request, [("cursor", cursor.encode())])


def _address_with(services: Services, request: Request, more: list[tuple[str, str]]) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query = urlencode([*kept, *more])
    return services.addresses.at(request.url.path.removeprefix(services.addresses.path)) + (
        f"?{query}" if query else ""
    )


def _page_links(services: Services, request: Request, frame: dict[str, Any]) -> list[Link]:
    links = [Link(_address_with(services, request, []), "first")]
    for member, relation in (("next", "next"), ("previous", "prev")):
        if frame[member]:
            links.append(Link(frame[member], relation))
    return links


for _collection in COLLECTIONS:
    _add(_collection)
