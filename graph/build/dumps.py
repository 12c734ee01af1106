"""The dumps: all named graphs as N-Quads and as TriG, each graph as N-Triples, and their check sums.

The whole dumps are there compressed by gzip and by Zstandard (RFC 8878), the graphs by gzip. The file of
a graph that is as it was in an earlier snapshot is a link to the one there, so that writing them costs
what has changed.

A gzip dump is one gzip member (RFC 1952) without time and name, made of deflate segments of some hundred
subjects, each closed by a full flush. So a segment depends on its own triples alone and can be kept
from one build to the next, while every reader sees an ordinary gzip file. What is compressed is the
same on any machine; the compressed bytes are the same wherever zlib is the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import zstandard
from pyoxigraph import RdfFormat, parse, serialize

from graph.cache import ContentCache, key_of
from graph.model import ntriples
from graph.model.namespaces import PREFIXES
from graph.snapshots.dump_names import SUMS, graph_file
from graph.snapshots.manifest import DumpEntry

_LEVEL = 6
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"
# The fastest to write of those that are smaller than gzip's; reading is equally fast with all of them.
_ZSTD_LEVEL = 3

_LEAST_LINES = 2_000
_MOST_LINES = 20_000
_MEAN_SUBJECTS = 128


@dataclass(frozen=True)
class DumpForm:
    """A form of dump of the whole dataset.

    Attributes:
        file: the name of the file, to which compression adds its suffix.
        head: what stands before the graphs.
        write: gives the text of some triples of a graph, from their sorted N-Triples and its IRI.

    """

    file: str
    head: bytes
    write: Callable[[bytes, str], bytes]


@dataclass(frozen=True)
class DumpBase:
    """The dumps of an earlier snapshot.

    Attributes:
        folder: where they lie.
        entries: those of single graphs that are the same in the dataset to be dumped, by the graph.

    """

    folder: Path
    entries: Mapping[str, DumpEntry]


def trig_block(text: bytes, graph: str) -> bytes:
    """Give triples of one graph as a TriG block, the prefixes left to the head of the file."""
    quads = parse(ntriples.as_nquads(text, graph), RdfFormat.N_QUADS, rename_blank_nodes=False)
    block = serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES) or b""
    declarations = len(PREFIXES)
    return block.split(b"\n", declarations)[declarations]


def _prefixes() -> bytes:
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items())).encode()


NQUADS = DumpForm("vndx.nq", b"", ntriples.as_nquads)
TRIG = DumpForm("vndx.trig", _prefixes(), trig_block)


class DumpWriter:
    """Writes the dumps of one dataset.

    Args:
        graphs: the sorted N-Triples of each named graph, by its IRI.
        cache: keeps the compressed segments.
        base: the dumps of an earlier snapshot, if there are any.

    """

    def __init__(
        self, graphs: Mapping[str, bytes], cache: ContentCache, base: DumpBase | None = None
    ) -> None:
        self._graphs = graphs
        self._cache = cache
        self._base = base

    def write(self, folder: Path, forms: tuple[DumpForm, ...] = (NQUADS, TRIG)) -> tuple[DumpEntry, ...]:
        """Write the files of each form and of each graph, and ``SHA256SUMS``, into a folder that is there.

        Raises:
            OSError: if they cannot be written.

        """
        entries = [entry for form in forms for entry in self._whole(folder, form)]
        entries += [self._graph(folder, graph) for graph in sorted(self._graphs)]
        sums = "".join(f"{entry.sha256}  {entry.file}\n" for entry in entries)
        (folder / SUMS).write_text(sums, "utf-8")
        return tuple(entries)

    def _whole(self, folder: Path, form: DumpForm) -> tuple[DumpEntry, DumpEntry]:
        """Write one form in both compressions, going through the text once."""
        compressor = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True).compressobj()
        with _GzipFile(folder, f"{form.file}.gz") as gzip, _File(folder, f"{form.file}.zst") as zstd:
            for text, segment in self._segments(form):
                gzip.add(text, segment)
                zstd.emit(compressor.compress(text))
            zstd.emit(compressor.flush())
        entry = gzip.entry()
        other = {"file": zstd.name, "bytes": zstd.written, "sha256": zstd.digest.hexdigest()}
        return entry, entry.model_copy(update=other)

    def _graph(self, folder: Path, graph: str) -> DumpEntry:
        name = graph_file(graph)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        known = self._base.entries.get(graph) if self._base else None
        if self._base and known:
            _link(self._base.folder / name, folder / name)
            return known
        with _GzipFile(folder, name) as file:
            for block in blocks(self._graphs[graph]):
                file.add(block, _compressed(block))
        return file.entry()

    def _segments(self, form: DumpForm) -> Iterator[tuple[bytes, bytes]]:
        """Go through the parts of a dump: the plain text and its compressed segment."""
        if form.head:
            yield form.head, _compressed(form.head)
        form_key = key_of(f"{form.file}.gz", zlib.ZLIB_RUNTIME_VERSION, str(_LEVEL), form.head.decode())
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


class _File:
    """A file that is hashed while it is written."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.written = 0
        self.digest = hashlib.sha256()
        self._file = (folder / name).open("wb")

    def emit(self, data: bytes) -> None:
        self._file.write(data)
        self.digest.update(data)
        self.written += len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class _GzipFile(_File):
    """A gzip file of segments, whole when its context is left."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self._content = hashlib.sha256()
        self._checksum = self._size = 0
        self.emit(_HEADER)

    def add(self, text: bytes, segment: bytes) -> None:
        self.emit(segment)
        self._content.update(text)
        self._checksum = zlib.crc32(text, self._checksum)
        self._size += len(text)

    def __exit__(self, *reason: object) -> None:
        self.emit(_LAST_BLOCK)
        self.emit(struct.pack("<II", self._checksum, self._size & 0xFFFFFFFF))
        super().__exit__(*reason)

    def entry(self) -> DumpEntry:
        return DumpEntry(
            file=self.name,
            bytes=self.written,
            sha256=self.digest.hexdigest(),
            content_bytes=self._size,
            content_sha256=self._content.hexdigest(),
        )


def _link(known: Path, path: Path) -> None:
    try:
        os.link(known, path)
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(known, path)


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
