"""``POST /api/v1/link``: a CSV table comes back with columns about the units that its rows name."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import date
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Annotated, BinaryIO, Final, cast

from fastapi import APIRouter, Query, Request
from starlette.responses import Response
from werkzeug.http import parse_options_header

from api.clients import client_of
from api.linking.models import LinkParameters
from api.linking.streaming import SPOOL_BYTES, LinkedTableResponse, LinkingWork
from api.problems import ProblemError, documented
from api.representation import LICENCE, Representation
from api.services import ServicesOf
from graph.linking.csv_form import find_form
from graph.linking.errors import LinkInputError
from graph.linking.tables import LinkedTable
from graph.linking.unit_links import UnitLinker
from graph.matching.matcher import UnitMatcher

router: Final = APIRouter(tags=["Linking"])

_CSV: Final = "text/csv"
_READ: Final = (_CSV, "text/tab-separated-values", "text/plain")
_CHARSETS: Final = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"})
_EXAMPLE: Final = "commune,district,province\nXã Sảng Mộc,Huyện Võ Nhai,Tỉnh Thái Nguyên\n"


@router.post(
    "/api/v1/link",
    summary="Link a CSV table to administrative units; nothing is stored",
    operation_id="link_table",
    response_class=Response,
    responses={
        200: {
            "description": "the table with columns added, in the encoding and delimiter it came with",
            "content": {_CSV: {"schema": {"type": "string"}}},
        },
        **documented(
            {
                400: "the table is in no encoding that is read, lacks a column, or a parameter is wrong",
                413: "the table is too large",
                415: "the body has a type that is not read",
                429: "this client has too many tables under way",
                503: "too many tables are under way, or there is no gazetteer",
            }
        ),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {_CSV: {"schema": {"type": "string"}, "example": _EXAMPLE}},
        }
    },
)
async def link_table(
    request: Request, services: ServicesOf, parameters: Annotated[LinkParameters, Query()]
) -> Response:
    """Say of each row which unit it names, how sure that is, and which units of today hold it.

    The answer begins when the whole table has come and its header has been read. Rows that cannot be
    read come back as they were, with the status `bad-row`.
    """
    _check_type(request)
    today = date.today()
    async with AsyncExitStack() as held:
        file = cast("BinaryIO", SpooledTemporaryFile(SPOOL_BYTES))  # noqa: SIM115
        held.push_async_callback(asyncio.to_thread, file.close)
        await _receive(request, file, services.settings.link_limit)
        place = await held.enter_async_context(services.linkings.enter(client_of(request)))
        async with services.engine.view() as view:
            matcher = await services.matchers.of(view)
        try:
            work = await place.run(partial(_open, file, parameters, matcher, today))
        except LinkInputError as error:
            raise ProblemError("bad-request", str(error)) from error
        held.push_async_callback(place.run, work.close)
        media_type = f"{_CSV}; charset={work.form.charset}; header=present"
        headers = Representation(_CSV, links=(LICENCE,), extra={"Content-Type": media_type}).headers()
        return LinkedTableResponse(place, work, held.pop_all(), headers)


def _open(file: BinaryIO, parameters: LinkParameters, matcher: UnitMatcher, today: date) -> LinkingWork:
    form = find_form(file, parameters.delimiter_sign())
    if form.undecodable:
        raise LinkInputError(
            f"line {form.undecodable} has bytes that are not UTF-8: send the table saved as 'CSV UTF-8'"
        )
    if parameters.as_of is not None and parameters.as_of != today:
        today = parameters.as_of
        matcher = UnitMatcher(matcher.gazetteer, today)
    return LinkingWork(file, form, LinkedTable(file, form, parameters.options(), UnitLinker(matcher, today)))


def _check_type(request: Request) -> None:
    media_type, options = parse_options_header(request.headers.get("content-type", ""))
    accepted = ", ".join(_READ)
    if media_type not in _READ:
        raise ProblemError(
            "unsupported-media-type",
            f"{media_type or 'a body without Content-Type'} is not read here: send the table itself as "
            f"{accepted}, e.g. as curl does with --data-binary @table.csv -H 'Content-Type: {_CSV}'",
            headers={"Accept-Post": accepted, "Accept": accepted},
        )
    if options.get("charset", "").lower() not in _CHARSETS:
        raise ProblemError(
            "unsupported-media-type", f"the charset {options['charset']} is not read here: use UTF-8"
        )


async def _receive(request: Request, file: BinaryIO, limit: int) -> None:
    """Keep what is sent in a file."""
    too_large = ProblemError(
        "too-large",
        f"a table may have {limit} bytes: send it in parts, or run `vndx link` where the data is",
        {"limit": limit},
        {"Connection": "close"},
    )
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise too_large
        await asyncio.to_thread(file.write, chunk)
