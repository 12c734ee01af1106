"""What is published stays whole: builds killed at any moment, two at once, a full disk, no permission."""

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from build_support import COMMAND, ROOT, assert_whole, edit, environment, small_data, vndx

from graph.snapshots.home import SnapshotHome

KILLS = 12


def start(home: SnapshotHome, data: Path, *options: str) -> subprocess.Popen[str]:
    """Start a build in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, "build", "--home", str(home.root), "--data", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )


def change(data: Path, number: int) -> None:
    """Change the data, so that the next build has something to write."""
    sample = small_data(data.with_name(f"fresh-{number}")) / "sources" / "sample.trig"
    edit(sample, lambda text: text.replace("Nhận định mẫu", f"Nhận định mẫu {number}"))
    shutil.copy(sample, data / "sources" / "sample.trig")
    shutil.rmtree(data.with_name(f"fresh-{number}"))


@pytest.fixture
def published(home: SnapshotHome, data: Path) -> SnapshotHome:
    """Give a home in which the small data is published."""
    done = vndx("build", "--home", home.root, "--data", data)
    assert done.returncode == 0, done.stderr
    return home


def current_is_whole(home: SnapshotHome) -> str:
    snapshot = home.current()
    assert snapshot is not None
    assert_whole(snapshot)
    return snapshot.id


def wait_until_gone(group: int) -> None:
    """Wait until no process of a group is left: helpers end when their parent was killed."""
    deadline = time.monotonic() + 20
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline, "a helper process outlived its parent"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("whole_group", [False, True], ids=["only-the-parent", "the-whole-group"])
def test_current_is_whole_after_every_kill_and_the_next_build_cleans_up(
    published: SnapshotHome, data: Path, whole_group: bool
) -> None:
    chance = random.Random(20210101)  # noqa: S311
    seen = {current_is_whole(published)}
    killed = attempt = 0
    longest = 4.0
    while killed < KILLS:
        attempt += 1
        assert attempt <= 4 * KILLS
        change(data, attempt)
        began = time.monotonic()
        build = start(published, data, "--no-cache")
        time.sleep(chance.uniform(0.05, 1) * longest)
        if build.poll() is None:
            killed += 1
            os.killpg(build.pid, signal.SIGKILL) if whole_group else build.kill()
        else:
            longest = min(longest, time.monotonic() - began)
        build.communicate()
        wait_until_gone(build.pid)
        seen.add(current_is_whole(published))
    change(data, attempt + 1)
    done = vndx("build", "--home", published.root, "--data", data)
    assert done.returncode == 0, done.stderr
    assert current_is_whole(published) not in seen
    assert list(published.temporary.iterdir()) == []
    assert vndx("rollback", "--home", published.root).returncode == 0
    assert current_is_whole(published) in seen


def test_of_two_builds_at_once_the_second_waits_and_both_end_well(
    published: SnapshotHome, data: Path, tmp_path: Path
) -> None:
    other = small_data(tmp_path / "other")
    change(data, 1)
    change(other, 2)
    builds = [start(published, folder, "--no-cache") for folder in (data, other)]
    results = [(build.communicate(), build.returncode) for build in builds]
    assert [code for _, code in results] == [0, 0], results
    waits = [error for (_, error), _ in results if "runs `vndx build` here since" in error]
    assert len(waits) == 1
    current_is_whole(published)
    assert len(list(published)) == 3


def test_a_build_that_may_not_wait_says_who_is_at_work(published: SnapshotHome, data: Path) -> None:
    change(data, 1)
    first = start(published, data, "--no-cache")
    deadline = time.monotonic() + 30
    while not list(published.temporary.glob("*")):
        assert time.monotonic() < deadline
        assert first.poll() is None
        time.sleep(0.01)
    refused = vndx("build", "--home", published.root, "--data", data, "--wait", "0")
    assert first.wait() == 0
    assert refused.returncode == 3
    assert f"process {first.pid} runs `vndx build` here since" in refused.stderr


LIMITED = """
import resource, runpy, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.argv = ["vndx", *sys.argv[2:]]
runpy.run_module("graph.cli", run_name="__main__")
"""


@pytest.mark.parametrize("limit", [1_000, 40_000, 400_000])
def test_files_that_cannot_grow_stop_a_build_and_nothing_else(
    published: SnapshotHome, data: Path, limit: int
) -> None:
    before = current_is_whole(published)
    change(data, limit)
    arguments = ["build", "--home", str(published.root), "--data", str(data)]
    done = subprocess.run(
        [COMMAND[0], "-c", LIMITED, str(limit), *arguments],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "cannot go on:" in done.stderr
    assert "Traceback" not in done.stderr
    assert current_is_whole(published) == before
    assert vndx(*arguments).returncode == 0
    assert current_is_whole(published) != before


def in_namespace(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount file systems which nobody else sees."""
    return subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-euc", script, "sh", *arguments],
        capture_output=True,
        text=True,
        env=environment(COMMAND=" ".join(COMMAND)),
        check=False,
    )


def can_mount() -> bool:
    """Say whether this system lets us mount a file system of our own."""
    if not shutil.which("unshare"):
        return False
    return in_namespace('mount -t tmpfs none "$1"', "/mnt").returncode == 0


needs_mount = pytest.mark.skipif(not can_mount(), reason="this system does not let users mount file systems")

FULL_DISK = """
home=$1 data=$2 changed=$3
mount -t tmpfs -o size=48m none "$home"
$COMMAND build --home "$home" --data "$data" >/dev/null 2>&1
before=$(readlink "$home/current")
dd if=/dev/zero of="$home/filler" bs=1M 2>/dev/null || true
truncate -s -2M "$home/filler"
set +e
$COMMAND build --home "$home" --data "$changed" >&2
echo "code $?"
set -e
test "$before" = "$(readlink "$home/current")"
rm "$home/filler"
$COMMAND query 'ASK { ?s ?p ?o }' --home "$home"
$COMMAND build --home "$home" --data "$changed" --no-publish >/dev/null 2>&1
ls -A "$home/tmp" | wc -l
"""

READ_ONLY = """
home=$1 data=$2 changed=$3
mount -t tmpfs none "$home"
$COMMAND build --home "$home" --data "$data" >/dev/null 2>&1
mount -o remount,ro "$home"
set +e
$COMMAND build --home "$home" --data "$changed" >&2
echo "code $?"
set -e
$COMMAND query 'ASK { ?s ?p ?o }' --home "$home"
"""


def folders(tmp_path: Path) -> tuple[str, str, str]:
    data, changed = small_data(tmp_path / "one"), small_data(tmp_path / "two")
    change(changed, 1)
    (tmp_path / "mounted").mkdir()
    return str(tmp_path / "mounted"), str(data), str(changed)


@needs_mount
def test_a_full_disk_stops_a_build_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    done = in_namespace(FULL_DISK, *folders(tmp_path))
    assert done.stdout.split() == ["code", "3", "true", "0"], done.stderr
    assert "cannot go on" in done.stderr
    assert "Traceback" not in done.stderr


@needs_mount
def test_a_home_that_cannot_be_written_is_named_and_can_still_be_queried(tmp_path: Path) -> None:
    done = in_namespace(READ_ONLY, *folders(tmp_path))
    assert done.stdout.split() == ["code", "3", "true"], done.stderr
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
