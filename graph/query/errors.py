"""What can go wrong with a query, as exceptions that say whose fault it is and what would help."""

from __future__ import annotations

from graph.query.formats import AnswerKind


class QueryError(Exception):
    """A query has no answer; the text says why, for the person who wrote the query."""


class QuerySyntaxError(QueryError):
    """The text is no SPARQL 1.1 query; ``line`` and ``column`` count from 1 and are 0 where unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class UpdateRefusedError(QueryError):
    """The text is a SPARQL update (INSERT, LOAD, ...), which changes data: the graph is read-only."""


class ServiceRefusedError(QueryError):
    """The query calls another server with SERVICE, and that is not allowed."""


class ServiceFailedError(QueryError):
    """A server that the query calls with SERVICE gave no answer that can be used; the text says why."""


class UnsupportedFormError(QueryError):
    """The formats that the client accepts cannot carry the answer of a query of this form."""

    def __init__(self, kind: AnswerKind) -> None:
        super().__init__(f"none of the accepted formats can carry {kind.value}")
        self.kind = kind


class UnwritableAnswerError(QueryError):
    """The answer has a term that the format cannot carry, e.g. a control character in XML."""


class EvaluationError(QueryError):
    """The engine gave up while evaluating; the text is its reason."""


class ResultTooLargeError(QueryError):
    """The answer is larger than ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the answer is larger than {limit} bytes")
        self.limit = limit


class QueryTimeoutError(QueryError):
    """The query was stopped at its deadline of ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the query was stopped after {seconds:g} s")
        self.seconds = seconds


class QueryMemoryError(QueryError):
    """The query needed more memory than a worker may have, and was stopped."""


class QueryCrashError(QueryError):
    """The worker died while it evaluated the query; nobody else was affected."""


class QueryTooComplexError(QueryError):
    """The worker ran out of stack before there was an answer: while parsing or planning the query."""

    def __init__(self) -> None:
        super().__init__("the query has too many parts in each other or in a row")


class QueryCancelledError(QueryError):
    """Whoever holds the token of the query has cancelled it."""

    def __init__(self) -> None:
        super().__init__("the query was cancelled")


class ClientShareError(Exception):
    """One client has as much under way as it may have; others are not affected.

    Attributes:
        seconds: after how long another is likely to be taken.

    """

    def __init__(self, running: int, waiting: int, seconds: int, what: str = "queries") -> None:
        super().__init__(f"{running} of your {what} run and {waiting} wait already")
        self.seconds = seconds


class EngineBusyError(Exception):
    """All workers are taken and the queue is full, or the wait was too long.

    Attributes:
        seconds: after how long a worker is likely to be free.

    """

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class EngineUnavailableError(Exception):
    """No snapshot is loaded, or the engine cannot be reached; it is not the fault of the query."""
