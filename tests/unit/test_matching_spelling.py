"""Spellings of one name are found alike, and told apart by how far they differ."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.matching.spelling import bare, has_marks, likeness, loose, marked

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
names = st.text(LETTERS + LETTERS.upper() + " ", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("asked", "name", "expected"),
    [
        ("Hoà Bình", "Hòa Bình", 1.0),
        ("UỶ", "Ủy", 1.0),
        ("Bà Rịa–Vũng Tàu", "Bà Rịa - Vũng Tàu", 1.0),
        ("Ea H’leo", "Ea H'leo", 1.0),
        ("04", "4", 1.0),
        ("Mĩ Tho", "Mỹ Tho", 0.99),
        ("hoa binh", "Hòa Bình", 0.98),
        ("Đak Lak", "Đắk Lắk", 0.96),
        ("Daklak", "Đắk Lắk", 0.95),
        ("Đắc Lắc", "Đắk Lắk", 0.9),
        ("Thái Nguyễn", "Thái Nguyên", 0.9),
    ],
)
def test_a_spelling_has_the_likeness_of_its_kind(asked: str, name: str, expected: float) -> None:
    assert likeness(asked, name) == expected


def test_a_typing_error_is_less_alike_than_missing_marks() -> None:
    assert 0.7 < likeness("Thái Nguyn", "Thái Nguyên") < likeness("thai nguyen", "Thái Nguyên")


def test_missing_marks_mean_another_name_where_the_writer_uses_marks() -> None:
    assert likeness("Sa Pa", "Sa Pả", with_marks=True) < likeness("Sa Pa", "Sa Pả")
    assert likeness("Sa Pa", "Sa Pa", with_marks=True) == 1


@pytest.mark.parametrize(
    ("text", "expected"), [("Võ Nhai", True), ("Đak", True), ("Vo Nhai", False), ("12", False)]
)
def test_marks_are_seen(text: str, expected: bool) -> None:
    assert has_marks(text) is expected


@given(names)
def test_normalization_case_and_spaces_change_no_key(name: str) -> None:
    other = unicodedata.normalize("NFD", name.upper()).replace(" ", " \u00a0")
    assert (marked(other), bare(other), loose(other)) == (marked(name), bare(name), loose(name))


@given(names)
def test_a_stricter_key_decides_the_looser_ones(name: str) -> None:
    stripped = bare(name)
    assert bare(stripped) == stripped
    assert loose(stripped) == loose(name)


@given(names, names)
def test_likeness_is_a_share_and_whole_for_equals(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
