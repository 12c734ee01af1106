"""The queries under way: each can be cancelled by its token, and is told of in the log if it was slow."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from api.problems import ProblemError
from api.sparql.errors import problem_of
from api.sparql.identity import ID_HEADER, QueryIdentity
from api.sparql.slow_queries import EndedQuery, log_if_slow
from graph.query.errors import ClientShareError, EngineBusyError, EngineUnavailableError, QueryError

ANSWERED: Final = "answered"
CLIENT_GONE: Final = "client-gone"

_OUTCOMES: Final = {
    ClientShareError: "rate-limited",
    EngineBusyError: "busy",
    EngineUnavailableError: "unavailable",
    asyncio.CancelledError: CLIENT_GONE,
}


class RunningQueries:
    """The queries of this server process that have not ended.

    Args:
        slow_seconds: queries that took so long, waiting included, are logged.
        on_ended: called with each query that has ended.

    """

    def __init__(self, slow_seconds: float, on_ended: Callable[[EndedQuery], None]) -> None:
        self._slow_seconds = slow_seconds
        self._on_ended = on_ended
        self._running: dict[UUID, RunningQuery] = {}

    def __len__(self) -> int:
        """Give how many queries are under way."""
        return len(self._running)

    def enter(self, identity: QueryIdentity, query: str) -> RunningQuery:
        """Take a query in; whoever has it calls `RunningQuery.end`.

        Raises:
            ProblemError: if a query with the same id is under way.

        """
        if identity.id in self._running:
            raise ProblemError(
                "query-id-in-use", f"a query with this id is under way: send another {ID_HEADER}"
            )
        running = RunningQuery(identity, query, self)
        self._running[identity.id] = running
        return running

    def cancel(self, query_id: UUID, token: str) -> None:
        """Cancel a query; it ends soon after.

        Raises:
            ProblemError: if there is no such query or it has ended, or if the token is not its own.

        """
        running = self._running.get(query_id)
        if running is None:
            raise ProblemError("not-found", "no query with this id is under way: it may have ended")
        if not hmac.compare_digest(running.identity.token.encode(), token.encode()):
            raise ProblemError("wrong-token", "send the Query-Token that came with this query's id")
        if not running.cancelled.done():
            running.cancelled.set_result(None)

    def leave(self, running: RunningQuery, outcome: str) -> None:
        """Forget a query that has ended, and log it if it was slow."""
        if self._running.pop(running.identity.id, None) is running:
            seconds = time.monotonic() - running.started
            ended = EndedQuery(running.identity.id, running.query, seconds, outcome, running.sent)
            log_if_slow(ended, self._slow_seconds)
            self._on_ended(ended)


@dataclass(eq=False)
class RunningQuery:
    """A query from its arrival to the last byte of its answer.

    Attributes:
        identity: its id and token.
        query: its text.
        cancelled: done when somebody with the token wants it to end.
        started: when it came, on the monotonic clock.
        sent: how many bytes of its answer have been sent, before compression.

    """

    identity: QueryIdentity
    query: str
    _all: RunningQueries = field(repr=False)
    cancelled: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    started: float = field(default_factory=time.monotonic)
    sent: int = 0

    def end(self, outcome: str) -> None:
        """Say how it ended; only the first word counts."""
        self._all.leave(self, outcome)


def outcome_of(error: BaseException) -> str:
    """Give the word for how a query ended with an error: the name of its problem where it is one."""
    if isinstance(error, ProblemError):
        return error.slug
    if isinstance(error, QueryError):
        return problem_of(error, "").slug
    return next((word for kind, word in _OUTCOMES.items() if isinstance(error, kind)), "internal")
