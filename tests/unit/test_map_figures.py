"""What the map shows of figures: layers, classes, what is missing or uncertain, and the order of rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_support import UNIT, figure, layer_of, map_of, point, ranks

from api.map.choosing import NoSuchMapError, choose
from api.map.classes import LEVELS, scale_of
from api.map.figures import Figure, Measure, layers_of
from api.map.queries import Point
from api.map.view import view_of

TEN = range(1, 11)


def values(texts: list[str], year: int = 2022) -> list[Figure]:
    return [figure(f"2004/{code}", text, year, measure=Measure.VALUE) for code, text in enumerate(texts, 10)]


def test_years_of_63_and_of_34_provinces_are_editions_of_their_own() -> None:
    layer = layer_of([*ranks(TEN, 2024, 63), *ranks(TEN, 2024, 34)])
    assert [(edition.year, edition.basis) for edition in layer.editions] == [(2024, 63), (2024, 34)]
    assert not set(layer.editions[0].cells) & set(layer.editions[1].cells)


def test_year_without_figures_is_no_edition() -> None:
    layer = layer_of([*ranks(TEN, 2020), *ranks(TEN, 2022)])
    assert [edition.year for edition in layer.editions] == [2020, 2022]


def test_figures_of_few_provinces_make_no_layer() -> None:
    assert layers_of(ranks(range(1, 10))) == []


def test_figure_of_an_old_province_on_the_new_basis_is_not_shown() -> None:
    provinces = [point("2004/10", "Cũ"), point("2025/10", "Mới", 107)]
    figures = [*ranks(TEN, 2024, 34), figure("2004/10", 3, 2024, 34)]
    shown = map_of(provinces, figures).layers
    assert "dti" not in shown or UNIT + "2004/10" not in shown["dti"].editions[0].cells


def test_stated_figure_stands_before_a_derived_one() -> None:
    derived = figure("2004/10", 9, status="derived", sources=5)
    layer = layer_of([derived, *ranks(TEN)])
    cell = layer.editions[0].cells[UNIT + "2004/10"]
    assert cell.figure.status == "stated"
    assert [other.number for other in cell.others] == [9]
    assert cell.is_uncertain


def test_two_figures_that_agree_are_no_disagreement() -> None:
    layer = layer_of([figure("2004/10", 1, status="derived"), *ranks(TEN)])
    cell = layer.editions[0].cells[UNIT + "2004/10"]
    assert cell.others == ()
    assert not cell.is_uncertain


def test_ranks_have_six_classes_of_all_places_the_best_first() -> None:
    layer = layer_of(ranks(TEN))
    classes = scale_of(layer, layer.editions[0]).classes
    assert [(int(found.first), int(found.last)) for found in classes] == [
        (1, 10), (11, 21), (22, 31), (32, 42), (43, 52), (53, 63),
    ]  # fmt: skip
    assert [found.level for found in classes] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("basis", [63, 34])
def test_every_rank_is_in_just_one_class(basis: int) -> None:
    layer = layer_of(ranks(TEN, basis=basis))
    classes = scale_of(layer, layer.editions[0]).classes
    assert all(sum(found.holds(Decimal(rank)) for found in classes) == 1 for rank in range(1, basis + 1))


@given(st.lists(st.decimals(0, 1000, places=3), min_size=10, max_size=63))
def test_every_value_has_a_class_and_higher_values_never_a_lower_one(numbers: list[Decimal]) -> None:
    layer = layer_of(values([str(number) for number in numbers]))
    edition = layer.editions[0]
    scale = scale_of(layer, edition)
    found = sorted(
        (cell.figure.number or Decimal(0), scale.level(cell) or 0) for cell in edition.cells.values()
    )
    levels = [level for _, level in found]
    assert levels == sorted(levels)
    assert set(levels) <= set(range(1, LEVELS + 1))


def test_equal_values_share_a_class() -> None:
    layer = layer_of(values(["5"] * 9 + ["6"]))
    scale = scale_of(layer, layer.editions[0])
    assert [(found.first, found.last) for found in scale.classes] == [(6, 6), (5, 5)]


def test_grades_have_the_same_colour_in_each_year() -> None:
    first = [figure(f"2004/{code}", "BCD"[code % 3], 2018, measure=Measure.GRADE) for code in range(10, 20)]
    second = [figure(f"2004/{code}", "AB"[code % 2], 2019, measure=Measure.GRADE) for code in range(10, 20)]
    layer = layer_of([*first, *second])
    one, other = (scale_of(layer, edition) for edition in layer.editions)
    assert one == other
    assert [(found.first, found.level) for found in one.classes] == [("A", 6), ("B", 5), ("C", 3), ("D", 1)]


def test_figure_that_says_at_most_has_no_colour() -> None:
    layer = layer_of([figure("2004/30", 10, comparator="<="), *ranks(TEN)])
    edition = layer.editions[0]
    assert scale_of(layer, edition).level(edition.cells[UNIT + "2004/30"]) is None


PROVINCES = [
    point("2004/10", "Ninh Bình", 105.9, 20.2),
    point("2004/11", "Đà Nẵng", 108.0, 16.0),
    point("2004/12", "An Giang", 105.1, 10.5),
    point("2004/30", "Bắc Kạn", 105.8, 22.2),
]


def with_all(provinces: list[Point]) -> list[Point]:
    """Add the provinces that `ranks` speaks of and the test does not name."""
    return [*provinces, *(point(f"2004/{code}", f"Z{code}", 102 + code / 5, 12) for code in range(13, 20))]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("figure", ["Đà Nẵng", "An Giang", "Ninh Bình", "Bắc Kạn"]),
        ("-figure", ["Ninh Bình", "An Giang", "Đà Nẵng", "Bắc Kạn"]),
        ("name", ["An Giang", "Bắc Kạn", "Đà Nẵng", "Ninh Bình"]),
        ("-name", ["Ninh Bình", "Đà Nẵng", "Bắc Kạn", "An Giang"]),
    ],
)
def test_rows_are_ordered_as_asked_and_those_without_figure_come_last(sort: str, names: list[str]) -> None:
    data = map_of(with_all(PROVINCES), ranks([3, 1, 2, *range(4, 11)]))
    view = view_of(data, "dti", data.layers["dti"].editions[0], sort)
    assert [row.point.name for row in view.rows if not row.point.name.startswith("Z")] == names


def test_highest_value_comes_first() -> None:
    data = map_of(with_all(PROVINCES), values(["0.5", "0.7", "0.6", *["0.1"] * 7]))
    view = view_of(data, "dti", data.layers["dti"].editions[0], "figure")
    assert [row.point.name for row in view.rows][:3] == ["Đà Nẵng", "An Giang", "Ninh Bình"]


def test_province_without_a_figure_is_a_row_without_a_colour() -> None:
    data = map_of(with_all(PROVINCES), ranks(TEN))
    view = view_of(data, "dti", data.layers["dti"].editions[0])
    (row,) = [row for row in view.rows if row.point.name == "Bắc Kạn"]
    assert (row.cell, row.level) == (None, None)
    assert view.known == 10


def chosen(**parameters: str) -> tuple[str, int, int]:
    data = map_of(
        with_all(PROVINCES),
        [*ranks(TEN, 2020), *ranks(TEN[:5], 2024), *values(["1"] * 10)],
    )
    choice = choose(data, parameters)
    return choice.key, choice.edition.year, choice.edition.basis


def test_what_is_left_open_is_the_fullest() -> None:
    assert chosen() == ("dti", 2020, 63)
    assert chosen(year="2024") == ("dti", 2024, 63)
    assert chosen(indicator="dti/value") == ("dti/value", 2022, 63)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"indicator": "ddi"}, "ddi.*there are dti, dti/value"),
        ({"year": "2021"}, "2021; it has 2020 / 63, 2024 / 63"),
        ({"year": "2024", "basis": "34"}, "2024 / 34; it has"),
        ({"year": "hai nghìn"}, "hai nghìn"),
        ({"sort": "rank"}, "figure, -figure, name, -name"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(parameters: dict[str, str], said: str) -> None:
    with pytest.raises(NoSuchMapError, match=said):
        chosen(**parameters)


def test_snapshot_without_figures_has_no_map_and_says_so() -> None:
    with pytest.raises(NoSuchMapError, match="no figures"):
        choose(map_of(PROVINCES, []), {})


def test_address_of_a_choice_chooses_it_again() -> None:
    data = map_of(with_all(PROVINCES), ranks(TEN))
    choice = choose(data, {"sort": "-name"})
    assert choice.address() == "/map?indicator=dti&year=2022&basis=63&sort=-name"
    assert choice.address(sort="figure") == "/map?indicator=dti&year=2022&basis=63"
