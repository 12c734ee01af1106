"""Cells become typed values; a wrong one is reported with table, line and column in two languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from mapping_support import TABLES, assert_reported

from graph.mapping.concept_index import concept_index
from graph.mapping.reader import Row, TableSet
from graph.mapping.row_reader import RowReader, SeenKeys
from graph.mapping.unit_register import UnitRegister
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.quantity import parse_number
from graph.problems import Problems


def reader(problems: Problems | None = None, **cells: str) -> RowReader:
    return RowReader(Row("policy/x", 7, cells), problems if problems is not None else Problems())


@pytest.fixture(scope="module")
def register() -> UnitRegister:
    return TableSet(TABLES, Problems()).once(UnitRegister.from_tables)


def test_good_cells_give_values_and_no_problem() -> None:
    problems = Problems()
    row = reader(problems, d="2021-06", p="month", n="80,53", r="8", w="b", e="")
    assert row.date("d", "p") == PartialDate("2021-06")
    assert row.number("n", parse_number) == Decimal("80.53")
    assert row.whole_number("r", 1, 63) == 8
    assert row.one_of("w", ("a", "b")) == "b"
    assert row.date("e") is None
    assert row.optional("no-such-column") == ""
    assert not row.failed
    assert len(problems) == 0


@pytest.mark.parametrize("text", ["2025-13-01", "2025-02-30", "1/7/2025", "năm 2025", "25"])
def test_what_is_no_date_is_reported(text: str) -> None:
    problems = Problems()
    row = reader(problems, d=text)
    assert row.date("d") is None
    assert row.failed
    assert_reported(list(problems), "policy/x", 7, "d")


def test_a_date_of_another_precision_than_stated_is_reported() -> None:
    problems = Problems()
    assert reader(problems, d="2021", p="day").date("d", "p") is None
    assert_reported(list(problems), "policy/x", 7, "d")


@pytest.mark.parametrize("text", ["0", "64", "-1", "8.0", "", "tám", "٨"])
def test_what_is_no_whole_number_of_the_span_is_reported(text: str) -> None:
    problems = Problems()
    assert reader(problems, r=text).whole_number("r", 1, 63) is None
    assert_reported(list(problems), "policy/x", 7, "r")


def test_all_wrong_cells_of_a_row_are_reported() -> None:
    problems = Problems()
    row = reader(problems, d="2025-13-01", r="0", w="c", e="")
    row.date("d")
    row.whole_number("r", 1)
    row.one_of("w", ("a", "b"))
    row.filled("e")
    assert [p.column for p in problems] == ["d", "e", "r", "w"]


def test_an_unknown_word_is_reported_with_the_advice_to_add_a_concept() -> None:
    problems = Problems()
    concepts = TableSet(TABLES, problems).once(concept_index)
    assert reader(problems, u="thùng").concept("u", "unit-of-measure", concepts) is None
    assert_reported(list(problems), "policy/x", 7, "u")
    (problem,) = problems
    assert "ontology/concepts.ttl" in problem.en
    assert "ontology/concepts.ttl" in problem.vi


@pytest.mark.parametrize(
    ("name", "dates", "unit"),
    [
        ("Thái Nguyên", ["2022-08-15"], ("2004", "19")),
        ("Thái Nguyên", ["2025-06-30"], ("2004", "19")),
        ("Thái Nguyên", ["2025-07-01"], ("2025", "19")),
        ("Thái Nguyên", ["2025", "2025-09"], ("2025", "19")),
        ("Thái Nguyên", [], ("2004", "19")),
        ("Hòa Bình", ["2025-10"], ("2004", "17")),
        ("Thừa Thiên Huế", ["2021"], ("2004", "46")),
        ("Huế", ["2022"], ("2004", "46")),
        ("Huế", ["2025-11-25"], ("2025", "46")),
    ],
)
def test_a_province_is_the_unit_of_its_time(
    register: UnitRegister, name: str, dates: list[str], unit: tuple[str, str]
) -> None:
    found = reader(p=name).province("p", register, dates=[PartialDate(date) for date in dates])
    assert found == iris.unit(*unit)


def test_viet_nam_is_the_country(register: UnitRegister) -> None:
    assert reader(p="Việt Nam").province("p", register, dates=[PartialDate("2022")]) == iris.country()


@pytest.mark.parametrize(("name", "era"), [("Thái Nguyen Thượng", ""), ("", ""), ("Hà Giang", "2025")])
def test_an_unknown_province_is_reported(register: UnitRegister, name: str, era: str) -> None:
    problems = Problems()
    assert reader(problems, p=name).province("p", register, era=era) is None
    assert_reported(list(problems), "policy/x", 7, "p")


def test_a_province_that_had_ended_before_the_date_is_reported(register: UnitRegister) -> None:
    problems = Problems()
    assert reader(problems, p="Hà Tây").province("p", register, dates=[PartialDate("2020")]) is None
    assert_reported(list(problems), "policy/x", 7, "p")
    assert reader(p="Hà Tây").province("p", register, dates=[PartialDate("2006")]) == iris.unit("2004", "28")


def test_an_identifier_that_stands_twice_is_reported_with_its_first_line() -> None:
    problems, seen = Problems(), SeenKeys()
    seen.check(RowReader(Row("policy/x", 2, {"id": "a"}), problems), "id")
    second = RowReader(Row("policy/x", 3, {"id": "a"}), problems)
    seen.check(second, "id")
    assert second.failed
    assert_reported(list(problems), "policy/x", 3, "id")
    assert "line 2" in next(iter(problems)).en


@pytest.mark.parametrize("text", ["%-", "日本"])
def test_an_identifier_without_letters_is_reported(text: str) -> None:
    problems = Problems()
    SeenKeys().check(reader(problems, id=text), "id")
    assert_reported(list(problems), "policy/x", 7, "id")
