"""The story of the home page: which ranks are set against a target, and which one is its outcome."""

from __future__ import annotations

from collections.abc import Iterable

from map_support import UNIT, figure, map_of, point, ranks

from api.home.promise import Promise, steps_of
from api.map.figures import Figure

OWN, NEW = UNIT + "2004/19", UNIT + "2025/19"
PROVINCES = [
    point("2004/06", "Bắc Kạn", 105.8, 22.3),
    point("2004/19", "Thái Nguyên", 105.8, 21.7),
    point("2025/19", "Thái Nguyên", 105.8, 22.0),
    *(point(f"2004/{code}", f"Z{code}", 102 + code / 10, 12) for code in range(20, 30)),
    *(point(f"2025/{code}", f"Z{code}", 102 + code / 10, 12) for code in range(20, 30)),
]
OTHERS = [
    *(figure(f"2004/{code}", code, year) for code in range(20, 30) for year in (2020, 2021, 2022, 2024)),
    *(figure(f"2025/{code}", code, 2024, 34) for code in range(20, 30)),
]


def promise(figures: Iterable[Figure]) -> Promise:
    data = map_of(PROVINCES, [*OTHERS, *figures], [("2004/06", "2025/19"), ("2004/19", "2025/19")])
    return Promise(
        target="", unit=OWN, name="Thái Nguyên", rank=15, deadline="2025", document="", number="",
        quotes=[], source="", source_labels={}, steps=steps_of(data.layers["dti"].editions, OWN, data),
    )  # fmt: skip


def test_years_without_a_figure_stay_in_the_line_as_gaps() -> None:
    told = promise([figure("2004/19", 12, 2020), figure("2004/19", 8, 2022)])
    assert [(step.edition.year, step.cell is not None) for step in told.steps] == [
        (2020, True),
        (2021, False),
        (2022, True),
        (2024, False),
    ]


def test_merged_province_follows_under_its_own_name() -> None:
    told = promise([figure("2004/19", 8, 2022), figure("2025/19", 8, 2024, 34)])
    last = told.steps[-1]
    assert (last.edition.year, last.edition.basis, last.unit) == (2024, 34, NEW)


def test_outcome_is_the_newest_rank_of_the_province_itself() -> None:
    told = promise([figure("2004/19", 12, 2020), figure("2004/19", 8, 2022), figure("2025/19", 3, 2024, 34)])
    assert told.outcome is not None
    assert (told.outcome.year, told.outcome.number) == (2022, 8)


def test_doubtful_and_disputed_ranks_are_no_outcome() -> None:
    doubtful = figure("2004/19", 5, 2022, status="doubtful")
    differing = [figure("2004/19", 6, 2021), figure("2004/19", 7, 2021)]
    told = promise([figure("2004/19", 12, 2020), *differing, doubtful])
    assert told.outcome is not None
    assert told.outcome.year == 2020


def test_rank_that_is_only_bounded_is_no_outcome() -> None:
    assert promise([figure("2004/19", 10, 2022, comparator="<=")]).outcome is None


def test_ranks_of_others_alone_are_no_outcome() -> None:
    assert promise(ranks([])).outcome is None
