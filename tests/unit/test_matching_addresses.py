"""Phrases are read as type and name, addresses are taken apart."""

from __future__ import annotations

import pytest
from matching_support import small_gazetteer

from graph.matching.address import is_below_units, segments
from graph.matching.spelling import loose
from graph.matching.unit_words import readings

NAMES = small_gazetteer().by_name


def is_name(phrase: str) -> bool:
    return any(loose(reading.name) in NAMES for reading in readings(phrase))


@pytest.mark.parametrize(
    ("phrase", "name", "kind"),
    [
        ("Tỉnh Thái Nguyên", "Thái Nguyên", "tinh"),
        ("tinh thai nguyen", "thai nguyen", "tinh"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh", "thanh-pho-truc-thuoc-trung-uong"),
        ("TP.HCM", "HCM", "thanh-pho-truc-thuoc-trung-uong"),
        ("TPHCM", "HCM", "thanh-pho-truc-thuoc-trung-uong"),
        ("Q.1", "1", "quan"),
        ("Q1", "1", "quan"),
        ("quận 1", "1", "quan"),
        ("P. 05", "05", "phuong"),
        ("H.Võ Nhai", "Võ Nhai", "huyen"),
        ("TX Phổ Yên", "Phổ Yên", "thi-xa"),
        ("TT. Đu", "Đu", "thi-tran"),
        ("Thai Nguyen Province", "Thai Nguyen", "tinh"),
        ("Vo Nhai Rural District", "Vo Nhai", "huyen"),
        ("District 1", "1", "quan"),
        ("Cat Hai special region", "Cat Hai", "dac-khu"),
    ],
)
def test_type_words_are_read_off_a_phrase(phrase: str, name: str, kind: str) -> None:
    first = readings(phrase)[0]
    assert first.name == name
    assert kind in first.kinds


@pytest.mark.parametrize("phrase", ["Xá Nhè", "Quan Hóa", "Phổ Yên", "Quảng Ninh", "Phú Thọ", "Thành phố"])
def test_a_name_that_begins_like_a_type_word_stays_whole(phrase: str) -> None:
    assert any(reading.name == phrase and not reading.kinds for reading in readings(phrase))


def test_words_with_other_marks_are_no_type_words() -> None:
    assert [reading.kinds for reading in readings("Xá Nhè")] == [frozenset()]


def test_in_a_text_with_marks_a_word_without_them_is_no_type_word() -> None:
    assert segments("Xã Thượgn Quan", is_name) == ("Xã Thượgn Quan",)
    assert segments("Xa Sang Moc Huyen Vo Nhai", is_name) == ("Xa Sang Moc", "Huyen Vo Nhai")


@pytest.mark.parametrize(
    ("segment", "is_below"),
    [("làng Mới", True), ("lang Moi", True), ("Lạng Sơn", False), ("12 phố Huế", True), ("Tổ 3", True)],
)
def test_what_lies_below_units_is_told_by_its_first_word(segment: str, is_below: bool) -> None:
    assert is_below_units(segment) == is_below


@pytest.mark.parametrize(
    "address",
    [
        "Xã Sảng Mộc, Huyện Võ Nhai, Tỉnh Thái Nguyên",
        "Xã Sảng Mộc (Huyện Võ Nhai, Tỉnh Thái Nguyên)",
        "Xã Sảng Mộc - Huyện Võ Nhai - Tỉnh Thái Nguyên",
        "Xã Sảng Mộc Huyện Võ Nhai Tỉnh Thái Nguyên",
        "Xã Sảng Mộc; Huyện Võ Nhai; Tỉnh Thái Nguyên; Việt Nam",
        "Xã Sảng Mộc, Huyện Võ Nhai, Tỉnh Thái Nguyên 250000, Vietnam".replace(" 250000", ", 250000"),
    ],
)
def test_an_address_is_parted_into_its_units(address: str) -> None:
    assert segments(address, is_name) == ("Xã Sảng Mộc", "Huyện Võ Nhai", "Tỉnh Thái Nguyên")


def test_names_without_anything_between_are_told_apart_by_the_gazetteer() -> None:
    assert segments("sang moc vo nhai thai nguyen", is_name) == ("sang moc", "vo nhai", "thai nguyen")


def test_a_dash_inside_a_name_parts_nothing() -> None:
    assert segments("Phường 1, Bà Rịa - Vũng Tàu", is_name) == ("Phường 1", "Bà Rịa - Vũng Tàu")


def test_points_behind_abbreviations_part_nothing() -> None:
    assert segments("X. Sảng Mộc, H. Võ Nhai, T. Thái Nguyên", is_name) == (
        "X.Sảng Mộc",
        "H.Võ Nhai",
        "T.Thái Nguyên",
    )


@pytest.mark.parametrize("text", ["", " ", ",,;", "..."])
def test_nothing_has_no_segments(text: str) -> None:
    assert segments(text, is_name) == ()
