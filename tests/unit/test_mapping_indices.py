"""The index tables as observations: every row, its basis, its doubts, and what is wrong with a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import Mapped, assert_reported, folder_with, row_of, rows_of
from pyoxigraph import NamedNode

from graph.mapping import indices
from graph.model import iris
from graph.model.namespaces import ID, SKOS, VNDX

DTI, DERIVED, OTHER, OTHER_DERIVED = indices.MAPPINGS
RANK = {"year": "2022", "province_name_canonical": "Thái Nguyên", "indicator": "dti", "value_kind": "rank"}


@pytest.fixture(scope="module")
def dti() -> Mapped:
    return Mapped(DTI)


@pytest.fixture(scope="module")
def other(dti: Mapped) -> Mapped:
    return Mapped(OTHER, tables=dti.tables)


@pytest.fixture(scope="module")
def derived(dti: Mapped) -> Mapped:
    return Mapped(DERIVED, tables=dti.tables)


@pytest.fixture(scope="module")
def other_derived(dti: Mapped) -> Mapped:
    return Mapped(OTHER_DERIVED, tables=dti.tables)


def observation(path: str) -> NamedNode:
    return ID[f"observation/{path}"]


def test_every_row_of_the_real_tables_is_one_observation(
    dti: Mapped, other: Mapped, derived: Mapped, other_derived: Mapped
) -> None:
    assert dti.problems == []
    assert dti.count(VNDX["Observation"]) == len(rows_of("dti/dti")) == 454
    assert derived.count(VNDX["DerivedObservation"]) == len(rows_of("dti/dti_derived")) == 73
    assert other.count(VNDX["Observation"]) == 566
    assert other_derived.count(VNDX["DerivedObservation"]) == 43
    assert len(rows_of("dti/other_indices")) == 566 + 43


def test_a_rank_is_about_the_province_of_its_register_and_out_of_its_basis(dti: Mapped) -> None:
    node = observation("dti/2022/2004/19/dti/rank")
    assert dti.one(node, VNDX["rank"]) == "8"
    assert dti.one(node, VNDX["outOf"]) == "63"
    assert dti.one(node, VNDX["about"]) == iris.unit("2004", "19").value
    assert dti.one(node, VNDX["basis"]) == iris.concept("basis", "provinces-63").value
    assert dti.one(node, VNDX["period"]) == iris.period("2022").value
    assert dti.objects(node, VNDX["value"]) == set()


def test_one_year_published_for_63_and_for_34_provinces_is_about_two_registers(dti: Mapped) -> None:
    da_nang = {NamedNode(u) for u in (iris.unit("2004", "48").value, iris.unit("2025", "48").value)}
    ranks = {
        node.value.rpartition("/dti/")[0] + "/" + dti.one(node, VNDX["outOf"])
        for unit in da_nang
        for node in dti.subjects(VNDX["about"], unit)
        if node.value.endswith("/dti/rank") and "/dti/2024/" in node.value
    }
    prefix = observation("dti/2024").value
    assert ranks == {f"{prefix}/2004/48/63", f"{prefix}/2025/48/34"}


def test_a_score_is_a_decimal_in_points_and_has_no_rank(dti: Mapped) -> None:
    node = observation("dti/2020/2004/48/dti/score")
    assert dti.literal(node, VNDX["value"]).datatype.value.endswith("#decimal")
    assert dti.one(node, VNDX["unitOfMeasure"]) == iris.concept("unit-of-measure", "point").value
    assert dti.objects(node, VNDX["rank"]) == dti.objects(node, VNDX["outOf"]) == set()


def test_a_percent_is_kept_where_a_page_prints_one(other: Mapped) -> None:
    node = observation("other-indices/2023/2004/01/par-index/score")
    assert other.one(node, VNDX["unitOfMeasure"]) == iris.concept("unit-of-measure", "percent").value


def test_a_grade_stays_a_grade(other: Mapped) -> None:
    node = observation("other-indices/2020/2004/19/cyber-security-grade/grade")
    assert other.one(node, VNDX["grade"]) == "A"
    assert other.objects(node, VNDX["value"]) == other.objects(node, VNDX["rank"]) == set()


def test_ties_are_two_observations_with_the_same_rank(dti: Mapped) -> None:
    ranks = [
        dti.one(node, VNDX["rank"])
        for node in dti.subjects(VNDX["period"], iris.period("2022"))
        if node.value.endswith("/dti/rank")
    ]
    assert len(ranks) == 63
    assert (ranks.count("15"), ranks.count("16")) == (2, 0)
    assert dti.count(VNDX["Conflict"]) == 0, "a tie is no conflict: two provinces, two figures"


def test_further_sources_of_a_note_are_sources_of_the_figure(dti: Mapped) -> None:
    row = row_of(
        "dti/dti", year="2020", province_name_canonical="Đà Nẵng", indicator="dti", value_kind="rank"
    )
    node = observation("dti/2020/2004/48/dti/rank")
    assert len(dti.objects(node, VNDX["statedIn"])) == int(row["n_sources"]) == 5
    assert dti.one(node, VNDX["sourceCount"]) == "5"
    assert iris.source_page(row["source_url"]).value in dti.objects(node, VNDX["statedIn"])


def test_a_disputed_figure_is_marked_and_says_why(dti: Mapped) -> None:
    node = observation("dti/2021/2004/92/dti/rank")
    assert dti.one(node, VNDX["status"]) == iris.concept("status", "disputed").value
    assert "probably reports DTI 2020" in dti.one(node, SKOS["editorialNote"])


def test_two_readings_of_one_figure_stay_two_and_are_linked_by_a_conflict(other: Mapped) -> None:
    key = "2019/2004/72/ict-index/score"
    conflict = ID[f"conflict/other-indices/{key}"]
    rivals = {NamedNode(value) for value in other.objects(conflict, VNDX["conflictingStatement"])}
    assert {other.one(rival, VNDX["value"]) for rival in rivals} == {"0.4582", "0.482"}
    assert observation(f"other-indices/{key}") in rivals
    assert other.one(conflict, VNDX["about"]) == iris.unit("2004", "72").value


def test_a_derived_value_says_how_and_stays_out_of_the_graph_of_printed_ones(
    dti: Mapped, derived: Mapped
) -> None:
    node = observation("dti-derived/2020/2004/37/dti/rank")
    assert derived.one(node, VNDX["derivation"]) == "6 + 2 places"
    assert derived.one(node, VNDX["status"]) == iris.concept("status", "derived").value
    assert dti.count(VNDX["DerivedObservation"]) == 0
    assert not {q.subject for q in dti.sink} & {
        q.subject for q in derived.sink if "/dti-derived/" in q.subject.value
    }


def test_a_derived_value_that_contradicts_a_printed_one_is_a_conflict_of_both(derived: Mapped) -> None:
    conflict = ID["conflict/dti-derived/2021/2004/92/dti/rank"]
    assert derived.objects(conflict, VNDX["conflictingStatement"]) == {
        observation("dti/2021/2004/92/dti/rank").value,
        observation("dti-derived/2021/2004/92/dti/rank").value,
    }


def test_a_grade_by_complement_is_derived_and_an_inferred_year_is_doubtful(
    other: Mapped, other_derived: Mapped
) -> None:
    by_complement = {q.object.value for q in other_derived.sink if q.predicate == VNDX["derivation"]}
    assert by_complement == {"by complement: the page says 44 provinces are C and names the 11 B and 8 D"}
    doubtful = other.subjects(VNDX["status"], iris.concept("status", "doubtful"))
    assert len(doubtful) == 250
    assert all("year 2021 inferred" in other.one(node, SKOS["note"]) for node in doubtful)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"year": "202"}, "year"),
        ({"province_name_canonical": "Thái Nguyen Thượng"}, "province_name_canonical"),
        ({"province_name_canonical": "Hà Tây"}, "province_name_canonical"),
        ({"basis": "34", "province_name_canonical": "Hà Giang"}, "province_name_canonical"),
        ({"indicator": "digital_goverment"}, "indicator"),
        ({"value_kind": "place"}, "value_kind"),
        ({"value": "8,0"}, "value"),
        ({"value": "0"}, "value"),
        ({"value": "64"}, "value"),
        ({"value": "35", "basis": "34"}, "value"),
        ({"value_kind": "score", "value": "tám"}, "value"),
        ({"value_kind": "grade", "value": "AA"}, "value"),
        ({"basis": "64"}, "basis"),
        ({"status": "certain"}, "status"),
        ({"conflict": "another page says 9"}, "conflict"),
        ({"source_url": "thainguyentv.vn"}, "source_url"),
        ({"n_sources": "7"}, "n_sources"),
    ],
)
def test_a_bad_cell_is_reported_with_its_place_and_its_row_left_out(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    good = row_of("dti/dti", **RANK, value="8")
    mapped = Mapped(DTI, folder_with(tmp_path, "dti/dti", good, {**good, "year": "2021", **cells}))
    assert_reported(mapped.problems, "dti/dti", 3, column)
    assert mapped.count(VNDX["Observation"]) == 1


def test_two_values_for_one_figure_without_a_conflict_text_are_refused(tmp_path: Path) -> None:
    good = row_of("dti/dti", **RANK, value="8")
    mapped = Mapped(DTI, folder_with(tmp_path, "dti/dti", good, {**good, "value": "9"}))
    assert_reported(mapped.problems, "dti/dti", 3, "conflict")


def test_the_same_figure_twice_is_refused(tmp_path: Path) -> None:
    good = row_of("dti/dti", **RANK, value="8")
    mapped = Mapped(DTI, folder_with(tmp_path, "dti/dti", good, good))
    assert_reported(mapped.problems, "dti/dti", 3, "value")


@pytest.mark.parametrize("claim", ["agrees with dti.csv", "DISAGREES with dti.csv: 7.0", "looks right"])
def test_what_a_derived_row_says_of_the_printed_figure_must_be_so(tmp_path: Path, claim: str) -> None:
    new = row_of("dti/dti_derived", check_against_dti_csv="new")
    folder = folder_with(tmp_path, "dti/dti_derived", {**new, "check_against_dti_csv": claim})
    assert_reported(Mapped(DERIVED, folder).problems, "dti/dti_derived", 2, "check_against_dti_csv")
