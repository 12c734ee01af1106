"""From the rows of a collection to the cells of a table that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from api.addresses import name_of
from api.browse.column_titles import COLUMN_TITLES
from api.browse.figure_words import figure_words
from api.browse.labels import in_language
from api.browse.presentation import VIRTUAL_COLUMNS
from api.collections.collection import Collection
from api.collections.columns import Column, Kind
from api.pages.formatting import date_text, number_text

MOST_VALUES: Final = 4
"""A cell shows so many values and says how many more there are."""

_DATE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?")
_NUMERIC: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})
_FIGURE_STATUS_TOLD: Final = ("disputed", "doubtful", "derived")
_TITLE_PARTS: Final = 2


@dataclass(frozen=True)
class Piece:
    """One value in a cell.

    Attributes:
        text: what is read.
        page: the path of the page that it leads to, without the root; empty if it leads nowhere here.
        external: the address elsewhere that it leads to.
        language: of the text, if it is another than that of the page.
        quotation: whether it is the words of a source.
        detail: what is said besides, more quietly.
        warning: whether the value is to be taken with care.

    """

    text: str
    page: str = ""
    external: str = ""
    language: str = ""
    quotation: bool = False
    detail: str = ""
    warning: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: its values, how many more there are, and whether they are numbers."""

    pieces: Sequence[Piece]
    more: int = 0
    numeric: bool = False


@dataclass(frozen=True)
class Header:
    """The header of a column: what it is called, what its values are, and by what sorting it is sorted."""

    name: str
    title: tuple[str, str]
    numeric: bool
    sort: str = ""
    sorted: str = ""


def columns_of(collection: Collection, shown: Iterable[str]) -> list[Column]:
    """Give the columns of a collection that are needed to show some columns of a page, in its order."""
    wanted = {part for name in shown for part in VIRTUAL_COLUMNS.get(name, (name,))} | {"label", "status"}
    return [column for column in collection.columns if column.name in wanted]


def header_of(collection: Collection, name: str, sort: str) -> Header:
    """Give the header of a column of a page.

    Args:
        collection: of the page.
        name: of the column.
        sort: how the page is sorted.

    """
    kind = next((column.kind for column in collection.columns if column.name == name), Kind.STRING)
    keys = {key.name: key for key in collection.sorts}
    key = name if name in keys else _SORTS.get(name, "")
    offered, direction = "", ""
    if key in keys:
        is_now = sort.removeprefix("-") == key
        direction = ("descending" if sort.startswith("-") else "ascending") if is_now else ""
        offered = f"-{key}" if direction == "ascending" else key
    return Header(name, COLUMN_TITLES[name], kind in _NUMERIC, offered, direction)


_SORTS: Final = {
    "issueDate": "date",
    "publishedDate": "date",
    "launchDate": "date",
    "startDate": "date",
    "attestedOn": "date",
    "deadline": "date",
    "when": "date",
    "figure": "value",
    "period": "period",
}


def cell(row: Mapping[str, Any], name: str, collection: Collection, language: str, subject: str) -> Cell:
    """Give a cell of a row.

    Args:
        row: an item, with the columns that `columns_of` gives.
        name: of the column of the page.
        collection: of the page.
        language: of the page.
        subject: the column whose text leads to the page of the item.

    """
    made = _cell(row, name, collection, language)
    if name != subject:
        return made
    first = made.pieces[0] if made.pieces else Piece(_last_part(row["id"]))
    linked = Piece(
        first.text,
        page=page_of(row["id"]),
        language=first.language,
        detail=first.detail,
        warning=first.warning,
    )
    return Cell((linked,), made.more, made.numeric)


def _cell(row: Mapping[str, Any], name: str, collection: Collection, language: str) -> Cell:
    if name == "figure":
        words = figure_words(row, language)
        return Cell((Piece(words, warning=_is_doubtful(row)),) if words else ())
    if name == "when":
        words = period_text(row.get("periodStart"), row.get("periodEnd"), language) or date_text(
            row.get("asOf") or "", language
        )
        return Cell((Piece(words),) if words else ())
    column = next(each for each in collection.columns if each.name == name)
    pieces = list(pieces_of(row[name], column, language))
    more = max(0, len(pieces) - MOST_VALUES)
    return Cell(pieces[:MOST_VALUES], more, column.kind in _NUMERIC)


def _is_doubtful(row: Mapping[str, Any]) -> bool:
    status = row.get("status")
    return status is not None and _last_part(status["id"]) in _FIGURE_STATUS_TOLD


def pieces_of(value: Any, column: Column, language: str) -> Iterable[Piece]:
    """Give the values of a column of a row as people read them."""
    if value is None or value in ([], {}):
        return
    match column.kind:
        case Kind.LABEL:
            text, other = in_language(value, language)
            yield Piece(text, language=other)
        case Kind.TEXT:
            texts = value.get(language) or next(iter(value.values()))
            other = "" if language in value else next(iter(value))
            yield from (Piece(text, language=other.replace("und", "")) for text in texts)
        case Kind.REFERENCE:
            yield from (_reference(each, language) for each in (value if column.many else [value]))
        case Kind.OBJECT:
            yield from (piece for each in value if (piece := _object(each, column, language)).text)
        case Kind.INTEGER | Kind.DECIMAL:
            yield Piece(number_text(value, language))
        case _:
            yield from (_string(each, language) for each in (value if column.many else [value]))


def _reference(node: Mapping[str, Any], language: str) -> Piece:
    text, other = in_language(node["label"], language)
    return Piece(text or _last_part(node["id"]), page=page_of(node["id"]), language=other)


def _string(text: str, language: str) -> Piece:
    if text.startswith(("http://", "https://")):
        return Piece(urlsplit(text).hostname or text, external=text)
    return Piece(date_text(text, language) if _DATE.fullmatch(text) else text)


def _object(node: Mapping[str, Any], column: Column, language: str) -> Piece:
    """Give what a node with columns of its own says, in one line."""
    if "start" in node:
        return Piece(period_text(node["start"], node["end"], language))
    if "words" in node:
        text, _ = in_language(node["words"], "")
        return Piece(text, quotation=True, detail=_detail(node.get("source"), language))
    said = [
        (each, [piece.text for piece in pieces_of(node[each.name], each, language)])
        for each in column.columns
        if each.name != "statedIn"
    ]
    texts = ["; ".join(found) for _, found in said if found]
    return Piece(", ".join(texts[:_TITLE_PARTS]), detail=", ".join(texts[_TITLE_PARTS:]))


def _detail(source: Mapping[str, Any] | None, language: str) -> str:
    return in_language(source["label"], language)[0] if source else ""


def period_text(start: str | None, end: str | None, language: str) -> str:
    """Give a period: ``2021–2025``, ``đến 2030``, ``từ 2021``, or one date where both are the same."""
    first, last = date_text(start or "", language), date_text(end or "", language)
    if first and last:
        return first if first == last else f"{first}–{last}"
    if last:
        return f"đến {last}" if language == "vi" else f"until {last}"
    if first:
        return f"từ {first}" if language == "vi" else f"from {first}"
    return ""


def page_of(iri: str) -> str:
    """Give the path of the page of an IRI, empty if we have none."""
    name = name_of(iri)
    return f"/page/{name}" if name else ""


def _last_part(iri: str) -> str:
    return iri.rpartition("/")[2]
