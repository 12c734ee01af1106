"""What the tests of build, validation and snapshots share: a small data folder, and the command line."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.snapshots.home import Snapshot

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
COMMAND = (sys.executable, "-m", "graph.cli")


def small_data(folder: Path) -> Path:
    """Make a small data folder that conforms: a few rows of every table, and one text unit."""
    shutil.copytree(FIXTURES / "data", folder)
    shutil.copytree(FIXTURES / "valid" / "admin-tables" / "admin", folder / "tables" / "admin")
    return folder


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Change the text of a file; that it does change is checked."""
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


def set_cell(path: Path, line: int, column: str, value: str) -> None:
    """Write a cell of a table whose rows are a line each; lines count from 1, the header's."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[line - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def environment(**more: str) -> dict[str, str]:
    """Give an environment for the command line, in which only what is given is special."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VNDX_")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def vndx(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment(**more),
        check=False,
        timeout=300,
    )


def assert_whole(snapshot: Snapshot) -> None:
    """Check that everything the manifest promises is there and can be read."""
    manifest = snapshot.manifest()
    assert manifest.id == snapshot.id
    store = Store.read_only(str(snapshot.store))
    merged = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert merged == manifest.distinct_triples
    for graph in manifest.graphs:
        found = sum(1 for _ in store.quads_for_pattern(None, None, None, NamedNode(graph.iri)))
        assert (graph.iri, found) == (graph.iri, graph.triples)
    for dump in manifest.dumps:
        content = (snapshot.dumps / dump.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == dump.sha256
    with closing(sqlite3.connect(f"file:{snapshot.index}?mode=ro", uri=True)) as index:
        assert index.execute("SELECT count(*) FROM entity").fetchone() == (manifest.entities,)
        assert index.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for file in (snapshot.report_json, snapshot.report_turtle, snapshot.void):
        assert file.stat().st_size > 0
