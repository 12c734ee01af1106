"""``vndx evidence``: tie facts to the words of the source texts, and check that they still are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.problems import Problem, Problems
from graph.texts.evidence import UnitReport, check_unit
from graph.texts.evidence_node import evidence_block
from graph.texts.locate import Occurrence, occurrences, similar_occurrences
from graph.texts.text_files import TextFile, read_text_file, read_text_files
from graph.texts.trig import TrigUnit, read_trig_units

SOURCES = Path(__file__).parents[1] / "data" / "sources"

app = typer.Typer(
    no_args_is_help=True, help="Tie facts to the words of the source texts, and check that they still are."
)


@app.command()
def check(
    units: Annotated[
        list[str] | None, typer.Argument(help="Names of the units to check, e.g. 002 002-side. Default: all.")
    ] = None,
    texts: Annotated[
        Path, typer.Option(help="Folder of the source texts (*.txt) that the units quote.")
    ] = Path("../shared/sources"),
    sources: Annotated[
        Path, typer.Option(help="Folder of the TriG units.", show_default="those of this project")
    ] = SOURCES,
    *,
    require: Annotated[
        bool, typer.Option("--require", help="Fail when a text is not there, instead of skipping it.")
    ] = False,
) -> None:
    """Check the fragments of the TriG units against the texts.

    Compares words, offsets and SHA-256, and looks for nodes without evidence. Prints each failure with file,
    line and evidence, and exits with 1 if there is one. A unit whose text is
    not in the folder is checked as far as that goes without the text, and the line says so.

    Example: vndx evidence check 002 --texts ../shared/sources
    """
    problems = Problems()
    found = read_trig_units(sources, problems)
    chosen = _choose(found, units, sources)
    try:
        files = read_text_files(texts)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--texts") from error
    reports = [check_unit(unit, files) for unit in chosen]
    for report in reports:
        problems.extend(report.problems)
        typer.echo(_summary(report, texts))
        if require and report.text_missing:
            problems.extend([_missing(report, texts)])
    for problem in problems:
        typer.echo(str(problem), err=True)
    if len(problems):
        typer.echo(f"{len(problems)} problem(s).", err=True)
        raise typer.Exit(1)


@app.command()
def locate(
    text: Annotated[Path, typer.Argument(help="The source text.", exists=True, dir_okay=False)],
    fragment: Annotated[str, typer.Argument(help="The words to find.")],
    unit: Annotated[
        str, typer.Option(help="Name of the unit: prints the TriG block of the evidence, ready to paste.")
    ] = "",
) -> None:
    """Print where a fragment stands in a text: line and offsets.

    If it does not stand there letter by letter, prints places that differ only in marks, letter case or
    the kind of space (no-break spaces look like spaces), and exits with 1.

    Example: vndx evidence locate ../shared/sources/002_e7c6c963e930f034.txt "788 phản ánh" --unit 002
    """
    try:
        file = read_text_file(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="TEXT") from error
    places = occurrences(file, fragment)
    for place in places:
        typer.echo(_place(place))
        if unit:
            typer.echo(evidence_block(unit, place.exact, place.start, place.end))
    if not places:
        _explain_absence(file, fragment)
        raise typer.Exit(1)


def _choose(found: tuple[TrigUnit, ...], names: list[str] | None, folder: Path) -> list[TrigUnit]:
    """Give the units with these names, all without names; an unknown name is a usage error."""
    known = {unit.name: unit for unit in found}
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise typer.BadParameter(
            f"there is no {', '.join(f'{name}.trig' for name in unknown)} in {folder}; "
            f"there are: {', '.join(known) or 'none'}",
            param_hint="UNITS",
        )
    return [known[name] for name in names] if names else list(found)


def _summary(report: UnitReport, texts: Path) -> str:
    """Say in one line what was checked of a unit."""
    counts = f"{report.unit}: {report.nodes} nodes, {report.evidences} evidences"
    if report.text_missing:
        return f"{counts}: SKIPPED the comparison: {report.text_file} is not in {texts}"
    if report.problems:
        return f"{counts}: {len(report.problems)} problem(s)"
    return f"{counts}: all as in {report.text_file}"


def _missing(report: UnitReport, texts: Path) -> Problem:
    """Make the problem of a text that is not there."""
    return Problem(
        f"sources/{report.unit}.trig",
        0,
        "vndx:textFile",
        vi=f"không có {report.text_file} trong {texts}",
        en=f"{report.text_file} is not in {texts}",
    )


def _place(place: Occurrence) -> str:
    """Show an occurrence in its words."""
    return f"{place.start}-{place.end} (line {place.line}): {place.before}[{place.exact}]{place.after}"


def _explain_absence(file: TextFile, fragment: str) -> None:
    """Say that a fragment is not in a text, and what comes near it."""
    typer.echo(f"{file.name} does not have {fragment!r} letter by letter.", err=True)
    for place in similar_occurrences(file, fragment):
        typer.echo(
            f"similar, {place.start}-{place.end} (line {place.line}): it stands there as {place.exact!r}",
            err=True,
        )
