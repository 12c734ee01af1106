"""From a query to things in order: exact look-ups, then words, then corrections, each only if needed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from graph.search.corrections import Corrections
from graph.search.coverage import Coverage
from graph.search.match_expressions import all_of, either
from graph.search.rank_ids import prior_of
from graph.search.ranking import Match, Matcher, MatchKind
from graph.search.reading import Query, Slot
from graph.search.statements import Filters, Found, Statements
from graph.search.words import compact

_SHORTEST_START: Final = 3
_PAGEFUL: Final = 20
_ENOUGH: Final = 0.6
_RUN_TOGETHER: Final = 5


@dataclass(frozen=True)
class Breadth:
    """How many of the likeliest things each look-up may give to be put in order."""

    by_name: int = 60
    by_context: int = 30
    by_start: int = 40


SEARCHING: Final = Breadth()
SUGGESTING: Final = Breadth(50, 20, 30)


class Ranked(NamedTuple):
    """A thing that was found, the name by which it was, and its score."""

    id: int
    match: Match
    score: float


@dataclass(frozen=True)
class Outcome:
    """What a query finds.

    Attributes:
        found: everything that matches, as one look-up.
        corrected: what was looked for with corrected words included, empty if none were corrected.
        ranked: the likeliest of it, the best first.
        matcher: matches the names of what is not among the likeliest.

    """

    found: Found = field(default_factory=Found)
    corrected: tuple[Slot, ...] = ()
    ranked: list[Ranked] = field(default_factory=list)
    matcher: Matcher | None = None


class Finder:
    """Finds things in one index.

    Args:
        ask: the index.
        corrections: gives what corrects words; called only when something must be corrected.
        coverage: gives what counts words; called only when nothing has all words.

    """

    def __init__(
        self, ask: Statements, corrections: Callable[[], Corrections], coverage: Callable[[], Coverage]
    ) -> None:
        self._ask = ask
        self._corrections = corrections
        self._coverage = coverage

    def find(
        self, query: Query, filters: Filters, breadth: Breadth = SEARCHING, *, typing: bool = False
    ) -> Outcome:
        """Find what a query asks for.

        Args:
            query: as read.
            filters: what may be found.
            breadth: how much to put in order.
            typing: whether the query is still being typed, so that its last word counts as a beginning.

        """
        if query.is_empty:
            return Outcome()
        equal = frozenset(self._ask.with_key(compact(reading) for reading in query.readings))
        numbered = self._numbered(query)
        certain = equal | numbered
        starts = self._ask.with_start(compact(query.key), breadth.by_start) if self._may_start(query) else []
        strict = self._strict(query, filters, breadth, typing=typing)
        if _may_be_run_together(query, strict):
            certain = certain.union(starts)
        found = Found(strict.expression, certain)
        candidates = self._ask.admitted({*certain, *strict.candidates, *starts}, filters)
        unsure = frozenset(starts).difference(found.ids, strict.candidates)
        outcome = self._ordered(
            query, found, candidates, query.slots, numbered=numbered, unsure=(unsure, strict.is_closed)
        )
        if not outcome.ranked:
            return outcome if self._would_find(found) else self._corrected(query, filters, breadth)
        if outcome.ranked[0].match.kind is MatchKind.WORDS:
            return _joined(outcome, self._near(query, filters))
        return outcome

    def find_whole(self, query: Query, filters: Filters) -> Outcome:
        """Find what has just this name or document number; quick, as no words are looked up."""
        if query.is_empty:
            return Outcome()
        numbered = self._numbered(query)
        certain = numbered.union(self._ask.with_key(compact(reading) for reading in query.readings))
        candidates = self._ask.admitted(certain, filters)
        return self._ordered(query, Found(ids=certain), candidates, query.slots, numbered=numbered)

    def _would_find(self, found: Found) -> bool:
        """Say whether it is the filters that leave nothing."""
        return bool(found.ids or self._ask.matching(found.expression, Filters(), 1))

    def _may_start(self, query: Query) -> bool:
        return len(compact(query.key)) >= _SHORTEST_START

    def _numbered(self, query: Query) -> frozenset[int]:
        """Give the documents with the number in the query that have most of what else it says."""
        if query.number is None:
            return frozenset()
        wanted = query.number.number
        ids = [number for number, whole in self._ask.with_serial(wanted.serial) if wanted.may_be(whole)]
        if not ids or not query.rest:
            return frozenset(ids)
        names, contexts = self._ask.names(ids), self._ask.contexts(ids)
        matcher = Matcher(query, query.rest)
        shares = {number: matcher.share(names[number], contexts.get(number, "")) for number in ids}
        best = max(shares.values())
        return frozenset(number for number in ids if shares[number] == best and best >= _ENOUGH)

    def _strict(self, query: Query, filters: Filters, breadth: Breadth, *, typing: bool) -> _Strict:
        """Find what has all words, the last one as the beginning of a longer one if that is needed."""
        for open_end in (typing and query.open_end, True):
            names = all_of(query.slots, open_end=open_end, names_only=True)
            anywhere = all_of(query.slots, open_end=open_end)
            candidates = self._ask.matching(names, filters, breadth.by_name)
            candidates += self._ask.matching(anywhere, filters, breadth.by_context)
            if len(candidates) >= _PAGEFUL or open_end or not query.open_end:
                break
        return _Strict(anywhere, candidates, is_closed=bool(candidates) and not open_end)

    def _corrected(self, query: Query, filters: Filters, breadth: Breadth) -> Outcome:
        """Find what is one mistyped word away, or near as a whole name; else with all words corrected.

        If there is nothing of either, find what has most of the words.
        """
        corrections = self._corrections()
        slots = tuple(map(corrections.widened, query.slots))
        near = self._ids_near(query)
        whole = [corrections.corrected(slot) for slot in query.slots]
        one_wrong = [
            all_of([*query.slots[:at], slot, *query.slots[at + 1 :]])
            for at, slot in enumerate(whole)
            if slot is not query.slots[at]
        ]
        is_anywhere = self._coverage().has_all(slots)
        for expressions in (one_wrong, [all_of(slots)]):
            if not expressions:
                continue
            expression = either(expressions)
            names_only = either(expressions, names_only=True)
            candidates = self._ask.admitted(near, filters)
            if is_anywhere:
                candidates.update(self._ask.matching(names_only, filters, 2 * breadth.by_name))
                candidates.update(self._ask.matching(expression, filters, breadth.by_context))
            if candidates:
                return self._ordered(query, Found(expression, near), candidates, slots, fuzzy=True)
        if len(slots) == 1:
            return Outcome()
        least = math.ceil(_ENOUGH * len(slots))
        near_all = self._coverage().most(slots, least, breadth.by_name, open_end=query.open_end)
        close = self._ask.admitted(near_all, filters)
        partly = self._ordered(query, Found(), close, slots, fuzzy=True, least=_ENOUGH)
        return replace(partly, found=Found(ids=frozenset(hit.id for hit in partly.ranked)))

    def _near(self, query: Query, filters: Filters) -> Outcome:
        """Find what has a name near the whole query."""
        near = self._ids_near(query)
        if not near:
            return Outcome()
        slots = tuple(map(self._corrections().widened, query.slots))
        return self._ordered(query, Found(ids=near), self._ask.admitted(near, filters), slots, fuzzy=True)

    def _ids_near(self, query: Query) -> frozenset[int]:
        return frozenset(self._ask.with_key(self._corrections().names_near(compact(query.key))))

    def _ordered(
        self,
        query: Query,
        found: Found,
        candidates: Iterable[int],
        slots: tuple[Slot, ...],
        *,
        numbered: frozenset[int] = frozenset(),
        unsure: tuple[frozenset[int], bool] = (frozenset(), False),
        fuzzy: bool = False,
        least: float = 0,
    ) -> Outcome:
        """Put candidates in order.

        Args:
            query: what was asked.
            found: everything that matches.
            candidates: the likeliest of it.
            slots: what was looked for, corrected words included.
            numbered: those that have the document number in the query.
            unsure: those that match only if a name begins with the words of the query, and whether its
                last word must be whole.
            fuzzy: whether words were corrected, or not all were found.
            least: how many of the slots must be found, from 0 to 1.

        """
        ids = sorted(candidates)
        names, contexts = self._ask.names(ids), self._ask.contexts(ids)
        matcher = Matcher(query, slots, fuzzy=fuzzy)
        rest = Matcher(query, query.rest)
        ranked: list[Ranked] = []
        for number in ids:
            context = contexts.get(number, "")
            if number in unsure[0] and not matcher.begins(names[number], whole_words=unsure[1]):
                continue
            if least and matcher.share(names[number], context) < least:
                continue
            match = matcher.best(names[number], context)
            if number in numbered:
                numbers = [name for name in names[number] if name.kind == "number"]
                by_number = matcher.numbered(names[number], numbers, rest.share(names[number], context))
                match = max(match, by_number, key=lambda one: one.score(0))
            ranked.append(Ranked(number, match, match.score(prior_of(number))))
        ranked.sort(key=lambda hit: (-hit.score, hit.id))
        return Outcome(found, slots if fuzzy else (), ranked, matcher)


@dataclass(frozen=True)
class _Strict:
    """What has all words: the look-up, the likeliest, and whether all words had to be whole."""

    expression: str
    candidates: list[int]
    is_closed: bool


def _may_be_run_together(query: Query, strict: _Strict) -> bool:
    """Say whether beginnings of compact keys count, of which words of names know nothing: thainguy."""
    is_one_word = len(query.key) >= _RUN_TOGETHER and " " not in query.key
    return not strict.is_closed and (is_one_word or not strict.candidates)


def _joined(strict: Outcome, near: Outcome) -> Outcome:
    """Put what is near the whole query among what has its words somewhere."""
    if not near.ranked:
        return strict
    known = {hit.id for hit in strict.ranked}
    ranked = sorted(
        [*strict.ranked, *(hit for hit in near.ranked if hit.id not in known)],
        key=lambda hit: (-hit.score, hit.id),
    )
    found = Found(strict.found.expression, strict.found.ids | near.found.ids)
    return replace(strict, found=found, ranked=ranked, corrected=near.corrected)


def less_likely(
    ask: Statements, outcome: Outcome, matcher: Matcher, filters: Filters, window: tuple[int, int]
) -> list[Ranked]:
    """Give what was found but is not among the likeliest, in the order of priors.

    Args:
        ask: the index.
        outcome: what was found.
        matcher: that of the outcome.
        filters: what may be found.
        window: how many to leave out before, and how many to give.

    """
    ids = ask.others(outcome.found, (hit.id for hit in outcome.ranked), filters, window)
    names, contexts = ask.names(ids), ask.contexts(ids)
    least = outcome.ranked[-1].score
    matches = [(number, matcher.best(names[number], contexts.get(number, ""))) for number in ids]
    return [Ranked(number, match, min(least, match.score(prior_of(number)))) for number, match in matches]
