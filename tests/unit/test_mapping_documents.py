"""The document tables: kinds, labels, dates, periods, provinces of their time, references, and bad rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import Mapped, assert_reported, row_of, rows_of
from policy_tables import NATIONAL, PROVINCIAL, map_small

from graph.mapping import documents
from graph.mapping.document_kinds import DOCUMENT_CLASSES, KINDS, class_holds
from graph.mapping.document_labels import read_title
from graph.model import iris
from graph.model.namespaces import ID, RDF, SKOS, VNDX

NATIONAL_MAPPING, PROVINCIAL_MAPPING = documents.MAPPINGS
RESOLUTION_57 = ID["document/57-nq-tw-2024"]
RESOLUTION_01 = ID["document/01-nq-tu-thai-nguyen-2020"]


@pytest.fixture(scope="module")
def national() -> Mapped:
    return Mapped(NATIONAL_MAPPING)


@pytest.fixture(scope="module")
def provincial(national: Mapped) -> Mapped:
    return Mapped(PROVINCIAL_MAPPING, tables=national.tables)


def documents_of(mapped: Mapped) -> set[str]:
    return {quad.subject.value for quad in mapped.sink if quad.predicate == VNDX["documentType"]}


def values(mapped: Mapped, predicate: str) -> list[str]:
    return [quad.object.value for quad in mapped.sink if quad.predicate == VNDX[predicate]]


def test_every_row_of_the_real_tables_is_one_document(national: Mapped, provincial: Mapped) -> None:
    assert provincial.problems == []
    assert len(documents_of(national)) == len(rows_of(NATIONAL)) == 102
    assert len(documents_of(provincial)) == len(rows_of(PROVINCIAL)) == 329


def test_58_party_resolutions_are_of_53_provinces(provincial: Mapped) -> None:
    resolutions = provincial.subjects(
        VNDX["documentClass"], iris.concept("document-class", "party-resolution")
    )
    assert len(resolutions) == 58
    units = {provincial.one(node, VNDX["jurisdiction"]) for node in resolutions}
    assert len({unit for unit in units if "/unit/2004/" in unit}) == 53


def test_every_province_of_the_63_has_a_document(provincial: Mapped) -> None:
    units = set(values(provincial, "jurisdiction"))
    assert len({unit for unit in units if "/unit/2004/" in unit}) == 63


def test_references_are_nodes_where_number_province_and_date_allow(
    national: Mapped, provincial: Mapped
) -> None:
    assert len(values(national, "implements")) + len(values(provincial, "implements")) == 422
    assert values(national, "implementsAsPrinted") == []
    assert sorted(values(provincial, "implementsAsPrinted")) == [
        "1039/KH-UBND",
        "11-NQ/TW",
        "3233/BKHCN-KHTC",
        "52-CTr/TU",
        "96/NQ-CP",
    ]
    assert values(national, "supersedesAsPrinted") == ["Luật Căn cước công dân năm 2014"]


def test_every_reference_points_to_a_document_of_the_tables(national: Mapped, provincial: Mapped) -> None:
    targets = {*values(national, "implements"), *values(provincial, "implements")}
    assert targets <= documents_of(national) | documents_of(provincial)


def test_resolution_57_has_class_type_label_dates_and_issuer(national: Mapped) -> None:
    assert national.one(RESOLUTION_57, RDF["type"]) == VNDX["PartyResolution"].value
    assert national.one(RESOLUTION_57, VNDX["documentType"]).endswith("document-type/nghi-quyet-cua-dang")
    assert national.objects(RESOLUTION_57, SKOS["prefLabel"]) == {
        (
            "Nghị quyết số 57-NQ/TW (2024): Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo "
            "và chuyển đổi số quốc gia"
        ),
        "Resolution No. 57-NQ/TW (2024)",
    }
    assert str(national.literal(RESOLUTION_57, VNDX["issueDate"])).endswith('"2024-12-22"^^<' + DATE + ">")
    assert national.one(RESOLUTION_57, VNDX["issuer"]) == ID["organisation/bo-chinh-tri"].value
    assert national.one(RESOLUTION_57, VNDX["jurisdiction"]) == iris.country().value


def test_resolution_01_has_its_plan_period_its_horizon_and_the_province_of_its_time(
    provincial: Mapped,
) -> None:
    assert provincial.one(RESOLUTION_01, VNDX["period"]) == iris.period("", "2025").value
    assert provincial.one(RESOLUTION_01, VNDX["orientationPeriod"]) == iris.period("", "2030").value
    assert provincial.one(RESOLUTION_01, VNDX["periodAsPrinted"]) == "đến năm 2025, định hướng đến năm 2030"
    assert provincial.one(RESOLUTION_01, VNDX["jurisdiction"]) == iris.unit("2004", "19").value
    assert provincial.one(RESOLUTION_01, VNDX["implements"]) == ID["document/749-qd-ttg-2020"].value
    assert provincial.objects(RESOLUTION_01, VNDX["statedIn"])


def test_the_act_of_another_table_has_the_same_iri_and_no_year_twice(national: Mapped) -> None:
    labels = national.objects(ID["document/202-2025-qh15"], SKOS["prefLabel"])
    assert labels == {
        "Nghị quyết số 202/2025/QH15: Sắp xếp (sáp nhập) các tỉnh, thành phố",
        "Resolution No. 202/2025/QH15",
    }


def test_a_period_that_cannot_be_read_stays_as_printed(provincial: Mapped) -> None:
    (node,) = {
        quad.subject
        for quad in provincial.sink
        if quad.predicate == VNDX["periodAsPrinted"] and quad.object.value == "4 tháng cuối năm 2025"
    }
    assert provincial.objects(node, VNDX["period"]) == set()


def test_a_province_as_issuer_stays_as_printed(provincial: Mapped) -> None:
    assert sorted(values(provincial, "issuerAsPrinted")) == [
        "Thành phố Cần Thơ",
        "Tỉnh An Giang",
        "Tỉnh Khánh Hòa",
        "Tỉnh Sóc Trăng",
    ]


def test_an_act_of_two_bodies_has_two_issuers(provincial: Mapped) -> None:
    row = row_of(PROVINCIAL, issuer="Hội đồng nhân dân, Ủy ban nhân dân tỉnh Vĩnh Phúc")
    assert provincial.objects(ID[f"document/{row['doc_id']}"], VNDX["issuer"]) == {
        ID["organisation/hoi-dong-nhan-dan-tinh-vinh-phuc"].value,
        ID["organisation/uy-ban-nhan-dan-tinh-vinh-phuc"].value,
    }


DATE = "http://www.w3.org/2001/XMLSchema#date"
THAI_NGUYEN = {"doc_id": "thai-nguyen-01-nq-tu-2020"}


def bad_row(**cells: str) -> dict[str, str]:
    return {**row_of(PROVINCIAL, **THAI_NGUYEN), "doc_id": "other", "number": "99-NQ/TU", **cells}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"type": "Thư ngỏ"}, "type"),
        ({"doc_class": "party_letter"}, "doc_class"),
        ({"doc_class": "party_plan"}, "doc_class"),
        ({"doc_id": ""}, "doc_id"),
        ({"doc_id": "thai-nguyen-01-nq-tu-2020"}, "doc_id"),
        ({"number": "01-NQ/TU"}, "number"),
        ({"issuer": ""}, "issuer"),
        ({"issuer": "…"}, "issuer"),
        ({"issue_date": "2025-13-01"}, "issue_date"),
        ({"issue_date": "31/12/2020"}, "issue_date"),
        ({"issue_date_precision": "month"}, "issue_date"),
        ({"issue_date_precision": ""}, "issue_date_precision"),
        ({"issue_date": ""}, "issue_date"),
        ({"province": "Thái Nguyen Mới"}, "province"),
        ({"province": "Bắc Kạn", "issue_date": "2025-08-01", "province_system": "34"}, "province"),
        ({"province_system": "65"}, "province_system"),
        ({"province_system": "34"}, "province_system"),
        ({"source_url": ""}, "source_url"),
        ({"source_url": "thainguyen.gov.vn"}, "source_url"),
        ({"quote": ""}, "quote"),
        ({"quote": "a" * 161}, "quote"),
    ],
)
def test_a_bad_cell_is_reported_with_its_place_and_its_row_left_out(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    rows = [row_of(PROVINCIAL, **THAI_NGUYEN), bad_row(**cells)]
    mapped = map_small(tmp_path, PROVINCIAL_MAPPING, provincial_documents=rows)
    assert_reported(mapped.problems, PROVINCIAL, 3, column)
    assert documents_of(mapped) == {RESOLUTION_01.value}


def test_a_law_cannot_take_effect_before_it_is_issued(tmp_path: Path) -> None:
    row = {**row_of(NATIONAL, doc_id="20-2023-qh15"), "effective_date": "2023-06-21"}
    mapped = map_small(tmp_path, NATIONAL_MAPPING, national_documents=[row])
    assert_reported(mapped.problems, NATIONAL, 2, "effective_date")


def test_everything_wrong_in_a_table_is_reported_at_once(tmp_path: Path) -> None:
    rows = [bad_row(type="Thư ngỏ", issue_date="2025-13-01"), bad_row(doc_id="b", quote="")]
    mapped = map_small(tmp_path, PROVINCIAL_MAPPING, provincial_documents=rows)
    assert [(p.line, p.column) for p in mapped.problems] == [(2, "issue_date"), (2, "type"), (3, "quote")]


def test_a_missing_column_is_reported_and_nothing_is_mapped(tmp_path: Path) -> None:
    mapped = map_small(tmp_path, PROVINCIAL_MAPPING)
    table = tmp_path / "policy" / "provincial_documents.csv"
    table.write_text(table.read_text("utf-8").replace("issuer,", "", 1), "utf-8")
    mapped = Mapped(PROVINCIAL_MAPPING, tmp_path)
    assert ("issuer", 1) in {(p.column, p.line) for p in mapped.problems}
    assert len(mapped.sink) == 0


@pytest.mark.parametrize(
    ("cells", "unit", "noted"),
    [
        ({"province_system": "34", "issue_date": "2025-08-01"}, ("2025", "24"), False),
        ({"province_system": "", "issue_date": "2025-06-30"}, ("2004", "27"), False),
        ({"province_system": "", "issue_date": "2025-07-01"}, ("2025", "24"), False),
        ({"province_system": "", "issue_date": "", "published_date": "2023"}, ("2004", "27"), False),
        ({"province_system": "", "issue_date": "", "period": "2021-2025"}, ("2004", "27"), False),
        ({"province_system": "", "issue_date": "", "period": "2026"}, ("2025", "24"), False),
        ({"province_system": "", "issue_date": "", "period": "2025-2030"}, ("2004", "27"), True),
        ({"province_system": "", "issue_date": ""}, ("2004", "27"), True),
    ],
)
def test_the_province_is_that_of_the_documents_time_and_doubt_is_said(
    tmp_path: Path, cells: dict[str, str], unit: tuple[str, str], noted: bool
) -> None:
    row = bad_row(province="Bắc Ninh", period="", published_date="") | cells
    row["issue_date_precision"] = "day" if row["issue_date"] else ""
    mapped = map_small(tmp_path, PROVINCIAL_MAPPING, provincial_documents=[row])
    assert mapped.problems == []
    (node,) = mapped.subjects(VNDX["documentClass"], iris.concept("document-class", "party-resolution"))
    assert mapped.one(node, VNDX["jurisdiction"]) == iris.unit(*unit).value
    assert bool(mapped.objects(node, SKOS["editorialNote"])) is noted


def test_a_name_of_one_register_only_needs_no_date(tmp_path: Path) -> None:
    row = bad_row(province="Bắc Kạn", province_system="", issue_date="", issue_date_precision="", period="")
    mapped = map_small(tmp_path, PROVINCIAL_MAPPING, provincial_documents=[row])
    assert set(values(mapped, "jurisdiction")) == {iris.unit("2004", "06").value}
    assert not [quad for quad in mapped.sink if quad.predicate == SKOS["editorialNote"]]


def test_a_key_column_overrides_the_iri(tmp_path: Path) -> None:
    row = bad_row(key="own-key")
    mapped = map_small(tmp_path, PROVINCIAL_MAPPING, provincial_documents=[row])
    assert documents_of(mapped) == {ID["document/own-key"].value}


@pytest.mark.parametrize(
    ("cell", "title", "remark"),
    [
        ("Luật Dữ liệu", "Luật Dữ liệu", ""),
        ("(nêu cùng chủ đề “Chuyển đổi số”)", "", "nêu cùng chủ đề “Chuyển đổi số”"),
        ("Đề án A (tên bị cắt trong trích đoạn)", "Đề án A", "tên bị cắt trong trích đoạn"),
        ("Ngày Chuyển đổi số (10/10 hằng năm)", "Ngày Chuyển đổi số (10/10 hằng năm)", ""),
        ("", "", ""),
    ],
)
def test_a_remark_in_a_title_cell_is_no_title(cell: str, title: str, remark: str) -> None:
    read = read_title(cell)
    assert (read.title, read.remark) == (title, remark)


def test_every_class_of_documents_holds_some_kind_and_every_kind_has_a_class() -> None:
    for document_class in DOCUMENT_CLASSES:
        assert any(class_holds(document_class, kind) for kind in KINDS), document_class
    for kind in KINDS:
        assert any(class_holds(document_class, kind) for document_class in DOCUMENT_CLASSES), kind
