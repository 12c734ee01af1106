"""The index of one snapshot, open for searching by many threads at once."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Final

from graph.model.namespaces import VNDX
from graph.model.text import nfc
from graph.search.corrections import Corrections
from graph.search.coverage import Coverage
from graph.search.finding import SUGGESTING, Finder, Outcome, Ranked, less_likely
from graph.search.highlights import Span, highlights
from graph.search.layout import LAYOUT
from graph.search.ranking import MatchKind
from graph.search.reading import Query, read
from graph.search.statements import Filters, Shown, Statements

_PROVINCE: Final = VNDX["Province"].value
_MOST_NAMES: Final = 4
_MAPPED_BYTES: Final = 256 * 1024**2
_WHOLE: Final = frozenset({MatchKind.EXACT, MatchKind.FOLDED, MatchKind.CODE})


class UnknownTypeError(ValueError):
    """Nothing in the index is of such a class."""


class UnreadableIndexError(RuntimeError):
    """A snapshot has no index, or one that this version cannot read."""


@dataclass(frozen=True)
class SearchClass:
    """A class: IRI, labels, the IRIs of it and of the classes above it."""

    iri: str
    label_vi: str
    label_en: str
    line: tuple[str, ...]

    @property
    def name(self) -> str:
        """The local name, e.g. ``Province``."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True)
class Hit:
    """A thing that was found.

    Attributes:
        shown: what is shown of it.
        kind: how it matches.
        text: the name by which it was found.
        spans: where in that name what was asked stands.
        score: from 0 to 1; compare only scores of one query.

    """

    shown: Shown
    kind: MatchKind
    text: str
    spans: tuple[Span, ...]
    score: float


@dataclass(frozen=True)
class SearchResult:
    """A page of what was found.

    Attributes:
        hits: the page, the best first.
        total: how many things match the query and the filters.
        types: how many match the query and all other filters, by class, the most first.
        eras: the same by era; things without an era are not counted.
        correction: what may have been meant, if nothing has all words as they were typed.

    """

    hits: list[Hit]
    total: int
    types: list[tuple[SearchClass, int]]
    eras: list[tuple[str, int]]
    correction: str


class SearchIndex:
    """Searches the index file of a snapshot, which never changes.

    Args:
        path: the file.

    Raises:
        UnreadableIndexError: if it is not there, or laid out in another way.

    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._lock = threading.Lock()
        if not path.is_file():
            raise UnreadableIndexError("this snapshot has no index to search")
        with self._statements() as ask:
            if ask.layout() != LAYOUT:
                raise UnreadableIndexError(
                    "the index is of another version of vndx: build the snapshot again"
                )

    def search(self, text: str, filters: Filters, limit: int, offset: int = 0) -> SearchResult:
        """Find things by any of their names.

        Args:
            text: what was typed.
            filters: what may be found.
            limit: how many things to give.
            offset: how many to leave out before.

        """
        query = read(text)
        with self._statements() as ask:
            outcome = Finder(ask, self._corrections, self._coverage).find(query, filters)
            rows = ask.counts(outcome.found, filters.in_space_and_time)
            page = outcome.ranked[offset : offset + limit]
            missing = limit - len(page)
            if missing and outcome.matcher is not None and outcome.ranked:
                window = (max(0, offset - len(outcome.ranked)), missing)
                page += less_likely(ask, outcome, outcome.matcher, filters, window)
            hits = self._hits(ask, query, outcome, page)
        return SearchResult(
            hits,
            sum(count for cls, era, count in rows if filters.admits(cls, era)),
            self._types(rows, filters),
            _eras(rows, filters),
            _correction(hits) if not offset else "",
        )

    def suggest(self, text: str, filters: Filters, limit: int) -> list[Hit]:
        """Find things by what has been typed so far."""
        query = read(text, typing=True)
        with self._statements() as ask:
            finder = Finder(ask, self._corrections, self._coverage)
            outcome = finder.find(query, filters, SUGGESTING, typing=True)
            return self._hits(ask, query, outcome, outcome.ranked[:limit])

    def named(self, text: str, filters: Filters, limit: int, *, in_part: bool = True) -> list[Hit]:
        """Give the things that have just this name or document number.

        Args:
            text: the name.
            filters: what may be found.
            limit: how many things to give.
            in_part: whether to give the likeliest of what has its words, or nearly has it, if there is none.

        """
        query = read(text)
        with self._statements() as ask:
            finder = Finder(ask, self._corrections, self._coverage)
            outcome = finder.find_whole(query, filters)
            if not outcome.ranked and in_part:
                outcome = finder.find(query, filters, SUGGESTING)
            return self._hits(ask, query, outcome, outcome.ranked[:limit])

    @cached_property
    def classes(self) -> tuple[SearchClass, ...]:
        """The classes of what is in the index, and all above them."""
        with self._statements() as ask:
            return tuple(SearchClass(iri, vi, en, tuple(line)) for iri, vi, en, line in ask.classes())

    @cached_property
    def class_names(self) -> dict[str, str]:
        """The local names of classes by IRI."""
        return {found.iri: found.name for found in self.classes}

    def classes_under(self, names: Sequence[str]) -> frozenset[str]:
        """Give the IRIs of some classes and of all below them.

        Args:
            names: local names or IRIs.

        Raises:
            UnknownTypeError: if the index has no such class.

        """
        known = {name: found.iri for found in self.classes for name in (found.name, found.iri)}
        unknown = [name for name in names if name not in known]
        if unknown:
            all_names = ", ".join(sorted(found.name for found in self.classes))
            raise UnknownTypeError(f"there is no type {unknown[0]!r}; the types are {all_names}")
        wanted = {known[name] for name in names}
        return frozenset(found.iri for found in self.classes if wanted.intersection(found.line))

    def is_province(self, iri: str) -> bool:
        """Say whether there is a province with an IRI."""
        with self._statements() as ask:
            return ask.class_of(iri) == _PROVINCE

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    @cached_property
    def _loaded_corrections(self) -> Corrections:
        with self._statements() as ask:
            return Corrections(ask.vocabulary(), ask.compact_keys())

    @cached_property
    def _loaded_coverage(self) -> Coverage:
        with self._statements() as ask:
            return Coverage(ask.by_length(), self._matching)

    def _coverage(self) -> Coverage:
        with self._lock:
            return self._loaded_coverage

    def _matching(self, expression: str) -> list[int]:
        with self._statements() as ask:
            return ask.all_matching(expression)

    def _corrections(self) -> Corrections:
        with self._lock:
            return self._loaded_corrections

    def _types(self, rows: Sequence[tuple[str, str, int]], filters: Filters) -> list[tuple[SearchClass, int]]:
        """Count by class, whichever classes are filtered."""
        counts: Counter[str] = Counter()
        for cls, era, count in rows:
            counts[cls] += count if replace(filters, classes=frozenset()).admits(cls, era) else 0
        classes = {found.iri: found for found in self.classes}
        return [(classes[iri], count) for iri, count in sorted(counts.items(), key=_most_first) if count]

    def _hits(self, ask: Statements, query: Query, outcome: Outcome, page: Sequence[Ranked]) -> list[Hit]:
        shown = ask.shown([hit.id for hit in page])
        return [self._hit(query, outcome, hit, shown[hit.id]) for hit in page]

    def _hit(self, query: Query, outcome: Outcome, found: Ranked, shown: Shown) -> Hit:
        match = found.match
        text = match.names[0].text
        if len(match.names) > 1 and query.has_marks:
            text = max(match.names[:_MOST_NAMES], key=lambda name: query.shared_marks(name.text)).text
        slots = outcome.corrected if match.kind is MatchKind.FUZZY else query.slots
        spans = highlights(text, slots, whole=match.kind in _WHOLE, open_end=query.open_end)
        return Hit(shown, match.kind, nfc(text), spans, found.score)

    @contextmanager
    def _statements(self) -> Iterator[Statements]:
        """Lend a connection of its own to a thread."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            address = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False, cached_statements=64)
            connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        try:
            yield Statements(connection)
        finally:
            self._idle.put(connection)


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    name, count = item
    return -count, name


def _eras(rows: Sequence[tuple[str, str, int]], filters: Filters) -> list[tuple[str, int]]:
    """Count by era, whichever eras are filtered."""
    counts: Counter[str] = Counter()
    for cls, era, count in rows:
        counts[era] += count if era and replace(filters, eras=frozenset()).admits(cls, era) else 0
    return [(era, count) for era, count in sorted(counts.items(), key=_most_first) if count]


def _correction(hits: Sequence[Hit]) -> str:
    """Give what may have been meant, if the best hit is one with corrected words."""
    return hits[0].text if hits and hits[0].kind is MatchKind.FUZZY else ""
