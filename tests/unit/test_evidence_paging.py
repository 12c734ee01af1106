"""Pages of statements: forward and back, nothing twice and nothing left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evidence.paging import WrongCursorError, page_of, read_cursor, write_cursor
from api.evidence.queries import Found

KEYS = st.lists(st.tuples(st.integers(0, 2**31), st.text(max_size=8)), unique=True, max_size=40)


def entries(keys: list[tuple[int, str]]) -> list[Found]:
    return [Found(iri, rank) for rank, iri in sorted(keys)]


@given(KEYS, st.integers(1, 10))
def test_following_next_gives_every_entry_once(keys: list[tuple[int, str]], limit: int) -> None:
    wanted = entries(keys)
    page = page_of(wanted, limit, None)
    found = [*page.entries]
    while page.next is not None:
        page = page_of(wanted, limit, page.next)
        found += page.entries
    assert [each.key for each in found] == [each.key for each in wanted]


@given(KEYS, st.integers(1, 10))
def test_previous_leads_back_to_the_page_before(keys: list[tuple[int, str]], limit: int) -> None:
    wanted = entries(keys)
    first = page_of(wanted, limit, None)
    assert first.previous is None
    if first.next is not None:
        second = page_of(wanted, limit, first.next)
        assert second.previous is not None
        assert page_of(wanted, limit, second.previous) == first


def test_a_page_whose_first_entry_is_gone_begins_with_the_next_one() -> None:
    wanted = entries([(1, "a"), (1, "c")])
    assert [each.iri for each in page_of(wanted, 5, write_cursor((1, "b"))).entries] == ["c"]


@given(st.text(max_size=30))
def test_a_text_that_is_no_cursor_is_refused_as_such(text: str) -> None:
    try:
        rank, iri = read_cursor(text)
    except WrongCursorError:
        return
    assert isinstance(rank, int)
    assert isinstance(iri, str)


@pytest.mark.parametrize("text", ["zzz", "", "e30", "WzEsMl0", "đ"])
def test_cursors_of_others_are_refused(text: str) -> None:
    with pytest.raises(WrongCursorError):
        read_cursor(text)
