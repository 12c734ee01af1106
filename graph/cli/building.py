"""``vndx build`` and ``vndx validate``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from graph.build.inputs import Project
from graph.build.pipeline import Built, build
from graph.build.prepare import BuildSettings
from graph.cli.display import display
from graph.cli.options import DEFAULT_WAIT, EXIT_DATA, Home, Json, Wait, fail, home_of, machine_errors
from graph.cli.reports import print_problems, print_report
from graph.mapping.registry import mappings
from graph.problems import ProblemsError
from graph.snapshots.cleanup import prune
from graph.snapshots.lock import exclusive
from graph.snapshots.publishing import publish
from graph.validation.results import NotConformingError, ShapesError

app = typer.Typer()

Data = Annotated[
    Path | None,
    typer.Option(
        help="Folder with tables/ and sources/. Default: the data of this project.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]


@app.command("build")
def build_command(
    home: Home = None,
    data: Data = None,
    *,
    publish_it: Annotated[
        bool, typer.Option("--publish/--no-publish", help="Make the snapshot the current one.")
    ] = True,
    workers: Annotated[int, typer.Option(help="Processes that validate.", min=1)] = os.cpu_count() or 1,
    cache: Annotated[bool, typer.Option(help="Reuse what earlier builds made of unchanged files.")] = True,
    keep: Annotated[int, typer.Option(help="Older snapshots to keep besides the current one.", min=0)] = 3,
    wait: Wait = DEFAULT_WAIT,
    as_json: Json = False,
) -> None:
    """Build a snapshot from the files, check it with SHACL, and publish it.

    All problems are reported together, each with file, line and column; nothing is published then.
    The same files give the same snapshot, whatever machine builds it.

    \b
    Examples:
      vndx build
      vndx build --data my-data --home /var/lib/vndx --no-publish
      vndx build --json | jq .triples
    """  # noqa: D301
    place = home_of(home)
    project = Project(data=data) if data else Project()
    settings = BuildSettings(project, mappings(), workers, cache)
    try:
        with (
            machine_errors(place),
            display() as shown,
            exclusive(place.lock_file, "build", wait_seconds=wait, on_wait=shown.say),
        ):
            built = build(settings, place, shown)
            if publish_it:
                publish(place, built.snapshot.id)
                prune(place, keep)
    except ProblemsError as error:
        print_problems(error.problems, as_json=as_json)
        raise fail(
            f"{len(error.problems)} problem(s) in the input files; nothing was built", EXIT_DATA
        ) from error
    except NotConformingError as error:
        print_report(error.report, as_json=as_json)
        raise fail(f"{error}; nothing was published", EXIT_DATA) from error
    except ShapesError as error:
        raise fail(str(error), EXIT_DATA) from error
    _print_built(built, published=publish_it, as_json=as_json)


def _print_built(built: Built, *, published: bool, as_json: bool) -> None:
    manifest = built.manifest
    if as_json:
        document = {**manifest.model_dump(mode="json"), "path": str(built.snapshot.path)}
        document |= {"existed": built.existed, "published": published}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    how = "was there already" if built.existed else "built"
    typer.echo(
        f"snapshot {manifest.id} {how}{' and published' if published else ''}: "
        f"{manifest.distinct_triples:,} triples, {len(manifest.graphs)} graphs, "
        f"{manifest.entities:,} entities, {manifest.size_bytes / 1e6:.0f} MB"
    )
    found = manifest.validation
    if found.warnings or found.infos:
        typer.echo(
            f"SHACL: {found.warnings} warning(s), {found.infos} note(s); see {built.snapshot.report_turtle}"
        )
