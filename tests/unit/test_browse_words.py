"""What pages of collections are made of has a title in both languages, and leads to what exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from api.browse.column_titles import COLUMN_TITLES
from api.browse.filter_titles import CHOICE_TITLES, filter_title, sort_title
from api.browse.presentation import GROUPS, PRESENTATIONS, VIRTUAL_COLUMNS
from api.collections.collection import Collection
from api.collections.columns import Column
from api.collections.filters import ChoiceFilter, of_class
from api.collections.registry import COLLECTIONS

every_collection = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda each: each.name)


def _names(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        yield column.name
        yield from _names(column.columns)


@every_collection
def test_every_column_has_a_title_in_both_languages(collection: Collection) -> None:
    for name in _names(collection.columns):
        assert all(COLUMN_TITLES[name]), name


@every_collection
def test_every_filter_and_order_has_a_title_in_both_languages(collection: Collection) -> None:
    for each in collection.filters:
        assert all(filter_title(each.name)), each.name
    for name in collection.sort_names:
        assert all(sort_title(name)), name


@every_collection
def test_the_words_of_a_choice_have_titles_or_are_classes(collection: Collection) -> None:
    for each in collection.filters:
        if isinstance(each, ChoiceFilter):
            titles = CHOICE_TITLES.get(each.name, {})
            without = [word for word in each.choices if word not in titles]
            assert [word for word in without if each.choices[word] != of_class(word)] == []
            assert not titles or not without


@every_collection
def test_a_page_shows_and_filters_by_what_the_collection_has(collection: Collection) -> None:
    shown = PRESENTATIONS[collection.name]
    columns = {column.name for column in collection.columns}
    filters = {each.name for each in collection.filters}
    assert {name for name in shown.columns if name not in VIRTUAL_COLUMNS} <= columns
    for name in set(shown.columns) & set(VIRTUAL_COLUMNS):
        assert columns & set(VIRTUAL_COLUMNS[name])
    assert {*shown.filters, shown.breakdown} - {""} <= filters
    assert shown.subject in shown.columns
    assert not shown.sort or shown.sort in collection.sort_names


def test_the_overview_has_every_collection_once() -> None:
    counted = Counter(name for group in GROUPS for name in group.collections)
    assert counted == {collection.name: 1 for collection in COLLECTIONS}
