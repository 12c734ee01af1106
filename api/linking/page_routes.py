"""``/link``: the page where a reader pastes a table, sees what its rows name, chooses, and takes it home."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.clients import client_of
from api.linking.page_form import MOST_BYTES, FormError, LinkForm, read_form, written_names
from api.linking.page_table import MOST_ROWS, SHOWN_ROWS, PreparedTable, TableShown, prepare, show
from api.linking.streaming import LinkedTableResponse, LinkingWork
from api.linking.words import NO_TABLE, Said
from api.pages.answering import page_representation, page_response
from api.pages.reader import Reader, reader_of
from api.representation import LICENCE, Representation
from api.routing import readable
from api.service_roots import service_root
from api.services import Services, ServicesOf
from graph.linking.unit_links import UnitLinker
from graph.matching.gazetteer import PROVINCE
from graph.matching.matcher import UnitMatcher

router: Final = APIRouter(include_in_schema=False)

WARMED: Final = ("/link",)
"""What the warm-up asks for."""

_EXAMPLE: Final = Path(__file__).parents[2] / "docs" / "examples" / "old-communes.csv"
_CSV: Final = "text/csv"
_MARK: Final = b"\xef\xbb\xbf"


@readable(router, "/link")
async def link_page(request: Request, services: ServicesOf) -> Response:
    """Show the form, empty or with the example filled in."""
    reader = reader_of(request)
    wants_example = request.query_params.get("example")
    form = LinkForm(await asyncio.to_thread(_EXAMPLE.read_text, "utf-8")) if wants_example else LinkForm()
    return await _page(request, services, reader, form)


@router.post("/link")
async def linked_page(request: Request, services: ServicesOf) -> Response:
    """Show the form as it was filled in, and what the rows of its table name. Nothing is stored."""
    reader = reader_of(request)
    try:
        return await _page(request, services, reader, await read_form(request))
    except FormError as error:
        return await _refusal(request, services, reader, LinkForm(), error)


@router.post("/link/table")
async def linked_table(request: Request, services: ServicesOf) -> Response:
    """Give the whole table as CSV with the columns of `/api/v1/link`, rows chosen by hand included.

    It begins with a byte order mark, without which spreadsheets take its letters for others.
    """
    reader = reader_of(request)
    form = LinkForm()
    try:
        form = await read_form(request)
        async with AsyncExitStack() as held:
            place = await held.enter_async_context(services.linkings.enter(client_of(request)))
            matcher = await _matcher(services)
            prepared = await place.run(partial(prepare, form, matcher, _column_word(reader)))
            table = prepared.linked(UnitLinker(matcher, date.today()))
            work = LinkingWork(prepared.file, replace(prepared.form, mark=_MARK), table)
            held.push_async_callback(place.run, work.close)
            extra = {
                "Content-Type": f"{_CSV}; charset=utf-8; header=present",
                "Content-Disposition": 'attachment; filename="vndx-linked.csv"',
            }
            headers = Representation(_CSV, links=(LICENCE,), extra=extra).headers()
            return LinkedTableResponse(place, work, held.pop_all(), headers)
    except FormError as error:
        return await _refusal(request, services, reader, form, error)


async def _page(request: Request, services: Services, reader: Reader, form: LinkForm) -> Response:
    if not form.text.strip():
        if request.method == "POST":
            return await _refusal(request, services, reader, form, FormError(NO_TABLE))
        return await _filled(request, services, reader, form)
    async with services.linkings.enter(client_of(request)) as place:
        matcher = await _matcher(services)
        try:
            prepared = await place.run(partial(prepare, form, matcher, _column_word(reader)))
            shown = await place.run(partial(show, prepared, form, UnitLinker(matcher, date.today())))
        except FormError as error:
            return await _refusal(request, services, reader, form, error)
    return await _filled(request, services, reader, form, prepared=prepared, shown=shown)


async def _refusal(
    request: Request, services: Services, reader: Reader, form: LinkForm, error: FormError
) -> Response:
    """Give the form back, with what is wrong."""
    response = await _filled(request, services, reader, form, problem=error.said)
    response.status_code = error.status
    return response


async def _filled(
    request: Request,
    services: Services,
    reader: Reader,
    form: LinkForm,
    *,
    prepared: PreparedTable | None = None,
    shown: TableShown | None = None,
    problem: Said | None = None,
) -> Response:
    return await page_response(
        request,
        services,
        page_representation(services, None, reader),
        "linking/link.html",
        reader,
        form=form,
        prepared=prepared,
        shown=shown,
        problem=problem,
        provinces=_province_names(await _matcher(services)),
        columns_field=written_names(prepared.pasted.names) if prepared else "",
        service=service_root(services, request),
        most_mib=MOST_BYTES // (1024 * 1024),
        most_rows=MOST_ROWS,
        rows_at_once=SHOWN_ROWS,
        api_mib=services.settings.link_limit // (1024 * 1024),
    )


async def _matcher(services: Services) -> UnitMatcher:
    async with services.engine.view() as view:
        return await services.matchers.of(view)


def _province_names(matcher: UnitMatcher) -> list[str]:
    units = matcher.gazetteer.units.values()
    return sorted({unit.latest.name for unit in units if unit.level == PROVINCE})


def _column_word(reader: Reader) -> str:
    return "cột" if reader.language == "vi" else "column"
