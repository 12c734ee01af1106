"""Which document a printed number means: by number, province, issuer and date, and never by a guess."""

from __future__ import annotations

import pytest

from graph.mapping.document_index import DocumentIndex, KnownDocument, document_node, number_key
from graph.model.dates import PartialDate
from graph.model.namespaces import ID


def known(number: str, issued: str = "", province: str = "", **more: str) -> KnownDocument:
    return KnownDocument(
        node=document_node(more.get("doc_id", "x"), number, issued, province),
        doc_id=more.get("doc_id", "x"),
        number=number,
        province=province,
        issued=PartialDate(issued) if issued else None,
        issuers=(more["issuer"],) if "issuer" in more else (),
        title=more.get("title", ""),
    )


INDEX = DocumentIndex(
    [
        known("05-NQ/TU", "2021-09-20", "Bình Định", doc_id="binh-dinh-05"),
        known("05-NQ/TU", "2022-07-14", "Cà Mau"),
        known("01-NQ/TU", "2020-12-31", "Thái Nguyên"),
        known("01-NQ/TU", "2025-07-14", "Thái Nguyên"),
        known("06/QĐ-TTg", "2022-01-06"),
        known("57-NQ/TW", "2024-12-22", issuer="Bộ Chính trị"),
        known("83", "2025-02-24", "Cần Thơ", issuer="Ban Thường vụ Thành ủy Cần Thơ"),
        known("", "2024", "Bắc Ninh", doc_id="bac-ninh-ke-hoach", title="Kế hoạch chuyển đổi số năm 2024"),
    ]
)


def node(key: str) -> str:
    return ID[f"document/{key}"].value


def found(number: str, **context: object) -> str | None:
    result = INDEX.find(number, **context)  # type: ignore[arg-type]
    return result.value if result else None


def test_a_number_is_looked_for_in_the_province_that_cites_it() -> None:
    assert found("05-NQ/TU", province="Bình Định") == node("05-nq-tu-binh-dinh-2021")
    assert found("05-NQ/TU", province="Cà Mau") == node("05-nq-tu-ca-mau-2022")
    assert found("05-NQ/TU", province="Hà Giang") is None
    assert found("05-NQ/TU") is None


def test_a_province_cites_national_documents() -> None:
    assert found("57-NQ/TW", province="Cà Mau") == node("57-nq-tw-2024")


@pytest.mark.parametrize("printed", ["6/QĐ-TTg", "06/QĐ-TTg", "06/qđ-ttg", "06-QD/TTg"])
def test_spelling_of_a_number_does_not_matter(printed: str) -> None:
    assert found(printed) == node("06-qd-ttg-2022")


def test_a_document_cannot_be_cited_before_it_was_issued() -> None:
    assert found("57-NQ/TW", by=PartialDate("2024-12-21")) is None
    assert found("57-NQ/TW", by=PartialDate("2024")) == node("57-nq-tw-2024")


def test_a_number_of_two_terms_is_told_by_its_date_or_stays_unresolved() -> None:
    assert found("01-NQ/TU", province="Thái Nguyên") is None
    assert found("01-NQ/TU", province="Thái Nguyên", by=PartialDate("2022")) == node(
        "01-nq-tu-thai-nguyen-2020"
    )
    assert found("01-NQ/TU", province="Thái Nguyên", issued=PartialDate("2025-07")) == node(
        "01-nq-tu-thai-nguyen-2025"
    )


def test_another_issuer_is_another_document() -> None:
    assert found("57-NQ/TW", issuer="Bộ Chính trị") == node("57-nq-tw-2024")
    assert found("57-NQ/TW", issuer="Quốc hội") is None


def test_a_bare_number_needs_issuer_and_date() -> None:
    context = {"province": "Cần Thơ", "issuer": "Ban Thường vụ Thành ủy Cần Thơ"}
    assert found("83", **context) is None
    assert found("83", **context, issued=PartialDate("2025-02-24")) == node("83-can-tho-2025")


@pytest.mark.parametrize("printed", ["", "???", "Luật Căn cước công dân năm 2014", "102/KH-UBND"])
def test_what_is_unknown_or_no_number_gives_nothing(printed: str) -> None:
    assert found(printed, province="Bình Định") is None


def test_a_document_without_number_is_found_by_the_beginning_of_its_title() -> None:
    expected = ID["document/bac-ninh-ke-hoach"]
    assert INDEX.titled("Kế hoạch chuyển đổi số", province="Bắc Ninh") == expected
    assert INDEX.titled("Kế hoạch chuyển đổi số", province="Cà Mau") is None
    assert INDEX.titled("", province="Bắc Ninh") is None


def test_a_document_is_found_by_the_identifier_of_its_table() -> None:
    assert INDEX.by_id("binh-dinh-05") == ID["document/05-nq-tu-binh-dinh-2021"]
    assert INDEX.by_id("no-such-row") is None
    assert ID["document/57-nq-tw-2024"] in INDEX
    assert ID["document/932-nq-ubtvqh13-2015"] not in INDEX


@pytest.mark.parametrize(
    ("number", "issued", "province", "key"),
    [
        ("01-NQ/TU", "2020-12-31", "Thái Nguyên", "01-nq-tu-thai-nguyen-2020"),
        ("57-NQ/TW", "2024-12-22", "Việt Nam", "57-nq-tw-2024"),
        ("425/QĐ-UBND", "2021", "Thái Nguyên", "425-qd-ubnd-thai-nguyen-2021"),
        ("202/2025/QH15", "2025-06-12", "", "202-2025-qh15"),
        ("02-NQ/TU", "", "Cần Thơ", "02-nq-tu-can-tho"),
        ("", "2020", "Bến Tre", "the-id"),
    ],
)
def test_the_iri_is_number_province_and_year_or_the_identifier(
    number: str, issued: str, province: str, key: str
) -> None:
    assert document_node("the-id", number, issued, province) == ID[f"document/{key}"]


def test_a_key_overrides_the_iri() -> None:
    assert document_node("the-id", "01-NQ/TU", "2020", "Thái Nguyên", "own-key") == ID["document/own-key"]


def test_number_keys_have_no_leading_zeros() -> None:
    assert number_key("0280/KH-UBND") == number_key("280/KH-UBND") == "280-kh-ubnd"
