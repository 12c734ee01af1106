"""``vndx serve``: run the service."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any, cast

import typer
import uvicorn

from api.app import create_service
from api.http_protocol import HttpLimits, bounded_protocol
from api.open_files import allow_open_files
from api.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("serve")
def serve(
    *,
    home: Annotated[Path | None, typer.Option(help="The data home, where snapshots are published.")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on; 0 for any free one.")] = None,
    public_base: Annotated[
        str | None, typer.Option(help="Where the world sees the service, e.g. https://vndx.example.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="How many queries run at once.")] = None,
    deadline: Annotated[float | None, typer.Option(help="Seconds that a query may take.")] = None,
) -> None:
    """Serve SPARQL, entities and pages over HTTP, and follow what is published while running.

    Every setting can also be given in the environment, e.g. VNDX_PORT=8080 or VNDX_WORKER_MEMORY.
    The service is ready when /health/ready answers 200.

    Example: vndx serve --port 8080
    """
    given: dict[str, Any] = {
        "home": home,
        "host": host,
        "port": port,
        "public_base": public_base,
        "workers": workers,
        "deadline": deadline,
    }
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    run(settings)


def run(settings: Settings) -> None:
    """Run the service until it is told to stop."""
    limits = HttpLimits(
        connections=allow_open_files(settings.connections),
        head_bytes=settings.head_limit,
        head_seconds=settings.head_seconds,
        body_seconds=settings.body_seconds,
    )
    uvicorn.run(
        create_service(settings),
        http=cast("type[asyncio.Protocol]", bounded_protocol(limits)),  # uvicorn only calls it
        ws="none",
        host=settings.host,
        port=settings.port,
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=int(settings.deadline) + 1,
        log_config=LOGGING,
    )


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        name: {"handlers": ["stderr"], "level": level, "propagate": False}
        for name, level in (
            ("api", "INFO"),
            ("graph", "INFO"),
            ("uvicorn", "INFO"),
        )
    },
}
"""One line for each event; requests are not logged."""
