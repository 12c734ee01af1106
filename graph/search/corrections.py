"""What may have been meant where something was mistyped: words of names, and whole names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.search.reading import Slot

_MOST: Final = 12
_LONG_WORD: Final = 6
_LONG_NAME: Final = 8
_SHORTEST_NAME: Final = 4
_KEPT_WORDS: Final = 4096


class Corrections:
    """Corrects by the number of keys that were missed, doubled, swapped or wrong.

    Args:
        vocabulary: words, with how many things have them in their names.
        names: compact keys of names.

    """

    def __init__(self, vocabulary: Mapping[str, int], names: Iterable[str]) -> None:
        self._counts = vocabulary
        self._words = list(vocabulary)
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for name in names:
            by_length[len(name)].append(name)
        self._names: Mapping[int, list[str]] = by_length
        self._of = lru_cache(maxsize=_KEPT_WORDS)(self._look_up)

    def of(self, word: str) -> list[str]:
        """Give words at most one key from a word of two to five letters, two from a longer one.

        The nearest come first, then the most frequent. Numbers and single letters have no corrections.
        """
        return list(self._of(word))

    def _look_up(self, word: str) -> tuple[str, ...]:
        if len(word) < 2 or word.isdecimal():
            return ()
        furthest = 2 if len(word) >= _LONG_WORD else 1
        distances = [pair for pair in _near(word, self._words, furthest) if pair[1]]
        nearest = sorted(distances, key=lambda pair: (pair[1], -self._counts[pair[0]], pair[0]))
        return tuple(near for near, _ in nearest[:_MOST])

    def names_near(self, compact: str) -> list[str]:
        """Give the compact keys of names at most one key from a short one, two from a longer one."""
        length = len(compact)
        if length < _SHORTEST_NAME or compact.isdecimal():
            return []
        furthest = 2 if length >= _LONG_NAME else 1
        likely = (self._names.get(other, []) for other in range(length - furthest, length + furthest + 1))
        return [near for names in likely for near, _ in _near(compact, names, furthest)]

    def corrected(self, slot: Slot) -> Slot:
        """Give a slot with the corrections of what was typed in place of it, if there are any."""
        near = self._near_forms(slot)
        return Slot(near) if near else slot

    def widened(self, slot: Slot) -> Slot:
        """Give a slot with the corrections of what was typed as further forms."""
        return Slot((*slot.forms, *self._near_forms(slot)))

    def _near_forms(self, slot: Slot) -> tuple[tuple[str], ...]:
        typed = slot.forms[0]
        return tuple((near,) for near in self.of(typed[0])) if len(typed) == 1 else ()


def _near(text: str, choices: Sequence[str], furthest: int) -> list[tuple[str, int]]:
    found = process.extract(text, choices, scorer=OSA.distance, score_cutoff=furthest, limit=None)
    return [(near, distance) for near, distance, _ in found]
