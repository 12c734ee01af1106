"""Search over the whole dataset: real queries with their first hit, and what holds for any name."""

from __future__ import annotations

import csv
import random
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph.model.namespaces import BASE
from graph.model.text import strip_marks
from graph.search.index import Hit, SearchIndex
from graph.search.ranking import MatchKind
from graph.search.statements import Filters
from graph.search.words import compact, key
from graph.snapshots.home import SnapshotHome

QUERIES = Path(__file__).parents[1] / "fixtures" / "search" / "queries.csv"
with QUERIES.open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
FORMS = {"": str, "NFD": lambda text: unicodedata.normalize("NFD", text)}
FORMS["no-break spaces"] = lambda text: text.replace(" ", "\u00a0")
SAMPLE = 300

pytestmark = pytest.mark.snapshot


@pytest.fixture(scope="session")
def index(snapshot_home: SnapshotHome) -> SearchIndex:
    snapshot = snapshot_home.current()
    assert snapshot is not None
    return SearchIndex(snapshot.index)


@pytest.fixture(scope="session")
def labels(snapshot_home: SnapshotHome) -> list[str]:
    """Vietnamese labels of units, organisations and platforms, drawn by a fixed seed."""
    snapshot = snapshot_home.current()
    assert snapshot is not None
    with closing(sqlite3.connect(snapshot.index)) as database:
        rows = database.execute(
            "SELECT label_vi FROM entity JOIN display USING (id) WHERE label_vi <> '' AND"
            " (era <> '' OR class LIKE '%#Organisation' OR class LIKE '%#Platform') ORDER BY iri"
        )
        everything = [label for (label,) in rows]
    return random.Random(57).sample(everything, SAMPLE)  # noqa: S311


def hits(index: SearchIndex, text: str) -> list[Hit]:
    return index.search(text, Filters(), 5).hits


def first(index: SearchIndex, text: str) -> str:
    found = hits(index, text)
    return found[0].shown.iri if found else ""


def test_there_are_enough_queries_and_none_twice() -> None:
    assert len(ROWS) >= 150
    assert len({(row["query"], row["form"]) for row in ROWS}) == len(ROWS)
    assert all(row["why"] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[f"{at}-{key(row['query'])}" for at, row in enumerate(ROWS)])
def test_a_real_query_has_its_hit_first(index: SearchIndex, row: dict[str, str]) -> None:
    found = first(index, FORMS[row["form"]](row["query"]))
    assert found.removeprefix(BASE) == row["first"], f"{row['query']}: {row['why']}"


def test_a_suggestion_for_all_but_the_last_letter_shows_the_hit(index: SearchIndex) -> None:
    """For queries that are a name as it is written, with four letters or more typed of it."""
    asked, missing = 0, []
    for row in ROWS:
        typed = row["query"][:-1]
        plain = compact(key(typed))
        name = compact(key(hits(index, row["query"])[0].text))
        if (
            len(plain) < 4
            or typed != typed.rstrip()
            or not name.startswith(plain)
            or len(name) > len(plain) + 1
        ):
            continue
        asked += 1
        shown = index.suggest(typed, Filters(), 10)
        if row["first"] not in {hit.shown.iri.removeprefix(BASE) for hit in shown}:
            missing.append(typed)
    assert asked > 80
    assert missing == []


def changed(label: str) -> Iterator[str]:
    """Give spellings of a label that are the same to a reader."""
    yield unicodedata.normalize("NFD", label)
    yield label.upper()
    yield label.replace(" ", "\u00a0")
    yield f"  {label.lower()} "


def test_form_case_and_spaces_never_change_the_first_hit(index: SearchIndex, labels: list[str]) -> None:
    wrong = [text for label in labels for text in changed(label) if first(index, text) != first(index, label)]
    assert wrong == []


def test_a_label_finds_a_thing_of_that_label_first(index: SearchIndex, labels: list[str]) -> None:
    wrong = [label for label in labels if key(hits(index, label)[0].text) != key(label)]
    assert wrong == []


def test_a_label_without_marks_finds_a_thing_of_that_label_first(
    index: SearchIndex, labels: list[str]
) -> None:
    wrong = [label for label in labels if key(hits(index, strip_marks(label))[0].text) != key(label)]
    assert wrong == []


def test_words_in_another_order_find_what_has_all_of_them(index: SearchIndex, labels: list[str]) -> None:
    """The first hit is the one of the label, unless the new order is the beginning of another name."""
    shuffle = random.Random(749)  # noqa: S311
    wrong = []
    for label in labels:
        words = label.split()
        shuffle.shuffle(words)
        hit = hits(index, " ".join(words))[0]
        is_other_name = hit.kind is not MatchKind.WORDS
        if not is_other_name and set(key(label).split()) - set(key(hit.shown.label_vi).split()):
            wrong.append(label)
    assert len(wrong) <= SAMPLE * 0.05, wrong


def test_one_letter_left_out_still_finds_the_label(index: SearchIndex, labels: list[str]) -> None:
    """In nine of ten labels: some words with a letter less are the words of other names."""
    omit = random.Random(20)  # noqa: S311
    missed = []
    for label in labels:
        longest = max(label.split(), key=len)
        at = omit.randrange(1, len(longest))
        typed = label.replace(longest, longest[:at] + longest[at + 1 :], 1)
        if key(label) not in {key(hit.shown.label_vi) for hit in hits(index, typed)}:
            missed.append(typed)
    assert len(missed) <= SAMPLE * 0.1, missed


def test_a_word_that_no_such_thing_has_does_not_hide_the_label(index: SearchIndex, labels: list[str]) -> None:
    """In six of seven labels: others have as many of the words, or words that are near them."""
    asked = [label for label in labels if len(key(label).split()) > 2]
    missed = [
        label
        for label in asked
        if key(label) not in {key(hit.shown.label_vi) for hit in hits(index, f"{label} strengths")}
    ]
    assert len(missed) <= len(asked) / 7, missed
