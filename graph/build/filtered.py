"""The lines of a graph that have certain predicates: several steps of a build need no others."""

from __future__ import annotations

from collections.abc import Iterable

from graph.cache import ContentCache, key_of
from graph.model import ntriples


class FilteredLines:
    """Picks lines by predicate, and keeps what it picked under the hash of the text.

    Args:
        predicates: as N-Triples terms.
        cache: keeps the lines.

    """

    def __init__(self, predicates: Iterable[str], cache: ContentCache) -> None:
        self._predicates = frozenset(predicate.encode() for predicate in predicates)
        self._cache = cache
        self._key = key_of("filtered", *sorted(predicates))

    def of(self, digest: str, text: bytes) -> bytes:
        """Give the lines of a text, in their order, that have one of the predicates.

        Args:
            digest: the SHA-256 of the text.
            text: sorted N-Triples.

        """
        key = key_of(self._key, digest)
        kept = self._cache.get("filtered", key)
        if kept is None:
            wanted = self._predicates
            lines = (line for line in ntriples.lines_of(text) if line.split(b" ", 2)[1] in wanted)
            kept = b"".join(lines)
            self._cache.put("filtered", key, kept)
        return kept
