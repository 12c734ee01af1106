"""What the scenarios ask of a server that is measured."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, urlencode

import httpx

from bench.allowances import Allowance
from bench.data.dataset import Dataset
from bench.peers.process import ServerProcess, free_port

READY_SECONDS = 600


@dataclass(frozen=True)
class Endpoint:
    """Where a server answers the SPARQL 1.1 Protocol.

    Attributes:
        port: on the host.
        path: of the endpoint.
        default_graph: sent as ``default-graph-uri`` with every query, unless it is empty.
        named_graphs: sent as ``named-graph-uri`` with queries that say GRAPH.
        host: an address of loopback.

    """

    port: int
    path: str
    default_graph: str = ""
    named_graphs: tuple[str, ...] = ()
    host: str = "127.0.0.1"

    def target(self, query: str, *, every_graph: bool = False) -> str:
        """Give path and query string of a GET request; the query comes last, so that it can be extended.

        Args:
            query: the SPARQL query.
            every_graph: whether it is about all named graphs there are, so that none are named.

        """
        parameters = [("default-graph-uri", self.default_graph)] if self.default_graph else []
        if "GRAPH" in query and not every_graph:
            parameters += [("named-graph-uri", graph) for graph in self.named_graphs]
        return f"{self.path}?{urlencode([*parameters, ('query', query)], quote_via=quote, safe='')}"

    def address(self, query: str, *, every_graph: bool = False) -> str:
        """Give the whole address of a GET request."""
        return f"http://{self.host}:{self.port}{self.target(query, every_graph=every_graph)}"


class Peer(ABC):
    """A server on a free port of loopback, over one dataset.

    Args:
        dataset: what it serves.
        folder: its own, for files and logs; made here.

    """

    name: ClassVar[str]
    path: ClassVar[str] = "/sparql"
    default_graph: ClassVar[str] = ""
    slow: ClassVar[bool] = False
    """Whether it is so slow that only a part can be measured, within a limit of time."""
    allowances: ClassVar[tuple[Allowance, ...]] = ()
    """Known deviations from the standard that are not held against it."""

    def __init__(self, dataset: Dataset, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.dataset = dataset
        self.folder = folder
        self.endpoint = Endpoint(free_port(), self.path, self.default_graph)
        self.load_seconds: float | None = None
        self.start_seconds: float | None = None
        self._process: ServerProcess | None = None

    @classmethod
    def unavailable(cls) -> str:
        """Say why this server cannot be measured on this machine; empty if it can."""
        return ""

    @classmethod
    @abstractmethod
    def version(cls) -> str:
        """Give the version, and settings that are not the default."""

    @abstractmethod
    def load(self) -> None:
        """Make what the server needs on disk.

        Raises:
            ServerFailedError: if that fails.

        """

    @abstractmethod
    def launch(self) -> ServerProcess:
        """Start the server."""

    def is_ready(self) -> bool:
        """Say whether the server answers a query."""
        try:
            headers = {"Accept": "application/sparql-results+json"}
            response = httpx.get(self.endpoint.address("ASK {}"), headers=headers, timeout=5)
        except httpx.TransportError:
            return False
        return response.status_code == httpx.codes.OK

    def begin(self) -> None:
        """Load and start, without waiting for the server to answer.

        Raises:
            ServerFailedError: if loading fails.

        """
        started = time.monotonic()
        self.load()
        self.load_seconds = time.monotonic() - started
        self._process = self.launch()

    def wait(self) -> None:
        """Wait until the server answers.

        Raises:
            ServerFailedError: if it ends or takes too long.

        """
        self.start_seconds = self.process.wait_until(self.is_ready, READY_SECONDS)

    def start(self) -> None:
        """Load, start and wait until it answers; both times are kept.

        Raises:
            ServerFailedError: if it does not come up.

        """
        self.begin()
        self.wait()

    @property
    def process(self) -> ServerProcess:
        """The running process.

        Raises:
            RuntimeError: if it has not been started.

        """
        if self._process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._process

    def stop(self) -> None:
        """End the server if it runs."""
        if self._process is not None:
            self._process.stop()

    def settings(self) -> Mapping[str, object]:
        """Give what a reader of the results should know of how the server was run."""
        return {
            "version": self.version(),
            "load_seconds": self.load_seconds,
            "start_seconds": self.start_seconds,
        }
