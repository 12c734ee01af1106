"""Pages of a sorted list, by the key of their first entry, so that they hold when the list changes."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from api.evidence.queries import Found


class WrongCursorError(ValueError):
    """The text is no cursor of ours."""


@dataclass(frozen=True)
class Page:
    """A page: its entries, and the cursors of the pages after and before it, None where there is none.

    The cursor of the first page is empty.
    """

    entries: Sequence[Found]
    next: str | None
    previous: str | None


def page_of(entries: Sequence[Found], limit: int, cursor: str | None) -> Page:
    """Give a page of entries that are sorted by their key.

    Raises:
        WrongCursorError: if the cursor is none of ours.

    """
    first = (0, "") if not cursor else read_cursor(cursor)
    start = next((number for number, entry in enumerate(entries) if entry.key >= first), len(entries))
    end = start + limit
    before = max(0, start - limit)
    following = write_cursor(entries[end].key) if end < len(entries) else None
    previous = None
    if start > 0:
        previous = write_cursor(entries[before].key) if before else ""
    return Page(entries[start:end], following, previous)


def write_cursor(key: tuple[int, str]) -> str:
    """Give the cursor of the page that begins with a key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[int, str]:
    """Read what `write_cursor` gave.

    Raises:
        WrongCursorError: if it is something else.

    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeError, ValueError):
        raise WrongCursorError(cursor) from None
    match key:
        case [int(rank), str(iri)]:
            return rank, iri
        case _:
            raise WrongCursorError(cursor)
