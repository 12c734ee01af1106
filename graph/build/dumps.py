"""The dumps: all named graphs as N-Quads and as TriG, gzip-compressed, and their check sums.

A dump is one gzip member (RFC 1952) without time and name, made of deflate segments of some hundred
subjects, each closed by a full flush. So a segment depends on its own triples alone and can be kept
from one build to the next, while every reader sees an ordinary gzip file. What is compressed is the
same on any machine; the compressed bytes are the same wherever zlib is the same.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from graph.cache import ContentCache, key_of
from graph.model import ntriples
from graph.model.namespaces import PREFIXES
from graph.snapshots.manifest import DumpEntry

_LEVEL = 6
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"
_SUMS = "SHA256SUMS"
_LEAST_LINES = 2_000
_MOST_LINES = 20_000
_MEAN_SUBJECTS = 128


@dataclass(frozen=True)
class DumpForm:
    """A form of dump.

    Attributes:
        file: the name of the compressed file.
        head: what stands before the graphs.
        write: gives the text of some triples of a graph, from their sorted N-Triples and its IRI.

    """

    file: str
    head: bytes
    write: Callable[[bytes, str], bytes]


def trig_block(text: bytes, graph: str) -> bytes:
    """Give triples of one graph as a TriG block, the prefixes left to the head of the file."""
    quads = parse(ntriples.as_nquads(text, graph), RdfFormat.N_QUADS, rename_blank_nodes=False)
    block = serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES) or b""
    declarations = len(PREFIXES)
    return block.split(b"\n", declarations)[declarations]


def _prefixes() -> bytes:
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items())).encode()


NQUADS = DumpForm("vndx.nq.gz", b"", ntriples.as_nquads)
TRIG = DumpForm("vndx.trig.gz", _prefixes(), trig_block)


class DumpWriter:
    """Writes the dumps of one dataset.

    Args:
        graphs: the sorted N-Triples of each named graph, by its IRI.
        cache: keeps the compressed segments.

    """

    def __init__(self, graphs: Mapping[str, bytes], cache: ContentCache) -> None:
        self._graphs = graphs
        self._cache = cache

    def write(self, folder: Path, forms: tuple[DumpForm, ...] = (NQUADS, TRIG)) -> tuple[DumpEntry, ...]:
        """Write one file for each form, and ``SHA256SUMS``, into a folder that is there.

        Raises:
            OSError: if they cannot be written.

        """
        entries = tuple(self._write(folder / form.file, form) for form in forms)
        sums = "".join(f"{entry.sha256}  {entry.file}\n" for entry in entries)
        (folder / _SUMS).write_text(sums, "utf-8")
        return entries

    def _write(self, path: Path, form: DumpForm) -> DumpEntry:
        content = hashlib.sha256()
        whole = hashlib.sha256()
        checksum = size = written = 0
        with path.open("wb") as file:

            def emit(data: bytes) -> None:
                nonlocal written
                file.write(data)
                whole.update(data)
                written += len(data)

            emit(_HEADER)
            for text, segment in self._segments(form):
                emit(segment)
                content.update(text)
                checksum = zlib.crc32(text, checksum)
                size += len(text)
            emit(_LAST_BLOCK)
            emit(struct.pack("<II", checksum, size & 0xFFFFFFFF))
        return DumpEntry(
            file=path.name,
            bytes=written,
            sha256=whole.hexdigest(),
            content_bytes=size,
            content_sha256=content.hexdigest(),
        )

    def _segments(self, form: DumpForm) -> Iterator[tuple[bytes, bytes]]:
        """Go through the parts of a dump: the plain text and its compressed segment."""
        if form.head:
            yield form.head, _compressed(form.head)
        form_key = key_of(form.file, zlib.ZLIB_RUNTIME_VERSION, str(_LEVEL), form.head.decode())
        for graph in sorted(self._graphs):
            for block in blocks(self._graphs[graph]):
                key = key_of(form_key, graph, hashlib.sha256(block).hexdigest())
                segment = self._cache.get("dumps", key)
                if segment is None:
                    text = form.write(block, graph)
                    segment = _compressed(text)
                    self._cache.put("dumps", key, segment)
                else:
                    text = zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(segment)
                yield text, segment


def blocks(text: bytes) -> Iterator[bytes]:
    """Divide a sorted text between subjects, at places that the text around them decides.

    A block of a text that changed elsewhere stays as it is.
    """
    pending: list[bytes] = []
    for line in ntriples.lines_of(text):
        if len(pending) >= _LEAST_LINES:
            subject = line[: line.index(b" ") + 1]
            new = not pending[-1].startswith(subject)
            if new and (zlib.crc32(subject) % _MEAN_SUBJECTS == 0 or len(pending) >= _MOST_LINES):
                yield b"".join(pending)
                pending = []
        pending.append(line)
    if pending:
        yield b"".join(pending)


def _compressed(text: bytes) -> bytes:
    """Give raw deflate blocks that end at a byte and refer to nothing before them."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(text) + compressor.flush(zlib.Z_FULL_FLUSH)
