"""Printed numbers, ranges and units with hedge words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.quantity import COMPARATORS, HedgedUnit, parse_number, parse_range, parse_unit


@pytest.mark.parametrize(
    ("text", "number"), [("80,53", "80.53"), ("0.7", "0.7"), ("1859660", "1859660"), ("0,482", "0.482")]
)
def test_a_number_has_digits_and_at_most_one_decimal_mark(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "nhiều", "1.234,5", "-3", "1e5", "NaN", "5 %", "½"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        parse_number(text)


@pytest.mark.parametrize("text", ["1.500", "1,500", "12.000"])
def test_a_number_that_may_have_thousands_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ambiguous"):
        parse_number(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_comma_and_point_give_the_same_number(number: Decimal) -> None:
    text = format(number, "f")
    assert parse_number(text) == parse_number(text.replace(".", ",")) == number


@pytest.mark.parametrize("text", ["15-20", "15–20", "15 - 20"])
def test_a_range_has_two_bounds(text: str) -> None:
    assert parse_range(text) == (Decimal(15), Decimal(20))


@pytest.mark.parametrize("text", ["15", "15-", "20-15", "20-20", "a-b"])
def test_a_range_that_is_none_or_does_not_rise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|number"):
        parse_range(text)


def test_a_hedge_in_brackets_becomes_a_comparator_and_leaves_the_unit() -> None:
    assert parse_unit("học viên (hơn)") == HedgedUnit("học viên", "hơn")
    assert {word: parse_unit(f"% ({word})").comparator for word in ("hơn", "trên", "gần", "khoảng")} == {
        "hơn": ">",
        "trên": ">",
        "gần": "<",
        "khoảng": "~",
    }
    assert parse_unit("% (tối thiểu)").comparator in COMPARATORS


def test_a_unit_without_hedge_means_equal() -> None:
    assert parse_unit("hộ, HTX, DN") == HedgedUnit("hộ, HTX, DN")
    assert parse_unit("%").comparator == "="


def test_brackets_that_hold_no_hedge_are_refused() -> None:
    with pytest.raises(ValueError, match="no hedge word"):
        parse_unit("tài khoản (đã xác thực)")
