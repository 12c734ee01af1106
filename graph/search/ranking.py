"""Which of two things is the better answer: how its names match first, how likely it is asked for second.

Exact matches stand above those without marks, these above codes and numbers, these above everything in
part. Within a kind, how much of the name the query covers counts, and the prior. The weaker kinds overlap:
the beginning of a long sentence may stand below all words of a short name, and words scattered over a
sentence below a name that differs from the query in a letter. There is no rule for any single query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from graph.search.priors import LARGEST
from graph.search.reading import Query, Slot
from graph.search.statements import Name
from graph.search.words import compact, spelling


class MatchKind(StrEnum):
    """How a name matches a query, from the best to the weakest."""

    EXACT = "exact"
    FOLDED = "folded"
    CODE = "code"
    NUMBER = "number"
    PREFIX = "prefix"
    WORDS = "words"
    FUZZY = "fuzzy"


@dataclass(frozen=True)
class _Tier:
    """The least score of a kind, and what quality and prior may add to it."""

    base: float
    quality: float
    prior: float


_TIERS: Final = {
    MatchKind.EXACT: _Tier(0.9, 0.02, 0.08),
    MatchKind.FOLDED: _Tier(0.8, 0.03, 0.06),
    MatchKind.CODE: _Tier(0.7, 0.02, 0.07),
    MatchKind.NUMBER: _Tier(0.7, 0.05, 0.04),
    MatchKind.PREFIX: _Tier(0.45, 0.15, 0.09),
    MatchKind.WORDS: _Tier(0.35, 0.15, 0.08),
    MatchKind.FUZZY: _Tier(0.2, 0.32, 0.03),
}
_OUTSIDE: Final = 0.7
_WEIGHTS: Final = {"label": 1.0, "alias": 0.9, "title": 0.8}
_OTHER: Final = 0.9
_ABOUT_AS_WELL: Final = 0.75


class Match(NamedTuple):
    """The name by which a thing was found.

    Attributes:
        kind: how it matches.
        names: the name, and others that match about as well; the best first.
        quality: how well they match among their kind, from 0 to 1.

    """

    kind: MatchKind
    names: tuple[Name, ...]
    quality: float

    @property
    def rank(self) -> tuple[float, float]:
        """Give what decides between two matches of one thing."""
        return _TIERS[self.kind].base, self.quality

    def score(self, prior: int) -> float:
        """Give a score from 0 to 1, in which kinds come before quality and prior."""
        tier = _TIERS[self.kind]
        return round(tier.base + tier.quality * self.quality + tier.prior * prior / LARGEST, 4)


class Matcher:
    """Matches names with a query.

    Args:
        query: what was asked.
        slots: what must be found, corrected words included.
        fuzzy: whether slots were corrected, or not all of them need be found.

    """

    def __init__(self, query: Query, slots: Sequence[Slot], *, fuzzy: bool = False) -> None:
        self._query = query
        self._forms = [[(f" {' '.join(form)} ", len(form)) for form in slot.forms] for slot in slots]
        self._single_words = [_single_words(slot) for slot in slots]
        self._readings = frozenset(query.readings)
        self._compacts = frozenset(map(compact, query.readings))
        self._compact = compact(query.key)
        self._initials = frozenset(reading[:1] for reading in query.readings)
        self._fuzzy = fuzzy

    def best(self, names: Iterable[Name], context: str) -> Match:
        """Give the best match of a thing: by one of its names, the words of its context helping."""
        names = list(names)
        matches = [whole for name in names if (whole := self._whole(name)) is not None]
        if matches:
            return _best(matches)
        inside = [self._lengths_in(f" {name.key} ") for name in names]
        around = [True] * len(self._forms)
        if not any(map(all, inside)):
            around = [length > 0 for length in self._lengths_in(_everything(names, context))]
        return _best([self._in_part(*pair, around) for pair in zip(names, inside, strict=True)])

    def numbered(self, names: Sequence[Name], number_names: Sequence[Name], share: float) -> Match:
        """Give the match of a document whose number is the one in the query.

        Args:
            names: all its names.
            number_names: those that are numbers.
            share: how much of what else is asked it has, from 0 to 1.

        """
        whole = [match for name in number_names if (match := self._whole(name)) is not None]
        if whole:
            return Match(MatchKind.NUMBER, whole[0].names, 1)
        return Match(MatchKind.NUMBER, tuple(number_names or names)[:1], share)

    def begins(self, names: Iterable[Name], *, whole_words: bool) -> bool:
        """Say whether a name begins with the words of the query, the last of which may have to be whole."""
        end = " " if whole_words else ""
        return any(f"{name.key} ".startswith(f"{self._query.key}{end}") for name in names)

    def share(self, names: Iterable[Name], context: str) -> float:
        """Give how many of the slots are found in all the words of a thing, from 0 to 1."""
        if not self._forms:
            return 1
        lengths = self._lengths_in(_everything(names, context))
        return sum(length > 0 for length in lengths) / len(lengths)

    def _whole(self, name: Name) -> Match | None:
        """Match the name as a whole, or its beginning with the query as a whole."""
        folded = name.key
        if folded in self._readings:
            return self._equal(name)
        if folded[:1] not in self._initials:
            return None
        if compact(folded) in self._compacts:
            return self._equal(name)
        share = self._share_at_start(folded)
        if share and not self._fuzzy:
            return Match(MatchKind.PREFIX, (name,), share * _weight(name))
        return None

    def _share_at_start(self, folded: str) -> float:
        """Give how much of a name the query covers if the name starts so; whole words count more."""
        asked = self._query.key
        covered = len(asked) / len(folded) if folded else 1
        if folded.startswith(f"{asked} "):
            return 0.7 * covered + 0.3
        if self._query.open_end and compact(folded).startswith(self._compact):
            return 0.7 * covered
        return 0

    def _equal(self, name: Name) -> Match:
        if name.kind == "code":
            return Match(MatchKind.CODE, (name,), 1)
        if name.kind == "number":
            return Match(MatchKind.NUMBER, (name,), 1)
        own = _weight(name)
        if name.key == self._query.key:
            marks = self._share_of_marks(name.text)
            if marks == 1:
                return Match(MatchKind.EXACT, (name,), own)
            return Match(MatchKind.FOLDED, (name,), 0.5 * own + 0.5 * marks)
        return Match(MatchKind.FOLDED, (name,), 0.4 * own)

    def _share_of_marks(self, text: str) -> float:
        """Give how many words of a name with the same key are spelled as in the query."""
        if not self._query.has_marks and spelling(text) != self._query.spelling:
            return 0.5  # typed without any marks: it says nothing of them
        asked, has = self._query.spelling.split(), spelling(text).split()
        return sum(one == other for one, other in zip(asked, has, strict=False)) / max(len(has), 1)

    def _in_part(self, name: Name, lengths: Sequence[int], around: Sequence[bool]) -> Match:
        """Match words of the name; slots that are found around it count less than those in it.

        Args:
            name: the name.
            lengths: for each slot, how many words of the name it covers.
            around: for each slot, whether it is found in any name of the thing or in its context.

        """
        inside = sum(length > 0 for length in lengths)
        outside = sum(other and not length for length, other in zip(lengths, around, strict=True))
        total = max(len(self._forms), 1)
        coverage = min(1.0, sum(lengths) / (name.key.count(" ") + 1))
        quality = 0.5 * (inside + _OUTSIDE * outside) / total + 0.5 * coverage * (inside > 0)
        if not self._fuzzy:
            return Match(MatchKind.WORDS, (name,), quality * _weight(name))
        likeness = max(OSA.normalized_similarity(reading, name.key) for reading in self._likely_readings)
        return Match(MatchKind.FUZZY, (name,), 0.5 * quality + 0.5 * likeness)

    @cached_property
    def _likely_readings(self) -> tuple[str, ...]:
        return self._query.readings[:3]

    def _lengths_in(self, padded: str) -> list[int]:
        """Give how many words of a text, with spaces around it, each slot covers; the last may go on."""
        found = frozenset(padded.split())
        lengths = [
            int(not found.isdisjoint(single))
            if single
            else next((length for form, length in forms if form in padded), 0)
            for single, forms in zip(self._single_words, self._forms, strict=True)
        ]
        if lengths and not lengths[-1] and self._query.open_end:
            lengths[-1] = next((length for form, length in self._forms[-1] if form[:-1] in padded), 0)
        return lengths


def _single_words(slot: Slot) -> frozenset[str]:
    """Give the forms of a slot if each is one word, which are sought all at once; else none."""
    if any(len(form) > 1 for form in slot.forms):
        return frozenset()
    return frozenset(form[0] for form in slot.forms)


def _everything(names: Iterable[Name], context: str) -> str:
    return " ".join(("", *(name.key for name in names), context, ""))


def _weight(name: Name) -> float:
    """Give how much a name counts: what a thing is called above what a document is entitled."""
    return _WEIGHTS.get(name.kind, _OTHER)


def _best(matches: Sequence[Match]) -> Match:
    """Give the best of the matches of one thing, with all names that match about as well."""
    best = max(matches, key=lambda match: match.rank)
    least = _ABOUT_AS_WELL * best.quality
    close = [match for match in matches if match.kind is best.kind and match.quality >= least]
    close.sort(key=lambda match: -match.quality)
    return Match(best.kind, tuple(match.names[0] for match in close), best.quality)
