"""Publishing a snapshot and going back: one switch of the link `current`, written to a history.

The entry goes into the history before the link is switched, so that a crash between the two can be
seen: an entry is void when the entry after it, or the link itself, says that it never took effect.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from graph.snapshots.durable import append_line, replace_link
from graph.snapshots.home import Snapshot, SnapshotHome, UnknownSnapshotError


class Action(StrEnum):
    """Why the current snapshot changed."""

    PUBLISH = "publish"
    ROLLBACK = "rollback"


@dataclass(frozen=True)
class Publication:
    """One switch of the link: from one snapshot (empty: from none) to another, at a time in UTC."""

    action: Action
    before: str
    after: str
    at: datetime


class NothingToRollBackError(LookupError):
    """No snapshot that was published earlier is still there."""


def publish(home: SnapshotHome, snapshot_id: str) -> Snapshot:
    """Make a snapshot the current one; publishing the current one again changes nothing.

    The caller holds the lock of the home.

    Raises:
        UnknownSnapshotError: if there is no such snapshot.
        OSError: if the home cannot be written.

    """
    snapshot = home.get(snapshot_id)
    _switch(home, snapshot, Action.PUBLISH)
    return snapshot


def rollback(home: SnapshotHome) -> Snapshot:
    """Make the snapshot current that was published before the current one; again: the one before that.

    The caller holds the lock of the home.

    Raises:
        NothingToRollBackError: if no earlier one is left.
        OSError: if the home cannot be written.

    """
    for snapshot_id in reversed(_published_before_current(home)):
        try:
            snapshot = home.get(snapshot_id)
        except UnknownSnapshotError:
            continue
        _switch(home, snapshot, Action.ROLLBACK)
        return snapshot
    raise NothingToRollBackError("no snapshot that was published earlier is still there")


def history(home: SnapshotHome) -> list[Publication]:
    """Give the switches that took effect, oldest first."""
    entries = _read(home)
    seen_next = [*(entry.before for entry in entries[1:]), _current_id(home)]
    return [entry for entry, found in zip(entries, seen_next, strict=False) if entry.after == found]


def _published_before_current(home: SnapshotHome) -> list[str]:
    """Give what rolling back passes through, the nearest one last: publishing pushes, rolling back pops."""
    stack: list[str] = []
    for entry in history(home):
        if entry.action is Action.ROLLBACK and entry.after in stack:
            while stack[-1] != entry.after:
                stack.pop()
        else:
            stack.append(entry.after)
    return [snapshot_id for snapshot_id in stack if snapshot_id != _current_id(home)]


def _switch(home: SnapshotHome, snapshot: Snapshot, action: Action) -> None:
    before = _current_id(home)
    if before == snapshot.id:
        return
    entry = {
        "action": action,
        "from": before,
        "to": snapshot.id,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    append_line(home.history_file, json.dumps(entry))
    replace_link(home.current_link, f"{home.snapshots.name}/{snapshot.id}")


def _current_id(home: SnapshotHome) -> str:
    """Give the id that the link names, whether that snapshot is there or not; empty without a link."""
    try:
        return home.current_link.readlink().name
    except FileNotFoundError:
        return ""


def _read(home: SnapshotHome) -> list[Publication]:
    """Read all entries; a line that a crash cut off is no entry."""
    try:
        lines = home.history_file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    entries: list[Publication] = []
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        entries.append(
            Publication(
                Action(entry["action"]), entry["from"], entry["to"], datetime.fromisoformat(entry["at"])
            )
        )
    return entries
