"""The engine seam: what everything above asks of a SPARQL engine, whichever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from graph.query.formats import AnswerKind, Format
from graph.query.lookups import Plan
from graph.query.requests import QueryRequest
from graph.snapshots.home import Snapshot

Result = TypeVar("Result")


class QueryAnswer(ABC):
    """An answer under way: what it is, then its bytes as they come.

    Whoever has an answer closes it. Closing one that has not been read to its end stops the query.

    Attributes:
        kind: whether it is solutions (a boolean too) or a graph.
        format: the format that it is written in.

    """

    kind: AnswerKind
    format: Format

    @abstractmethod
    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the bytes; ends only if the answer is whole.

        Raises:
            QueryError: if it turns out that there is no whole answer.

        """

    @abstractmethod
    async def aclose(self) -> None:
        """Stop the query if it is still running, and free what it holds."""


@dataclass(frozen=True)
class EngineStatus:
    """How an engine is doing.

    Attributes:
        ready: whether it answers.
        detail: why not, for people.
        snapshot: the id of the snapshot that it serves, empty if none or unknown.
        triples: how many triples that has in all its graphs, None if unknown.

    """

    ready: bool
    detail: str = ""
    snapshot: str = ""
    triples: int | None = None


@dataclass(frozen=True)
class NamedGraphEntry:
    """A named graph, and how many triples it has if that is known."""

    iri: str
    triples: int | None = None


class SnapshotView(Protocol):
    """One snapshot, as seen by one request from its start to its end."""

    @property
    def id(self) -> str:
        """The id of the snapshot; empty if it is unknown, and nothing may then be kept in a cache."""
        ...

    @property
    def triples(self) -> int | None:
        """The size of the default graph, which is the merge of the named graphs; None if unknown."""
        ...

    @property
    def files(self) -> Snapshot | None:
        """The files of the snapshot: index, dumps, reports, manifest; None if they are elsewhere."""
        ...

    async def query(self, request: QueryRequest) -> QueryAnswer:
        """Evaluate a query; returns when the kind of the answer is known.

        Raises:
            QueryError: if it has no answer.
            ClientShareError: if the client of the request has too many queries under way already.
            EngineBusyError: if there is no free worker.
            EngineUnavailableError: if the engine cannot be reached.

        """
        ...

    async def lookup(self, plan: Plan[Result]) -> Result:
        """Run a bounded look-up.

        Raises:
            EngineUnavailableError: if the engine cannot be reached.

        """
        ...

    async def named_graphs(self) -> Sequence[NamedGraphEntry]:
        """Give the named graphs, by IRI.

        Raises:
            EngineUnavailableError: if the engine cannot be reached.

        """
        ...


class Engine(Protocol):
    """Something that answers SPARQL over the current snapshot."""

    async def start(self) -> None:
        """Begin to load what is to be served; returns before that is done."""
        ...

    @property
    def snapshot(self) -> str:
        """The id of the snapshot that a view entered now would be of; empty if none, or if unknown."""
        ...

    def view(self) -> AbstractAsyncContextManager[SnapshotView]:
        """Enter the current snapshot; it stays the same until the view is left.

        Raises:
            EngineUnavailableError: on entering, if no snapshot is loaded.

        """
        ...

    async def status(self) -> EngineStatus:
        """Say how the engine is doing; this asks a worker."""
        ...

    async def refresh(self) -> None:
        """Look now whether another snapshot has been published, and switch to it if so."""
        ...

    async def stop(self) -> None:
        """End everything that was started."""
        ...
