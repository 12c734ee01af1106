"""The command line `vndx`: one module of this package for one group of commands."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Final

import typer
from typer.core import TyperGroup

_MODULES: Final = {
    "build": "graph.cli.building",
    "validate": "graph.cli.validating",
    "query": "graph.cli.querying",
    "publish": "graph.cli.publishing",
    "rollback": "graph.cli.publishing",
    "snapshots": "graph.cli.publishing",
    "prune": "graph.cli.publishing",
    "evidence": "graph.cli.evidence",
    "link": "graph.cli.linking",
}
"""The module of each command; its ``app`` has the command, or is the group of that name."""

PLUGINS = "vndx.commands"
"""The entry-point group by which other packages add commands: each is a `typer.Typer` with one command.

The group keeps `graph` free of imports of `api`, whose command `serve` is found here.
"""

_HELP = """The open knowledge graph of how Vietnam's provinces go digital.

First steps:

  vndx build                build a snapshot from the files, check it, publish it

  vndx query 'SELECT (COUNT(*) AS ?n) { ?p a vndx:Province }'

  vndx serve                serve the published snapshot over HTTP

Data lives in .vndx in the working directory, or in VNDX_HOME, or in --home.

Exit codes: 0 done; 1 the data is wrong (each problem is printed with file and line) or nothing was
found; 2 the command line is wrong; 3 the machine refused (disk full, no permission, another build).
"""


class LazyCommands(TyperGroup):
    """A group whose commands are imported only when they are used, or listed.

    A query should not wait for the code that builds, nor a build for a web framework.
    """

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Give the names of all commands."""
        return [*_MODULES, *sorted(point.name for point in entry_points(group=PLUGINS))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Give a command by its name, None if there is none."""
        if cmd_name in _MODULES:
            found = typer.main.get_command(import_module(_MODULES[cmd_name]).app)
        else:
            plugins = entry_points(group=PLUGINS, name=cmd_name)
            if not plugins:
                return None
            found = typer.main.get_command(next(iter(plugins)).load())
        return getattr(found, "commands", {}).get(cmd_name, found)


def make_app() -> typer.Typer:
    """Give the application with the commands of this package and those that plug-ins add."""
    app = typer.Typer(
        cls=LazyCommands,
        no_args_is_help=True,
        help=_HELP,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(lambda: None)
    return app


def main() -> None:
    """Run the command line."""
    make_app()()
