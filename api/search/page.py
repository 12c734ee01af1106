"""What the page of a search shows: results with the words that answer it marked, and facets as links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from api.addresses import name_of
from api.pages.languages import language_of_words
from api.pages.notes import with_dates
from graph.search.highlights import Span
from graph.search.index import Hit, SearchClass, SearchResult
from graph.search.ranking import MatchKind

Pair = tuple[str, str]

WHY: Final = {
    MatchKind.EXACT: ("Trùng tên", "Same name"),
    MatchKind.FOLDED: ("Trùng tên, không kể dấu", "Same name, marks aside"),
    MatchKind.CODE: ("Trùng mã", "Same code"),
    MatchKind.NUMBER: ("Trùng số, ký hiệu", "Number of the document"),
    MatchKind.PREFIX: ("Tên bắt đầu như vậy", "Name starts like this"),
    MatchKind.WORDS: ("Tên có các từ này", "Name has these words"),
    MatchKind.FUZZY: ("Tên gần giống", "Similar name"),
}
"""Why something was found, in Vietnamese and English."""

ERAS: Final = {
    "2025": ("Từ 1/7/2025", "Since 1 July 2025"),
    "2004": ("Trước 1/7/2025", "Before 1 July 2025"),
}
"""The registers of units, as readers know them."""


@dataclass(frozen=True)
class Part:
    """A part of a text, and whether it is what answers the query."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Result:
    """A thing that was found.

    Attributes:
        label: its name in parts.
        language: of the name, if that is another than that of the page.
        page: the path of its page; empty if it has none.
        kind: what its class is called.
        description: what, where and when it is.
        description_language: of the description, if that is another than that of the page.
        matched: the other name by which it was found, in parts; none if the label shows it.
        matched_language: of the other name, if it can be told.
        why: how it matches, in Vietnamese and English.

    """

    label: Sequence[Part]
    language: str
    page: str
    kind: str
    description: str
    description_language: str
    matched: Sequence[Part]
    matched_language: str
    why: tuple[str, str]


@dataclass(frozen=True)
class Facet:
    """A value by which the results can be narrowed: what it is called, how many there are, the parameters."""

    title: str
    count: int
    pairs: Sequence[Pair]
    chosen: bool


def results(found: SearchResult, classes: Iterable[SearchClass], language: str) -> list[Result]:
    """Give what was found for a reader of a language."""
    names = {each.iri: each.label_vi if language == "vi" else each.label_en for each in classes}
    return [_result(hit, names.get(hit.shown.cls, ""), language) for hit in found.hits]


def _result(hit: Hit, kind: str, language: str) -> Result:
    shown = hit.shown
    label, label_language = _chosen(shown.label_vi, shown.label_en, language)
    description, description_language = _chosen(shown.description_vi, shown.description_en, language)
    description = with_dates(description, description_language or language)
    name = name_of(shown.iri)
    start = label.find(hit.text)
    in_label = marked(label, hit.spans, start) if start >= 0 else [Part(label)]
    return Result(
        in_label,
        label_language,
        f"/page/{name}" if name else "",
        kind,
        description,
        description_language,
        [] if start >= 0 else marked(hit.text, hit.spans),
        language_of_words(hit.text),
        WHY[hit.kind],
    )


def _chosen(vietnamese: str, english: str, language: str) -> tuple[str, str]:
    """Give the text for a language, and its own language if it is another."""
    own, other, tag = (vietnamese, english, "en") if language == "vi" else (english, vietnamese, "vi")
    return (own, "") if own else (other, tag if other else "")


def marked(text: str, spans: Sequence[Span], start: int = 0) -> list[Part]:
    """Divide a text into what is marked and what is not.

    Args:
        text: the text.
        spans: what to mark, from left to right, counted from ``start``.
        start: where in the text the spans begin to count.

    """
    parts, done = [], 0
    for span in spans:
        if span.start + start > done:
            parts.append(Part(text[done : span.start + start]))
        parts.append(Part(text[max(done, span.start + start) : span.end + start], marked=True))
        done = span.end + start
    if done < len(text):
        parts.append(Part(text[done:]))
    return parts


def type_facets(found: SearchResult, pairs: Sequence[Pair], language: str) -> list[Facet]:
    """Give the classes of what was found, the most frequent first; choosing one replaces another."""
    chosen = {value for name, value in pairs if name == "type"}
    rest = [pair for pair in pairs if pair[0] not in ("type", "cursor")]
    return [
        Facet(
            _capitalised(cls.label_vi if language == "vi" else cls.label_en) or cls.name,
            count,
            rest if cls.name in chosen else [*rest, ("type", cls.name)],
            cls.name in chosen,
        )
        for cls, count in found.types
    ]


def era_facets(found: SearchResult, pairs: Sequence[Pair], language: str) -> list[Facet]:
    """Give the registers of the units that were found."""
    chosen = {value for name, value in pairs if name == "era"}
    rest = [pair for pair in pairs if pair[0] not in ("era", "cursor")]
    return [
        Facet(
            ERAS[era][0 if language == "vi" else 1],
            count,
            rest if era in chosen else [*rest, ("era", era)],
            era in chosen,
        )
        for era, count in found.eras
    ]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
