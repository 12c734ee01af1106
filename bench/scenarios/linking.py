"""Linking tables with the command line: rows a second and memory, on one core."""

from __future__ import annotations

import contextlib
import csv
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import psutil
from rich.console import Console
from rich.table import Table

from bench.load.driver import ROOT
from graph.matching.gazetteer import COMMUNE, Gazetteer
from graph.matching.gazetteer_file import read_gazetteer
from graph.model.text import strip_marks
from graph.snapshots.home import SnapshotHome

_DAY: Final = date(2025, 6, 30)
_HEADER: Final = ("commune", "district", "province")
_SEED: Final = 20250630
_TYPING_ERRORS: Final = 0.02
_LOOK_SECONDS: Final = 0.05

Address = tuple[str, ...]
Rows = Iterator[Address]


@dataclass(frozen=True)
class LinkingFigures:
    """What linking one table took.

    Attributes:
        table: which one.
        rows: how many it has.
        matched: how many of them were matched.
        seconds: from the start of the process to its end.
        peak_bytes: the most memory that the process had.

    """

    table: str
    rows: int
    matched: int
    seconds: float
    peak_bytes: int

    @property
    def rows_a_second(self) -> float:
        """The start of the process included."""
        return self.rows / self.seconds


def link_tables(home: SnapshotHome, gazetteer: Path, rows: int, folder: Path) -> list[LinkingFigures]:
    """Link tables of old communes, each in a process of its own.

    Args:
        home: with the published snapshot.
        gazetteer: of that snapshot.
        rows: of the largest table.
        folder: for the tables.

    Raises:
        subprocess.CalledProcessError: if a table cannot be linked.

    """
    folder.mkdir(parents=True, exist_ok=True)
    every = list(_addresses(read_gazetteer(gazetteer)))
    chance = random.Random(_SEED)  # noqa: S311
    columns = [argument for name in _HEADER[1:] for argument in ("--within", name)]
    tables: tuple[tuple[str, Callable[[], Rows], Sequence[str]], ...] = (
        (
            "columns, each commune about ten times",
            lambda: (chance.choice(every) for _ in range(rows)),
            columns,
        ),
        ("columns, each commune once", lambda: iter(every[:rows]), columns),
        ("whole addresses, each once", lambda: ((", ".join(found), "", "") for found in every[:rows]), ()),
        (
            "columns, each once, half without marks, 2% with typing errors",
            lambda: (_distorted(found, chance) for found in every[:rows]),
            columns,
        ),
    )
    return [
        _measure(name, make(), arguments, home, folder / f"{number}.csv")
        for number, (name, make, arguments) in enumerate(tables)
    ]


def print_linking(console: Console, found: Sequence[LinkingFigures]) -> None:
    """Print one row for each table."""
    table = Table(title="Linking tables with the command line")
    table.add_column("table")
    for heading in ("rows", "matched", "seconds", "rows/s", "peak MB"):
        table.add_column(heading, justify="right")
    for row in found:
        counts = (f"{row.rows:,}", f"{row.matched:,}", f"{row.seconds:.1f}")
        table.add_row(row.table, *counts, f"{row.rows_a_second:,.0f}", f"{row.peak_bytes / 1e6:,.0f}")
    console.print(table)


def _addresses(gazetteer: Gazetteer) -> Rows:
    """Give the full address of each commune of the day."""
    for unit in gazetteer.units.values():
        version = unit.at(_DAY)
        if unit.level != COMMUNE or version is None:
            continue
        names = [version.official_name]
        while version is not None and version.parent in gazetteer.units:
            version = gazetteer.units[version.parent].at(_DAY)
            if version is not None:
                names.append(version.official_name)
        yield tuple(names)


def _distorted(address: Address, chance: random.Random) -> Address:
    name = address[0]
    if chance.random() < _TYPING_ERRORS:
        position = chance.randrange(len(name) // 2, len(name))
        name = name[:position] + name[position + 1 :]
    written = (name, *address[1:])
    return tuple(map(strip_marks, written)) if chance.random() < 1 / 2 else written


def _measure(
    name: str, rows: Rows, arguments: Sequence[str], home: SnapshotHome, file: Path
) -> LinkingFigures:
    count = 0
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(_HEADER)
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(row)
    output = file.with_suffix(".linked.csv")
    command = [sys.executable, "-m", "graph.cli", "link", str(file), "--column", _HEADER[0], *arguments]
    command += ["--date", _DAY.isoformat(), "--home", str(home.root.resolve()), "-o", str(output)]
    started = time.monotonic()
    with psutil.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        peak = _watch(process)
    seconds = time.monotonic() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    with output.open(encoding="utf-8", newline="") as linked:
        matched = sum(row["vndx_matched"] == "true" for row in csv.DictReader(linked))
    return LinkingFigures(name, count, matched, seconds, peak)


def _watch(process: psutil.Popen) -> int:
    """Give the most memory that a process was seen to have until its end."""
    peak = 0
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            peak = max(peak, process.memory_info().rss)
        time.sleep(_LOOK_SECONDS)
    return peak
