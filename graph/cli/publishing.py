"""``vndx publish``, ``vndx rollback``, ``vndx snapshots`` and ``vndx prune``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from graph.cli.options import DEFAULT_WAIT, EXIT_DATA, Home, Json, Wait, fail, home_of, machine_errors
from graph.snapshots.cleanup import prune
from graph.snapshots.home import SnapshotHome
from graph.snapshots.lock import exclusive
from graph.snapshots.manifest import Manifest
from graph.snapshots.publishing import NothingToRollBackError, publish, rollback

app = typer.Typer()


def _say(message: str) -> None:
    typer.echo(f"vndx: {message}", err=True)


@app.command("publish")
def publish_command(
    snapshot: Annotated[str, typer.Argument(help="Id of the snapshot, as `vndx snapshots` lists it.")],
    home: Home = None,
    wait: Wait = DEFAULT_WAIT,
) -> None:
    """Make a snapshot the current one, in one atomic step; a running server follows by itself.

    \b
    Example:
      vndx publish 0123456789abcdef
    """  # noqa: D301
    place = home_of(home)
    with machine_errors(place), exclusive(place.lock_file, "publish", wait_seconds=wait, on_wait=_say):
        published = publish(place, snapshot)
    typer.echo(f"current is now {published.id}")


@app.command("rollback")
def rollback_command(home: Home = None, wait: Wait = DEFAULT_WAIT) -> None:
    """Go back to the snapshot that was published before the current one; again: to the one before that.

    \b
    Example:
      vndx rollback
    """  # noqa: D301
    place = home_of(home)
    try:
        with machine_errors(place), exclusive(place.lock_file, "rollback", wait_seconds=wait, on_wait=_say):
            published = rollback(place)
    except NothingToRollBackError as error:
        raise fail(str(error), EXIT_DATA) from error
    typer.echo(f"current is now {published.id}")


@app.command("snapshots")
def snapshots_command(home: Home = None, *, as_json: Json = False) -> None:
    """List the snapshots, the newest first; the current one is marked.

    \b
    Example:
      vndx snapshots --json
    """  # noqa: D301
    place = home_of(home)
    with machine_errors(place):
        published = place.current()
        found = sorted(_readable(place), key=_age, reverse=True)
    current = published.id if published else ""
    if as_json:
        typer.echo(json.dumps([_fields(manifest, current) for manifest in found], indent=1))
        return
    if not found:
        typer.echo(f"no snapshots in {place.root}; make one with `vndx build`")
    for manifest in found:
        typer.echo(
            f"{'*' if manifest.id == current else ' '} {manifest.id}  {manifest.created:%Y-%m-%d %H:%M:%S}  "
            f"{manifest.distinct_triples:>10,} triples  {manifest.entities:>7,} entities  "
            f"{manifest.size_bytes / 1e6:>6.0f} MB"
        )


@app.command("prune")
def prune_command(
    home: Home = None,
    keep: Annotated[int, typer.Option(help="Snapshots to keep besides the current one.", min=0)] = 3,
    wait: Wait = DEFAULT_WAIT,
) -> None:
    """Remove old snapshots; the current one always stays.

    \b
    Example:
      vndx prune --keep 1
    """  # noqa: D301
    place = home_of(home)
    with machine_errors(place), exclusive(place.lock_file, "prune", wait_seconds=wait, on_wait=_say):
        removed = prune(place, keep)
    for snapshot in removed:
        typer.echo(f"removed {snapshot.id}")
    typer.echo(f"{len(removed)} snapshot(s) removed")


def _readable(home: SnapshotHome) -> Iterator[Manifest]:
    """Go through the manifests, and name those that this version cannot read."""
    for snapshot in home:
        try:
            yield snapshot.manifest()
        except ValueError as error:
            _say(f"{snapshot.id} cannot be read: {error}")


def _age(manifest: Manifest) -> tuple[datetime, str]:
    return manifest.created, manifest.id


def _fields(manifest: Manifest, current: str) -> dict[str, str | int | bool]:
    return {
        "id": manifest.id,
        "created": manifest.created.isoformat(timespec="seconds"),
        "current": manifest.id == current,
        "triples": manifest.distinct_triples,
        "graphs": len(manifest.graphs),
        "entities": manifest.entities,
        "size_bytes": manifest.size_bytes,
    }
