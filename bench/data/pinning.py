"""A data home of the run's own, so that nothing published meanwhile changes what is measured."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from graph.snapshots.home import Snapshot, SnapshotHome


class NoSnapshotError(RuntimeError):
    """There is no published snapshot, and none could be built."""


def published(home: SnapshotHome) -> Snapshot:
    """Give the published snapshot of a data home, after building one if there is none.

    Raises:
        NoSnapshotError: if the build fails.

    """
    current = home.current()
    if current is not None:
        return current
    command = [sys.executable, "-m", "graph.cli", "build", "--publish", "--home", str(home.root)]
    if subprocess.run(command, check=False).returncode != 0:
        raise NoSnapshotError(f"nothing is published in {home.root}, and `vndx build` failed")
    current = home.current()
    if current is None:
        raise NoSnapshotError(f"`vndx build` published nothing in {home.root}")
    return current


def pin(snapshot: Snapshot, folder: Path) -> SnapshotHome:
    """Make a data home whose published snapshot is a copy of one, of hard links where that is possible."""
    home = SnapshotHome(folder)
    link_tree(snapshot.path, home.path_of(snapshot.id))
    publish(home, snapshot.id)
    return home


def publish(home: SnapshotHome, snapshot_id: str) -> None:
    """Point a fresh data home at its one snapshot."""
    home.current_link.symlink_to(home.path_of(snapshot_id).relative_to(home.root))


def link_tree(source: Path, target: Path) -> None:
    """Copy a folder whose files are never written again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)
