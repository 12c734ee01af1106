"""The forms in which two spellings of a name are equal, and where words stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.words import compact, key, spelling, words

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩị"
MORE_LETTERS = "óòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ -'./&0123456789"
VIETNAMESE = st.text(st.sampled_from(LETTERS + MORE_LETTERS), max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Thuỷ", "Thủy"),
        ("UỶ BAN", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("Tuý Loan", "Túy Loan"),
    ],
)
def test_both_tone_placements_are_one_spelling(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hóa"), ("Đan", "Dan"), ("Tân", "Tan"), ("Mơ", "Mô")])
def test_other_marks_make_another_spelling_but_the_same_key(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)
    assert key(one) == key(other) or {one, other} == {"Mơ", "Mô"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TP.HCM", "tp hcm"),
        ("57-NQ/TW", "57 nq tw"),
        ("nq57", "nq 57"),
        ("Ea H'leo", "ea hleo"),
        ("Ea H’Leo", "ea hleo"),
        ("Bà Rịa\u00a0–\u00a0Vũng Tàu", "ba ria vung tau"),
        ("TT&TT", "tt tt"),
        ("… ?!", ""),
    ],
)
def test_a_key_is_the_folded_words(text: str, expected: str) -> None:
    assert key(text) == expected


def test_a_compact_key_has_no_spaces() -> None:
    assert compact(key("C-Thai Nguyen")) == compact(key("C-ThaiNguyen")) == "cthainguyen"


@given(VIETNAMESE)
def test_normalization_forms_case_and_no_break_spaces_change_no_key(text: str) -> None:
    for form in (unicodedata.normalize("NFD", text), text.upper(), text.replace(" ", "\u00a0")):
        assert key(form) == key(text)


@given(VIETNAMESE)
def test_normalization_forms_and_case_change_no_spelling(text: str) -> None:
    assert spelling(unicodedata.normalize("NFD", text)) == spelling(text) == spelling(text.upper())


@given(st.text(max_size=40))
def test_a_key_is_the_words_of_a_text_whatever_its_script(text: str) -> None:
    assert key(text) == " ".join(word.folded for word in words(text))


@given(st.text(max_size=40))
def test_words_stand_where_they_say_one_after_the_other(text: str) -> None:
    shown = unicodedata.normalize("NFC", text)
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(shown)
        assert key(shown[word.start : word.end]) == word.folded
        end = word.end
