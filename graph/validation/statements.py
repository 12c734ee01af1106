"""The statements that are validated: sorted N-Triples, read by subject, or by predicate and object.

The text may be a file mapped into memory, so that several processes share it.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping

from graph.model import ntriples

Text = bytes | mmap.mmap


class Statements:
    """A graph as sorted N-Triples, with the place of each subject's block in it.

    Args:
        text: the lines.
        places: for each subject, as N-Triples term, where its block starts and ends.

    """

    def __init__(self, text: Text, places: Mapping[str, tuple[int, int]]) -> None:
        self.text = text
        self.places = places
        self._inverse: dict[str, dict[str, list[str]]] = {}

    @classmethod
    def of(cls, text: bytes) -> Statements:
        """Find the blocks of a sorted text; lines of one subject stand together in it."""
        places: dict[str, tuple[int, int]] = {}
        subject, start, position = b"", 0, 0
        for line in ntriples.lines_of(text):
            if not line.startswith(subject + b" ") or not subject:
                if subject:
                    places[subject.decode()] = (start, position)
                subject, start = line[: line.index(b" ")], position
            position += len(line)
        if subject:
            places[subject.decode()] = (start, position)
        return cls(text, places)

    def block(self, subject: str) -> bytes:
        """Give the lines of a subject; empty for a term that is no subject."""
        place = self.places.get(subject)
        return self.text[place[0] : place[1]] if place else b""

    def everything(self) -> bytes:
        """Give all lines."""
        return self.text[:]

    def lines(self, subject: str, predicate: str) -> bytes:
        """Give the lines of a subject with one predicate."""
        start = f"{subject} {predicate} ".encode()
        return b"".join(line for line in ntriples.lines_of(self.block(subject)) if line.startswith(start))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Give the subjects of triples with a predicate and an object, in the order of the text."""
        return self._by_value(predicate).get(value, [])

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Go through (subject, object) of the triples with a predicate, in the order of the text."""
        marker = f" {predicate} ".encode()
        text, position = self.text, 0
        while (position := text.find(marker, position)) >= 0:
            start = text.rfind(b"\n", 0, position) + 1
            end = text.find(b"\n", position)
            # The same characters within a literal are no predicate: the first space must be here.
            if text.find(b" ", start, end) == position:
                yield text[start:position].decode(), text[position + len(marker) : end - 2].decode()
            position = end
        return

    def _by_value(self, predicate: str) -> dict[str, list[str]]:
        if predicate not in self._inverse:
            found: dict[str, list[str]] = {}
            for subject, value in self.pairs(predicate):
                found.setdefault(value, []).append(subject)
            self._inverse[predicate] = found
        return self._inverse[predicate]
