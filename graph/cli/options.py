"""Options that several commands share, and what happens when the machine refuses."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from graph.snapshots.home import SnapshotHome, UnknownSnapshotError
from graph.snapshots.lock import LockedError

EXIT_DATA = 1
EXIT_MACHINE = 3

Home = Annotated[
    Path | None,
    typer.Option(
        help="Folder of snapshots and cache. Default: VNDX_HOME, else .vndx here.", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
Wait = Annotated[
    float, typer.Option(help="Seconds to wait for another build or publication to finish.", min=0)
]

DEFAULT_WAIT = 3600.0


def home_of(given: Path | None) -> SnapshotHome:
    """Give the data home of a command."""
    return SnapshotHome.resolve(given)


def fail(message: str, code: int) -> typer.Exit:
    """Print a message on standard error, and give the exit to raise."""
    typer.echo(f"vndx: {message}", err=True)
    return typer.Exit(code)


@contextmanager
def machine_errors(home: SnapshotHome) -> Iterator[None]:
    """Turn what the machine or the data home refuses into a message and an exit code."""
    try:
        yield
    except LockedError as error:
        raise fail(f"{error}; try again when it has finished, or wait with --wait", EXIT_MACHINE) from error
    except UnknownSnapshotError as error:
        raise fail(str(error), EXIT_DATA) from error
    except BrokenExecutor as error:
        raise fail(
            "a worker process died, perhaps for lack of memory; try --workers 1", EXIT_MACHINE
        ) from error
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        reason = error.strerror or str(error)
        raise fail(
            f"cannot go on: {reason}{place}. What is published in {home.root} is unchanged", EXIT_MACHINE
        ) from error
