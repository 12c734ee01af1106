"""``vndx link``: a CSV table with names of units, codes or addresses gets columns about these units."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO, Final, cast

import typer

from graph.cli.display import display
from graph.cli.options import EXIT_DATA, Home, fail, home_of, machine_errors
from graph.linking.csv_form import DELIMITERS, find_form
from graph.linking.days import read_day
from graph.linking.errors import LinkInputError
from graph.linking.options import LEVELS, LinkOptions
from graph.linking.tables import LinkedTable, Tally
from graph.linking.unit_links import Status, UnitLinker
from graph.matching.gazetteer import Gazetteer
from graph.matching.gazetteer_file import read_gazetteer
from graph.matching.matcher import UnitMatcher
from graph.progress import Progress, Stages
from graph.snapshots.home import SnapshotHome

app = typer.Typer()

_STANDARD_INPUT: Final = "-"
_TOLD_ROWS: Final = 100
_STEP: Final = 100


class Level(StrEnum):
    """Levels of units."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Era(StrEnum):
    """Registers of units."""

    OLD = "2004"
    NEW = "2025"


class Delimiter(StrEnum):
    """What stands between cells."""

    COMMA = "comma"
    SEMICOLON = "semicolon"
    TAB = "tab"


@app.command("link")
def link_command(
    file: Annotated[
        Path,
        typer.Argument(help="The table, as CSV with a header; - reads it from standard input."),
    ],
    *,
    column: Annotated[
        str,
        typer.Option(
            "--column",
            "-c",
            help="The column with names of units, their codes, or whole addresses.",
            show_default=False,
        ),
    ],
    within: Annotated[
        list[str] | None,
        typer.Option(help="A column with a larger unit around it; may be repeated.", show_default=False),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option("--date", help="A day on which the table was right, as 2025-06-30.", show_default=False),
    ] = None,
    day_column: Annotated[
        str | None,
        typer.Option("--date-column", help="A column that says it for each row.", show_default=False),
    ] = None,
    level: Annotated[
        list[Level] | None,
        typer.Option(help="Which units are meant; may be repeated. Default: any.", show_default=False),
    ] = None,
    era: Annotated[
        Era | None, typer.Option(help="The register they are of. Default: any.", show_default=False)
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            help="The day whose units are given as the current ones. Default: today.", show_default=False
        ),
    ] = None,
    delimiter: Annotated[
        Delimiter | None,
        typer.Option(help="Between cells. Default: found in the header.", show_default=False),
    ] = None,
    prefix: Annotated[str, typer.Option(help="Of the names of the columns that are added.")] = "vndx_",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write the table here. Default: standard output.",
            show_default=False,
            dir_okay=False,
        ),
    ] = None,
    home: Home = None,
    snapshot: Annotated[
        str | None, typer.Option(help="Use this snapshot, not the current one.", show_default=False)
    ] = None,
) -> None:
    """Add to each row of a CSV table the unit that it names, and the units of today that hold it.

    The rows keep their order, the columns their content. Columns are added that say whether the unit is
    surely known (matched, status, reason, score), which it is (unit, era, code, name), and where it is
    today (current_unit, current_code, current_name, current_share, current_province, legal_basis,
    legal_clause). A commune that was split has several current units, each said to hold a part. A name
    that several units have is ambiguous, and none of them is taken; --within and --date tell them apart.

    Encoding (UTF-8, UTF-16) and delimiter are found, and kept. Rows that cannot be read come out as they
    were, with the status bad-row, and are told on standard error.

    \b
    Examples:
      vndx link communes.csv --column commune --within district \\
           --within province --date 2025-06-30 -o linked.csv
      vndx link addresses.csv --column address --date-column day -o linked.csv
      vndx link provinces.csv --column province --level province | head
    """  # noqa: D301
    if day is not None and day_column is not None:
        raise typer.BadParameter("give --date, or --date-column, not both", param_hint="--date")
    options = LinkOptions(
        column=column,
        within=tuple(within or ()),
        day=_day(day, "--date"),
        day_column=day_column or "",
        levels=frozenset(LEVELS[each] for each in level or ()),
        era=era.value if era else "",
        prefix=prefix,
    )
    if str(file) != _STANDARD_INPUT and not file.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="FILE")
    today = _day(as_of, "--as-of") or date.today()
    if output is not None and output.exists() and file.exists() and output.samefile(file):
        raise typer.BadParameter("this is the table itself: write to another file", param_hint="--output")
    place = home_of(home)
    with machine_errors(place), display() as shown, _table(file) as table:
        try:
            gazetteer = _gazetteer(place, snapshot)
            form = find_form(table, DELIMITERS[delimiter] if delimiter else "")
            linked = LinkedTable(table, form, options, UnitLinker(UnitMatcher(gazetteer, today), today))
            with _output(output) as written:
                written.write(form.mark)
                _link(linked, written, form.encode, form.lines, shown)
        except LinkInputError as error:
            raise fail(f"{file}: {error}", EXIT_DATA) from error


def _day(given: str | None, option: str) -> date | None:
    try:
        return read_day(given) if given is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def _gazetteer(place: SnapshotHome, snapshot: str | None) -> Gazetteer:
    found = place.get(snapshot) if snapshot else place.current()
    if found is None:
        raise fail(f"nothing is published in {place.root}; run `vndx build` first", EXIT_DATA)
    try:
        return read_gazetteer(found.gazetteer)
    except ValueError as error:
        raise fail(f"{error}; run `vndx build` again", EXIT_DATA) from error


def _link(
    linked: LinkedTable, written: BinaryIO, encode: Callable[[str], bytes], lines: int, shown: Progress
) -> None:
    tally = Tally()
    with Stages(shown).stage("link", total=lines) as stage:
        for row in linked.rows():
            written.write(encode(row.text))
            tally.add(row)
            if row.link is not None and row.link.status is Status.BAD_ROW:
                _tell_bad_row(row.link.reason, tally.counts[Status.BAD_ROW], shown)
            if row.line - stage.parts >= _STEP:
                stage.advance(row.line - stage.parts)
        stage.note = str(tally)


def _tell_bad_row(reason: str, count: int, shown: Progress) -> None:
    if count <= _TOLD_ROWS:
        shown.say(f"{Status.BAD_ROW}: {reason}")
    elif count == _TOLD_ROWS + 1:
        shown.say("further bad rows are told in the table only, in the column status")


@contextmanager
def _table(file: Path) -> Iterator[BinaryIO]:
    """Open a table; standard input is kept in a temporary file, as it is read more than once."""
    if str(file) != _STANDARD_INPUT:
        with file.open("rb") as opened:
            yield opened
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        yield cast("BinaryIO", kept)


@contextmanager
def _output(path: Path | None) -> Iterator[BinaryIO]:
    """Open what is written to; a file takes its place when it is whole, and not before."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as opened:
            yield opened
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
