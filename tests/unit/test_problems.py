"""Problems in input files: all of them, in order, each once, in both languages."""

from __future__ import annotations

import pytest

from graph.problems import Problem, Problems, ProblemsError


def problem(line: int, column: str = "code") -> Problem:
    return Problem("tables/admin/provinces_2025.csv", line, column, "sai mã", "wrong code")


def test_a_problem_reads_as_place_column_and_both_languages() -> None:
    assert str(problem(7)) == "tables/admin/provinces_2025.csv:7 [code] wrong code (sai mã)"


def test_a_problem_of_a_whole_file_names_no_line() -> None:
    assert str(problem(0, "")) == "tables/admin/provinces_2025.csv wrong code (sai mã)"


def test_problems_come_by_file_line_and_column_each_once() -> None:
    problems = Problems()
    problems.extend([problem(10), problem(9, "name"), problem(9), problem(10)])
    assert list(problems) == [problem(9), problem(9, "name"), problem(10)]
    assert len(problems) == 3


def test_a_reported_problem_is_kept_with_all_its_parts() -> None:
    problems = Problems()
    problems.report("tables/admin/provinces_2025.csv", 7, "code", vi="sai mã", en="wrong code")
    assert list(problems) == [problem(7)]


def test_no_problem_stops_nothing() -> None:
    Problems().raise_if_any()


def test_the_error_has_all_problems_in_its_text() -> None:
    problems = Problems()
    problems.extend([problem(10), problem(9)])
    with pytest.raises(ProblemsError) as raised:
        problems.raise_if_any()
    assert raised.value.problems == [problem(9), problem(10)]
    assert str(raised.value).splitlines() == [
        "2 problem(s) in the input files:",
        str(problem(9)),
        str(problem(10)),
    ]
