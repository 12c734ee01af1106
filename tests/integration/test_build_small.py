"""The command line from files to a published snapshot, on a small data folder, as users run it."""

import json
import shutil
import unicodedata
from pathlib import Path

import pytest
from build_support import assert_whole, edit, set_cell, small_data, vndx

from graph.snapshots.home import Snapshot, SnapshotHome

PROVINCES = "tables/admin/provinces_pre2025.csv"


def build(home: SnapshotHome, data: Path, *options: str, **environment: str) -> Snapshot:
    """Build and publish, and give what is current then."""
    done = vndx("build", "--home", home.root, "--data", data, *options, **environment)
    assert done.returncode == 0, done.stderr
    snapshot = home.current()
    assert snapshot is not None
    return snapshot


def files_of(snapshot: Snapshot) -> dict[str, bytes]:
    """Give the files of a snapshot that must not differ between machines."""
    names = [
        "dumps/vndx.nq.gz",
        "dumps/vndx.trig.gz",
        "dumps/SHA256SUMS",
        "void.ttl",
        "report.ttl",
        "report.json",
    ]
    return {name: (snapshot.path / name).read_bytes() for name in names}


def test_a_build_publishes_a_whole_snapshot_and_says_so(home: SnapshotHome, data: Path) -> None:
    done = vndx("build", "--home", home.root, "--data", data)
    assert done.returncode == 0, done.stderr
    snapshot = home.current()
    assert snapshot is not None
    assert_whole(snapshot)
    assert f"snapshot {snapshot.id} built and published" in done.stdout
    stages = [line.split(":")[1].split("(")[0].strip() for line in done.stderr.splitlines()]
    assert stages[:4] == ["read and map", "infer", "identify", "validate"]
    assert not list(home.temporary.iterdir())


def test_the_same_files_give_the_same_snapshot_whatever_the_hash_seed_or_cache(tmp_path: Path) -> None:
    data = small_data(tmp_path / "data")
    one = SnapshotHome(tmp_path / "one")
    other = SnapshotHome(tmp_path / "other")
    first = build(one, data, PYTHONHASHSEED="1")
    second = build(other, data, "--no-cache", "--workers", "1", PYTHONHASHSEED="77")
    assert first.id == second.id
    assert files_of(first) == files_of(second)
    assert (first.index.stat().st_size, second.index.stat().st_size) != (0, 0)


def test_building_again_finds_the_snapshot_and_changes_nothing(home: SnapshotHome, data: Path) -> None:
    first = build(home, data)
    manifest = first.manifest_file.read_bytes()
    done = vndx("build", "--home", home.root, "--data", data)
    assert f"snapshot {first.id} was there already" in done.stdout
    assert first.manifest_file.read_bytes() == manifest


def test_a_changed_file_gives_another_snapshot_and_the_way_back(home: SnapshotHome, data: Path) -> None:
    first = build(home, data)
    edit(data / "sources" / "sample.trig", lambda text: text.replace("Nhận định mẫu", "Nhận định khác"))
    second = build(home, data)
    assert first.id != second.id
    kept = [stage.cached for stage in second.manifest().stages if stage.name == "read and map"]
    assert kept[0] > 0
    assert vndx("rollback", "--home", home.root).stdout == f"current is now {first.id}\n"
    assert_whole(first)
    nothing = vndx("rollback", "--home", home.root)
    assert nothing.returncode == 1
    assert "no snapshot that was published earlier" in nothing.stderr
    assert vndx("publish", second.id, "--home", home.root).returncode == 0
    listed = json.loads(vndx("snapshots", "--json", "--home", home.root).stdout)
    assert {row["id"]: row["current"] for row in listed} == {first.id: False, second.id: True}
    assert vndx("prune", "--keep", "0", "--home", home.root).stdout.startswith(f"removed {first.id}")
    assert home.current() == second


def test_an_incremental_build_gives_what_a_cold_one_gives(tmp_path: Path) -> None:
    data = small_data(tmp_path / "data")
    warm, cold = SnapshotHome(tmp_path / "warm"), SnapshotHome(tmp_path / "cold")
    build(warm, data)
    edit(data / "sources" / "sample.trig", lambda text: text.replace("Nhận định mẫu", "Nhận định khác"))
    set_cell(data / PROVINCES, 2, "lat", "20.5")
    assert files_of(build(warm, data)) == files_of(build(cold, data))


def test_a_lost_snapshot_is_built_again(home: SnapshotHome, data: Path) -> None:
    first = build(home, data)
    shutil.rmtree(first.path)
    assert vndx("query", "ASK {}", "--home", home.root).returncode == 1
    assert build(home, data).id == first.id
    assert_whole(first)


def test_no_publish_leaves_current_as_it_is(home: SnapshotHome, data: Path) -> None:
    done = vndx("build", "--home", home.root, "--data", data, "--no-publish", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["published"], document["existed"]) == (False, False)
    assert home.current() is None
    assert home.get(document["id"]).path == Path(document["path"])


def drop_column(path: Path, column: str) -> None:
    header, *rows = path.read_text("utf-8").splitlines()
    index = header.split(",").index(column)
    cut = [",".join(cell for i, cell in enumerate(line.split(",")) if i != index) for line in (header, *rows)]
    path.write_text("\n".join(cut) + "\n", "utf-8")


def test_a_wrong_code_is_refused(home: SnapshotHome, data: Path) -> None:
    set_cell(data / PROVINCES, 2, "code", "1x")
    check_refused(home, data, f"{PROVINCES}:2 [code]")


def test_a_date_that_is_none_is_refused(home: SnapshotHome, data: Path) -> None:
    set_cell(data / "tables/policy/national_documents.csv", 2, "issue_date", "2025-13-01")
    check_refused(home, data, "tables/policy/national_documents.csv:2 [issue_date]", "2025-13-01")


def test_a_province_that_does_not_exist_is_refused(home: SnapshotHome, data: Path) -> None:
    set_cell(data / "tables/policy/provincial_documents.csv", 2, "province", "Thái Hà")
    check_refused(home, data, "tables/policy/provincial_documents.csv:2 [province]", "Thái Hà")


def test_text_that_is_not_nfc_is_refused(home: SnapshotHome, data: Path) -> None:
    edit(data / PROVINCES, lambda text: unicodedata.normalize("NFD", text))
    check_refused(home, data, f"{PROVINCES}:2 [", "Unicode NFC")


def test_a_missing_column_is_refused(home: SnapshotHome, data: Path) -> None:
    drop_column(data / PROVINCES, "code")
    check_refused(home, data, f"{PROVINCES}:1 [code]", "the column 'code' is missing")


def test_a_row_with_too_few_cells_is_refused(home: SnapshotHome, data: Path) -> None:
    edit(data / PROVINCES, lambda text: text + "99,Thiếu\n")
    lines = (data / PROVINCES).read_text("utf-8").count("\n")
    check_refused(home, data, f"{PROVINCES}:{lines} the row has 2 cells")


def test_a_missing_table_is_refused(home: SnapshotHome, data: Path) -> None:
    (data / PROVINCES).unlink()
    check_refused(home, data, f"{PROVINCES} the table is missing")


def test_a_syntax_error_in_trig_is_refused(home: SnapshotHome, data: Path) -> None:
    edit(data / "sources/sample.trig", lambda text: text.replace("vndx:SourceText ;", "vndx:SourceText"))
    check_refused(home, data, "sources/sample.trig:13 TriG syntax")


def test_facts_outside_the_graph_of_their_file_are_refused(home: SnapshotHome, data: Path) -> None:
    edit(data / "sources/sample.trig", lambda text: text.replace("<graph/source/sample>", "<graph/other>"))
    check_refused(home, data, "sources/sample.trig:12 ", "outside the graph")


def test_all_problems_of_all_files_come_together(home: SnapshotHome, data: Path) -> None:
    set_cell(data / PROVINCES, 2, "code", "1x")
    set_cell(data / "tables/policy/national_documents.csv", 2, "issue_date", "2025-13-01")
    edit(data / "sources/sample.trig", lambda text: text.replace("vndx:SourceText ;", "vndx:SourceText"))
    check_refused(home, data, PROVINCES, "national_documents.csv:2", "sample.trig:13")
    document = json.loads(vndx("build", "--home", home.root, "--data", data, "--json").stdout)
    found = {(problem["file"], problem["line"]) for problem in document["problems"]}
    assert {(PROVINCES, 2), ("sources/sample.trig", 13)} <= found


def test_a_violation_is_refused_with_shape_node_file_and_line(home: SnapshotHome, data: Path) -> None:
    edit(data / "sources/sample.trig", lambda text: text.replace('"2022-10-10"', '"2022-10-32"'))
    first = build_before(home, data)
    done = vndx("build", "--home", home.root, "--data", data)
    assert done.returncode == 1
    assert "Violation: shape:" in done.stderr
    assert "sources/sample.trig:12: id:source/sample vndx:publishedDate" in done.stderr
    assert home.current() == first
    document = json.loads(vndx("build", "--home", home.root, "--data", data, "--json").stdout)
    assert document["counts"]["Violation"] >= 1
    result = document["results"][0]
    assert (result["file"], result["line"]) == ("sources/sample.trig", 12)
    assert {"vi", "en"} <= {message["language"] for message in result["messages"]}
    assert not list(home.temporary.glob("*/manifest.json"))


def build_before(home: SnapshotHome, data: Path) -> Snapshot:
    """Publish the sound data, so that there is something to stay current."""
    sound = small_data(data.with_name("sound"))
    snapshot = build(home, sound)
    shutil.rmtree(sound)
    return snapshot


def check_refused(home: SnapshotHome, data: Path, *expected: str) -> None:
    """Check that a build says what is wrong, and leaves nothing behind."""
    done = vndx("build", "--home", home.root, "--data", data)
    assert done.returncode == 1, done.stderr
    for text in expected:
        assert text in done.stderr
    assert "nothing was built" in done.stderr
    assert home.current() is None
    assert not list(home.snapshots.glob("*"))


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("publish", "0" * 16), 1, "there is no snapshot"),
        (("query", "ASK {}"), 1, "nothing is published"),
        (("build", "--data", "/nowhere"), 2, "does not exist"),
        (("query",), 2, "give a query"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_wrong_use_says_what_would_be_right(
    home: SnapshotHome, arguments: tuple[str, ...], code: int, message: str
) -> None:
    done = vndx(*arguments, VNDX_HOME=str(home.root))
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr


def test_every_command_explains_itself_with_an_example() -> None:
    for command in ("build", "validate", "query", "publish", "rollback", "snapshots", "prune"):
        text = vndx(command, "--help").stdout
        assert f"vndx {command}" in text.split("Example")[1], command
