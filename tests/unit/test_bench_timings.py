"""Percentiles, ratios and means of the bench."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.timings import Summary, geometric_mean, percentile, ratio


def test_a_percentile_is_a_value_that_occurred() -> None:
    values = [1.0, 2.0, 3.0, 4.0]

    assert percentile(values, 0.5) == 2.0
    assert percentile(values, 0.75) == 3.0
    assert percentile(values, 0.76) == 4.0


def test_the_99th_percentile_of_few_values_is_the_largest() -> None:
    assert percentile([1.0, 2.0, 30.0], 0.99) == 30.0


def test_of_a_hundred_values_the_99th_percentile_leaves_one_out() -> None:
    assert percentile([float(n) for n in range(1, 101)], 0.99) == 99.0


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.5)])
def test_no_values_and_shares_out_of_range_are_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match=r"percentile|share"):
        percentile(values, share)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.001, 1))
def test_at_least_the_share_of_values_is_not_above_the_percentile(values: list[float], share: float) -> None:
    ordered = sorted(values)
    found = percentile(ordered, share)

    assert found in values
    assert sum(value <= found for value in ordered) >= share * len(ordered) - 1e-6


def test_a_ratio_is_unknown_where_a_side_is_unknown_or_zero() -> None:
    assert ratio(1.0, 2.0) == 0.5
    assert ratio(None, 2.0) is None
    assert ratio(1.0, None) is None
    assert ratio(1.0, 0.0) is None


def test_the_geometric_mean_of_twice_and_half_is_level() -> None:
    assert geometric_mean([2.0, 0.5]) == pytest.approx(1.0)
    assert geometric_mean([]) is None


def test_the_geometric_mean_refuses_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        geometric_mean([1.0, 0.0])


def _summary(requests: int, failures: dict[str, int]) -> Summary:
    return Summary(requests, failures, 1.0, 1.0, 1.0, 1.0, 0.0, None, 0.0)


def test_a_cell_is_clean_with_answers_and_without_failures() -> None:
    assert _summary(5, {}).clean
    assert not _summary(5, {"HTTP 503": 1}).clean
    assert not _summary(0, {}).clean
