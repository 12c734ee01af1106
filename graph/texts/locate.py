"""Where a fragment stands in a source text: for curators who write evidences, and for messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model.text import fold
from graph.texts.text_files import TextFile

_CONTEXT = 40


@dataclass(frozen=True)
class Occurrence:
    """One place of a fragment in a text.

    Attributes:
        start: 0-based offset of its first code point.
        end: offset behind its last code point.
        line: 1-based line of the text file.
        exact: the words as they stand in the text.
        before: some words in front of them, on the same line.
        after: some words behind them, on the same line.

    """

    start: int
    end: int
    line: int
    exact: str
    before: str
    after: str


def occurrences(text: TextFile, fragment: str) -> list[Occurrence]:
    """Give every place at which a fragment stands letter by letter, overlapping ones included."""
    return [_occurrence(text, start, start + len(fragment)) for start in _starts(text.text, fragment)]


def similar_occurrences(text: TextFile, fragment: str) -> list[Occurrence]:
    """Give the places at which a fragment stands but for letter case, marks and kind of space.

    This finds words that were typed with a plain space where the text has a no-break space, with the
    other tone placement, or without marks. `Occurrence.exact` has the words as the text has them.
    """
    folded, origin = _folded_with_origins(text.text)
    wanted = fold(fragment)
    return [
        _occurrence(text, origin[start], origin[start + len(wanted) - 1] + 1)
        for start in _starts(folded, wanted)
    ]


def _starts(text: str, fragment: str) -> Iterator[int]:
    """Go through the offsets at which a fragment starts; an empty one starts nowhere."""
    start = text.find(fragment) if fragment else -1
    while start >= 0:
        yield start
        start = text.find(fragment, start + 1)


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    """Fold a text, and give for each letter of the result the offset of the letter that it came from."""
    letters: list[str] = []
    origins: list[int] = []
    for offset, letter in enumerate(text):
        space = "" if letters and letters[-1] == " " else " "
        folded = space if letter.isspace() else fold(letter)
        letters.extend(folded)
        origins.extend([offset] * len(folded))
    return "".join(letters), origins


def _occurrence(text: TextFile, start: int, end: int) -> Occurrence:
    """Make the occurrence of a span, with some words of its line around it."""
    line_start = text.text.rfind("\n", 0, start) + 1
    line_end = text.text.find("\n", end)
    line_end = len(text.text) if line_end < 0 else line_end
    return Occurrence(
        start=start,
        end=end,
        line=text.line_at(start),
        exact=text.text[start:end],
        before=text.text[max(line_start, start - _CONTEXT) : start],
        after=text.text[end : min(line_end, end + _CONTEXT)],
    )
