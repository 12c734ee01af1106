"""Oxigraph server (``oxigraph`` on PyPI): the same engine behind a server in Rust, without limits."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

from bench.data.dataset import Dataset
from bench.peers.base import Peer
from bench.peers.process import ServerFailedError, ServerProcess


def _binary() -> str | None:
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


class Oxigraph(Peer):
    """``oxigraph serve-read-only`` over a store with the named graphs and their merge as default graph.

    A stored merge answers faster than ``--union-default-graph``, and right: that option gives a triple
    that stands in two graphs twice.

    Args:
        dataset: what it serves.
        folder: its own.
        timeout_seconds: its limit for a query (``--timeout-s``), None for none, which is its default.

    """

    name: ClassVar[str] = "Oxigraph"
    path: ClassVar[str] = "/query"

    def __init__(self, dataset: Dataset, folder: Path, timeout_seconds: int | None = None) -> None:
        super().__init__(dataset, folder)
        self._timeout = timeout_seconds

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.folder / "store"

    @classmethod
    def unavailable(cls) -> str:
        """Look for the binary."""
        return "" if _binary() else "the command oxigraph is not there: pip install oxigraph"

    @classmethod
    def version(cls) -> str:
        """Ask the binary."""
        done = subprocess.run(
            [_binary() or "oxigraph", "--version"], capture_output=True, text=True, check=True
        )
        return done.stdout.strip().removeprefix("oxigraph ")

    def load(self) -> None:
        """Load both files, then optimise the store for reading, as its documentation advises.

        Raises:
            ServerFailedError: if it fails.

        """
        files = [str(self.dataset.quads), str(self.dataset.merge)]
        self._run("load", "--location", str(self.store), "--lenient", "--file", *files)
        self._run("optimize", "--location", str(self.store))

    def launch(self) -> ServerProcess:
        """Start the server."""
        command = [_binary() or "oxigraph", "serve-read-only", "--location", str(self.store)]
        command += ["--bind", f"127.0.0.1:{self.endpoint.port}"]
        command += ["--timeout-s", str(self._timeout)] if self._timeout else []
        return ServerProcess(command, log=self.folder / "log", folder=self.folder)

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(
            [_binary() or "oxigraph", *arguments], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise ServerFailedError(f"oxigraph {arguments[0]}: {done.stderr[-500:]}")
