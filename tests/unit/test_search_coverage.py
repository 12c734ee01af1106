"""Which things have most of some slots: the same as counting them one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from graph.search.coverage import Coverage
from graph.search.reading import Slot, read
from graph.search.statements import Statements

LETTERS = st.sampled_from("abcdefgh")
SLOTS = st.lists(st.lists(LETTERS, min_size=1, max_size=3, unique=True), min_size=1, max_size=9)
THINGS = st.lists(st.tuples(st.text("abcdefgh", max_size=6), st.text("abcdefgh", max_size=4)), max_size=40)


def slots_of(forms: Iterable[Iterable[str]]) -> list[Slot]:
    return [Slot(tuple((word,) for word in words)) for words in forms]


def coverage_of(things: list[tuple[str, str]]) -> Coverage:
    """Make one over things with a name and a context, each letter of which is a word."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE entity_text USING fts5(name, context)")
    rows = ((number, " ".join(name), " ".join(context)) for number, (name, context) in enumerate(things, 7))
    connection.executemany("INSERT INTO entity_text(rowid, name, context) VALUES (?, ?, ?)", rows)
    return Coverage(range(7, 7 + len(things)), Statements(connection).all_matching)


@given(THINGS, SLOTS, st.integers(1, 9))
def test_what_has_enough_of_the_slots_is_given_and_nothing_else(
    things: list[tuple[str, str]], forms: list[list[str]], least: int
) -> None:
    counts = {
        number: sum(any(word in name + context for word in words) for words in forms)
        for number, (name, context) in enumerate(things, 7)
    }
    coverage = coverage_of(things)
    found = coverage.most(slots_of(forms), least, 100, open_end=False)
    assert sorted(found) == [number for number, count in counts.items() if count >= least]
    assert coverage.has_all(slots_of(forms)) is (len(forms) in counts.values())


def test_more_slots_come_first_then_those_in_the_name_then_those_as_typed() -> None:
    things = [("d", "a"), ("d", ""), ("ab", ""), ("db", ""), ("abx", ""), ("a", "bb"), ("abc", "")]
    found = coverage_of(things).most(slots_of(["ad", "b", "c"]), 1, 6, open_end=False)
    assert found == [13, 9, 11, 10, 12, 7]


def test_the_last_word_may_go_on_if_it_is_open() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE entity_text USING fts5(name, context)")
    connection.execute("INSERT INTO entity_text(rowid, name, context) VALUES (1, 'thai nguyen', '')")
    coverage = Coverage([1], Statements(connection).all_matching)
    slots = read("thai ngu").slots
    assert coverage.most(slots, 2, 5, open_end=True) == [1]
    assert coverage.most(slots, 2, 5, open_end=False) == []


def test_a_phrase_is_looked_up_once() -> None:
    asked: list[str] = []

    def matching(expression: str) -> list[int]:
        asked.append(expression)
        return [1]

    coverage = Coverage([1], matching)
    for _ in range(2):
        assert coverage.most(slots_of(["a", "a"]), 2, 5, open_end=False) == [1]
    assert len(asked) == len(set(asked)) == 2
