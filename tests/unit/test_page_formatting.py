"""Numbers and dates as readers of a language write them."""

from __future__ import annotations

import pytest

from api.pages.formatting import number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(37_500_000_000_000.0, "37.500.000.000.000"), ("0.4582", "0,4582"), (1e-7, "0,0000001")],
)
def test_numbers_of_any_size_keep_their_digits(value: float | str, text: str) -> None:
    assert number_text(value, "vi") == text
