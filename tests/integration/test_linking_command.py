"""`vndx link` on the snapshot of the whole dataset: the guide's example, bad input, and what is printed."""

from __future__ import annotations

import codecs
import csv
import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from build_support import COMMAND, ROOT, environment, vndx

from graph.linking.unit_links import COLUMNS
from graph.snapshots.home import SnapshotHome

pytestmark = pytest.mark.snapshot

GUIDE = ROOT / "docs" / "linking.md"
EXAMPLE = ROOT / "docs" / "examples" / "old-communes.csv"
EXPECTED = ROOT / "docs" / "examples" / "old-communes-linked.csv"
TABLE = "xã;tỉnh\nXã Sảng Mộc;Thái Nguyên\nXã Sảng Mộc\n"


def link(home: SnapshotHome, file: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return vndx("link", file, "--column", "xã", *arguments, "--home", home.root)


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.csv"
    file.write_text(TABLE, "utf-8")
    return file


def guide_command() -> list[str]:
    """Give the arguments of the command that the guide shows for its example."""
    commands = re.findall(r"^vndx link (docs/examples/.+)$", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 1
    return shlex.split(commands[0])


def test_the_command_of_the_guide_gives_the_output_that_the_guide_shows(
    snapshot_home: SnapshotHome, tmp_path: Path
) -> None:
    (tmp_path / "docs" / "examples").mkdir(parents=True)
    shutil.copy(EXAMPLE, tmp_path / "docs" / "examples")
    done = subprocess.run(
        [*COMMAND, "link", *guide_command(), "--home", str(snapshot_home.root.resolve())],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "linked.csv").read_text("utf-8") == EXPECTED.read_text("utf-8")
    guide = GUIDE.read_text("utf-8")
    told = [re.sub(r" \([0-9.]+ s\)$", "", line) for line in done.stderr.splitlines()]
    assert "\n".join(["```text", *told, "```"]) in guide


def test_the_tables_in_the_guide_are_those_of_the_files() -> None:
    guide = GUIDE.read_text("utf-8").replace("\\|", "¦")
    shown = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in guide.splitlines()
        if line[:1] == "|"
    ]
    for file, columns in (
        (EXAMPLE, ("stt", "xã", "huyện", "tỉnh", "ngày")),
        (
            EXPECTED,
            ("stt", "status", "score", "code", "name", "current_name", "current_share", "current_province"),
        ),
    ):
        assert list(columns) in shown
        for row in rows_of(file.read_text("utf-8")):
            cells = [row.get(name, row.get(f"vndx_{name}", "")).replace("|", "¦") for name in columns]
            assert cells in shown


def test_the_guide_names_all_columns_that_are_added() -> None:
    guide = GUIDE.read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in guide] == []


def test_output_goes_to_standard_output_and_bad_rows_to_standard_error(
    snapshot_home: SnapshotHome, table: Path
) -> None:
    done = link(snapshot_home, table, "--within", "tỉnh", "--date", "2025-06-30", "--level", "commune")
    assert done.returncode == 0, done.stderr
    good, bad = rows_of(done.stdout, ";")
    assert (good["vndx_code"], good["vndx_current_code"], bad["vndx_status"]) == ("05719", "05719", "bad-row")
    assert "bad-row: line 3 has too few cells (1, columns: 2)" in done.stderr
    assert "2 rows: 1 matched, 1 bad-row" in done.stderr


def test_a_table_in_utf_16_comes_back_in_utf_16(snapshot_home: SnapshotHome, tmp_path: Path) -> None:
    file, output = tmp_path / "table.txt", tmp_path / "linked.txt"
    file.write_bytes(codecs.BOM_UTF16_LE + TEXT_WITH_TABS.encode("utf-16-le"))
    done = link(snapshot_home, file, "--output", output, "--date", "2025-06-30")
    assert done.returncode == 0, done.stderr
    written = output.read_bytes()
    assert written.startswith(codecs.BOM_UTF16_LE)
    text = written.removeprefix(codecs.BOM_UTF16_LE).decode("utf-16-le")
    (row,) = rows_of(text, "\t")
    assert (row["xã"], row["vndx_code"]) == ("Sảng Mộc, Võ Nhai, Thái Nguyên", "05719")
    assert text.count("\r\n") == 2


TEXT_WITH_TABS = "xã\tn\r\nSảng Mộc, Võ Nhai, Thái Nguyên\t1\r\n"


def test_a_table_comes_from_standard_input(snapshot_home: SnapshotHome) -> None:
    done = subprocess.run(
        [*COMMAND, "link", "-", "--column", "xã", "--home", str(snapshot_home.root)],
        input="xã\nTP. Hồ Chí Minh\n",
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    assert rows_of(done.stdout)[0]["vndx_name"] == "Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--within", "huyện"), 1, "there is no column 'huyện'; there are 'xã', 'tỉnh'"),
        (("--date", "2025"), 2, "no single day"),
        (("--date", "2025-06-30", "--date-column", "tỉnh"), 2, "not both"),
        (("--level", "ward"), 2, "'ward' is not one of"),
        (("--snapshot", "0" * 16), 1, "there is no snapshot"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    snapshot_home: SnapshotHome, table: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    output = table.with_name("linked.csv")
    done = link(snapshot_home, table, *arguments, "--output", output)
    said = " ".join(done.stderr.replace("│", " ").split())
    assert (done.returncode, message in said, done.stdout) == (code, True, ""), done.stderr
    assert [file.name for file in table.parent.iterdir()] == [table.name]


def test_a_table_is_never_written_over_itself(snapshot_home: SnapshotHome, table: Path) -> None:
    done = link(snapshot_home, table, "--output", table)
    assert done.returncode == 2
    assert table.read_text("utf-8") == TABLE


def test_another_encoding_is_told_with_its_line(snapshot_home: SnapshotHome, table: Path) -> None:
    table.write_bytes("xã\n".encode() + b"S\xb6ng M\xe9c\n")
    done = link(snapshot_home, table)
    assert (done.returncode, done.stdout) == (1, "")
    assert "line 2 is not UTF-8 (byte 0xB6)" in done.stderr


def test_a_file_that_is_not_there_is_told(snapshot_home: SnapshotHome, tmp_path: Path) -> None:
    done = link(snapshot_home, tmp_path / "missing.csv")
    assert done.returncode == 2
    assert "there is no file" in done.stderr
