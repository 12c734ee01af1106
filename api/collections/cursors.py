"""Cursors: where a page begins or ends, as a text that clients send back as it is."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

LONGEST: Final = 2_000
"""How many characters a cursor may have."""

_NO_CURSOR: Final = "this is no cursor of ours: take the addresses that a page gives as next and previous"


@dataclass(frozen=True)
class Cursor:
    """The place next to one item in one order; it holds in any snapshot and with any filters.

    Attributes:
        sort: the name of the order.
        key: by what the item is sorted, None if it has no such value.
        iri: the item.
        backwards: whether the page before the item is meant, not the one after it.

    """

    sort: str
    key: str | None
    iri: str
    backwards: bool = False

    def encode(self) -> str:
        """Give the cursor as base64url without padding (RFC 4648, section 5)."""
        fields = [self.sort, self.key, self.iri, int(self.backwards)]
        data = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Read what `encode` gave.

        Raises:
            ValueError: if it is something else.

        """
        try:
            data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            sort, key, iri, backwards = json.loads(data)
            NamedNode(iri)
        except (binascii.Error, ValueError, TypeError, RecursionError):
            raise ValueError(_NO_CURSOR) from None
        if not isinstance(sort, str) or not isinstance(key, str | None) or backwards not in (0, 1):
            raise ValueError(_NO_CURSOR)
        return cls(sort, key, iri, bool(backwards))
