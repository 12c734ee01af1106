"""Writing that survives a crash: what was renamed into place is on disk, whole."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until the content of a file or the entries of a folder are on disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(root: Path) -> None:
    """Wait until a folder and everything below it is on disk."""
    for folder, _, files in os.walk(root):
        for name in files:
            sync_file(Path(folder, name))
        sync_file(Path(folder))


def replace_link(link: Path, target: str) -> None:
    """Point a symbolic link to another target in one atomic step."""
    fresh = link.with_name(f".{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
    sync_file(link.parent)


def append_line(path: Path, line: str) -> None:
    """Append a line to a log; a last line that was cut off by a crash is left behind as a line of its own."""
    with path.open("ab+") as log:
        if log.tell():
            log.seek(-1, os.SEEK_END)
            if log.read(1) != b"\n":
                log.write(b"\n")
        log.write(line.encode() + b"\n")
        log.flush()
        os.fsync(log.fileno())


def size_of(root: Path) -> int:
    """Add up the sizes of all files below a folder, in bytes."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
