"""Every page that a table cites is one node, with its titles, publisher, date and language."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import Mapped, assert_reported, folder_with, row_of, rows_of

from graph.mapping import source_pages
from graph.model import iris
from graph.model.namespaces import DCTERMS, SKOS, VNDX

(PAGES,) = source_pages.MAPPINGS
REGISTER = source_pages.REGISTER


@pytest.fixture(scope="module")
def pages() -> Mapped:
    return Mapped(PAGES)


def test_each_address_of_all_tables_is_one_page_with_one_vietnamese_label(pages: Mapped) -> None:
    assert pages.problems == []
    addresses = {
        row["source_url"] for name in ("platforms", "events", "targets") for row in rows_of(f"policy/{name}")
    }
    addresses |= {row["source_url"] for row in rows_of(REGISTER)}
    nodes = {q.subject for q in pages.sink if q.predicate == VNDX["url"]}
    assert {iris.source_page(address) for address in addresses} <= nodes
    assert pages.count(VNDX["SourcePage"]) == len(nodes) == 743
    labels = [q.subject for q in pages.sink if q.predicate == SKOS["prefLabel"] and q.object.language == "vi"]
    assert len(labels) == len(set(labels)) == len(nodes)


def test_a_page_has_at_most_one_date_one_language_and_one_english_label(pages: Mapped) -> None:
    assert pages.functional(VNDX["publishedDate"])
    assert pages.functional(DCTERMS["language"])
    english = [
        q.subject for q in pages.sink if q.predicate == SKOS["prefLabel"] and q.object.language == "en"
    ]
    assert len(english) == len(set(english))


def test_the_most_complete_title_is_the_label_and_the_others_are_alternatives(pages: Mapped) -> None:
    page = iris.source_page("https://huggingface.co/datasets/letrinhan/vn-dti-provincial")
    assert pages.one(page, VNDX["publisherAsPrinted"]) == "Hugging Face, user letrinhan"
    long_an = iris.source_page(
        row_of(
            REGISTER,
            title="Long An Advancing Digital Transformation for Socioeconomic Development Breakthrough",
        )["source_url"]
    )
    assert pages.one(long_an, DCTERMS["alternative"]) == "Long An Advancing Digital Transformation"
    assert pages.one(long_an, DCTERMS["language"]) == "en"


def test_a_foreign_title_is_an_english_label_and_names_the_page_in_vietnamese(pages: Mapped) -> None:
    page = iris.source_page(
        row_of("policy/events", source_title="Phu Tho launches intelligent operations centre")["source_url"]
    )
    assert pages.objects(page, SKOS["prefLabel"]) == {
        "Phu Tho launches intelligent operations centre",
        "Trang nguồn: Phu Tho launches intelligent operations centre",
    }


def test_a_page_without_a_title_is_named_by_its_site_in_both_languages(pages: Mapped) -> None:
    page = iris.source_page(
        "https://tincongnghe.net/t-52433/dau-nao-so-trien-khai-thanh-pho-thong-minh-thai-nguyen.html"
    )
    assert pages.objects(page, SKOS["prefLabel"]) == {
        "Trang nguồn: tincongnghe.net",
        "Source page: tincongnghe.net",
    }


def test_the_most_precise_of_agreeing_dates_is_kept_with_its_precision(pages: Mapped) -> None:
    page = iris.source_page(
        "https://nhandan.vn/ocop/hau-giang-thuc-hien-dong-bo-thong-nhat-cong-tac-chuyen-doi-so-post834349.html"
    )
    date = pages.literal(page, VNDX["publishedDate"])
    assert (date.value, date.datatype.value.rpartition("#")[2]) == ("2024-10-02", "date")


def test_pages_named_only_as_further_sources_or_in_conflicts_are_pages_too(pages: Mapped) -> None:
    for address in (
        "https://vi.m.wikipedia.org/wiki/VNPhattu",
        "https://en.vietnamplus.vn/national-public-service-portal-launched/165094.vnp",
    ):
        assert pages.one(iris.source_page(address), VNDX["url"]) == address
    titled = iris.source_page("http://truongchinhtri.haiduong.org.vn/")
    assert pages.one(titled, SKOS["prefLabel"]) == "Chuyển đổi số ở tỉnh Hải Dương hiện nay"
    assert iris.source_page("same page") not in {q.subject for q in pages.sink}


def test_dates_of_one_page_that_contradict_each_other_are_reported(tmp_path: Path) -> None:
    row = row_of("policy/targets", published_date="2025-06-04")
    other = {**row, "published_date": "2025-06-05"}
    mapped = Mapped(PAGES, folder_with(tmp_path, "policy/targets", row, other))
    assert_reported(mapped.problems, "policy/targets", 3, "published_date")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"published_date": "2025-13-01"}, "published_date"),
        ({"language": "vn"}, "language"),
        ({"source_url": "dti.gov.vn"}, "source_url"),
    ],
)
def test_a_bad_cell_of_the_page_register_is_reported(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    rows = rows_of(REGISTER)
    mapped = Mapped(PAGES, folder_with(tmp_path, REGISTER, rows[0], {**rows[1], **cells}))
    assert_reported(mapped.problems, REGISTER, 3, column)


def test_a_page_that_is_registered_twice_is_reported(tmp_path: Path) -> None:
    row = rows_of(REGISTER)[0]
    assert_reported(
        Mapped(PAGES, folder_with(tmp_path, REGISTER, row, row)).problems, REGISTER, 3, "source_url"
    )


def test_a_date_of_another_precision_than_its_column_says_is_reported(tmp_path: Path) -> None:
    row = row_of("policy/events", published_date_precision="day")
    mapped = Mapped(
        PAGES, folder_with(tmp_path, "policy/events", {**row, "published_date_precision": "month"})
    )
    assert_reported(mapped.problems, "policy/events", 2, "published_date")
