"""Publishing, rolling back and cleaning up, on snapshots that are folders with a manifest."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from build_support import ROOT

from graph.snapshots.cleanup import prune, remove_remains
from graph.snapshots.home import SnapshotHome, UnknownSnapshotError
from graph.snapshots.lock import LockedError, exclusive
from graph.snapshots.manifest import MANIFEST_FORMAT, Manifest, ValidationEntry, manifest_bytes
from graph.snapshots.publishing import Action, NothingToRollBackError, history, publish, rollback

A, B, C = ("a" * 16, "b" * 16, "c" * 16)
START = datetime(2026, 1, 1, tzinfo=UTC)


def make(home: SnapshotHome, snapshot_id: str, created: datetime = START) -> None:
    manifest = Manifest(
        format=MANIFEST_FORMAT,
        id=snapshot_id,
        content_sha256="",
        index_sha256="",
        triples=0,
        distinct_triples=0,
        entities=0,
        graphs=(),
        classes={},
        inputs=(),
        dumps=(),
        created=created,
        stages=(),
        peak_memory_bytes=0,
        size_bytes=0,
        validation=ValidationEntry(conforms=True, focus_nodes=0, violations=0, warnings=0, infos=0),
        tools={},
    )
    folder = home.path_of(snapshot_id)
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest))


def current(home: SnapshotHome) -> str:
    snapshot = home.current()
    return snapshot.id if snapshot else ""


@pytest.fixture
def three(home: SnapshotHome) -> SnapshotHome:
    for number, snapshot_id in enumerate((A, B, C)):
        make(home, snapshot_id, START + timedelta(days=number))
    return home


def test_nothing_is_current_before_the_first_publication(home: SnapshotHome) -> None:
    assert home.current() is None
    assert list(home) == []
    assert history(home) == []


def test_publishing_switches_the_link(three: SnapshotHome) -> None:
    publish(three, A)
    publish(three, B)
    assert current(three) == B
    assert three.current_link.readlink() == Path("snapshots", B)
    assert [(entry.action, entry.before, entry.after) for entry in history(three)] == [
        (Action.PUBLISH, "", A),
        (Action.PUBLISH, A, B),
    ]


def test_publishing_the_current_one_again_changes_nothing(three: SnapshotHome) -> None:
    publish(three, A)
    publish(three, A)
    assert len(history(three)) == 1


@pytest.mark.parametrize("name", ["d" * 16, "../../etc", "", "A" * 16])
def test_an_unknown_snapshot_is_not_published(three: SnapshotHome, name: str) -> None:
    publish(three, A)
    with pytest.raises(UnknownSnapshotError, match="there is no snapshot"):
        publish(three, name)
    assert current(three) == A


def test_rolling_back_twice_goes_two_back(three: SnapshotHome) -> None:
    for snapshot_id in (A, B, C):
        publish(three, snapshot_id)
    assert rollback(three).id == B
    assert rollback(three).id == A
    with pytest.raises(NothingToRollBackError):
        rollback(three)
    assert current(three) == A


def test_after_rolling_back_and_publishing_anew_the_abandoned_one_is_not_gone_back_to(
    three: SnapshotHome,
) -> None:
    publish(three, A)
    publish(three, B)
    rollback(three)
    publish(three, C)
    assert rollback(three).id == A


def test_rolling_back_skips_what_was_removed(three: SnapshotHome) -> None:
    for snapshot_id in (A, B, C):
        publish(three, snapshot_id)
    shutil.rmtree(three.path_of(B))
    assert rollback(three).id == A


def test_an_entry_whose_switch_never_happened_does_not_count(three: SnapshotHome) -> None:
    publish(three, A)
    entry = {"action": "publish", "from": A, "to": B, "at": START.isoformat()}
    with three.history_file.open("a") as log:
        log.write(json.dumps(entry) + "\n")
    assert [publication.after for publication in history(three)] == [A]
    publish(three, C)
    assert [publication.after for publication in history(three)] == [A, C]
    assert rollback(three).id == A


def test_a_line_that_a_crash_cut_off_does_not_spoil_the_next(three: SnapshotHome) -> None:
    publish(three, A)
    with three.history_file.open("a") as log:
        log.write('{"action": "publish", "fr')
    publish(three, B)
    assert [publication.after for publication in history(three)] == [A, B]


def test_pruning_keeps_the_current_one_and_those_used_last(three: SnapshotHome) -> None:
    publish(three, C)
    publish(three, A)
    assert [snapshot.id for snapshot in prune(three, keep=1)] == [B]
    assert [snapshot.id for snapshot in prune(three, keep=0)] == [C]
    assert current(three) == A
    assert [snapshot.id for snapshot in three] == [A]


def test_pruning_without_a_current_one_removes_nothing(three: SnapshotHome) -> None:
    assert prune(three, keep=0) == []


def test_remains_of_killed_builds_are_removed_and_snapshots_stay(three: SnapshotHome) -> None:
    publish(three, A)
    (three.temporary / "0123" / "store").mkdir(parents=True)
    (three.root / ".current.77").symlink_to("snapshots/nowhere")
    assert remove_remains(three) == 2
    assert list(three.temporary.iterdir()) == []
    assert current(three) == A
    assert len(list(three)) == 3


def test_a_snapshot_of_another_format_is_refused_with_advice(three: SnapshotHome) -> None:
    file = three.get(A).manifest_file
    file.write_text(file.read_text().replace(f'"format": {MANIFEST_FORMAT}', '"format": 99'))
    with pytest.raises(ValueError, match="has the format 99"):
        three.get(A).manifest()


def test_pruning_takes_a_snapshot_of_another_format_for_the_oldest(three: SnapshotHome) -> None:
    publish(three, A)
    file = three.get(C).manifest_file
    file.write_text(file.read_text().replace(f'"format": {MANIFEST_FORMAT}', '"format": 99'))
    assert [snapshot.id for snapshot in prune(three, keep=1)] == [C]


def test_the_home_comes_from_the_option_then_the_environment_then_the_folder(tmp_path: Path) -> None:
    given = SnapshotHome.resolve(tmp_path, {"VNDX_HOME": "/elsewhere"})
    assert given.root == tmp_path
    assert SnapshotHome.resolve(None, {"VNDX_HOME": "/elsewhere"}).root == Path("/elsewhere")
    assert SnapshotHome.resolve(None, {}).root == Path(".vndx").absolute()


HOLDER = """
import sys, time
from pathlib import Path
from graph.snapshots.lock import exclusive
with exclusive(Path(sys.argv[1]), "build", wait_seconds=0):
    print("locked", flush=True)
    time.sleep(60)
"""


def test_the_lock_says_who_holds_it_and_a_killed_holder_leaves_none(home: SnapshotHome) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.lock_file)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        heard: list[str] = []
        with (
            pytest.raises(LockedError, match=f"process {holder.pid} runs `vndx build` here since"),
            exclusive(home.lock_file, "publish", wait_seconds=0.5, on_wait=heard.append),
        ):
            pytest.fail("the lock was given twice")
        assert len(heard) == 1
    finally:
        holder.kill()
        holder.wait()
    with exclusive(home.lock_file, "publish", wait_seconds=0):
        pass
