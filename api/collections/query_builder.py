"""SPARQL 1.1 queries for the items of one page and for how many there are.

Pages are found by key, not by number: a page begins after the last item of the one before it, so that
none is given twice or missed, and the tenth page costs what the first did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from api.collections.collection import Collection, Order, SortKey
from api.collections.conditions import SPELLINGS
from api.collections.cursors import Cursor
from api.collections.paths import TYPE, alternatives
from graph.model.namespaces import XSD


@dataclass(frozen=True)
class PageQuery:
    """Which page of which items.

    Attributes:
        collection: of what.
        conditions: graph patterns about ``?id`` that repeat no item.
        sort: the name of a sort key, with ``-`` before it for the greatest first.
        limit: how many items.
        cursor: where the page begins, or where it ends; None for the first page.

    """

    collection: Collection
    conditions: Sequence[str]
    sort: str
    limit: int
    cursor: Cursor | None = None

    @property
    def backwards(self) -> bool:
        """Whether the items come in the opposite order, as they are found from the end of the page."""
        return self.cursor is not None and self.cursor.backwards

    def items(self) -> str:
        """Write the query for the items: ``?id`` and ``?key``, one more than the page has if there is one."""
        key = self.collection.sort_key(self.sort)
        last_first, backwards = self.sort.startswith("-"), self.backwards
        parts = [_items_of(self.collection), *self.conditions]
        if not key.paths:
            order = [_direction("?id", descending=last_first != backwards)]
        else:
            parts.append(_key_pattern(key))
            order = [
                _direction("?known", descending=not backwards),
                _direction("?key", descending=last_first != backwards),
                _direction("?id", descending=backwards),
            ]
        if self.cursor is not None:
            parts.append(f"FILTER({_beyond(self.cursor, key, last_first=last_first)})")
        selected = "?id ?key" if key.paths else "?id"
        known = " ?known" if key.paths else ""
        return (
            f"SELECT {selected}{known} WHERE {{ {' '.join(parts)} }} "
            f"ORDER BY {' '.join(order)} LIMIT {self.limit + 1}"
        )

    def total(self) -> str:
        """Write the query for how many items there are on all pages: ``?total``."""
        parts = " ".join((_items_of(self.collection), *self.conditions))
        return f"SELECT (COUNT(?id) AS ?total) WHERE {{ {parts} }}"


def _items_of(collection: Collection) -> str:
    return f"?id {TYPE} {collection.cls} ."


def _key_pattern(key: SortKey) -> str:
    """Bind ``?key`` to what an item is sorted by, and ``?known`` to whether it has that."""
    way = alternatives(key.paths)
    if key.order is Order.LABEL:
        pattern = (
            f'OPTIONAL {{ ?id {way} ?found FILTER(LANG(?found) = "vi") }} BIND({_folded("?found")} AS ?key)'
        )
    elif not key.single:
        value = "?found" if key.order is Order.NUMBER else "STR(?found)"
        pattern = (
            f"OPTIONAL {{ SELECT ?id (MIN({value}) AS ?key) WHERE {{ ?id {way} ?found }} GROUP BY ?id }}"
        )
    elif key.order is Order.NUMBER:
        pattern = f"OPTIONAL {{ ?id {way} ?key }}"
    else:
        pattern = f"OPTIONAL {{ ?id {way} ?found }} BIND(STR(?found) AS ?key)"
    return f"{pattern} BIND(BOUND(?key) AS ?known)"


def _folded(variable: str) -> str:
    """Write what `graph.model.text.fold` does to a label, in SPARQL."""
    written = f"LCASE(STR({variable}))"
    for letter, spellings in SPELLINGS.items():
        written = f'REPLACE({written}, "[{spellings}]", "{letter}")'
    return written


def _beyond(cursor: Cursor, key: SortKey, *, last_first: bool) -> str:
    """Write what is true of the items behind the one of a cursor, or before it if it looks backwards."""
    iri = Literal(cursor.iri)
    backwards = cursor.backwards
    if not key.paths:
        return f"STR(?id) {'<' if last_first != backwards else '>'} {iri}"
    next_iri = f"STR(?id) {'<' if backwards else '>'} {iri}"
    if cursor.key is None:
        return f"?known || {next_iri}" if backwards else f"!?known && {next_iri}"
    value = Literal(cursor.key, datatype=XSD["decimal"] if key.order is Order.NUMBER else XSD["string"])
    operator = "<" if last_first != backwards else ">"
    further = f"(?known && (?key {operator} {value} || (?key = {value} && {next_iri})))"
    return further if backwards else f"!?known || {further}"


def _direction(variable: str, *, descending: bool) -> str:
    return f"DESC({variable})" if descending else variable


def named_query(cls: NamedNode, condition: str) -> str:
    """Write the query for the things of a class for which a condition holds: ``?id``."""
    return f"SELECT ?id WHERE {{ ?id {TYPE} {cls} . {condition} }} ORDER BY ?id LIMIT 50"
