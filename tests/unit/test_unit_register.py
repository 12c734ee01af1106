"""Finding the unit that had a name on a date, in either register."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mapping_support import TABLES, rows_of
from unit_tables import SMALL

from graph.mapping.reader import TableSet
from graph.mapping.unit_names import name_key, readings
from graph.mapping.unit_register import UnitRegister, UnknownUnitError
from graph.mapping.unit_types import Level, type_of_full_name
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.iris import ERA_2004, ERA_2025
from graph.problems import Problems

THAI_NGUYEN = iris.unit(ERA_2004, "19")


@pytest.fixture(scope="module")
def register() -> UnitRegister:
    return TableSet(TABLES, Problems()).once(UnitRegister.from_tables)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Thái Nguyên", "19"),
        ("Tỉnh Thái Nguyên", "19"),
        ("tỉnh thái nguyên", "19"),
        ("Thai Nguyen", "19"),
        ("Thai Nguyen Province", "19"),
        (unicodedata.normalize("NFD", "Thái Nguyên"), "19"),
        ("Thái\u00a0Nguyên", "19"),
        ("TP. Đà Nẵng", "48"),
        ("TP Đà Nẵng", "48"),
        ("TP.Đà Nẵng", "48"),
        ("Thành phố Đà Nẵng", "48"),
        ("Da Nang", "48"),
        ("Hồ Chí Minh", "79"),
        ("TP.HCM", "79"),
        ("TPHCM", "79"),
        ("HCMC", "79"),
        ("Ho Chi Minh City", "79"),
        ("Thành phố Hồ Chí Minh", "79"),
        ("Thừa Thiên - Huế", "46"),
        ("Thừa Thiên Huế", "46"),
        ("Thua Thien – Hue", "46"),
        ("TT-Huế", "46"),
        ("Huế", "46"),
        ("TP Huế", "46"),
        ("Hoà Bình", "17"),
        ("Hòa Bình", "17"),
        ("Bà Rịa-Vũng Tàu", "77"),
        ("BRVT", "77"),
        ("Đắc Lắc", "66"),
        ("Đắk Lắk", "66"),
        ("Quảng Ninh", "22"),
    ],
)
def test_a_province_is_found_in_every_printed_spelling(register: UnitRegister, name: str, code: str) -> None:
    assert register.unit_of_province(name, PartialDate("2022-08-15")) == iris.unit(ERA_2004, code)


@pytest.mark.parametrize(
    ("date", "unit"),
    [
        ("2025-06-30", iris.unit(ERA_2004, "10")),
        ("2025-07-01", iris.unit(ERA_2025, "15")),
        ("2025-06", iris.unit(ERA_2004, "10")),
        ("2025", iris.unit(ERA_2004, "10")),
        ("2026", iris.unit(ERA_2025, "15")),
    ],
)
def test_the_date_decides_between_the_registers(register: UnitRegister, date: str, unit: object) -> None:
    assert register.unit_of_province("Lào Cai", PartialDate(date)) == unit


def test_the_register_decides_where_it_is_given(register: UnitRegister) -> None:
    found = register.unit_of_province("Lào Cai", PartialDate("2020"), era=ERA_2025)
    assert found == iris.unit(ERA_2025, "15")


@pytest.mark.parametrize("name", ["Việt Nam", "Vietnam", "viet nam", "Cả nước"])
def test_viet_nam_is_the_country_on_every_date(register: UnitRegister, name: str) -> None:
    assert register.unit_of_province(name) == iris.country()


def test_a_name_that_only_one_register_has_needs_no_date(register: UnitRegister) -> None:
    assert register.unit_of_province("Bắc Kạn") == iris.unit(ERA_2004, "06")


def test_a_name_that_both_registers_have_needs_a_date(register: UnitRegister) -> None:
    with pytest.raises(UnknownUnitError, match="a date or the system") as raised:
        register.unit_of_province("Thái Nguyên")
    assert "cần ngày" in raised.value.vi


def test_a_province_that_had_been_merged_is_not_found_on_a_later_date(register: UnitRegister) -> None:
    with pytest.raises(UnknownUnitError, match="the name is in that of 2004"):
        register.unit_of_province("Bắc Kạn", PartialDate("2025-08-01"))


def test_a_province_that_ended_before_the_reform_is_found_until_then(register: UnitRegister) -> None:
    assert register.unit_of_province("Hà Tây", PartialDate("2008-07-31")) == iris.unit(ERA_2004, "28")
    with pytest.raises(UnknownUnitError):
        register.unit_of_province("Hà Tây", PartialDate("2008-08-01"))


@pytest.mark.parametrize("name", ["Xứ Lạng", "", "19", "Tỉnh", "Phổ Yên"])
def test_a_name_that_no_province_has_is_told_in_both_languages(register: UnitRegister, name: str) -> None:
    with pytest.raises(UnknownUnitError, match="no province") as raised:
        register.unit_of_province(name, PartialDate("2022"))
    assert "không có tỉnh" in raised.value.vi


def test_an_unknown_register_is_refused(register: UnitRegister) -> None:
    with pytest.raises(UnknownUnitError, match="no register era"):
        register.unit_of_province("Thái Nguyên", era="63")


@pytest.mark.parametrize("table", ["dti/dti", "dti/other_indices", "dti/dti_derived"])
def test_every_canonical_province_of_the_index_tables_is_found(register: UnitRegister, table: str) -> None:
    names = {row["province_name_canonical"] for row in rows_of(table)}
    assert len({register.unit_of_province(name, era=ERA_2004) for name in names}) >= len(names) - 1


@pytest.mark.parametrize(
    "table",
    ["events", "organisations_people", "platform_metrics", "platforms", "provincial_documents", "targets"],
)
def test_every_province_of_the_policy_tables_is_found(register: UnitRegister, table: str) -> None:
    for name in {row["province"] for row in rows_of(f"policy/{table}")}:
        assert register.unit_of_province(name, era=ERA_2004)


@pytest.mark.parametrize("era", [ERA_2004, ERA_2025])
def test_no_two_provinces_of_a_register_have_the_same_key(register: UnitRegister, era: str) -> None:
    entries = list(
        register.entries_on(era, Level.PROVINCE, "2025-06-30" if era == ERA_2004 else "2025-07-01")
    )
    assert len({name_key(entry.name) for entry in entries}) == len(entries) in {63, 34}


def test_a_commune_is_found_by_name_level_date_and_province(register: UnitRegister) -> None:
    found = register.named("Xã La Bằng", Level.COMMUNE, PartialDate("2022-08-15"), within=THAI_NGUYEN)
    assert found == (iris.unit(ERA_2004, "05815"),)


def test_a_type_word_leaves_out_units_of_another_type_on_that_date(register: UnitRegister) -> None:
    pho_yen = (iris.unit(ERA_2004, "172"),)
    for name, date, found in (
        ("thị xã Phổ Yên", "2021", pho_yen),
        ("TX. Phổ Yên", "2021", pho_yen),
        ("TP. Phổ Yên", "2021", ()),
        ("TP. Phổ Yên", "2022-08", pho_yen),
        ("Phổ Yên", "2021", pho_yen),
        ("Phổ Yên", "2026", ()),
    ):
        assert register.named(name, Level.DISTRICT, PartialDate(date)) == found, (name, date)


def test_a_name_that_begins_like_a_type_word_without_marks_is_not_cut(register: UnitRegister) -> None:
    date = PartialDate("2020-03")
    assert register.named("Quan Sơn", Level.DISTRICT, date) == (iris.unit(ERA_2004, "387"),)
    assert register.named("Huyện Quan Sơn", Level.DISTRICT, date) == (iris.unit(ERA_2004, "387"),)
    assert iris.unit(ERA_2004, "00736") in register.named("Xã Xà Phìn", Level.COMMUNE, date)


def test_namesakes_are_all_given_and_a_parent_tells_them_apart(register: UnitRegister) -> None:
    date = PartialDate("2024-06-30")
    namesakes = register.named("Châu Thành", Level.DISTRICT, date)
    assert len(namesakes) == 10
    an_giang = iris.unit(ERA_2004, "89")
    assert len(register.named("Châu Thành", Level.DISTRICT, date, within=an_giang)) == 1


def test_a_spelling_with_the_same_marks_comes_first(register: UnitRegister) -> None:
    exact = register.named("Tân Tiến", Level.COMMUNE, PartialDate("2024"))[0]
    entry = register.entry_on(ERA_2004, exact.value[-5:], "2024-01-01")
    assert entry is not None
    assert entry.name == "Tân Tiến"


def test_the_entries_of_a_unit_are_in_the_order_of_time(register: UnitRegister) -> None:
    types = [entry.unit_type for entry in register.entries(ERA_2004, "172")]
    assert types == ["huyện", "thị xã", "thành phố thuộc tỉnh"]
    assert register.entries(ERA_2004, "999") == ()


def test_rows_with_a_malformed_code_are_left_out_of_the_index(tmp_path: Path) -> None:
    for original in SMALL.rglob("*.csv"):
        copy = tmp_path / original.relative_to(SMALL)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(
            original.read_text(encoding="utf-8").replace("province,28,", "province,0028,"), "utf-8"
        )
    register = UnitRegister.from_tables(TableSet(tmp_path, Problems()))
    with pytest.raises(UnknownUnitError):
        register.unit_of_province("Hà Tây")


@given(st.text())
def test_every_text_can_be_read_and_its_first_reading_is_the_whole_of_it(text: str) -> None:
    found = list(readings(text))
    assert found[0] == (name_key(text), "")


@given(
    st.sampled_from(["tỉnh", "Thành phố", "TP.", "Tp", "HUYỆN", "tx.", "Phường", "Đặc khu"]),
    st.sampled_from(["Sơn La", "Điện Biên", "Quận Hải", "1", "Ea H'Leo"]),
)
def test_a_name_behind_a_type_word_is_one_of_the_readings(word: str, name: str) -> None:
    assert name_key(name) in {key for key, _ in readings(f"{word} {name}")}


@pytest.mark.parametrize(
    ("name", "era", "level", "unit_type"),
    [
        ("Phường Bố Hạ", ERA_2025, Level.COMMUNE, "phường"),
        ("Thị Trấn Mường Chà", ERA_2004, Level.COMMUNE, "thị trấn"),
        ("Thị trấn Mường Chà", ERA_2025, Level.COMMUNE, ""),
        ("Thành phố Đồng Nai", ERA_2025, Level.PROVINCE, "thành phố trực thuộc trung ương"),
        ("Thành phố Phổ Yên", ERA_2004, Level.DISTRICT, "thành phố thuộc tỉnh"),
        ("Xãđoài", ERA_2025, Level.COMMUNE, ""),
        ("Huyện Phổ Yên", ERA_2025, Level.DISTRICT, ""),
    ],
)
def test_an_official_name_begins_with_a_type_of_its_register_and_level(
    name: str, era: str, level: Level, unit_type: str
) -> None:
    assert type_of_full_name(name, era, level) == unit_type
