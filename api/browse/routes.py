"""``/browse`` and ``/browse/<collection>``: what there is, as lists to read, narrow and take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from pyoxigraph import NamedNode
from starlette.responses import Response

from api.browse import cells
from api.browse.form import active_filters, make_form, shown_columns
from api.browse.labels import Labels, labels_of
from api.browse.options import FilterOptions, read_facts
from api.browse.overview import read_overview
from api.browse.parameters import Asked, Pair, address, is_untidy, read_asked
from api.browse.presentation import PRESENTATIONS, VIRTUAL_COLUMNS
from api.browse.query_text import readable_query
from api.collections.collection import Collection
from api.collections.cursors import Cursor
from api.collections.filters import NodeFilter
from api.collections.listing import Listing, list_items
from api.collections.reading import read_query
from api.collections.registry import COLLECTIONS
from api.collections.schemas import TABLE_LIMIT
from api.pages.answering import page_representation, page_response
from api.pages.reader import Reader, reader_of
from api.problems import ProblemError
from api.representation import LICENCE, REVALIDATE, Link
from api.routing import readable
from api.services import Services, ServicesOf
from graph.query.engine import SnapshotView

router: Final = APIRouter(include_in_schema=False)

_BY_NAME: Final = {collection.name: collection for collection in COLLECTIONS}
_OVERVIEW: Final = "/browse"

WARMED: Final = (_OVERVIEW, *(f"{_OVERVIEW}/{name}" for name in _BY_NAME))
"""What the warm-up asks for."""


@dataclass(frozen=True)
class DataLink:
    """Where the same list is for programs: the name of the format, the address, its media type."""

    title: str
    address: str
    media_type: str


@readable(router, _OVERVIEW)
async def browse(request: Request, services: ServicesOf) -> Response:
    """Show what there is, with how much of it."""
    reader = reader_of(request)
    async with services.engine.view() as view:
        representation = page_representation(services, view, reader, links=(LICENCE,))
        if unchanged := representation.not_modified(request):
            return unchanged
        overview = await services.overviews.of(view, _OVERVIEW, lambda: read_overview(view))
    return await page_response(
        request, services, representation, "browse/overview.html", reader, overview=overview
    )


@readable(router, "/browse/{name}")
async def browse_collection(name: str, request: Request, services: ServicesOf) -> Response:
    """Show a page of a collection."""
    collection = _BY_NAME.get(name)
    if collection is None:
        raise ProblemError("not-found", f"there is no collection {name!r}; there are {', '.join(_BY_NAME)}")
    reader = reader_of(request)
    pairs = request.query_params.multi_items()
    if is_untidy(pairs):
        # Forms send every field: the address to keep and share has only what says something.
        tidy = address(f"{_OVERVIEW}/{name}", [pair for pair in pairs if pair[1].strip()])
        headers = {"Location": services.addresses.at(tidy), "Cache-Control": REVALIDATE}
        return Response(status_code=303, headers=headers)
    asked = read_asked(collection, pairs, _usual_sort(collection))
    data = _data_links(services, collection, asked, reader)
    async with services.engine.view() as view:
        links = (*(Link(each.address, "alternate", each.media_type) for each in data), LICENCE)
        representation = page_representation(services, view, reader, links=links)
        if unchanged := representation.not_modified(request):
            return unchanged
        values = await _values(services, view, collection, asked, reader)
    return await page_response(
        request,
        services,
        representation,
        "browse/collection.html",
        reader,
        collection=collection,
        presentation=PRESENTATIONS[name],
        asked=asked,
        data=data,
        **values,
    )


async def _values(
    services: Services, view: SnapshotView, collection: Collection, asked: Asked, reader: Reader
) -> dict[str, Any]:
    """Give what the template shows besides what was asked for."""
    presentation = PRESENTATIONS[collection.name]
    facts = await services.collection_facts.of(view, collection.name, lambda: read_facts(view, collection))
    options = facts.options
    shown = shown_columns(collection, presentation, asked)
    query = await read_query(view, collection, asked.given)
    columns = cells.columns_of(collection, shown)
    day = asked.given.get("at") or ""
    total = None if query.conditions else facts.total

    async def find() -> Listing:
        return await list_items(view, query, columns, services.context, day, total=total)

    # What is seen first has to be put in order among all items, which takes the longest.
    is_first = not asked.pairs
    listing = await (services.first_pages.of(view, collection.name, find) if is_first else find())
    names = await _names(view, collection, asked, options)
    language = reader.language
    path = f"{_OVERVIEW}/{collection.name}"

    def page(cursor: Cursor | None) -> str:
        rest = asked.without("cursor")
        return address(path, [*rest, ("cursor", cursor.encode())]) if cursor else ""

    headers = [cells.header_of(collection, name, asked.given["sort"]) for name in shown]
    return {
        "path": path,
        "total": listing.total,
        "headers": [
            (header, _sorted_by(path, asked, collection, header.sort) if header.sort else "")
            for header in headers
        ],
        "rows": [
            [cells.cell(row, name, collection, language, presentation.subject) for name in shown]
            for row in listing.rows
        ],
        "subject": presentation.subject,
        "usual_sort": _usual_sort(collection),
        "next": page(listing.next),
        "previous": page(listing.previous),
        "form": make_form(collection, presentation, asked, options, shown),
        "active": [
            (each, address(path, each.rest)) for each in active_filters(asked, options, names, language)
        ],
        "all": address(path, [pair for pair in asked.pairs if pair[0] in ("sort", "fields")]),
        "query": address("/sparql", [("query", readable_query(collection, query.conditions, language))]),
    }


def _usual_sort(collection: Collection) -> str:
    """Give how a page is sorted if nothing is said."""
    return PRESENTATIONS[collection.name].sort or collection.default_sort


def _sorted_by(path: str, asked: Asked, collection: Collection, sort: str) -> str:
    chosen = [] if sort == _usual_sort(collection) else [("sort", sort)]
    return address(path, [*asked.without("sort", "cursor"), *chosen])


async def _names(
    view: SnapshotView, collection: Collection, asked: Asked, options: FilterOptions
) -> dict[Pair, Labels]:
    """Look up what the values are called that filters have but that are none of their options."""
    meant: dict[Pair, NamedNode] = {}
    for found in collection.filters:
        if not isinstance(found, NodeFilter):
            continue
        known = {option.value for option in options.get(found.name, ())}
        for pair in asked.filters:
            if pair[0] == found.name and pair[1] not in known:
                for node in found.reader.candidates(pair[1])[:1]:
                    meant[pair] = node
    labels = await labels_of(view, meant.values())
    return {pair: labels[node] for pair, node in meant.items() if node in labels}


def _data_links(services: Services, collection: Collection, asked: Asked, reader: Reader) -> list[DataLink]:
    """Give the addresses of the same list for programs; as a table it is whole, up to what one may have."""
    pairs = list(asked.without("cursor", "limit", "fields", "sort"))
    if asked.given["sort"] != collection.default_sort:
        pairs.append(("sort", asked.given["sort"]))
    parts = {part for name in asked.fields for part in VIRTUAL_COLUMNS.get(name, (name,))}
    if wanted := [column.name for column in collection.columns if column.name in parts]:
        pairs.append(("fields", ",".join(wanted)))
    language = [("lang", reader.language)] if reader.language != "vi" else []
    whole = [*pairs, ("limit", str(TABLE_LIMIT))]
    found = [
        ("JSON", "json", pairs, "application/json"),
        ("CSV", "csv", [*whole, ("bom", "true"), *language], "text/csv"),
        ("NDJSON", "ndjson", whole, "application/x-ndjson"),
    ]
    if collection.has_points:
        found.append(("GeoJSON", "geojson", [*pairs, *language], "application/geo+json"))
    return [
        DataLink(title, services.addresses.at(address(f"/api/v1/{collection.name}.{extension}", given)), kind)
        for title, extension, given, kind in found
    ]
