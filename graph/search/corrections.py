"""Words that may have been meant where a word was mistyped, from the words that names have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.search.reading import Slot

_MOST: Final = 12
_LONG: Final = 6


class Corrections:
    """Corrects words by the number of keys that were missed, doubled, swapped or wrong.

    Args:
        vocabulary: words, with how many things have them in their names.

    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._counts = vocabulary
        self._words = list(vocabulary)

    def of(self, word: str) -> list[str]:
        """Give words at most one key from a word of two to five letters, two from a longer one.

        The nearest come first, then the most frequent. Numbers and single letters have no corrections.
        """
        if len(word) < 2 or word.isdecimal():
            return []
        furthest = 2 if len(word) >= _LONG else 1
        found = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=furthest, limit=None)
        distances = [(near, distance) for near, distance, _ in found if distance]
        nearest = sorted(distances, key=lambda pair: (pair[1], -self._counts[pair[0]], pair[0]))
        return [near for near, _ in nearest[:_MOST]]

    def widened(self, slot: Slot) -> Slot:
        """Give a slot with the corrections of what was typed as further forms."""
        (typed, *others) = slot.forms
        if len(typed) > 1:
            return slot
        return Slot((typed, *others, *((near,) for near in self.of(typed[0]))))
