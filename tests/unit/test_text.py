"""Vietnamese text: one spelling to store, folded forms to compare and to make keys."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.text import fold, is_nfc, nfc, slug, squeeze, strip_marks

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ -"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Uỷ ban", "Ủy ban"),
        ("Thừa Thiên Huế", "Thừa Thiên\u00a0Huế"),
        ("Đắk Lắk", "đắk  lắk"),
        ("Thái Nguyên", unicodedata.normalize("NFD", "Thái Nguyên")),
        ("ĐIỆN BIÊN", "Điện Biên"),
    ],
)
def test_two_spellings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert slug(one) == slug(other)


def test_stroked_d_becomes_d_in_both_cases() -> None:
    assert strip_marks("Đông Đô đỏ") == "Dong Do do"


def test_stacked_marks_are_all_removed() -> None:
    assert strip_marks("ề ậ ữ ỗ ặ") == "e a u o a"


def test_different_names_keep_different_folds() -> None:
    assert fold("Hà Nam") != fold("Hà Nội")


def test_squeeze_joins_all_kinds_of_white_space() -> None:
    assert squeeze(" Bắc\u00a0Kạn\t\n1 ") == "Bắc Kạn 1"


@pytest.mark.parametrize("text", ["", "–", "…", "\u00a0", "中"])
def test_a_text_without_letters_or_digits_makes_no_key(text: str) -> None:
    with pytest.raises(ValueError, match="no ASCII letter or digit"):
        slug(text)


@given(st.text())
def test_nfc_is_what_is_nfc_accepts(text: str) -> None:
    assert is_nfc(nfc(text))


@given(VIETNAMESE)
def test_folding_does_not_depend_on_the_normalization_form(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(text) == fold(decomposed)
    assert squeeze(text) == squeeze(decomposed)


@given(VIETNAMESE)
def test_folding_does_not_depend_on_case(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_vietnamese_text_folds_to_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(st.text().map(lambda text: f"x{text}"))
def test_a_key_is_lower_case_ascii_without_hyphens_at_its_ends(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))


@given(st.text().map(lambda text: f"x{text}"))
def test_a_key_of_a_key_is_the_key(text: str) -> None:
    assert slug(slug(text)) == slug(text)
