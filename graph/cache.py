"""A cache of build results under hashes of everything they depend on. It may be deleted at any time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph

CACHE_FORMAT = "2"
"""Raised when the meaning of entries changes; entries of other formats are never read, and age away."""

DEFAULT_LIMIT = 1 << 30
"""How many bytes the cache may hold after a build."""


def key_of(*parts: str) -> str:
    """Give the key of what depends on these parts, in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def code_digest(folders: Iterable[Path]) -> str:
    """Give a hash of the Python and SPARQL files below some folders, and of the library that parses RDF."""
    digest = hashlib.sha256(pyoxigraph.__version__.encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".rq"}:
                digest.update(f"\x1f{path.relative_to(folder.parent).as_posix()}\x1f".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


class ContentCache:
    """Files under keys. Entries appear whole or not at all; the least recently used ones go first.

    Args:
        folder: where the entries lie; None keeps nothing.

    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, kind: str, key: str) -> bytes | None:
        """Give an entry, None if it is not there; using it keeps it young."""
        if self._folder is None:
            return None
        path = self._path(self._folder, kind, key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        return content

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep an entry."""
        if self._folder is None:
            return
        path = self._path(self._folder, kind, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)

    def trim(self, limit: int = DEFAULT_LIMIT) -> int:
        """Remove the least recently used entries until the rest takes at most ``limit`` bytes.

        Returns:
            How many entries were removed.

        """
        if self._folder is None or not self._folder.is_dir():
            return 0
        entries = [(path.stat(), path) for path in self._folder.rglob("*") if path.is_file()]
        total = sum(status.st_size for status, _ in entries)
        removed = 0
        for status, path in sorted(entries, key=lambda entry: (entry[0].st_mtime, entry[1])):
            if total <= limit:
                break
            path.unlink(missing_ok=True)
            total -= status.st_size
            removed += 1
        return removed

    @staticmethod
    def _path(folder: Path, kind: str, key: str) -> Path:
        return folder / CACHE_FORMAT / kind / key[:2] / key
