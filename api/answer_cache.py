"""Whole answers kept as they were sent: a least-recently-used cache that is bounded by bytes.

This is the store alone; `api.shared_answers` decides what is kept and for which requests it is right.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeAlias

HeaderList: TypeAlias = list[tuple[bytes, bytes]]
AnswerKey: TypeAlias = bytes
"""A hash of all that decides the bytes of an answer: of one length, however long the request is."""

# What an entry needs beside the bytes of headers and body, roughly: its key, its lists, its objects.
_OVERHEAD_BYTES: Final = 2048
# What a header needs beside its bytes: a tuple and two objects.
_HEADER_BYTES: Final = 136
_SLICE_BYTES: Final = 64 * 1024
# Headers that tell of a body, which an answer 304 has not (RFC 9110, section 15.4.5).
_OF_THE_BODY: Final = frozenset({b"content-type", b"content-length", b"content-encoding"})
# Headers that only the one whose query was run is told: with them a query that runs can be cancelled.
_PERSONAL: Final = frozenset({b"query-id", b"query-token"})
# The Cache-Status header field (RFC 9211).
_HIT: Final = (b"cache-status", b"vndx; hit")


@dataclass(frozen=True, eq=False)
class KeptAnswer:
    """A whole answer in one content coding.

    Attributes:
        headers: as they were sent.
        body: as it was sent.
        tag: its entity tag, with quotation marks; empty if it has none.
        status: as it was sent.

    """

    headers: HeaderList
    body: bytes
    tag: bytes
    status: int = HTTPStatus.OK
    shared: HeaderList = field(init=False)
    """The headers to send it with to others who asked the same."""
    hit: HeaderList = field(init=False)
    """The headers to send it with again, which say that it was kept."""
    not_modified: HeaderList = field(init=False)
    """The headers of an answer 304 for who has this one already."""

    def __post_init__(self) -> None:
        """Work out once what every hit needs."""
        shared = [header for header in self.headers if header[0].lower() not in _PERSONAL]
        object.__setattr__(self, "shared", shared)
        hit = [*shared, _HIT]
        object.__setattr__(self, "hit", hit)
        not_modified = [header for header in hit if header[0].lower() not in _OF_THE_BODY]
        object.__setattr__(self, "not_modified", not_modified)

    @property
    def size(self) -> int:
        """The bytes that it needs in memory, roughly."""
        headers = sum(len(name) + len(value) + _HEADER_BYTES for name, value in self.headers)
        return len(self.body) + headers + _OVERHEAD_BYTES

    @property
    def is_sent_at_once(self) -> bool:
        """Whether it is so small that it is handed over whole, however slow its reader is."""
        return len(self.body) <= _SLICE_BYTES

    def slices(self) -> Iterator[tuple[bytes, bool]]:
        """Give the body in parts that are sent one at a time, each with whether more follow."""
        if self.is_sent_at_once:
            yield self.body, False
            return
        for start in range(0, len(self.body), _SLICE_BYTES):
            end = start + _SLICE_BYTES
            yield self.body[start:end], end < len(self.body)


class AnswerCache:
    """Keeps answers until their bytes exceed a bound; then those go that were not asked for longest.

    Args:
        capacity: bytes in all; 0 keeps nothing.
        largest: bytes of the largest body that is kept.

    """

    def __init__(self, capacity: int, largest: int) -> None:
        self.largest: Final = min(largest, capacity)
        self.capacity: Final = capacity
        self._answers: OrderedDict[AnswerKey, KeptAnswer] = OrderedDict()
        self._bytes = 0
        self.hits = 0
        self.misses = 0

    @property
    def size(self) -> int:
        """The bytes of all that is kept, keys included, roughly."""
        return self._bytes

    def __len__(self) -> int:
        """Give how many answers are kept."""
        return len(self._answers)

    def get(self, key: AnswerKey) -> KeptAnswer | None:
        """Give the answer to a request, None if it is not kept."""
        found = self._answers.get(key)
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
            self._answers.move_to_end(key)
        return found

    def put(self, key: AnswerKey, answer: KeptAnswer) -> None:
        """Keep an answer, unless it is too large."""
        if len(answer.body) > self.largest or answer.size > self.capacity:
            return
        replaced = self._answers.pop(key, None)
        if replaced is not None:
            self._bytes -= replaced.size
        self._answers[key] = answer
        self._bytes += answer.size
        while self._bytes > self.capacity:
            _, dropped = self._answers.popitem(last=False)
            self._bytes -= dropped.size
