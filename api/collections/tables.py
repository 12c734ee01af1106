"""Rows as tables: one scalar for each cell, so that CSV readers and data frames take them as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from api.collections.columns import Column, Kind
from api.collections.projection import Row

SEPARATOR: Final = " | "
"""What stands between several values in one cell."""

_QUOTED: Final = frozenset('",\r\n')


def headers(columns: Sequence[Column]) -> list[str]:
    """Give the names of the cells of a row: a reference has two, its IRI and its label."""
    return ["id", "type", *_headers(columns)]


def _headers(columns: Iterable[Column], prefix: str = "") -> Iterator[str]:
    for column in columns:
        name = _joined(prefix, column.name)
        if column.kind is Kind.OBJECT:
            yield from _headers(column.columns, name)
        else:
            yield name
            if column.kind is Kind.REFERENCE:
                yield f"{name}Label"


def flat(row: Row, columns: Sequence[Column], language: str) -> Row:
    """Give a row with scalars only: text in one language where there is one, several values joined."""
    cells = {"id": row["id"], "type": SEPARATOR.join(row["type"])}
    return cells | dict(_cells([row], columns, language, many=False))


def _cells(
    rows: Sequence[Row], columns: Sequence[Column], language: str, *, many: bool, prefix: str = ""
) -> Iterator[tuple[str, Any]]:
    for column in columns:
        name = _joined(prefix, column.name)
        found = [value for row in rows for value in _values(row[column.name], column)]
        if column.kind is Kind.OBJECT:
            yield from _cells(found, column.columns, language, many=many or column.many, prefix=name)
        elif column.kind is Kind.REFERENCE:
            yield name, _cell([value["id"] for value in found], many=many or column.many)
            yield f"{name}Label", _cell([in_language(value["label"], language) for value in found], many=True)
        elif column.kind is Kind.LABEL:
            yield name, _cell([in_language(value, language) for value in found], many=True)
        elif column.kind is Kind.TEXT:
            texts = [text for value in found for text in in_language(value, language)]
            yield name, _cell(texts, many=True)
        else:
            yield name, _cell(found, many=many or column.many)


def _values(value: Any, column: Column) -> list[Any]:
    if value is None or value == {}:
        return []
    return list(value) if column.many and isinstance(value, list) else [value]


def _cell(values: Sequence[Any], *, many: bool) -> Any:
    if many:
        return SEPARATOR.join(str(value) for value in values if value != "") or None
    return values[0] if values else None


def in_language(texts: Mapping[str, Any], language: str) -> Any:
    """Give the text in a language, else in another one, else an empty one."""
    return texts.get(language) or next(iter(texts.values()), "")


def csv_bytes(head: Sequence[str], rows: Iterable[Row], *, byte_order_mark: bool = False) -> bytes:
    """Write a table as CSV (RFC 4180) in UTF-8; values are given as they are, no formula is disarmed."""
    lines = [head, *([row[name] for name in head] for row in rows)]
    text = "".join(",".join(map(_field, line)) + "\r\n" for line in lines)
    return (b"\xef\xbb\xbf" if byte_order_mark else b"") + text.encode()


def _field(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _QUOTED.intersection(text) else text


def _joined(prefix: str, name: str) -> str:
    return prefix + name[0].upper() + name[1:] if prefix else name
