"""Which part of a file a client asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.discovery.dumps import is_range, is_unsatisfiable


@pytest.mark.parametrize("header", ["bytes=0-9", "bytes=5-", "bytes=-3", "bytes=0-1,4-5"])
def test_a_range_of_bytes_is_one(header: str) -> None:
    assert is_range(header)
    assert not is_unsatisfiable(header, 100)


@pytest.mark.parametrize("header", [None, "", "lines=0-9", "bytes=9-1", "bytes=a-b", "bytes"])
def test_what_is_no_range_of_bytes_is_ignored(header: str | None) -> None:
    assert not is_range(header)
    assert not is_unsatisfiable(header, 100)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_range_that_begins_behind_the_end_cannot_be_given(start: int, size: int) -> None:
    assert is_unsatisfiable(f"bytes={start}-", size) == (start >= size)


def test_one_range_within_the_file_is_enough() -> None:
    assert not is_unsatisfiable("bytes=0-1,500-510", 100)
    assert is_unsatisfiable("bytes=500-510,600-610", 100)
