"""Reading a query: its words, other forms of what is abbreviated, and a document number if it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from graph.model.text import squeeze
from graph.search.abbreviations import Abbreviations, Phrase
from graph.search.document_numbers import NumberInText, find_number
from graph.search.words import Word, key, spelling, words

_CONNECTIVES: Final = frozenset({"cua", "ve", "va", "tai", "o", "cho", "the", "of", "in", "and", "for", "on"})
_MOST_READINGS: Final = 12
_MOST_SLOTS: Final = 16


@dataclass(frozen=True)
class Slot:
    """One thing that the query names, in each of its forms.

    Attributes:
        forms: phrases of folded words, the one that was typed first.

    """

    forms: tuple[Phrase, ...]

    @property
    def is_connective(self) -> bool:
        """Say whether it is a word that names nothing."""
        return len(self.forms) == 1 and self.forms[0][0] in _CONNECTIVES


@dataclass(frozen=True)
class Query:
    """A query as it was understood.

    Attributes:
        text: as typed, in NFC, with single spaces.
        key: its folded words.
        spelling: its words with their marks.
        slots: what must be found, in the order typed; connectives are left out if there is anything else.
        readings: keys of the whole query with other forms of what is abbreviated, its own key first.
        number: the document number in it, and the words beside that.
        rest: the slots of the words beside the number.
        open_end: whether the last word may be the beginning of a longer one.

    """

    text: str
    key: str
    spelling: str
    slots: tuple[Slot, ...]
    readings: tuple[str, ...]
    number: NumberInText | None
    rest: tuple[Slot, ...]
    open_end: bool

    @property
    def is_empty(self) -> bool:
        """Say whether there is no letter and no digit in it."""
        return not self.key

    @property
    def has_marks(self) -> bool:
        """Say whether any mark was typed."""
        return self.spelling != self.key

    def shared_marks(self, text: str) -> int:
        """Give how many words of the query, with their marks, a name has."""
        return len(set(self.spelling.split()).intersection(spelling(text).split()))


def read(text: str, *, typing: bool = False) -> Query:
    """Read what was typed into a search field.

    Args:
        text: as typed.
        typing: whether it is still being typed, so that even a number may go on.

    """
    shown = squeeze(text)
    found = words(shown)
    slots = _slots(found, shown)
    number = find_number([word.folded for word in found])
    rest = () if number is None else _required(_slots_of(number.rest))
    choices = (slot.forms for slot in slots[:_MOST_SLOTS])
    readings = (" ".join(word for phrase in reading for word in phrase) for reading in product(*choices))
    whole = key(shown)
    return Query(
        text=shown,
        key=whole,
        spelling=spelling(shown),
        slots=_required(slots[:_MOST_SLOTS]),
        readings=tuple(dict.fromkeys([whole, *islice(readings, _MOST_READINGS)])) if whole else (),
        number=number,
        rest=rest,
        open_end=_may_go_on(found, text, typing=typing),
    )


def _may_go_on(found: Sequence[Word], text: str, *, typing: bool) -> bool:
    return bool(found) and not text[-1:].isspace() and (typing or not found[-1].folded.isdecimal())


def _slots(found: Sequence[Word], text: str) -> tuple[Slot, ...]:
    """Join words to phrases that are, or have, abbreviations."""
    table = Abbreviations.load()
    slots: list[Slot] = []
    at = 0
    while at < len(found):
        for length in range(min(table.longest, len(found) - at), 0, -1):
            phrase = tuple(word.folded for word in found[at : at + length])
            others = table.synonyms(phrase)
            if len(phrase) == 1 and len(phrase[0]) == 1 and not _marked_as_short(found, at, text):
                others = ()
            others = tuple(other for other in others if len("".join(other)) > 1)
            if others or length == 1:
                slots.append(Slot((phrase, *others)))
                at += length
                break
    return tuple(slots)


def _slots_of(folded: Sequence[str]) -> tuple[Slot, ...]:
    return _slots(words(" ".join(folded)), " ".join(folded))


def _marked_as_short(found: Sequence[Word], at: int, text: str) -> bool:
    """Say whether a single letter stands for a word: Q.1, Q1, P. Bến Nghé, H Võ Nhai."""
    end = found[at].end
    return at == 0 or text[end : end + 1] == "." or (at + 1 < len(found) and found[at + 1].folded.isdecimal())


def _required(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    naming = tuple(slot for slot in slots if not slot.is_connective)
    return naming or tuple(slots)
