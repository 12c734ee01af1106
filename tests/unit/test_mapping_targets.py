"""Targets and their indicators: comparators, ranges, ranks, deadlines, and the documents that set them."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import TABLES, Mapped, assert_reported, folder_with, row_of, rows_of
from pyoxigraph import NamedNode

from graph.mapping import indicators, targets
from graph.mapping.indicators import IndicatorNames, indicator_iri
from graph.mapping.reader import TableSet
from graph.model import iris
from graph.model.namespaces import CONCEPT, ID, RDF, SKOS, VNDX
from graph.problems import Problems

(TARGETS,) = targets.MAPPINGS
(INDICATORS,) = indicators.MAPPINGS


@pytest.fixture(scope="module")
def mapped() -> Mapped:
    return Mapped(TARGETS)


@pytest.fixture(scope="module")
def minted(mapped: Mapped) -> Mapped:
    return Mapped(INDICATORS, tables=mapped.tables)


def target(**cells: str) -> NamedNode:
    return ID[f"target/{row_of('policy/targets', **cells)['target_id']}"]


def test_every_row_is_one_target_with_indicator_unit_and_evidence(mapped: Mapped) -> None:
    assert mapped.problems == []
    assert mapped.count(VNDX["Target"]) == len(rows_of("policy/targets")) == 265
    for predicate in ("indicator", "about", "comparator", "unitOfMeasure", "status"):
        assert len({q.subject for q in mapped.sink if q.predicate == VNDX[predicate]}) == 265
        assert mapped.functional(VNDX[predicate])


def test_199_targets_are_linked_to_the_document_that_sets_them_and_66_name_it_as_printed(
    mapped: Mapped,
) -> None:
    linked = {q.subject for q in mapped.sink if q.predicate == VNDX["setBy"]}
    printed = {q.subject for q in mapped.sink if q.predicate == VNDX["setByAsPrinted"]}
    assert (len(linked), len(printed)) == (199, 66)
    assert not linked & printed


def test_the_targets_of_resolution_01_are_set_by_its_node(mapped: Mapped) -> None:
    resolution = ID["document/01-nq-tu-thai-nguyen-2020"]
    assert len(mapped.subjects(VNDX["setBy"], resolution)) == 7


def test_top_n_is_a_rank_of_at_most_n(mapped: Mapped) -> None:
    node = target(doc_number="01-NQ/TU", comparator="top", deadline_year="2025")
    assert (mapped.one(node, VNDX["rank"]), mapped.one(node, VNDX["comparator"])) == ("15", "<=")
    assert mapped.objects(node, VNDX["value"]) == set()
    deadline = mapped.literal(node, VNDX["deadline"])
    assert (deadline.value, deadline.datatype.value.rpartition("#")[2]) == ("2025", "gYear")


def test_a_rank_in_digital_transformation_is_measured_by_the_dti(mapped: Mapped) -> None:
    dti = iris.concept("indicator", "dti").value
    node = target(doc_number="01-NQ/TU", comparator="top", deadline_year="2025")
    assert mapped.one(node, VNDX["indicator"]) == dti
    assert (
        mapped.one(node, SKOS["prefLabel"]) == "Xếp hạng cả nước về chuyển đổi số: nhóm 15 địa phương (2025)"
    )


def test_a_range_has_two_bounds_and_no_value(mapped: Mapped) -> None:
    node = target(value="0.7-0.8")
    assert mapped.one(node, VNDX["comparator"]) == "range"
    assert (mapped.one(node, VNDX["lowerBound"]), mapped.one(node, VNDX["upperBound"])) == ("0.7", "0.8")
    assert mapped.one(node, VNDX["valueAsPrinted"]) == "0.7-0.8"
    assert mapped.objects(node, VNDX["value"]) == set()


def test_about_and_more_than_keep_their_comparator(mapped: Mapped) -> None:
    assert mapped.one(target(comparator="~", province="Hưng Yên"), VNDX["comparator"]) == "~"
    assert mapped.one(target(value="0.7", comparator=">"), VNDX["value"]) == "0.7"


def test_a_target_is_about_the_province_of_its_document_s_time(mapped: Mapped) -> None:
    assert (
        mapped.one(target(doc_number="01-NQ/TU", comparator="top"), VNDX["about"])
        == iris.unit("2004", "19").value
    )
    assert (
        mapped.one(target(doc_id="khanh-hoa-4636-kh-ubnd-2025"), VNDX["about"])
        == iris.unit("2025", "56").value
    )
    assert mapped.one(target(province="Việt Nam"), VNDX["about"]) == iris.country().value


def test_the_national_ranks_count_countries(mapped: Mapped) -> None:
    countries = mapped.subjects(VNDX["unitOfMeasure"], iris.concept("unit-of-measure", "country"))
    assert len(countries) == 4


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"target_id": ""}, "target_id"),
        ({"indicator": ""}, "indicator"),
        ({"indicator": "%‰"}, "indicator"),
        ({"comparator": "about"}, "comparator"),
        ({"value": "nhiều"}, "value"),
        ({"value": "1.500"}, "value"),
        ({"comparator": "top", "value": "0"}, "value"),
        ({"comparator": "range", "value": "20-15"}, "value"),
        ({"comparator": "range", "value": "15"}, "value"),
        ({"unit": "thùng"}, "unit"),
        ({"deadline_year": "25"}, "deadline_year"),
        ({"province": "Thái Nguyen Thượng", "doc_id": ""}, "province"),
        ({"province_system": "64"}, "province_system"),
        ({"doc_id": "no-such-document"}, "doc_id"),
        ({"quote": "a" * 161}, "quote"),
        ({"source_url": "example"}, "source_url"),
    ],
)
def test_a_bad_target_is_reported_and_left_out(tmp_path: Path, cells: dict[str, str], column: str) -> None:
    good, other = rows_of("policy/targets")[20:22]
    mapped = Mapped(TARGETS, folder_with(tmp_path, "policy/targets", good, {**other, **cells}))
    assert_reported(mapped.problems, "policy/targets", 3, column)
    assert mapped.count(VNDX["Target"]) == 1


def test_two_targets_with_one_identifier_are_reported(tmp_path: Path) -> None:
    row = rows_of("policy/targets")[0]
    mapped = Mapped(TARGETS, folder_with(tmp_path, "policy/targets", row, row))
    assert_reported(mapped.problems, "policy/targets", 3, "target_id")


def test_a_number_without_an_identifier_finds_its_document(tmp_path: Path) -> None:
    row = {**row_of("policy/targets", doc_id="57-nq-tw-2024"), "doc_id": ""}
    mapped = Mapped(TARGETS, folder_with(tmp_path, "policy/targets", row))
    assert {q.object for q in mapped.sink if q.predicate == VNDX["setBy"]} == {ID["document/57-nq-tw-2024"]}


def test_every_indicator_of_a_target_or_metric_is_declared_or_minted_once(
    mapped: Mapped, minted: Mapped
) -> None:
    assert minted.problems == []
    names = minted.tables.once(IndicatorNames.from_tables)
    used = {q.object for q in mapped.sink if q.predicate == VNDX["indicator"]}
    used |= {names.node(row["metric"]) for row in rows_of("policy/platform_metrics")}
    described = minted.subjects(RDF["type"], VNDX["Indicator"])
    assert used - described == {iris.concept("indicator", "dti")}
    assert described <= used
    assert minted.functional(SKOS["prefLabel"])


def test_wordings_of_one_measure_are_one_indicator_with_all_its_names(minted: Mapped) -> None:
    names = minted.tables.once(IndicatorNames.from_tables)
    share = names.node("Tỷ trọng kinh tế số trong GRDP")
    assert share == CONCEPT["indicator/ty-trong-kinh-te-so-trong-grdp"]
    assert names.node("Quy mô kinh tế số trong GRDP") == names.node("kinh tế số trong GRDP") == share
    assert minted.one(share, SKOS["prefLabel"]) == "Tỷ trọng kinh tế số trong GRDP"
    assert "Tỉ trọng kinh tế số trong GRDP" in minted.objects(share, SKOS["altLabel"])


def test_the_key_of_an_indicator_has_at_most_80_characters() -> None:
    key = indicator_iri("Thủ tục hành chính " * 10).value.removeprefix(CONCEPT["indicator/"].value)
    assert len(key) <= 80
    assert not key.endswith("-")


def test_two_names_that_give_one_key_are_reported(tmp_path: Path) -> None:
    first = {**rows_of("policy/targets")[0], "indicator": "A" * 80 + " một"}
    second = {**first, "target_id": "b", "indicator": "A" * 80 + " hai"}
    mapped = Mapped(INDICATORS, folder_with(tmp_path, "policy/targets", first, second))
    assert_reported(mapped.problems, "policy/targets", 3, "indicator")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"printed": "Xếp hạng cả nước về chuyển đổi số"}, "printed"),
        ({"indicator": ""}, "indicator"),
        ({"indicator": "%"}, "indicator"),
        ({"indicator": "Xếp hạng cả nước về chuyển đổi số"}, "indicator"),
    ],
)
def test_a_bad_alias_is_reported(tmp_path: Path, cells: dict[str, str], column: str) -> None:
    good = row_of(indicators.ALIASES, printed="Xếp hạng cả nước về chuyển đổi số")
    other = {**row_of(indicators.ALIASES, printed="Xếp hạng DTI cấp tỉnh"), **cells}
    mapped = Mapped(INDICATORS, folder_with(tmp_path, indicators.ALIASES, good, other))
    assert_reported(mapped.problems, indicators.ALIASES, 3, column)


def test_real_aliases_are_all_printed_in_a_table() -> None:
    tables = TableSet(TABLES, Problems())
    printed = {row["indicator"] for row in tables.table("policy/targets", ())}
    printed |= {row["metric"] for row in tables.table("policy/platform_metrics", ())}
    assert {row["printed"] for row in rows_of(indicators.ALIASES)} <= printed
