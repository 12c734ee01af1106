"""Names of organisations and people: variants of one name are one node, look-alikes are two."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import agents

SAME = [
    ("UBND tỉnh Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh", ""),
    ("uỷ ban nhân dân tỉnh Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh", ""),
    ("HĐND tỉnh Hoà Bình", "Hội đồng nhân dân tỉnh Hòa Bình", ""),
    ("Tỉnh uỷ Hoà Bình", "Tỉnh ủy Hòa Bình", ""),
    ("Tỉnh ủy", "Tỉnh ủy Hòa Bình", "Hòa Bình"),
    ("Bộ TT&TT", "Bộ Thông tin và Truyền thông", "Thái Nguyên"),
    ("Bộ TT-TT", "Bộ Thông tin và Truyền thông", ""),
    ("Sở KH&CN tỉnh Thái Nguyên", "Sở Khoa học và Công nghệ tỉnh Thái Nguyên", "Thái Nguyên"),
    ("Sở Thông tin và Truyền thông", "Sở Thông tin và Truyền thông tỉnh Bắc Kạn", "Bắc Kạn"),
    ("Sở Du lịch Bình Định", "Sở Du lịch tỉnh Bình Định", "Bình Định"),
    ("Sở Thông tin và Truyền thông Đà Nẵng", "Sở Thông tin và Truyền thông thành phố Đà Nẵng", "Đà Nẵng"),
    (
        "Sở Thông tin và Truyền thông thành phố HCM",
        "Sở Thông tin và Truyền thông Thành phố Hồ Chí Minh",
        "Thành phố Hồ Chí Minh",
    ),
    ("Thành ủy TP.HCM", "Thành ủy Thành phố Hồ Chí Minh", ""),
    ("UBND TP. Pleiku", "Ủy ban nhân dân thành phố Pleiku", "Gia Lai"),
    ("UBND TP Đà Nẵng", "Ủy ban nhân dân thành phố Đà Nẵng", "Đà Nẵng"),
    (
        "Ban Chỉ đạo Trung ương về phát triển KHCN, ĐMST và CĐS",
        "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
        "",
    ),
    ("Viettel", "Tập đoàn Viettel", ""),
    ("Tập đoàn Công nghiệp - Viễn thông Quân đội (Viettel)", "Tập đoàn Viettel", ""),
    ("Tập đoàn Bưu chính Viễn thông Việt Nam", "Tập đoàn VNPT", ""),
    ("VNPost (Tổng công ty Bưu điện Việt Nam)", "Tổng công ty Bưu điện Việt Nam", ""),
    ("VINASA", "Hiệp hội Phần mềm và Dịch vụ CNTT Việt Nam (VINASA)", ""),
    ("HueIOC", "Trung tâm Giám sát, điều hành đô thị thông minh (HueIOC)", "Huế"),
    (
        "Bộ Công an (Cục Cảnh sát Quản lý hành chính về trật tự xã hội)",
        "Cục Cảnh sát Quản lý hành chính về trật tự xã hội, Bộ Công an",
        "",
    ),
    ("Ủy ban quốc gia về chuyển đổi số", "Ủy ban Quốc gia về chuyển đổi số", ""),
]

APART = [
    ("Tỉnh ủy Thái Nguyên", "Ban Chấp hành Đảng bộ tỉnh Thái Nguyên"),
    ("Tỉnh ủy Thái Nguyên", "Ban Thường vụ Tỉnh ủy Thái Nguyên"),
    ("Ủy ban nhân dân tỉnh Thái Nguyên", "Chủ tịch Ủy ban nhân dân tỉnh Thái Nguyên"),
    ("UBND tỉnh Thái Nguyên", "UBND thành phố Thái Nguyên"),
    ("Viettel", "Viettel Post"),
    ("VNPT", "VNPT Bình Định"),
    ("Đảng bộ tỉnh Đồng Nai", "Tỉnh ủy Đồng Nai"),
]


@pytest.mark.parametrize(("printed", "full", "province"), SAME)
def test_a_printed_variant_has_the_iri_of_the_full_name(printed: str, full: str, province: str) -> None:
    assert agents.canonical_name(printed, province) == agents.canonical_name(full, province)
    assert agents.organisation(printed, province) == agents.organisation(full, province)


@pytest.mark.parametrize(("one", "other"), APART)
def test_bodies_that_are_not_surely_the_same_stay_apart(one: str, other: str) -> None:
    assert agents.organisation(one) != agents.organisation(other)


@pytest.mark.parametrize(("printed", "full", "province"), SAME)
def test_a_canonical_name_is_its_own_canonical_name(printed: str, full: str, province: str) -> None:
    del full
    once = agents.canonical_name(printed, province)
    assert agents.canonical_name(once, province) == once


def test_the_canonical_name_has_no_abbreviation_left() -> None:
    assert agents.canonical_name("UBND tỉnh Bắc Ninh") == "Ủy ban nhân dân tỉnh Bắc Ninh"
    assert (
        agents.canonical_name("Trung tâm Công nghệ thông tin và Truyền thông (Sở TT&TT Long An)", "Long An")
        == "Trung tâm Công nghệ thông tin và Truyền thông, Sở Thông tin và Truyền thông tỉnh Long An"
    )


def test_the_sign_of_a_document_number_is_no_abbreviation() -> None:
    name = "Ban Chỉ đạo thực hiện Nghị quyết số 57-NQ/TW tỉnh Lai Châu"
    assert agents.canonical_name(name, "Lai Châu") == name
    assert agents.canonical_name("Ban Kinh tế TW") == "Ban Kinh tế Trung ương"


def test_the_standing_committee_of_the_national_assembly_keeps_its_case() -> None:
    assert agents.canonical_name("Ủy ban Thường vụ Quốc hội") == "Ủy ban Thường vụ Quốc hội"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nguyễn Thị Minh Thuý", "Nguyễn Thị Minh Thúy", True),
        ("Hồ Văn Mừng", "Ho Van Mung", True),
        ("Ban Chỉ đạo Chuyển đổi số", "Ban Chỉ đạo chuyển đổi số", True),
        ("Nguyễn Thanh Bình", "Nguyễn Thành Bình", False),
        ("Nguyễn Thanh Bình", "Nguyễn Thanh Bích", False),
    ],
)
def test_names_are_the_same_but_for_case_tone_placement_and_missing_marks(
    one: str, other: str, same: bool
) -> None:
    assert agents.same_spelling(one, other) is same


def test_a_late_tone_moves_only_in_open_syllables() -> None:
    assert agents.canonical_name("Hội Hoà Thuỷ Quý Toàn khoẻ") == "Hội Hòa Thủy Quý Toàn khỏe"


def test_a_department_of_the_ministry_is_not_given_a_province() -> None:
    assert agents.canonical_name("Cục Chuyển đổi số quốc gia", "Phú Yên") == "Cục Chuyển đổi số quốc gia"


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Trung tâm Dữ liệu quốc gia, Bộ Công an", "Bộ Công an"),
        ("Văn phòng Tỉnh ủy Phú Thọ", "Tỉnh ủy Phú Thọ"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn", "Ủy ban nhân dân tỉnh Bắc Kạn"),
        ("Ban Thường vụ Thành ủy Đà Nẵng", "Thành ủy Đà Nẵng"),
        ("Bộ Văn hóa, Thể thao và Du lịch", ""),
        ("Văn phòng Chính phủ", ""),
    ],
)
def test_a_name_tells_its_parent_body_only_where_it_holds_it(name: str, parent: str) -> None:
    assert agents.parent_name(name) == parent


def test_a_person_is_name_and_province_and_central_office_holders_have_no_province() -> None:
    assert agents.person("Nguyễn Thanh Bình", "An Giang") != agents.person("Nguyễn Thanh Bình", "Huế")
    assert agents.person("Tô Lâm", "Việt Nam") == agents.person("Tô Lâm")
    assert agents.person("Ho Van Mung", "An Giang") == agents.person("Hồ Văn Mừng", "An Giang")


@given(st.sampled_from([printed for printed, _, _ in SAME]))
def test_decomposed_and_spaced_text_gives_the_same_name(printed: str) -> None:
    spread = unicodedata.normalize("NFD", printed).replace(" ", "\u00a0 ")
    assert agents.canonical_name(spread) == agents.canonical_name(printed)
