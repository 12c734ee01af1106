"""Removing what is no longer needed: the remains of killed builds, and old snapshots."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

from graph.snapshots.home import Snapshot, SnapshotHome
from graph.snapshots.publishing import history


def remove_remains(home: SnapshotHome) -> int:
    """Remove what killed builds left behind, and give how many things that were.

    The caller holds the lock of the home, so that nobody is at work in ``tmp/`` or on the link.
    """
    remains = [*home.temporary.glob("*"), *home.root.glob(f".{home.current_link.name}.*")]
    for path in remains:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return len(remains)


def prune(home: SnapshotHome, keep: int) -> list[Snapshot]:
    """Remove old snapshots and give those removed.

    Kept are the current one and, besides it, the ``keep`` that were published or made last. The
    caller holds the lock of the home.

    Raises:
        ValueError: if ``keep`` is negative.

    """
    if keep < 0:
        raise ValueError("the number of snapshots to keep cannot be negative")
    current = home.current()
    if current is None:
        return []
    last_use = {snapshot.id: _created(snapshot) for snapshot in home}
    for publication in history(home):
        if publication.after in last_use:
            last_use[publication.after] = max(last_use[publication.after], publication.at)
    others = sorted(
        (snapshot for snapshot in home if snapshot.id != current.id),
        key=lambda snapshot: (last_use[snapshot.id], snapshot.id),
        reverse=True,
    )
    removed = others[keep:]
    for snapshot in removed:
        doomed = home.temporary / snapshot.id
        home.temporary.mkdir(exist_ok=True)
        snapshot.path.replace(doomed)
        shutil.rmtree(doomed)
    return removed


def _created(snapshot: Snapshot) -> datetime:
    """Give the time at which a snapshot was made; one of another version of vndx counts as the oldest."""
    try:
        return snapshot.manifest().created
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
