"""Where in a name what was asked for stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.model.text import nfc
from graph.search.abbreviations import Phrase
from graph.search.reading import Slot
from graph.search.words import Word, words

_BETWEEN: Final = re.compile(r"[\s\-–./&]{0,3}")


@dataclass(frozen=True)
class Span:
    """A part of a text in NFC, in characters: from `start` up to, without, `end`."""

    start: int
    end: int


def highlights(text: str, slots: Iterable[Slot], *, whole: bool, open_end: bool) -> tuple[Span, ...]:
    """Give the parts of a name that answer a query, in their order, those that touch as one.

    Args:
        text: the name.
        slots: what was asked, the last one last.
        whole: whether the name matches as a whole, in whichever of its spellings.
        open_end: whether the last word of the query may be the beginning of a longer one.

    """
    text = nfc(text)
    found = words(text)
    if not found:
        return ()
    if whole:
        return (Span(found[0].start, found[-1].end),)
    slots = list(slots)
    present = frozenset(word.folded for word in found)
    spans: set[Span] = set()
    for at, slot in enumerate(slots):
        is_open = open_end and at == len(slots) - 1
        forms = (form for form in slot.forms if is_open or form[0] in present)
        spans |= next((here for form in forms if (here := _runs(found, form, is_open))), set())
    return _merged(sorted(spans, key=lambda span: span.start), text)


def _runs(found: Sequence[Word], form: Phrase, is_open: bool) -> set[Span]:
    """Give where the words of a phrase stand one after the other."""
    length = len(form)
    spans: set[Span] = set()
    for at in range(len(found) - length + 1):
        run = found[at : at + length]
        folded = tuple(word.folded for word in run)
        if folded == form:
            spans.add(Span(run[0].start, run[-1].end))
        elif is_open and folded[:-1] == form[:-1] and folded[-1].startswith(form[-1]):
            spans.add(Span(run[0].start, min(run[-1].end, run[-1].start + len(form[-1]))))
    return spans


def _merged(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in spans:
        if merged and _BETWEEN.fullmatch(text, merged[-1].end, max(span.start, merged[-1].end)):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
