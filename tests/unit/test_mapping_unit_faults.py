"""Each fault of the tables of administrative units is reported, where it is, and states nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from unit_tables import SmallTables

from graph.model import iris


@pytest.fixture
def small(tmp_path: Path) -> SmallTables:
    return SmallTables(tmp_path)


# table, the row that is spoiled, the cells it gets, the column that must be reported on its line
FAULTS = {
    "a commune code of four digits": ("communes_pre2025", {"code": "05881"}, {"code": "5881"}, "code"),
    "an unknown type": ("communes_pre2025", {"code": "05881"}, {"type": "làng"}, "type"),
    "a type of the other register": ("communes_pre2025", {"code": "05881"}, {"type": "đặc khu"}, "type"),
    "a type that the history contradicts": (
        "communes_pre2025",
        {"code": "05881"},
        {"type": "phường"},
        "type",
    ),
    "a parent that the history contradicts": (
        "communes_pre2025",
        {"code": "05881"},
        {"parent_district_code": "173"},
        "parent_district_code",
    ),
    "a start that the history contradicts": (
        "districts_pre2025",
        {"code": "172"},
        {"version_from": "2022-04-11"},
        "version_from",
    ),
    "a day that the calendar has not": (
        "districts_pre2025",
        {"code": "172"},
        {"abolished_on": "2025-02-30"},
        "abolished_on",
    ),
    "a month 13": (
        "unit_history_2004_2025",
        {"code": "172", "type": "thị xã"},
        {"valid_from": "2025-13-01"},
        "valid_from",
    ),
    "a span that ends before it begins": (
        "unit_history_2004_2025",
        {"code": "172", "type": "thị xã"},
        {"valid_from": "2023-01-01"},
        "valid_to",
    ),
    "a span of no day without a note": (
        "unit_history_2004_2025",
        {"code": "07693", "parent_code": "213"},
        {"note": ""},
        "valid_to",
    ),
    "an unknown legal basis": (
        "unit_history_2004_2025",
        {"code": "172", "type": "thị xã"},
        {"basis_from": "999/NQ-UBTVQH13"},
        "basis_from",
    ),
    "a legal basis of another date": (
        "unit_history_2004_2025",
        {"code": "268", "type": "quận"},
        {"basis_from": "47/NQ-CP"},
        "basis_from",
    ),
    "an unknown parent": (
        "unit_history_2004_2025",
        {"code": "09316"},
        {"parent_code": "998"},
        "parent_code",
    ),
    "a parent that had ended": (
        "unit_history_2004_2025",
        {"code": "268", "valid_from": "2008-08-01"},
        {"parent_code": "28"},
        "parent_code",
    ),
    "a province with a parent": (
        "unit_history_2004_2025",
        {"code": "28"},
        {"parent_code": "01"},
        "parent_code",
    ),
    "an unknown level": ("unit_history_2004_2025", {"code": "09316"}, {"level": "village"}, "level"),
    "a latitude out of the country": ("provinces_2025", {"code": "19"}, {"lat": "91.5"}, "lat"),
    "a population below one": ("provinces_2025", {"code": "19"}, {"population": "0"}, "population"),
    "an area that is no number": ("provinces_2025", {"code": "19"}, {"area_km2": "rộng"}, "area_km2"),
    "an area out of range": ("communes_2025", {"code": "05881"}, {"area_km2": "999999"}, "area_km2"),
    "a Wikidata identifier without Q": (
        "provinces_2025",
        {"code": "19"},
        {"wikidata_same_name_item": "26575"},
        "wikidata_same_name_item",
    ),
    "an ISO code of another country": (
        "provinces_pre2025",
        {"code": "19"},
        {"iso_3166_2": "LA-69"},
        "iso_3166_2",
    ),
    "a province that began on another day": (
        "provinces_2025",
        {"code": "19"},
        {"effective_from": "2025-06-12"},
        "effective_from",
    ),
    "a missing English name": ("provinces_2025", {"code": "19"}, {"name_en": ""}, "name_en"),
    "an unknown kind of change": ("communes_2025", {"code": "05881"}, {"change": "split"}, "change"),
    "a share that is neither whole nor part": (
        "commune_mergers",
        {"old_commune_code": "05887"},
        {"share": "half"},
        "share",
    ),
    "an unknown relation": (
        "commune_mergers",
        {"old_commune_code": "05887"},
        {"relation": "swallowed"},
        "relation",
    ),
    "a clause that differs within one change": (
        "commune_mergers",
        {"old_commune_code": "05887"},
        {"legal_clause": "Điều 9"},
        "legal_basis",
    ),
    "a merger on another day": (
        "commune_mergers",
        {"old_commune_code": "05887"},
        {"effective_from": "2025-07-02"},
        "effective_from",
    ),
    "a name that the register contradicts": (
        "province_mergers",
        {"old_code": "06"},
        {"old_name_vi": "Tỉnh Bắc Cạn"},
        "old_name_vi",
    ),
    "a total that the communes contradict": (
        "resolution_totals",
        {"province_code": "19"},
        {"xa": "99"},
        "xa",
    ),
    "a total that is no number": ("resolution_totals", {"province_code": "19"}, {"total": "sáu"}, "total"),
    "lists that agree": (
        "name_disagreements_2025",
        {"code": "05941"},
        {"nso_conversion_table": "Xã Điềm Thụy"},
        "chosen",
    ),
    "a changed unit under another old name": (
        "unit_changes_2026",
        {"code": "09313"},
        {"old_full_name_vi": "Xã Chi Lang"},
        "old_full_name_vi",
    ),
    "a document that takes effect before it is issued": (
        "legal_documents",
        {"number": "388/NQ-UBTVQH16"},
        {"issued": "2026-10-01"},
        "effective",
    ),
    "a document of an unknown province": (
        "legal_documents",
        {"number": "388/NQ-UBTVQH16"},
        {"province_code_2025": "98"},
        "province_code_2025",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_once_with_its_line_and_column(small: SmallTables, fault: str) -> None:
    table, where, cells, column = FAULTS[fault]
    line = small.spoil(table, where, **cells)
    assert small.places() == [(table, line, column)]


def test_a_duplicate_code_names_the_first_line(small: SmallTables) -> None:
    row = next(row for row in small.rows("communes_pre2025") if row["code"] == "05881")
    line = small.add("communes_pre2025", row)
    problems, _ = small.mapped()
    assert [(p.line, p.column) for p in problems] == [(line, "code")]
    assert "duplicate of line 9" in problems[0].en


def test_versions_that_overlap_are_reported_on_the_later_one(small: SmallTables) -> None:
    line = small.spoil(
        "unit_history_2004_2025", {"code": "172", "type": "thành phố"}, valid_from="2022-04-09"
    )
    places = small.places()
    assert ("unit_history_2004_2025", line, "valid_from") in places


def test_a_commune_of_an_unknown_province_is_reported_and_its_totals_no_longer_agree(
    small: SmallTables,
) -> None:
    line = small.spoil("communes_2025", {"code": "05881"}, parent_province_code="99")
    assert ("communes_2025", line, "parent_province_code") in small.places()


def test_a_former_commune_without_a_row_in_the_mergers_is_reported(small: SmallTables) -> None:
    rows = [row for row in small.rows("commune_mergers") if row["old_commune_code"] != "05887"]
    small.write("commune_mergers", rows)
    problems, _ = small.mapped()
    assert [(p.line, p.column) for p in problems] == [(0, "old_commune_code")]
    assert "05887 (Xã Vạn Phái, 2025-06-30) has no row" in problems[0].en


def test_a_province_merged_into_another_one_contradicts_both_tables_of_provinces(small: SmallTables) -> None:
    small.spoil("province_mergers", {"old_code": "06"}, new_code="24", new_name_vi="Tỉnh Bắc Ninh")
    assert {(table, column) for table, _, column in small.places()} == {
        ("provinces_2025", "predecessor_codes"),
        ("provinces_pre2025", "successor_code_2025"),
    }


def test_a_change_of_2026_must_be_the_same_in_both_tables(small: SmallTables) -> None:
    small.spoil("unit_changes_2026", {"code": "09313"}, effective_from="2026-09-21")
    assert ("communes_2025", 8, "type_change_from") in small.places()


def test_a_province_without_totals_is_reported(small: SmallTables) -> None:
    rows = [row for row in small.rows("resolution_totals") if row["province_code"] != "19"]
    small.write("resolution_totals", rows)
    assert small.places() == [("resolution_totals", 0, "province_code")]


def test_a_number_that_shows_no_kind_of_act_is_reported(small: SmallTables) -> None:
    row = next(row for row in small.rows("legal_documents") if row["number"] == "932/NQ-UBTVQH13")
    line = small.add("legal_documents", row | {"number": "932"})
    assert small.places() == [("legal_documents", line, "number")]


def test_all_faults_of_a_row_and_of_all_tables_are_reported_together(small: SmallTables) -> None:
    first = small.spoil("communes_pre2025", {"code": "05881"}, type="làng", full_name_en="")
    second = small.spoil("provinces_2025", {"code": "19"}, lat="abc")
    assert small.places() == [
        ("communes_pre2025", first, "full_name_en"),
        ("communes_pre2025", first, "type"),
        ("provinces_2025", second, "lat"),
    ]


def test_a_faulty_row_states_nothing(small: SmallTables) -> None:
    small.spoil("communes_pre2025", {"code": "05881"}, type="làng")
    _, sinks = small.mapped()
    stated = {
        q.predicate
        for sink in sinks
        if sink.graph == iris.graph("table", "communes-pre2025")
        for q in sink
        if q.subject == iris.unit("2004", "05881")
    }
    assert stated == set()
