"""What a collection is: a class of things with columns, filters and orders, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode

from api.collections.columns import Column
from api.collections.filters import Filter
from api.collections.paths import Path


class Order(Enum):
    """How the values of a sort key are compared."""

    TEXT = "text"
    """By code points: codes, keys, and dates, which so sort by time whatever their precision."""
    LABEL = "label"
    """Vietnamese texts, without their marks and in lower case."""
    NUMBER = "number"


@dataclass(frozen=True)
class SortKey:
    """Something that items can be sorted by; those that lack it come last in either direction.

    Attributes:
        name: the value of ``sort``; with ``-`` before it, the greatest come first.
        paths: from an item to what is compared; none for the IRI of the item.
        order: how it is compared.
        single: whether an item has at most one value; of several, the least counts.

    """

    name: str
    paths: tuple[Path, ...] = ()
    order: Order = Order.TEXT
    single: bool = True


BY_IRI = SortKey("id")


@dataclass(frozen=True)
class AtRule:
    """What it means to ask for a collection as it was on a day.

    Attributes:
        description: for the documentation.
        conditions: the graph patterns for a day; they may bind ``?version``.

    """

    description: str
    conditions: Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Collection:
    """A class of things as a list.

    Attributes:
        name: the last part of its address, e.g. ``documents``.
        title: what it lists, in English and Vietnamese.
        cls: the class.
        columns: what is shown of each item.
        filters: by what it can be narrowed.
        sorts: by what it can be sorted, besides the IRI.
        default_sort: how it is sorted if nothing is said, e.g. ``-date``.
        at: what a day means, None if the items have no time.
        has_points: whether items have coordinates, so that they can be put on a map.

    """

    name: str
    title: tuple[str, str]
    cls: NamedNode
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sorts: tuple[SortKey, ...] = ()
    default_sort: str = "id"
    at: AtRule | None = None
    has_points: bool = False

    @property
    def sort_names(self) -> tuple[str, ...]:
        """The values that ``sort`` may have."""
        keys = (*self.sorts, BY_IRI)
        return tuple(sign + key.name for key in keys for sign in ("", "-"))

    def sort_key(self, name: str) -> SortKey:
        """Give a sort key by its name, with or without ``-``."""
        return next(key for key in (*self.sorts, BY_IRI) if key.name == name.removeprefix("-"))
