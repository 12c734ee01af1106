"""The formats of a page of a collection, and how each is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.collections.columns import Column
from api.collections.projection import Row
from api.collections.tables import csv_bytes, flat, headers


@dataclass(frozen=True)
class PageFormat:
    """A format of pages: its name in addresses, its media type, and whether it is a table or a stream."""

    name: str
    media_type: str
    is_table: bool


JSON: Final = PageFormat("json", "application/json", is_table=False)
CSV: Final = PageFormat("csv", "text/csv", is_table=True)
NDJSON: Final = PageFormat("ndjson", "application/x-ndjson", is_table=True)
GEOJSON: Final = PageFormat("geojson", "application/geo+json", is_table=False)

FORMATS: Final = (JSON, CSV, NDJSON, GEOJSON)
"""In the order of the preference of the server."""


@dataclass(frozen=True)
class Sheet:
    """What is to be written.

    Attributes:
        rows: the items.
        columns: their columns.
        language: the language of texts where one is shown.
        frame: the members of the page besides its items.
        flat: whether items are written as rows of a table.
        byte_order_mark: whether CSV begins with one.

    """

    rows: Sequence[Row]
    columns: Sequence[Column]
    language: str
    frame: dict[str, Any]
    flat: bool = False
    byte_order_mark: bool = False


def write(sheet: Sheet, page_format: PageFormat) -> bytes:
    """Write a page."""
    if page_format is CSV:
        rows = [flat(row, sheet.columns, sheet.language) for row in sheet.rows]
        return csv_bytes(headers(sheet.columns), rows, byte_order_mark=sheet.byte_order_mark)
    if page_format is GEOJSON:
        return json_line({"type": "FeatureCollection", **_counts(sheet), "features": _features(sheet)})
    items = (
        [flat(row, sheet.columns, sheet.language) for row in sheet.rows] if sheet.flat else list(sheet.rows)
    )
    if page_format is NDJSON:
        return b"".join(map(json_line, items))
    return json_line({"items": items, **sheet.frame})


def json_line(content: Any) -> bytes:
    """Write JSON as UTF-8 in one line."""
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _counts(sheet: Sheet) -> dict[str, Any]:
    links = [
        {"rel": relation, "href": sheet.frame[member], "type": GEOJSON.media_type}
        for relation, member in (("next", "next"), ("prev", "previous"))
        if sheet.frame[member]
    ]
    return {"numberMatched": sheet.frame["total"], "numberReturned": len(sheet.rows), "links": links}


def _features(sheet: Sheet) -> list[dict[str, Any]]:
    """Give features (RFC 7946, section 3.2); one without coordinates has no geometry."""
    features = []
    for row in sheet.rows:
        lat, long = row.get("lat"), row.get("long")
        point = None if lat is None or long is None else {"type": "Point", "coordinates": [long, lat]}
        cells = flat(row, sheet.columns, sheet.language)
        properties = {name: value for name, value in cells.items() if name not in ("id", "lat", "long")}
        features.append({"type": "Feature", "id": row["id"], "geometry": point, "properties": properties})
    return features
