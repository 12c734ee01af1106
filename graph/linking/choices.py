"""What a person has chosen for rows of a table; it stays with a row that moves, and never goes to another."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

KEY: Final = re.compile("[0-9a-f]{12}-[1-9][0-9]{0,6}")
"""What the key of a row looks like: made of its cells, and which of the rows with just these cells it is."""


class RowChoices:
    """The choices for the rows of a table, while it is read once, in order.

    Args:
        chosen: the IRI of the unit that was chosen for a row, by the key of the row.

    """

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self._chosen = chosen
        self._seen: Counter[str] = Counter()

    def key(self, cells: Sequence[str]) -> str:
        """Give the key of the next row."""
        digest = hashlib.blake2s("\x1f".join(cells).encode("utf-8", "replace"), digest_size=6).hexdigest()
        self._seen[digest] += 1
        return f"{digest}-{self._seen[digest]}"

    def of(self, key: str) -> str:
        """Give the IRI that was chosen for a row; empty if none was."""
        return self._chosen.get(key, "")
