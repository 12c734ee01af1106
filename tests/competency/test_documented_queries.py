"""The documented queries besides the competency questions: what each one answers on the whole snapshot."""

from __future__ import annotations

import httpx
import pytest
from answers import QUERIES, Row, ask, expected_answers, projected, query_text

pytestmark = pytest.mark.snapshot

TEXTS = ("000", "000b", "000c", "001", "002", "002-side", "003", "003-teasers", "004", "004b")
PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vndx: <https://w3id.org/vndx/ontology#>
PREFIX graph: <https://w3id.org/vndx/graph/>
"""


def answer(http: httpx.Client, name: str) -> list[Row]:
    return ask(http, query_text(name))


def count(http: httpx.Client, pattern: str) -> object:
    (row,) = ask(http, f"{PREFIXES} SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return row["n"]


def test_units_became_tells_whole_from_part_with_act_and_clause(http: httpx.Client) -> None:
    rows = answer(http, "units-became")
    assert set(projected(rows, ["oldUnitLabel", "shareLabel"])) == {
        ("Phường Gia Sàng", "một phần"),
        ("Phường Hoàng Văn Thụ", "toàn bộ"),
        ("Phường Phan Đình Phùng", "toàn bộ"),
        ("Phường Quang Trung", "toàn bộ"),
        ("Phường Trưng Vương", "toàn bộ"),
        ("Phường Tân Thịnh", "toàn bộ"),
        ("Phường Túc Duyên", "toàn bộ"),
        ("Phường Đồng Quang", "toàn bộ"),
    }
    assert set(projected(rows, ["oldDistrictLabel", "effectiveDate", "clause"])) == {
        ("Thành phố Thái Nguyên", "2025-07-01", "Điều 1 khoản 76")
    }
    assert all("1683/NQ-UBTVQH15" in str(row["legalBasisLabel"]) for row in rows)
    assert len(rows) == 8


def test_unit_on_date_follows_pho_yen_from_town_to_city_to_its_successors(http: httpx.Client) -> None:
    rows = answer(http, "unit-on-date")
    assert projected(rows, ["onDate", "what", "unitTypeLabel", "since"]) == [
        ("2016-01-01", "Thị xã Phổ Yên", "thị xã", "2015-05-16"),
        ("2022-08-15", "Thành phố Phổ Yên", "thành phố thuộc tỉnh", "2022-04-10"),
        ("2026-01-01", "Bãi bỏ đơn vị hành chính cấp huyện (01/07/2025)", None, "2025-07-01"),
    ]
    acts = ("932/NQ-UBTVQH13", "469/NQ-UBTVQH15", "72/2025/QH15")
    assert all(act in str(row["legalBasisLabel"]) for act, row in zip(acts, rows, strict=True))
    assert [row["successors"] for row in rows[:2]] == [None, None]
    assert set(str(rows[2]["successors"]).split(" | ")) == {
        "Phường Phổ Yên",
        "Phường Vạn Xuân",
        "Phường Trung Thành",
        "Phường Phúc Thuận",
        "Xã Thành Công",
        "Xã Đại Phúc",
    }


def test_figures_on_platform_gives_each_figure_with_the_words_that_state_it(http: httpx.Client) -> None:
    rows = answer(http, "figures-on-platform")
    assert projected(rows, ["comparator", "value", "time"]) == [
        ("=", 8, "2021-12"),
        (">", 90, "2021-12"),
        ("=", 207963, "2022-08-15"),
        ("=", 788, "2022-08-15"),
        ("=", 2896, "2023"),
    ]
    printed = ("8 tính năng", "trên 90%", "207.963 lượt cài đặt, sử dụng", "788 phản ánh", "2.896 phản ánh")
    assert all(words in str(row["words"]) for words, row in zip(printed, rows, strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_everything_from_a_text_has_each_fact_with_all_its_words_in_text_order(
    http: httpx.Client, text: str
) -> None:
    query = query_text("everything-from-a-text")
    assert "graph/source/004>" in query
    rows = ask(http, query.replace("graph/source/004>", f"graph/source/{text}>"))
    pairs = {(row["fact"], row["start"], row["words"]) for row in rows}
    pattern = f"""GRAPH <https://w3id.org/vndx/graph/source/{text}> {{
        ?fact vndx:hasEvidence ?evidence . ?evidence a vndx:Evidence }}"""
    assert len(pairs) == count(http, pattern)
    assert [row["start"] for row in rows] == sorted(int(str(row["start"])) for row in rows)
    assert [row for row in rows if not row["label"]] == []


def test_everything_from_a_text_names_kind_label_and_value(http: httpx.Client) -> None:
    rows = answer(http, "everything-from-a-text")
    found = set(projected(rows, ["words", "kindLabel", "label", "value"]))
    assert ("với hơn 3.000 đại biểu", "số liệu", "Số đại biểu", "hơn 3.000 đại biểu") in found
    assert (
        "Bí thư Tỉnh ủy Thái Nguyên Nguyễn Thanh Hải",
        "chức vụ được ghi nhận",
        "Bí thư Tỉnh ủy Thái Nguyên",
        "2021-10-01",
    ) in found


def test_all_conflicts_lists_each_conflict_with_its_statements_and_what_they_say(http: httpx.Client) -> None:
    rows = answer(http, "all-conflicts")
    assert len({row["conflict"] for row in rows}) == count(http, "?conflict a vndx:Conflict")
    assert len(rows) == count(http, "?conflict a vndx:Conflict ; vndx:conflictingStatement ?statement")
    assert [row for row in rows if not row["reading"]] == []
    number = {
        str(row["reading"])[:28]: row["isPreferred"]
        for row in rows
        if row["conflict"] == "conflict/so-quyet-dinh-chuong-trinh-chuyen-doi-so-quoc-gia"
    }
    assert number == {"Quyết định số 479/QĐ-TTg (số": "false", "Quyết định số 749/QĐ-TTg (20": "true"}


def test_province_ranks_gives_year_basis_and_status(http: httpx.Client) -> None:
    rows = answer(http, "province-ranks")
    assert projected(rows, ["yearLabel", "rank", "outOf", "basisLabel", "statusLabel"]) == [
        ("2020", 12, 63, "63 tỉnh, thành phố", "được nguồn nêu"),
        ("2021", 8, 63, "63 tỉnh, thành phố", "được nguồn nêu"),
        ("2022", 8, 63, "63 tỉnh, thành phố", "được nguồn nêu"),
        ("2024", 8, 34, "34 tỉnh, thành phố", "đáng ngờ"),
    ]
    of_2022 = next(row for row in rows if row["yearLabel"] == "2022")
    assert {"https://w3id.org/vndx/graph/source/001", "https://w3id.org/vndx/graph/table/dti"} == set(
        str(of_2022["statedBy"]).split()
    )


def test_documents_of_a_province_has_every_document_once_in_time_order(http: httpx.Client) -> None:
    rows = answer(http, "documents-of-a-province")
    documents = [row["document"] for row in rows]
    assert len(documents) == len(set(documents))
    pattern = """SELECT DISTINCT ?document WHERE {
        VALUES ?province { <https://w3id.org/vndx/id/unit/2004/19> <https://w3id.org/vndx/id/unit/2025/19> }
        ?document a vndx:Document ; vndx:jurisdiction ?province }"""
    assert {row["document"] for row in ask(http, PREFIXES + pattern)} == set(documents)
    dates = [str(row["issueDate"] or "") for row in rows]
    assert dates == sorted(dates)
    assert ("2020-12-31", "01-NQ/TU", "nghị quyết của Đảng") in projected(
        rows, ["issueDate", "number", "typeLabel"]
    )


def test_party_resolutions_has_every_resolution_once_with_the_graphs_that_name_it(http: httpx.Client) -> None:
    rows = answer(http, "party-resolutions")
    assert len({row["resolution"] for row in rows}) == len(rows)
    assert len(rows) == count(http, "?resolution a vndx:PartyResolution")
    of_thai_nguyen = next(row for row in rows if row["resolution"] == "document/01-nq-tu-thai-nguyen-2020")
    graphs = set(str(of_thai_nguyen["statedBy"]).split())
    assert {
        f"https://w3id.org/vndx/graph/source/{text}" for text in ("000", "001", "002", "004", "004b")
    } < graphs


def test_missing_data_names_the_provinces_without_a_rank(http: httpx.Client) -> None:
    rows = answer(http, "missing-data")
    # 2022 is complete: it has no row.
    assert projected(rows, ["year", "register"]) == [
        ("period/2020", "2020-12-31"),
        ("period/2021", "2021-12-31"),
        ("period/2023", "2023-12-31"),
        ("period/2024", "2024-12-31"),
        ("period/2024", "2025-07-01"),
    ]
    for row in rows:
        provinces = 34 if row["register"] == "2025-07-01" else 63
        ranked = f"""{{ SELECT DISTINCT ?province {{
            ?figure vndx:indicator <https://w3id.org/vndx/concept/indicator/dti> ; vndx:rank ?rank ;
              vndx:period <https://w3id.org/vndx/id/{row["year"]}> ; vndx:about ?province .
            ?province a vndx:Province ;
              vndx:era <https://w3id.org/vndx/concept/era/{2025 if provinces == 34 else 2004}> }} }}"""
        names = str(row["provinces"]).split(" | ")
        assert row["missing"] == len(names) == len(set(names))
        assert row["missing"] == provinces - int(str(count(http, ranked)))
    assert "Thái Nguyên" in str(rows[2]["provinces"])


def test_every_documented_query_is_listed_in_the_readme_and_tested(http: httpx.Client) -> None:
    readme = (QUERIES / "README.md").read_text("utf-8")
    here = {
        "units-became",
        "unit-on-date",
        "figures-on-platform",
        "everything-from-a-text",
        "all-conflicts",
        "province-ranks",
        "documents-of-a-province",
        "party-resolutions",
        "missing-data",
    }
    names = {file.stem for file in QUERIES.glob("*.rq")}
    assert names == here | set(expected_answers())
    assert [name for name in sorted(names) if f"]({name}.rq)" not in readme] == []
