"""Abbreviations of the sources and of official usage, from one table beside this module.

Some have several meanings (TT: thị trấn, thông tư); whoever reads a query tries them all. The table
gives the short form as words: ``TT TT`` stands for TT&TT, ``BR VT`` for BR-VT.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from graph.search.words import key

Phrase = tuple[str, ...]
"""Folded words that stand together."""

DOCUMENT: Final = "document"
"""The kind of abbreviations that stand for types of documents, as in document numbers."""
UNIT_TYPE: Final = "unit type"
"""The kind of abbreviations that stand for types of administrative units."""


@dataclass(frozen=True)
class Abbreviation:
    """A row of the table, its forms folded."""

    short: Phrase
    long: Phrase
    kind: str


class Abbreviations:
    """What short forms stand for, and how long forms are shortened.

    Args:
        rows: the table.

    """

    def __init__(self, rows: Sequence[Abbreviation]) -> None:
        synonyms: defaultdict[Phrase, dict[Phrase, None]] = defaultdict(dict)
        for row in rows:
            synonyms[row.short][row.long] = None
            synonyms[row.long][row.short] = None
        self._synonyms: Mapping[Phrase, tuple[Phrase, ...]] = {
            phrase: tuple(others) for phrase, others in synonyms.items()
        }
        self.longest = max((len(phrase) for phrase in synonyms), default=0)
        self.rows = tuple(rows)

    @classmethod
    @cache
    def load(cls) -> Abbreviations:
        """Give those of the table."""
        with files("graph.search").joinpath("abbreviations.csv").open(encoding="utf-8") as table:
            return cls([_row(line) for line in csv.DictReader(table)])

    def synonyms(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Give the other forms of a phrase, none if it is not in the table."""
        return self._synonyms.get(phrase, ())

    def of_kind(self, kind: str) -> Iterable[Abbreviation]:
        """Give the rows of a kind."""
        return (row for row in self.rows if row.kind == kind)


def _row(line: Mapping[str, str]) -> Abbreviation:
    return Abbreviation(_phrase(line["short"]), _phrase(line["long"]), line["kind"])


def _phrase(text: str) -> Phrase:
    return tuple(key(text).split())
