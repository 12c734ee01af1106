"""``vndx validate``: SHACL validation of the whole dataset, or of RDF files in its context."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from graph.build.inputs import Project
from graph.build.prepare import BuildSettings, prepare, validate, validate_given
from graph.cache import ContentCache
from graph.cli.display import display
from graph.cli.options import EXIT_DATA, Home, Json, fail, home_of, machine_errors
from graph.cli.reports import print_problems, print_report
from graph.mapping.registry import mappings
from graph.problems import Problems, ProblemsError
from graph.progress import Stages
from graph.validation.files import read_rdf_files
from graph.validation.report import report_turtle
from graph.validation.results import Report, Severity, ShapesError

app = typer.Typer()


@app.command("validate")
def validate_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="RDF files (.ttl .trig .nt .nq .rdf .jsonld). Without files: the whole dataset.",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    home: Home = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with tables/ and sources/. Default: the data of this project.",
            exists=True,
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    *,
    workers: Annotated[int, typer.Option(help="Processes that validate.", min=1)] = os.cpu_count() or 1,
    cache: Annotated[bool, typer.Option(help="Reuse results for what has not changed.")] = True,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the report here, as Turtle.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check the data with SHACL, and print each result with node, value, shape, file and line.

    With files, their subjects are checked, in the context of the whole dataset: they may refer to its
    units, documents and concepts. Nothing is stored. Exits with 1 if something is of severity
    Violation; warnings and notes are printed and change nothing.

    \b
    Examples:
      vndx validate
      vndx validate my-facts.ttl --json
      vndx validate --output report.ttl
    """  # noqa: D301
    place = home_of(home)
    settings = BuildSettings(Project(data=data) if data else Project(), mappings(), workers, cache)
    try:
        with machine_errors(place), display() as shown:
            kept = ContentCache(place.cache if cache else None)
            stages = Stages(shown)
            problems = Problems()
            given = read_rdf_files(files or [], problems)
            problems.raise_if_any()
            prepared = prepare(settings, kept, stages)
            if files:
                report = validate_given(given, prepared, settings, kept, stages)
            else:
                report = validate(prepared, settings, kept, stages)
    except ProblemsError as error:
        print_problems(error.problems, as_json=as_json)
        raise fail(f"{len(error.problems)} problem(s) in the input files", EXIT_DATA) from error
    except ShapesError as error:
        raise fail(str(error), EXIT_DATA) from error
    print_report(report, as_json=as_json)
    if output:
        output.write_bytes(report_turtle(report, "validation"))
    _print_summary(report)
    if not report.publishable:
        raise typer.Exit(EXIT_DATA)


def _print_summary(report: Report) -> None:
    counts = ", ".join(f"{report.count(severity)} {severity.value}" for severity in Severity)
    typer.echo(f"{report.focus_nodes:,} node(s) validated: {counts}", err=True)
