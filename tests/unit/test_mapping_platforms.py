"""Platforms and their figures: every row, with names resolved, hedges kept and evidence given."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import TABLES, Mapped, assert_reported, folder_with, row_of, rows_of
from pyoxigraph import NamedNode

from graph.mapping import platform_metrics, platforms
from graph.mapping.platforms import PlatformIndex
from graph.mapping.reader import TableSet
from graph.model import iris
from graph.model.namespaces import ID, OA, SKOS, VNDX
from graph.problems import Problems

(PLATFORMS,) = platforms.MAPPINGS
(METRICS,) = platform_metrics.MAPPINGS

C_THAI_NGUYEN = ID["platform/c-thai-nguyen"]


def figure(metric_id: str) -> NamedNode:
    return iris.keyed("observation", "platform-metrics", metric_id)


@pytest.fixture(scope="module")
def mapped() -> Mapped:
    return Mapped(PLATFORMS)


@pytest.fixture(scope="module")
def metrics(mapped: Mapped) -> Mapped:
    return Mapped(METRICS, tables=mapped.tables)


def test_every_row_is_one_platform_with_kind_coverage_and_evidence(mapped: Mapped) -> None:
    assert mapped.problems == []
    assert mapped.count(VNDX["Platform"]) == len(rows_of("policy/platforms")) == 184
    for predicate in ("platformKind", "coverage", "hasEvidence"):
        assert len({q.subject for q in mapped.sink if q.predicate == VNDX[predicate]}) == 184
        assert mapped.functional(VNDX[predicate])


def test_a_platform_that_a_source_text_names_has_the_key_of_the_texts(mapped: Mapped) -> None:
    assert mapped.one(C_THAI_NGUYEN, SKOS["prefLabel"]) == "C-ThaiNguyen"
    assert mapped.objects(C_THAI_NGUYEN, SKOS["altLabel"]) == {"C-Thái Nguyên", "C-Thai Nguyen"}
    launched = mapped.literal(C_THAI_NGUYEN, VNDX["launchDate"])
    assert (launched.value, launched.datatype.value.rpartition("#")[2]) == ("2021-06", "gYearMonth")
    assert mapped.one(C_THAI_NGUYEN, VNDX["coverage"]) == iris.unit("2004", "19").value
    keys = {row["key"] for row in rows_of("policy/platforms") if row["key"]}
    assert {"postmart", "vo-so", "onetouch"} <= keys


def test_operators_are_organisations_with_the_basis_of_the_statement(mapped: Mapped) -> None:
    vneid = ID["platform/viet-nam-vneid"]
    assert mapped.one(vneid, VNDX["operator"]).startswith(ID["organisation/"].value)
    assert mapped.one(vneid, VNDX["operatorBasis"]) == iris.concept("basis-of-statement", "quote").value


def test_a_launch_after_the_reform_covers_the_unit_of_the_new_register(mapped: Mapped) -> None:
    centre = ID["platform/thai-nguyen-trung-tam-du-lieu-tinh-thai-nguyen"]
    assert mapped.one(centre, VNDX["coverage"]) == iris.unit("2025", "19").value


def test_user_texts_stay_as_printed_with_their_date(mapped: Mapped) -> None:
    assert mapped.one(C_THAI_NGUYEN, VNDX["usersAsPrinted"]) == "trên 323 nghìn lượt tải"
    assert mapped.literal(C_THAI_NGUYEN, VNDX["usersAsOf"]).datatype.value.endswith("#gYear")


def test_a_bare_host_becomes_a_web_address(mapped: Mapped) -> None:
    assert mapped.one(ID["platform/viet-nam-cong-du-lieu-quoc-gia"], VNDX["website"]) == "http://data.gov.vn"


def test_english_aliases_are_english_and_brands_are_not(mapped: Mapped) -> None:
    portal = ID["platform/viet-nam-cong-dich-vu-cong-quoc-gia"]
    aliases = {
        q.object.value: q.object.language
        for q in mapped.sink
        if q.subject == portal and q.predicate == SKOS["altLabel"]
    }
    assert aliases == {"National Public Service Portal": "en", "NPSP": "vi"}


@pytest.mark.parametrize(
    ("name", "province", "key"),
    [
        ("Hue-S", "Huế", "hue-hue-s"),
        ("c-thái nguyên", "Thái Nguyên", "c-thai-nguyen"),
        ("Vỏ Sò", "Hòa Bình", "vo-so"),
        ("VNeID", "Việt Nam", "viet-nam-vneid"),
        ("IOC Lào Cai", "Lào Cai", None),
        ("Hue-S", "Hà Nội", None),
        ("", "Việt Nam", None),
    ],
)
def test_a_name_finds_the_platform_of_its_province_or_of_the_country(
    name: str, province: str, key: str | None
) -> None:
    index = TableSet(TABLES, Problems()).once(PlatformIndex.from_tables)
    assert index.find(name, province) == (ID[f"platform/{key}"] if key else None)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"platform_id": ""}, "platform_id"),
        ({"name": ""}, "name"),
        ({"kind": "time machine"}, "kind"),
        ({"province": "Thái Nguyen Thượng"}, "province"),
        ({"scope": "regional"}, "scope"),
        ({"scope": "national"}, "scope"),
        ({"launch_date": "2025-13-01", "launch_date_precision": "day"}, "launch_date"),
        ({"launch_date": "2021", "launch_date_precision": "day"}, "launch_date"),
        ({"users_date": "2021-02-30"}, "users_date"),
        ({"operator": "Viettel", "operator_basis": "hearsay"}, "operator_basis"),
        ({"website": "see the store"}, "website"),
        ({"quote": "a" * 161}, "quote"),
        ({"source_url": ""}, "source_url"),
    ],
)
def test_a_bad_platform_is_reported_and_left_out(tmp_path: Path, cells: dict[str, str], column: str) -> None:
    good, other = rows_of("policy/platforms")[20:22]
    mapped = Mapped(PLATFORMS, folder_with(tmp_path, "policy/platforms", good, {**other, **cells}))
    assert_reported(mapped.problems, "policy/platforms", 3, column)
    assert mapped.count(VNDX["Platform"]) == 1


@pytest.mark.parametrize("column", ["platform_id", "key"])
def test_two_platforms_with_one_identifier_are_reported(tmp_path: Path, column: str) -> None:
    first = row_of("policy/platforms", key="postmart")
    second = {**row_of("policy/platforms", key="vo-so"), column: first[column]}
    mapped = Mapped(PLATFORMS, folder_with(tmp_path, "policy/platforms", first, second))
    assert_reported(mapped.problems, "policy/platforms", 3, column)


def test_every_metric_is_one_observation_with_unit_and_evidence(metrics: Mapped) -> None:
    assert metrics.problems == []
    assert metrics.count(VNDX["Observation"]) == len(rows_of("policy/platform_metrics")) == 46
    for predicate in ("value", "unitOfMeasure", "indicator", "comparator", "status"):
        assert metrics.functional(VNDX[predicate])


def test_a_hedge_in_the_unit_becomes_comparator_and_hedge(metrics: Mapped) -> None:
    nearly = figure("ha-noi-ihanoi-tai-khoan-nguoi-dan-doanh-nghiep-2024-09-11")
    assert (metrics.one(nearly, VNDX["comparator"]), metrics.one(nearly, VNDX["hedge"])) == ("<", "gần")
    assert metrics.one(nearly, VNDX["unitOfMeasure"]) == iris.concept("unit-of-measure", "account").value
    about = figure("ha-noi-ihanoi-tai-khoan-dang-ky-2024-12")
    assert (metrics.one(about, VNDX["comparator"]), metrics.one(about, VNDX["hedge"])) == ("~", "khoảng")
    exact = figure("ha-noi-ihanoi-tai-khoan-dang-ky-2024-11-21")
    assert metrics.one(exact, VNDX["comparator"]) == "="
    assert metrics.objects(exact, VNDX["hedge"]) == set()


def test_a_decimal_comma_is_read_as_one(metrics: Mapped) -> None:
    node = figure("ha-giang-dich-vu-cong-truc-tuyen-tinh-ha-giang-ty-le-dich-vu-cong-truc-tuyen-muc-do-4")
    assert metrics.one(node, VNDX["value"]) == "80.53"


def test_figures_on_c_thai_nguyen_are_about_its_node_with_the_words_that_state_them(metrics: Mapped) -> None:
    nodes = metrics.subjects(VNDX["about"], C_THAI_NGUYEN)
    assert {metrics.one(node, VNDX["value"]) for node in nodes} == {"2896", "8", "90"}
    evidence = {q.object for q in metrics.sink if q.subject in nodes and q.predicate == VNDX["hasEvidence"]}
    selectors = {q.object for q in metrics.sink if q.subject in evidence and q.predicate == OA["hasSelector"]}
    quotes = [q.object.value for q in metrics.sink if q.subject in selectors and q.predicate == OA["exact"]]
    assert len(quotes) == 3
    assert any("2.896 phản ánh" in quote for quote in quotes)


def test_a_figure_limited_to_a_district_holds_there(metrics: Mapped) -> None:
    node = figure("hoa-binh-postmart-farming-households-cooperatives-and-businesses-huyen-lac-thuy-2021")
    assert metrics.one(node, VNDX["about"]) == ID["platform/postmart"].value
    assert metrics.one(node, VNDX["jurisdiction"]) == iris.unit("2004", "159").value


def test_postmart_and_voso_are_two_platforms_and_ocop_is_a_programme(metrics: Mapped) -> None:
    joint = figure("viet-nam-postmart-va-voso-ho-co-tai-khoan-2022-02")
    assert metrics.objects(joint, VNDX["about"]) == {
        ID["platform/postmart"].value,
        ID["platform/vo-so"].value,
    }
    ocop = figure("viet-nam-chuong-trinh-ocop-san-pham-tu-3-sao-tro-len-2022-05")
    assert metrics.one(ocop, VNDX["about"]) == ID["programme/chuong-trinh-ocop"].value
    assert metrics.count(VNDX["Programme"]) == 1


def test_a_platform_without_a_row_is_a_node_that_says_so(metrics: Mapped) -> None:
    minted = metrics.subjects(VNDX["platformKind"], iris.concept("platform-kind", "public-service-portal"))
    assert len(minted) == metrics.count(VNDX["Platform"]) == 5
    portal = ID["platform/cong-dich-vu-cong-truc-tuyen-tinh-an-giang"]
    assert portal in minted
    assert len(metrics.objects(portal, SKOS["editorialNote"])) == 2


def test_a_figure_of_a_span_has_that_period(metrics: Mapped) -> None:
    node = figure("hue-hue-s-luot-phan-anh-giai-doan-2024-2025-2025-11")
    assert metrics.one(node, VNDX["period"]) == iris.period("2024", "2025").value


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"metric": ""}, "metric"),
        ({"platform": ""}, "platform"),
        ({"platform": "C-Nowhere"}, "platform"),
        ({"platform_kind": "citizen app"}, "platform_kind"),
        ({"platform": "C-Nowhere", "platform_kind": "time machine"}, "platform_kind"),
        ({"value": "nhiều"}, "value"),
        ({"value": "1.500"}, "value"),
        ({"unit": "thùng"}, "unit"),
        ({"unit": "tài khoản (ước)"}, "unit"),
        ({"metric_date": "2025-13-01", "metric_date_precision": "day"}, "metric_date"),
        ({"platform": "VNeID", "province": "Thái Nguyen Thượng"}, "province"),
        ({"place": "huyện Không Có"}, "place"),
        ({"period": "gần đây"}, "period"),
        ({"quote": ""}, "quote"),
    ],
)
def test_a_bad_metric_is_reported_and_left_out(tmp_path: Path, cells: dict[str, str], column: str) -> None:
    good, other = (row for row in rows_of("policy/platform_metrics") if row["platform"] == "Hạ Long Smart")
    mapped = Mapped(METRICS, folder_with(tmp_path, "policy/platform_metrics", good, {**other, **cells}))
    assert_reported(mapped.problems, "policy/platform_metrics", 3, column)
    assert mapped.count(VNDX["Observation"]) == 1


def test_two_metrics_with_one_identifier_are_reported(tmp_path: Path) -> None:
    row = rows_of("policy/platform_metrics")[0]
    mapped = Mapped(METRICS, folder_with(tmp_path, "policy/platform_metrics", row, row))
    assert_reported(mapped.problems, "policy/platform_metrics", 3, "metric_id")
