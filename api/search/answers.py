"""From what was found to the JSON that says it; the models only describe it, as writing costs the time."""

from __future__ import annotations

import json
from typing import Any

from graph.search.index import Hit, SearchClass, SearchResult


def item(hit: Hit, names: dict[str, str]) -> dict[str, Any]:
    """Give a thing that was found, with its score and validity."""
    shown = hit.shown
    return {
        **suggestion(hit, names),
        "score": hit.score,
        "era": shown.era or None,
        "validFrom": shown.valid_from or None,
        "validTo": shown.valid_to or None,
    }


def suggestion(hit: Hit, names: dict[str, str]) -> dict[str, Any]:
    """Give a thing as a search field shows it.

    Args:
        hit: the thing.
        names: the names of classes by IRI.

    """
    shown = hit.shown
    return {
        "id": shown.iri,
        "type": [names[shown.cls]],
        "label": _by_language(shown.label_vi, shown.label_en),
        "description": _by_language(shown.description_vi, shown.description_en),
        "matched": {
            "text": hit.text,
            "kind": hit.kind,
            "highlights": [{"start": span.start, "end": span.end} for span in hit.spans],
        },
    }


def facets(result: SearchResult) -> dict[str, Any]:
    """Give what was found, counted by class and era."""
    return {
        "type": [_type_count(cls, count) for cls, count in result.types],
        "era": [{"era": era, "count": count} for era, count in result.eras],
    }


def json_bytes(content: dict[str, Any]) -> bytes:
    """Write an answer as UTF-8."""
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _type_count(cls: SearchClass, count: int) -> dict[str, Any]:
    return {
        "id": cls.iri,
        "type": cls.name,
        "label": _by_language(cls.label_vi, cls.label_en),
        "count": count,
    }


def _by_language(vietnamese: str, english: str) -> dict[str, str]:
    return {language: text for language, text in (("vi", vietnamese), ("en", english)) if text}
