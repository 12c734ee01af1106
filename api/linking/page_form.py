"""The form of the page `/link`: what a browser sends, bounded before it is read."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from api.linking.words import Said
from graph.linking.choices import KEY
from graph.linking.csv_form import find_form
from graph.linking.errors import LinkInputError

MOST_BYTES: Final = 2 * 1024 * 1024
"""Bytes of the largest table that the page takes; the interface takes larger ones."""

SHOWS: Final = ("all", "doubtful")
"""Which rows are shown."""

# In a form a table may come as a file and as text, and its letters may take three times their bytes.
_BODY_BYTES: Final = 3 * MOST_BYTES + 256 * 1024
_MOST_PARTS: Final = 8_000
_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")
_WORKBOOK: Final = b"PK\x03\x04"
_CHOICE: Final = "choice-"
_LONGEST: Final = 200
_NUMBER: Final = re.compile("[0-9]{1,9}")
_HOW_VI: Final = "Hãy lưu bảng dưới dạng “CSV UTF-8”, hoặc sao chép các ô rồi dán vào ô nhập."


class FormError(Exception):
    """What was sent cannot be used; says why in both languages, and the status to answer with."""

    def __init__(self, said: Said, status: int = 400) -> None:
        super().__init__(said.en)
        self.said = said
        self.status = status


@dataclass(frozen=True)
class LinkForm:
    """What a reader has filled in.

    Attributes:
        text: the table.
        columns: the names of the columns that the settings below are of; empty at first.
        column: the name of the column with units.
        within: the names of columns with larger units around them.
        day_column: the name of the column with days; empty if there is none.
        province: around all rows; empty if that is not so.
        day: on which all rows were right, as written; may be empty.
        era: of the register; empty for any.
        has_header: whether the first row names the columns; None if that shall be found.
        choices: the IRI of the unit chosen for a row, by the key of the row.
        shows: one of `SHOWS`.
        skip: how many of these rows are left out at the front.

    """

    text: str = ""
    columns: tuple[str, ...] = ()
    column: str = ""
    within: tuple[str, ...] = ()
    day_column: str = ""
    province: str = ""
    day: str = ""
    era: str = ""
    has_header: bool | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    shows: str = SHOWS[0]
    skip: int = 0


async def read_form(request: Request) -> LinkForm:
    """Read what a browser sends.

    Raises:
        FormError: if it is no form, is too large, or has a file that cannot be read.

    """
    media_type, options = parse_options_header(request.headers.get("content-type", ""))
    if media_type not in _FORMS:
        raise FormError(
            Said(
                "Trang này nhận biểu mẫu; để gửi tệp CSV từ chương trình, dùng /api/v1/link.",
                "This page takes forms; to send CSV from a program use /api/v1/link.",
            ),
            415,
        )
    body = await _body(request)
    return await asyncio.to_thread(_parsed, body, media_type, options)


def _parsed(body: bytes, media_type: str, options: dict[str, str]) -> LinkForm:
    parser = FormDataParser(max_form_memory_size=_BODY_BYTES, max_form_parts=_MOST_PARTS)
    try:
        _, fields, files = parser.parse(io.BytesIO(body), media_type, len(body), options)
    except RequestEntityTooLarge:
        raise _too_large() from None
    return form_of(fields, _text_of(fields, files))


def form_of(fields: MultiDict[str, str], text: str) -> LinkForm:
    """Give what the fields of a form say; what is no sensible value counts as not given."""
    header = {"yes": True, "no": False}.get(fields.get("header", ""))
    shows = fields.get("show", "")
    skip = fields.get("skip", "")
    return LinkForm(
        text=text,
        columns=_names(fields.get("columns", "")),
        column=fields.get("column", ""),
        within=tuple(fields.getlist("within")[:5]),
        day_column=fields.get("dateColumn", ""),
        province=fields.get("province", "").strip()[:_LONGEST],
        day=fields.get("date", "").strip()[:_LONGEST],
        era=fields.get("era", "") if fields.get("era") in ("2004", "2025") else "",
        has_header=header,
        choices=_choices(fields),
        shows=shows if shows in SHOWS else SHOWS[0],
        skip=int(skip) if _NUMBER.fullmatch(skip) else 0,
    )


def written_names(names: tuple[str, ...]) -> str:
    """Give names of columns as one field of the form has them."""
    return json.dumps(names, ensure_ascii=False)


def _names(written: str) -> tuple[str, ...]:
    try:
        names = json.loads(written)
    except (ValueError, RecursionError):
        return ()
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _choices(fields: MultiDict[str, str]) -> dict[str, str]:
    return {
        key: iri
        for name, iri in fields.items()
        if iri and name.startswith(_CHOICE) and KEY.fullmatch(key := name.removeprefix(_CHOICE))
    }


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > _BODY_BYTES:
        raise _too_large()
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_BYTES:
            raise _too_large()
    return bytes(body)


def _text_of(fields: MultiDict[str, str], files: MultiDict[str, FileStorage]) -> str:
    """Give the table: the file if one was chosen, else what was pasted."""
    file = files.get("file")
    content = file.stream.read() if file is not None else b""
    text = _decoded(content) if content else fields.get("table", "")
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _too_large()
    return text


def _decoded(content: bytes) -> str:
    if content.startswith(_WORKBOOK):
        raise FormError(
            Said(
                "Đây là tệp bảng tính (.xlsx, .ods), không phải CSV. Hãy sao chép các ô rồi dán vào ô nhập, "
                "hoặc lưu bảng dưới dạng “CSV UTF-8”.",
                "This is a workbook (.xlsx, .ods), no CSV. Copy its cells and paste them, or save it as "
                "“CSV UTF-8”.",
            )
        )
    file = io.BytesIO(content)
    try:
        form = find_form(file)
    except LinkInputError as error:
        raise FormError(
            Said(f"Không đọc được tệp này. {_HOW_VI}", f"This file cannot be read: {error}")
        ) from error
    if form.undecodable:
        raise FormError(
            Said(
                f"Dòng {form.undecodable} của tệp không phải UTF-8. {_HOW_VI}",
                f"Line {form.undecodable} of the file is not UTF-8: save it as “CSV UTF-8”, or paste cells.",
            )
        )
    return "".join(form.text_lines(file))


def _too_large() -> FormError:
    mib = MOST_BYTES // (1024 * 1024)
    return FormError(
        Said(
            f"Trang này nhận bảng tối đa {mib} MB. Bảng lớn hơn: gửi qua API, hoặc dùng lệnh vndx link trên "
            "máy của bạn.",
            f"This page takes tables of up to {mib} MB. Send larger ones to the API, or run vndx link where "
            "the data is.",
        ),
        413,
    )
