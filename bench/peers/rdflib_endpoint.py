"""rdflib-endpoint (PyPI): FastAPI over an rdflib dataset in memory."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar

from bench.peers.base import Peer
from bench.peers.process import ServerProcess


class RdflibEndpoint(Peer):
    """``rdflib-endpoint serve``, which runs uvicorn; its default graph is the union of the named graphs."""

    name: ClassVar[str] = "rdflib-endpoint"
    path: ClassVar[str] = "/"
    slow: ClassVar[bool] = True

    @classmethod
    def unavailable(cls) -> str:
        """Look for the package."""
        try:
            version("rdflib-endpoint")
        except PackageNotFoundError:
            return "the package is not there: pip install rdflib-endpoint"
        return ""

    @classmethod
    def version(cls) -> str:
        """Give the versions of both packages."""
        return f"{version('rdflib-endpoint')}, rdflib {version('rdflib')}"

    def load(self) -> None:
        """Do nothing: it loads the file when it starts."""

    def launch(self) -> ServerProcess:
        """Start the server."""
        command = [sys.executable, "-m", "rdflib_endpoint", "serve", "--host", "127.0.0.1"]
        command += ["--port", str(self.endpoint.port), str(self.dataset.quads)]
        return ServerProcess(command, log=self.folder / "log", folder=self.folder)
