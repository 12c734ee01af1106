"""What many collections have in common: columns, filters and orders."""

from __future__ import annotations

from typing import Final

from api.collections.collection import AtRule, Order, SortKey
from api.collections.columns import label, nested, reference, text
from api.collections.conditions import overlaps
from api.collections.filters import NodeFilter, TextFilter
from api.collections.paths import LABEL, Path, path
from api.collections.values import units
from graph.model.namespaces import OA, SKOS

NAMES: Final = label("label", "the name, in Vietnamese and, where there is one, in English", (LABEL,))
OTHER_NAMES: Final = text("altLabel", "other names and spellings", (SKOS["altLabel"],))
NOTES: Final = text("note", "notes", (SKOS["note"],))
EDITORIAL_NOTES: Final = text("editorialNote", "notes of the editors of this graph", (SKOS["editorialNote"],))
SOURCES: Final = reference("statedIn", "the sources that say so", many=True)
EVIDENCE: Final = nested(
    "evidence",
    "the words of the sources that say so",
    (
        label("words", "the words, at most 160 characters", (OA["hasSelector"], OA["exact"])),
        reference("source", "where they stand", (OA["hasSource"],)),
    ),
    path("hasEvidence"),
)

JURISDICTION: Final = reference(
    "jurisdiction", "the unit that it is of, as it was then, or the country", many=True
)

LABEL_TEXTS: Final = ((LABEL,), (SKOS["altLabel"],))
BY_LABEL: Final = SortKey("label", ((LABEL,),), Order.LABEL)


def words(what: str, *more: Path) -> TextFilter:
    """Give the text filter over names and further texts."""
    return TextFilter(
        "q",
        f"words that begin words of {what}; marks, case and the stroke of đ do not matter",
        (*LABEL_TEXTS, *more),
    )


def province(what: str, *paths: Path) -> NodeFilter:
    """Give the filter by the province, or a unit in it, that paths lead to."""
    return NodeFilter(
        "province",
        f"{what} a province or a unit in it",
        paths,
        units("Province"),
        within=True,
        example="2025/19",
    )


def by_date(name: str, *paths: Path, single: bool = True) -> SortKey:
    """Give a sort key of dates of any precision."""
    return SortKey(name, paths, single=single)


def known_by(description: str, *paths: Path) -> AtRule:
    """Give the rule for what has a date from which on it is there."""
    return AtRule(description, lambda day: (overlaps(paths, paths, "", day),))


def going_on(description: str, start: tuple[Path, ...], end: tuple[Path, ...]) -> AtRule:
    """Give the rule for what has a time: the day lies in it."""
    return AtRule(description, lambda day: (overlaps(start, end, day, day),))
