"""The command line `vndx`: one module of this package for one group of commands."""

from __future__ import annotations

from importlib.metadata import entry_points

import typer

from graph.cli import building, evidence, publishing, querying

PLUGINS = "vndx.commands"
"""The entry-point group by which other packages add commands: each is a `typer.Typer` with one command."""

_HELP = """The open knowledge graph of how Vietnam's provinces go digital.

First steps:

  vndx build                build a snapshot from the files, check it, publish it

  vndx query 'SELECT (COUNT(*) AS ?n) { ?p a vndx:Province }'

  vndx serve                serve the published snapshot over HTTP

Data lives in .vndx in the working directory, or in VNDX_HOME, or in --home.

Exit codes: 0 done; 1 the data is wrong (each problem is printed with file and line) or nothing was
found; 2 the command line is wrong; 3 the machine refused (disk full, no permission, another build).
"""


def make_app() -> typer.Typer:
    """Give the application with the commands of this package and those that plug-ins add."""
    app = typer.Typer(no_args_is_help=True, help=_HELP, rich_markup_mode=None, add_completion=False)
    for group in (building.app, publishing.app, querying.app):
        app.registered_commands += group.registered_commands
    app.add_typer(evidence.app, name="evidence")
    for plugin in sorted(entry_points(group=PLUGINS), key=lambda point: point.name):
        try:
            app.registered_commands += plugin.load().registered_commands
        except ImportError as error:
            typer.echo(f"vndx: the command {plugin.name!r} is not available: {error}", err=True)
    return app


def main() -> None:
    """Run the command line."""
    make_app()()
