"""What is said of a figure: how much, out of how many, and how far it can be relied on."""

from __future__ import annotations

import pytest
from map_support import UNIT, figure, layer_of, point, ranks

from api.map.figures import Cell, Figure, Measure
from api.map.queries import Point
from api.map.wording import Wording, page_of

VI, EN = Wording("vi"), Wording("en")


def cell(*figures: Figure) -> Cell:
    return Cell(figures)


def test_rank_is_said_with_how_many_there_were() -> None:
    assert VI.said(cell(figure("2004/19", 8)), 63) == "thứ 8/63"
    assert EN.said(cell(figure("2004/19", 8)), 63) == "rank 8 of 63"


def test_value_is_written_as_readers_of_the_language_do() -> None:
    known = cell(figure("2004/19", "0.8002", measure=Measure.VALUE))
    assert (VI.said(known, 63), EN.said(known, 63)) == ("0,8002 điểm", "0.8002 points")


def test_grade_is_said_as_it_is() -> None:
    assert VI.said(cell(figure("2004/19", "B", measure=Measure.GRADE)), 63) == "loại B"


def test_missing_figure_is_said_to_be_missing() -> None:
    assert (VI.said(None, 63), EN.said(None, 63)) == ("chưa có số liệu", "no figure yet")


@pytest.mark.parametrize(("status", "word"), [("derived", "suy ra"), ("doubtful", "đáng ngờ")])
def test_figure_that_is_not_plainly_stated_is_said_to_be_so(status: str, word: str) -> None:
    assert VI.said(cell(figure("2004/19", 8, status=status)), 63) == f"thứ 8/63 ({word})"


def test_figure_of_another_source_is_said_too() -> None:
    layer = layer_of([figure("2004/10", 7, status="derived"), *ranks([15, *range(1, 10)])])
    known = layer.editions[0].cells[UNIT + "2004/10"]
    assert VI.said(known, 63) == "thứ 15/63 (nguồn khác: 7)"


@pytest.mark.parametrize(("comparator", "text"), [("=", "10"), ("<=", "≤ 10"), ("~", "≈ 10")])
def test_number_that_is_not_exact_has_a_sign(comparator: str, text: str) -> None:
    assert VI.amount(figure("2004/19", 10, comparator=comparator)) == text


def test_place_without_an_english_name_keeps_its_own() -> None:
    english = Point(UNIT, "2004", "Huế", {"vi": "Thành phố Huế", "en": "Hue"}, 0, 0)
    assert (VI.place(english), EN.place(english)) == ("Huế", "Hue")
    assert EN.place(point("2004/19", "Thái Nguyên")) == "Thái Nguyên"


def test_title_begins_with_a_capital_letter() -> None:
    assert VI.title({"vi": "điểm số"}) == "Điểm số"
    assert EN.title({"vi": "điểm số"}) == "Điểm số"
    assert EN.title({}) == ""


def test_pages_of_things_and_of_concepts() -> None:
    assert page_of("https://w3id.org/vndx/id/unit/2025/19") == "/page/unit/2025/19"
    assert page_of("https://w3id.org/vndx/concept/indicator/dti") == "/page/concept/indicator/dti"
