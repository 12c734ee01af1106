"""Notes of the data as people read them: dates in words, addresses as links, a capital at the start."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from api.pages.formatting import date_text

_ADDRESS: Final = re.compile(r"https?://[^\s()<>\"“”]+[^\s()<>\"“”.,;:]")
_DAY: Final = re.compile(r"(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])")
_OTHER_SOURCE: Final = re.compile(r"other source: \S+ \((?P<address>\S+)\)", re.IGNORECASE)


@dataclass(frozen=True)
class NotePart:
    """A part of a note: what is read, and the address that it leads to, if any."""

    text: str
    address: str = ""


def note_parts(note: str, language: str) -> list[NotePart]:
    """Divide a note into text and addresses; an address is read as the name of its site.

    Args:
        note: as it is in the data.
        language: of the note: dates are written as in it.

    """
    parts, done = [], 0
    for found in _ADDRESS.finditer(note):
        parts.append(NotePart(with_dates(note[done : found.start()], language)))
        site = (urlsplit(found.group()).hostname or found.group()).removeprefix("www.")
        parts.append(NotePart(site, found.group()))
        done = found.end()
    parts.append(NotePart(with_dates(note[done:], language)))
    first = parts[0]
    if not first.address:
        parts[0] = NotePart(first.text[:1].upper() + first.text[1:])
    return [part for part in parts if part.text]


def with_dates(text: str, language: str) -> str:
    """Write the dates of a text (``2020-12-31``, ``2020-12``) as a reader of a language does."""
    return _DAY.sub(lambda found: date_text(found.group(), language), text)


def says_more_than(note: str, addresses: Collection[str]) -> bool:
    """Tell whether a note says more than which other source gives which value, where that source is shown."""
    found = _OTHER_SOURCE.fullmatch(note.strip())
    return not (found and found["address"] in addresses)
