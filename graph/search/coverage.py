"""Which things have most of what a query names, counted for all things at once.

The things that have a phrase are the bits of one integer, kept for phrases that are asked for again. To
count the phrases of each thing, such integers are added as planes of binary digits. That takes
microseconds, where ranking everything that has any of a hundred corrected words takes a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import chain, islice
from operator import or_
from typing import Final

from graph.search.abbreviations import Phrase
from graph.search.match_expressions import all_of
from graph.search.reading import Slot

_KEPT: Final = 2048


class Coverage:
    """Counts how many slots of a query each thing has.

    Args:
        ids: of all things, the likeliest first.
        matching: gives the ids of the things that match an expression of FTS5.

    """

    def __init__(self, ids: Sequence[int], matching: Callable[[str], Sequence[int]]) -> None:
        self._ids = ids
        self._places = {number: place for place, number in enumerate(ids)}
        self._matching = matching
        self._having = lru_cache(maxsize=_KEPT)(self._look_up)

    def most(self, slots: Sequence[Slot], least: int, limit: int, *, open_end: bool) -> list[int]:
        """Give the ids of the things that have most of the slots, the likeliest first of those with as many.

        Args:
            slots: what is asked for.
            least: how many of them a thing must have, one at least.
            limit: how many things to give.
            open_end: whether the last word may be the beginning of a longer one.

        """
        slot_counts, weights = Counts(), Counts()
        for at, slot in enumerate(slots):
            is_open = open_end and at == len(slots) - 1
            anywhere = [self._having(form, is_open, names_only=False) for form in slot.forms]
            named = [self._having(form, is_open, names_only=True) for form in slot.forms]
            having = _union(anywhere)
            slot_counts.add(having)
            # What is found around a thing counts less than what is in its name, and a correction less.
            for weighed in (having, having, _union(named), named[0]):
                weights.add(weighed)
        enough = slot_counts.at_least(least)
        places = chain.from_iterable(_places_in(enough & level) for level in weights.levels())
        return [self._ids[place] for place in islice(places, limit)]

    def has_all(self, slots: Iterable[Slot]) -> bool:
        """Say whether anything has all of these slots."""
        having = -1
        for slot in slots:
            having &= _union(self._having(form, False, names_only=False) for form in slot.forms)
            if not having:
                return False
        return True

    def _look_up(self, form: Phrase, open_end: bool, names_only: bool) -> int:
        bits = bytearray(len(self._ids) // 8 + 1)
        for number in self._matching(all_of([Slot((form,))], open_end=open_end, names_only=names_only)):
            place = self._places[number]
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")


class Counts:
    """A number for each thing, as binary digits: plane n has the digit of 2**n of all numbers."""

    def __init__(self) -> None:
        self._planes: list[int] = []

    def add(self, having: int) -> None:
        """Add one for the things whose bits are set."""
        for digit, plane in enumerate(self._planes):
            self._planes[digit], having = plane ^ having, plane & having
        if having:
            self._planes.append(having)

    def levels(self) -> Iterator[int]:
        """Give the things of each number, the highest first, those with none left out."""
        for count in range((1 << len(self._planes)) - 1, 0, -1):
            yield self.of(count)

    def of(self, count: int) -> int:
        """Give the things whose number this is, which is not zero."""
        having = -1
        for digit, plane in enumerate(self._planes):
            having &= plane if count >> digit & 1 else ~plane
        return having if self._planes else 0

    def at_least(self, count: int) -> int:
        """Give the things whose number is at least this, which is not zero."""
        return _union(self.of(number) for number in range(count, 1 << len(self._planes)))


def _union(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def _places_in(bits: int) -> Iterator[int]:
    """Give where the bits are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
