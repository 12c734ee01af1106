"""Content codings (RFC 9110, section 8.4.1): which one a client wants, its coder, and its entity tags.

Everything here is computed from values; `api.compression` applies it to answers.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

import brotli  # type: ignore[import-untyped]
import zstandard
from werkzeug.http import parse_accept_header

BLOCK_BYTES: Final = 64 * 1024
"""Content is coded in blocks of so many bytes, each of which can be read when it has come."""

# Our favourites first: of what a client likes equally, zstd is quickest, and br smaller than gzip.
_CODINGS: Final = ("zstd", "br", "gzip")
_IDENTITY: Final = "identity"
# A wildcard names no coding, and gzip is the one that nobody lacks.
_ANY: Final = "gzip"
# An older name that means the same (RFC 9110, section 8.4.1.3).
_ALIASES: Final = MappingProxyType({"x-gzip": "gzip"})

_LONGEST_HEADER: Final = 1024
_REMEMBERED_HEADER: Final = 128

_GZIP_LEVEL: Final = 4
_GZIP_WINDOW_BITS: Final = 15 + 16  # the largest window, and the gzip format instead of zlib's
_BROTLI_QUALITY: Final = 4
_BROTLI_WINDOW_BITS: Final = 20
_ZSTD_LEVEL: Final = 3

_CODED_TAG: Final = re.compile(rb';(?:%s)"' % b"|".join(name.encode() for name in _CODINGS))


class CodingChoice(NamedTuple):
    """How a client wants content.

    Attributes:
        name: the content coding, empty for none.
        identity: whether content that is not coded will do too.

    """

    name: str
    identity: bool


NOT_CODED: Final = CodingChoice("", identity=True)


class Coder(Protocol):
    """Codes one content. The same blocks give the same bytes, so that they can have a strong entity tag."""

    def block(self, content: bytes) -> bytes:
        """Code a block so that all of it can be decoded at once."""

    def last(self, content: bytes) -> bytes:
        """Code the last block, which may be empty, and the end."""


def choose_coding(header: str | None) -> CodingChoice:
    """Read an Accept-Encoding header (RFC 9110, section 12.5.3).

    The coding with the highest quality is chosen, then the one that comes first here; one that is named
    as often as not (``gzip, gzip;q=0``) is not. Who sends no header gets content as it is, and so does who
    accepts nothing at all. Only the first 1024 characters count.
    """
    if not header:
        return NOT_CODED
    return _remember_choice(header) if len(header) <= _REMEMBERED_HEADER else _choose(header)


def make_coder(name: str) -> Coder:
    """Give a new coder.

    Args:
        name: as in `CodingChoice`, not empty.

    Raises:
        KeyError: if there is no such coding.

    """
    return _CODERS[name]()


def coded_tag(tag: str, coding: str) -> str:
    """Give the entity tag of the coded form of what has a tag; a weak one is that of every form.

    A strong tag names one sequence of bytes (RFC 9110, section 8.8.1), so each form has a tag of its own.
    """
    strong = tag.startswith('"') and tag.endswith('"')
    return f'{tag[:-1]};{coding}"' if strong and coding else tag


def coded_tags(tag: str) -> list[str]:
    """Give the entity tags of all forms of what has a tag, that of the plain form last."""
    return [*(coded_tag(tag, name) for name in _CODINGS), tag]


def plain_tags(field: bytes) -> bytes:
    """Replace the entity tags of coded forms in a header field by those of the plain forms."""
    return _CODED_TAG.sub(b'"', field)


def _choose(header: str) -> CodingChoice:
    qualities = _read(header)
    any_quality = qualities.get("*")
    found = {name: qualities.get(name, 0.0) for name in _CODINGS}
    if any_quality is not None:
        found[_ANY] = qualities.get(_ANY, any_quality)
    as_it_is = qualities.get(_IDENTITY, any_quality)
    best = max(_CODINGS, key=lambda name: found[name])  # the first of those that are equal
    name = best if found[best] > 0 and found[best] >= (as_it_is or 0) else ""
    return CodingChoice(name, identity=not name or as_it_is is None or as_it_is > 0)


@lru_cache(maxsize=256)
def _remember_choice(header: str) -> CodingChoice:
    return _choose(header)


def _read(header: str) -> Mapping[str, float]:
    """Give the quality of each coding that a header names, the lowest if it names one several times."""
    if len(header) > _LONGEST_HEADER:
        header = header[:_LONGEST_HEADER].rpartition(",")[0]
    qualities: dict[str, float] = {}
    for named, quality in parse_accept_header(header):
        name = _ALIASES.get(named.lower(), named.lower())
        qualities[name] = min(quality, qualities.get(name, 1))
    return qualities


class _Gzip:
    def __init__(self) -> None:
        self._zlib = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW_BITS)

    def block(self, content: bytes) -> bytes:
        return self._zlib.compress(content) + self._zlib.flush(zlib.Z_SYNC_FLUSH)

    def last(self, content: bytes) -> bytes:
        return self._zlib.compress(content) + self._zlib.flush()


class _Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Compressor(
            mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY, lgwin=_BROTLI_WINDOW_BITS
        )

    def block(self, content: bytes) -> bytes:
        return bytes(self._brotli.process(content) + self._brotli.flush())

    def last(self, content: bytes) -> bytes:
        return bytes(self._brotli.process(content) + self._brotli.finish())


class _Zstd:
    def __init__(self) -> None:
        self._zstd = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()

    def block(self, content: bytes) -> bytes:
        return self._zstd.compress(content) + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def last(self, content: bytes) -> bytes:
        return self._zstd.compress(content) + self._zstd.flush()


_CODERS: Final[Mapping[str, type[Coder]]] = MappingProxyType({"zstd": _Zstd, "br": _Brotli, "gzip": _Gzip})
