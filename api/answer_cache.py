"""Whole answers kept as they were sent: a least-recently-used cache that is bounded by bytes.

This is the store alone; `api.shared_answers` decides what is kept and for which requests it is right.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

HeaderList: TypeAlias = list[tuple[bytes, bytes]]

# What a key, an entry and its headers need beside the bytes of the body, roughly.
_OVERHEAD_BYTES: Final = 4096
_SLICE_BYTES: Final = 64 * 1024
# Headers that tell of a body, which an answer 304 has not (RFC 9110, section 15.4.5).
_OF_THE_BODY: Final = frozenset({b"content-type", b"content-length", b"content-encoding"})
# Headers that only the one whose query was run is told: with them a query that runs can be cancelled.
_PERSONAL: Final = frozenset({b"query-id", b"query-token"})
# The Cache-Status header field (RFC 9211).
_HIT: Final = (b"cache-status", b"vndx; hit")


class AnswerKey(NamedTuple):
    """What decides the bytes of an answer.

    Attributes:
        snapshot: the id of the snapshot that it is made from.
        method: GET, POST or QUERY.
        address: scheme, server address, path and query string of the request.
        headers: the values of the request headers that representations vary by.
        compressed: whether the client reads gzip.
        body: of the request.

    """

    snapshot: str
    method: str
    address: tuple[object, ...]
    headers: tuple[bytes, ...]
    compressed: bool
    body: bytes = b""


@dataclass(frozen=True)
class KeptAnswer:
    """An answer 200, whole, in one content coding.

    Attributes:
        headers: as they were sent.
        body: as it was sent.
        tag: its entity tag, with quotation marks.

    """

    headers: HeaderList
    body: bytes
    tag: bytes
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
        return len(self.body) + _OVERHEAD_BYTES

    def slices(self) -> Iterator[tuple[bytes, bool]]:
        """Give the body in parts that are sent one at a time, each with whether more follow."""
        if len(self.body) <= _SLICE_BYTES:
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
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: AnswerKey, answer: KeptAnswer) -> None:
        """Keep an answer, unless it is too large."""
        if len(answer.body) > self.largest or _size(key, answer) > self.capacity:
            return
        replaced = self._answers.pop(key, None)
        if replaced is not None:
            self._bytes -= _size(key, replaced)
        self._answers[key] = answer
        self._bytes += _size(key, answer)
        while self._bytes > self.capacity:
            oldest, dropped = self._answers.popitem(last=False)
            self._bytes -= _size(oldest, dropped)


def _size(key: AnswerKey, answer: KeptAnswer) -> int:
    address = sum(len(part) for part in key.address if isinstance(part, bytes | str))
    return answer.size + len(key.body) + address + sum(map(len, key.headers))
