"""The test set of matching: how names are distorted, and how the answers are counted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_support import TODAY, small_gazetteer

from bench.matching import distortions
from bench.matching.cases import Case
from bench.scenarios.matching import Answer, MatchingFigures, all_cases, answer_cases
from graph.matching.matcher import UnitMatcher


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (distortions.other_tone_place("Xã Hòa Thuỷ"), "Xã Hoà Thủy"),
        (distortions.other_tone_place("Quý Lộc"), "Quý Lộc"),
        (distortions.no_marks("Đắk Lắk"), "Dak Lak"),
        (distortions.no_stroke("Đắk Lắk"), "Dắk Lắk"),
        (distortions.run_together("Bà Rịa - Vũng Tàu"), "Bariavungtau"),
        (distortions.short_type("Quận", "1"), "Q.1"),
        (distortions.short_type("Thành phố", "Phổ Yên"), "TP. Phổ Yên"),
        (distortions.no_break_spaces("Hà Nội"), "Hà\u00a0Nội"),
    ],
)
def test_a_distortion_writes_as_people_do(written: str, expected: str) -> None:
    assert written == expected


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ", min_size=4, max_size=20), st.text())
def test_a_typing_error_changes_a_letter_or_two_but_not_the_first(name: str, seed: str) -> None:
    wrong = distortions.one_error(unicodedata.normalize("NFC", name), seed)
    assert wrong == distortions.one_error(unicodedata.normalize("NFC", name), seed)
    assert wrong[0] == name[0]
    assert abs(len(wrong) - len(name)) <= 1


def test_the_test_set_has_all_kinds_and_no_case_twice() -> None:
    cases = all_cases()
    assert len(cases) == len(set(cases)) >= 600
    assert {case.group for case in cases} == {"address", "bare", "code", "unsure"}
    assert len({case.kind for case in cases}) >= 40
    assert all(bool(case.expected) == (case.group != "unsure") for case in cases)


def test_what_is_wrong_is_counted_and_listed() -> None:
    def answer(first: str, match: str, expected: str = "2004/19", group: str = "bare") -> Answer:
        return Answer(Case(group, "name", "Thái Nguyên", "", "", "", expected), first, 90, match)

    right, second, wrong = answer("2004/19", "2004/19"), answer("2025/19", ""), answer("2025/19", "2025/19")
    unsure = answer("2004/19", "2004/19", expected="", group="unsure")
    figures = MatchingFigures((right, second, wrong, unsure), 10, 0.005)
    assert figures.recall("bare") == pytest.approx(1 / 3)
    assert figures.precision == pytest.approx(1 / 3)
    assert figures.misses == (second, wrong, unsure)
    assert figures.rate == 2000


def test_cases_are_asked_with_all_that_they_say() -> None:
    matcher = UnitMatcher(small_gazetteer(), TODAY)
    cases = [
        Case("address", "columns", "Sảng Mộc", "Huyện Võ Nhai | Thái Nguyên", "2025-06-30", "", "2004/05719"),
        Case("bare", "name", "Thái Nguyên", "", "2025-06-30", "2", "2004/164"),
        Case("unsure", "none", "zzzz", "", "", "", ""),
    ]
    assert [answer.match for answer in answer_cases(matcher, cases)] == ["2004/05719", "2004/164", ""]
