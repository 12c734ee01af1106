"""The page of conflicts: what each side says, grouped by what the conflicts are about."""

from __future__ import annotations

from typing import Any

import pytest

from api.collections.columns import Kind
from api.conflicts.page import Text, by_subject, entry_of, kind_counts, subject_of
from api.conflicts.reading import STATEMENT_COLUMNS, Disagreement

BASE = "https://w3id.org/vndx/"
SOURCE = {
    "id": f"{BASE}id/source/002",
    "label": {"vi": "Bài báo"},
    "publishedDate": "2022-08-15",
    "url": "https://example.org/002",
}


def statement(name: str, *types: str, **said: Any) -> dict[str, Any]:
    """Give a row with every column of a statement, as the graph gives it."""
    empty = {
        column.name: {} if column.kind in (Kind.LABEL, Kind.TEXT) else [] if column.many else None
        for column in STATEMENT_COLUMNS
    }
    return {"id": f"{BASE}id/claim/{name}", "type": types or ("Claim",), **empty, **said}


def conflict(
    *statements: dict[str, Any], kind: str = "disagreement", about: str = "Document", **more: Any
) -> Disagreement:
    row = {
        "id": f"{BASE}id/conflict/x/y",
        "label": {"vi": "Ngày ban hành"},
        "conflictKind": {"id": f"{BASE}concept/conflict-kind/{kind}", "label": {"vi": kind, "en": kind}},
        "about": [{"id": f"{BASE}id/document/x", "type": [about], "label": {"vi": "Văn bản"}}],
        "preferred": [],
        "note": {},
        "editorialNote": {},
        **more,
    }
    return Disagreement(row, statements)


FIRST = statement("a", statement={"vi": ["2020-12-31"]}, sources=[SOURCE])
SECOND = statement("b", statement={"vi": ["2020-12-30"]})


def test_both_sides_are_given_with_their_sources_and_dates() -> None:
    entry = entry_of(conflict(FIRST, SECOND), "vi")
    assert [reading.words.text for reading in entry.readings] == ["31/12/2020", "30/12/2020"]
    (source,) = entry.readings[0].sources
    assert (source.title, source.date) == (Text("Bài báo"), "15/8/2022")
    assert source.page == "/page/source/002"
    assert entry.readings[1].sources == []
    assert entry.anchor == "x-y"


def test_the_preferred_reading_comes_first_and_is_told() -> None:
    entry = entry_of(conflict(FIRST, SECOND, preferred=[{"id": SECOND["id"]}]), "vi")
    assert [reading.is_preferred for reading in entry.readings] == [True, False]
    assert entry.readings[0].page == "/page/claim/b"


def test_figures_are_given_with_what_they_measure_and_when() -> None:
    rank = statement(
        "r",
        "DerivedObservation",
        "Observation",
        rank=15,
        outOf=63,
        indicator={"label": {"vi": "DTI"}},
        periodStart="2021",
        periodEnd="2021",
    )
    (reading,) = entry_of(conflict(rank), "vi").readings
    assert (reading.words.text, reading.context) == ("hạng 15/63", ["DTI", "2021"])
    assert reading.is_derived


def test_the_same_words_of_a_source_are_quoted_once() -> None:
    quoted = statement("q", evidence=[{"words": {"vi": "một câu"}}, {"words": {"vi": "một câu"}}])
    (reading,) = entry_of(conflict(quoted), "en").readings
    assert reading.quotations == [Text("một câu", "vi")]


def test_a_text_of_another_language_says_which() -> None:
    entry = entry_of(conflict(FIRST, note={"en": ["kept the first"]}), "vi")
    assert entry.notes == [Text("kept the first", "en")]
    assert entry_of(conflict(FIRST), "en").title == Text("Ngày ban hành", "vi")


@pytest.mark.parametrize(
    ("found", "subject"),
    [
        (conflict(FIRST), "documents"),
        (conflict(FIRST, about="Programme"), "documents"),
        (conflict(FIRST, about="Platform"), "platforms"),
        (conflict(FIRST, about="Event"), "events"),
        (conflict(FIRST, about="SourceText"), "sources"),
        (conflict(statement("o", "Observation"), about="Province"), "figures"),
        (conflict(statement("o", "Target"), about="Platform"), "figures"),
        (conflict(statement("n", claimKind=[{"id": "x/statement"}]), about="Province"), "places"),
        (conflict(statement("n", claimKind=[{"id": "x/naming"}]), about="Commune"), "names"),
    ],
)
def test_conflicts_are_grouped_by_what_they_are_about(found: Disagreement, subject: str) -> None:
    assert subject_of(found) == subject


def test_only_conflicts_of_a_kind_are_given_if_one_is_asked_for() -> None:
    found = [conflict(FIRST), conflict(FIRST, kind="apparent"), conflict(FIRST, kind="apparent")]
    assert [len(entries) for _, entries in by_subject(found, "vi")] == [3]
    assert [len(entries) for _, entries in by_subject(found, "vi", "apparent")] == [2]
    assert [(each.key, each.count) for each in kind_counts(found, "vi")] == [
        ("disagreement", 1),
        ("apparent", 2),
    ]


def test_real_conflicts_stand_before_apparent_ones() -> None:
    found = [conflict(FIRST, kind="apparent"), conflict(FIRST, kind="tension"), conflict(FIRST)]
    ((_, entries),) = by_subject(found, "vi")
    assert [entry.kind for entry in entries] == ["disagreement", "tension", "apparent"]


def test_a_note_that_only_names_the_source_of_a_reading_is_left_out() -> None:
    notes = {"en": ["other source: 0.48 (https://example.org/002)", "kept 2020-12-31"]}
    entry = entry_of(conflict(FIRST, SECOND, note=notes), "vi")
    assert entry.notes == [Text("kept 2020-12-31", "en")]
