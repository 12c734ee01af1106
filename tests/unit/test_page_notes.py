"""Notes of the data as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.notes import NotePart, note_parts, says_more_than, with_dates


def test_an_address_in_a_note_becomes_a_link_with_the_name_of_the_site() -> None:
    assert note_parts("other source: 0.48 (https://www.sggp.org.vn/a-b-2025.html)", "en") == [
        NotePart("Other source: 0.48 ("),
        NotePart("sggp.org.vn", "https://www.sggp.org.vn/a-b-2025.html"),
        NotePart(")"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("kept 2020-12-31 (party site)", "en", "kept 31 December 2020 (party site)"),
        ("giữ 2020-12-31", "vi", "giữ 31/12/2020"),
        ("since 2019-12", "en", "since December 2019"),
        ("the years 2021-2025", "en", "the years 2021-2025"),
        ("số 2020-12-31-A", "vi", "số 2020-12-31-A"),
        ("2020-13-45", "en", "2020-13-45"),
    ],
)
def test_dates_of_a_note_are_written_for_its_readers(text: str, language: str, written: str) -> None:
    assert with_dates(text, language) == written


@given(st.text())
def test_no_word_of_a_note_is_lost(note: str) -> None:
    if not any(character.isdigit() for character in note) and "http" not in note:
        said = "".join(part.text for part in note_parts(note, "vi"))
        assert said == note[:1].upper() + note[1:]


def test_a_note_that_only_names_a_source_shown_beside_it_says_nothing_more() -> None:
    note = "other source: 0.482 (https://example.org/a)"
    assert not says_more_than(note, {"https://example.org/a"})
    assert says_more_than(note, {"https://example.org/b"})
    assert says_more_than("derived: 5 + 10 places", set())
