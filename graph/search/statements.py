"""What search asks of the index: one method for each SQL statement.

Values go to SQLite beside the statement, never in it; what is put into a statement are our own words.
"""

# ruff: noqa: S608

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.search.document_numbers import DocumentNumber

_AFTER_ALL = "\U0010ffff"
_THESE = "(SELECT value FROM json_each(?))"
_FOUND = f"SELECT rowid FROM entity_text WHERE entity_text MATCH ? UNION {_THESE[1:-1]}"


@dataclass(frozen=True)
class Filters:
    """What may be found; what is empty filters nothing.

    Attributes:
        classes: IRIs of the most specific classes.
        eras: of units.
        at: a day, on which units were valid; what has no known validity is not filtered.
        province: the IRI of a province that things belong to, or that theirs became.

    """

    classes: frozenset[str] = frozenset()
    eras: frozenset[str] = frozenset()
    at: str = ""
    province: str = ""

    @property
    def in_space_and_time(self) -> Filters:
        """Give the filters by province and day alone."""
        return Filters(at=self.at, province=self.province)

    def admits(self, cls: str, era: str) -> bool:
        """Say whether things of a class and an era may be found."""
        return (not self.classes or cls in self.classes) and (not self.eras or era in self.eras)

    def condition(self) -> tuple[str, list[str]]:
        """Give a condition on the table `entity` and its values."""
        parts, values = ["1"], []
        for column, wanted in (("class", self.classes), ("era", self.eras)):
            if wanted:
                parts.append(f"{column} IN {_THESE}")
                values.append(json.dumps(sorted(wanted)))
        if self.at:
            parts.append("(valid_from = '' OR valid_from <= ?) AND (valid_to = '' OR ? < valid_to)")
            values += [self.at, self.at]
        if self.province:
            parts.append("instr(provinces, ?)")
            values.append(f" {self.province} ")
        return " AND ".join(parts), values


class Name(NamedTuple):
    """A name of a thing: its kind (label, alias, title, code, number), the text, and its folded words."""

    kind: str
    text: str
    key: str


class Shown(NamedTuple):
    """What is shown of a thing: IRI, class, era, validity, labels and descriptions."""

    iri: str
    cls: str
    era: str
    valid_from: str
    valid_to: str
    label_vi: str
    label_en: str
    description_vi: str
    description_en: str


@dataclass(frozen=True)
class Found:
    """What matches a query: an expression of FTS5 (empty for none), and further row numbers."""

    expression: str = ""
    ids: frozenset[int] = field(default_factory=frozenset)


class Statements:
    """The index, over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._ask = connection.execute

    def with_key(self, compacts: Iterable[str]) -> list[int]:
        """Give the things that have one of these compact keys."""
        wanted = json.dumps(list(compacts))
        return _first(
            self._ask(
                "SELECT DISTINCT id FROM name_key WHERE compact IN (SELECT value FROM json_each(?))",
                (wanted,),
            )
        )

    def with_start(self, compact: str, limit: int) -> list[int]:
        """Give the likeliest things of which a compact key starts so."""
        return _first(
            self._ask(
                "SELECT DISTINCT id FROM name_key WHERE compact >= ? AND compact < ? ORDER BY id LIMIT ?",
                (compact, compact + _AFTER_ALL, limit),
            )
        )

    def with_serial(self, serial: int) -> list[tuple[int, DocumentNumber]]:
        """Give the documents with a serial, and their numbers."""
        rows = self._ask("SELECT id, symbols, year FROM document_number WHERE serial = ?", (serial,))
        return [
            (number, DocumentNumber(serial, frozenset(symbols.split()), year))
            for number, symbols, year in rows
        ]

    def matching(self, expression: str, filters: Filters, limit: int) -> list[int]:
        """Give the likeliest things that match an expression of FTS5."""
        condition, values = filters.condition()
        if not values:
            text = "SELECT rowid FROM entity_text WHERE entity_text MATCH ? ORDER BY rowid LIMIT ?"
            return _first(self._ask(text, (expression, limit)))
        return _first(
            self._ask(
                "SELECT entity_text.rowid FROM entity_text JOIN entity ON entity.id = entity_text.rowid"
                f" WHERE entity_text MATCH ? AND {condition} ORDER BY entity_text.rowid LIMIT ?",
                (expression, *values, limit),
            )
        )

    def by_length(self) -> list[int]:
        """Give all things, those with the shortest name first."""
        text = "SELECT id FROM entity JOIN name USING (id) GROUP BY id ORDER BY min(length(key)), id"
        return _first(self._ask(text))

    def all_matching(self, expression: str) -> list[int]:
        """Give all things that match an expression of FTS5."""
        return _first(self._ask("SELECT rowid FROM entity_text WHERE entity_text MATCH ?", (expression,)))

    def admitted(self, ids: Iterable[int], filters: Filters) -> set[int]:
        """Give those of some things that the filters let through."""
        condition, values = filters.condition()
        if not values:
            return set(ids)
        text = f"SELECT id FROM entity WHERE id IN {_THESE} AND {condition}"
        return set(_first(self._ask(text, (json.dumps(list(ids)), *values))))

    def counts(self, found: Found, filters: Filters) -> list[tuple[str, str, int]]:
        """Count what was found by class and era."""
        condition, values = filters.condition()
        text = (
            f"WITH found(id) AS ({_FOUND}) SELECT class, era, count(*) FROM found JOIN entity USING (id)"
            f" WHERE {condition} GROUP BY class, era"
        )
        return self._ask(text, (*_values(found), *values)).fetchall()

    def others(
        self, found: Found, seen: Iterable[int], filters: Filters, window: tuple[int, int]
    ) -> list[int]:
        """Give what was found besides what has been seen, the likeliest first.

        Args:
            found: what was found.
            seen: row numbers to leave out.
            filters: what may be found.
            window: how many to leave out before, and how many to give.

        """
        condition, values = filters.condition()
        text = (
            f"WITH found(id) AS ({_FOUND}) SELECT id FROM found JOIN entity USING (id)"
            f" WHERE {condition} AND id NOT IN {_THESE} ORDER BY id LIMIT ? OFFSET ?"
        )
        offset, limit = window
        return _first(self._ask(text, (*_values(found), *values, json.dumps(list(seen)), limit, offset)))

    def names(self, ids: Iterable[int]) -> dict[int, list[Name]]:
        """Give all names of some things."""
        found: defaultdict[int, list[Name]] = defaultdict(list)
        text = f"SELECT id, kind, text, key FROM name WHERE id IN {_THESE} ORDER BY id, position"
        for number, kind, name, folded in self._ask(text, (json.dumps(list(ids)),)):
            found[number].append(Name(kind, name, folded))
        return found

    def contexts(self, ids: Iterable[int]) -> dict[int, str]:
        """Give the folded words of what some things belong to."""
        text = f"SELECT rowid, context FROM entity_text WHERE rowid IN {_THESE}"
        return dict(self._ask(text, (json.dumps(list(ids)),)).fetchall())

    def shown(self, ids: Sequence[int]) -> dict[int, Shown]:
        """Give what is shown of some things."""
        rows = self._ask(
            "SELECT id, iri, class, era, valid_from, valid_to, label_vi, label_en,"
            f" description_vi, description_en FROM entity JOIN display USING (id) WHERE id IN {_THESE}",
            (json.dumps(ids),),
        )
        return {number: Shown(*columns) for number, *columns in rows}

    def class_of(self, iri: str) -> str:
        """Give the class of a thing, empty if it is not in the index."""
        row = self._ask("SELECT class FROM entity WHERE iri = ?", (iri,)).fetchone()
        return str(row[0]) if row else ""

    def layout(self) -> int:
        """Give what tells the layout of this index from others."""
        return int(self._ask("PRAGMA user_version").fetchone()[0])

    def vocabulary(self) -> dict[str, int]:
        """Give the words of names that are no numbers, with the number of things that have them."""
        rows = self._ask("SELECT term, doc FROM word WHERE col = 'name'")
        return {term: count for term, count in rows if not term.isdecimal()}

    def compact_keys(self) -> list[str]:
        """Give the compact keys of all names."""
        return [key for (key,) in self._ask("SELECT DISTINCT compact FROM name_key")]

    def classes(self) -> list[tuple[str, str, str, list[str]]]:
        """Give the classes: IRI, Vietnamese and English label, the IRIs of it and of the classes above."""
        rows = self._ask("SELECT iri, label_vi, label_en, line FROM class ORDER BY iri")
        return [(iri, label_vi, label_en, json.loads(line)) for iri, label_vi, label_en, line in rows]


_NOTHING = '""'


def _values(found: Found) -> tuple[str, str]:
    return found.expression or _NOTHING, json.dumps(sorted(found.ids))


def _first(cursor: sqlite3.Cursor) -> list[int]:
    return [number for (number,) in cursor]
