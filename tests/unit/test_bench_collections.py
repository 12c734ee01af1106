"""The addresses of scenario "collections": cold means that none comes twice, and all are of collections."""

from __future__ import annotations

import pytest

from api.collections.registry import COLLECTIONS
from bench.scenarios.collections import LISTS


@pytest.mark.parametrize("name", LISTS)
def test_no_address_of_a_list_comes_twice(name: str) -> None:
    assert len(set(LISTS[name])) == len(LISTS[name]) > 1


def test_every_address_is_of_a_collection_or_of_a_unit() -> None:
    names = {found.name for found in COLLECTIONS}
    for addresses in LISTS.values():
        for address in addresses:
            first = address.partition("?")[0].partition("/")[0].partition(".")[0]
            assert first in names
