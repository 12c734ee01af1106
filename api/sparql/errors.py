"""The errors of queries as problems: whose fault, and what would help."""

from __future__ import annotations

from typing import Final

from api.problems import ProblemError
from api.sparql.syntax_messages import excerpt, explain
from graph.query import errors
from graph.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, AnswerKind

_RETRY_SECONDS: Final = "30"


def problem_of(error: errors.QueryError, query: str) -> ProblemError:
    """Give the problem that tells a client of an error of its query."""
    found = _problem_of_request(error, query) or _problem_of_limit(error) or _problem_of_run(error)
    return found or ProblemError("query-evaluation", str(error))


def _problem_of_request(error: errors.QueryError, query: str) -> ProblemError | None:
    """Give the problem of a query that is refused or cannot be answered as asked."""
    match error:
        case errors.QuerySyntaxError():
            return _syntax_problem(error, query)
        case errors.UpdateRefusedError():
            return ProblemError("read-only", f"{error}: this endpoint answers queries only")
        case errors.ServiceRefusedError():
            hint = "; run the federated query from your side and call this endpoint with SERVICE"
            return ProblemError("service-refused", f"{error}{hint}")
        case errors.UnsupportedFormError():
            return not_acceptable(error.kind)
        case errors.UnwritableAnswerError():
            return ProblemError("not-acceptable", str(error))
        case _:
            return None


def _problem_of_limit(error: errors.QueryError) -> ProblemError | None:
    """Give the problem of a query that asks for more than there is for one."""
    match error:
        case errors.QueryTooComplexError():
            return ProblemError(
                "query-too-complex",
                f"{error} to be understood: ask with VALUES, IN or property paths instead of long chains of "
                "UNION or of operators",
            )
        case errors.ResultTooLargeError():
            mebibytes = error.limit / 1024**2
            return ProblemError(
                "result-too-large",
                f"the answer is larger than {mebibytes:g} MiB: ask for fewer rows with LIMIT and OFFSET, "
                "or take the dump",
                {"limit": error.limit},
            )
        case errors.QueryTimeoutError():
            return ProblemError(
                "query-timeout",
                f"the query was stopped after {error.seconds:g} s: ask for less, e.g. with LIMIT or a filter "
                "on fewer things",
                {"seconds": error.seconds},
                {"Retry-After": _RETRY_SECONDS},
            )
        case errors.QueryMemoryError():
            return ProblemError(
                "query-memory",
                "the query was stopped when it reached the limit of its memory: sort or group less at once",
                headers={"Retry-After": _RETRY_SECONDS},
            )
        case _:
            return None


def _problem_of_run(error: errors.QueryError) -> ProblemError | None:
    """Give the problem of a query that others stopped, or that ended its worker."""
    match error:
        case errors.ServiceFailedError():
            return ProblemError("service-failed", f"{error}; SERVICE SILENT goes on without it")
        case errors.QueryCancelledError():
            return ProblemError("query-cancelled", "somebody with its token cancelled the query")
        case errors.QueryCrashError():
            return ProblemError("query-crash", "its worker was replaced, and no other query was affected")
        case _:
            return None


def not_acceptable(kind: AnswerKind | None = None) -> ProblemError:
    """Give the problem of a client that accepts none of the formats for a kind of answer."""
    offered = {
        AnswerKind.SOLUTIONS: [found.media_type for found in SOLUTION_FORMATS],
        AnswerKind.GRAPH: [found.media_type for found in GRAPH_FORMATS],
    }
    if kind is None:
        available = offered[AnswerKind.SOLUTIONS] + offered[AnswerKind.GRAPH]
        return ProblemError("not-acceptable", "no accepted format is available", {"available": available})
    forms = "SELECT and ASK" if kind is AnswerKind.SOLUTIONS else "CONSTRUCT and DESCRIBE"
    return ProblemError(
        "not-acceptable",
        f"answers of {forms} can be had as {', '.join(offered[kind])}",
        {"available": offered[kind]},
    )


def _syntax_problem(error: errors.QuerySyntaxError, query: str) -> ProblemError:
    message = explain(str(error))
    if not error.line:
        return ProblemError("query-syntax", message)
    before = excerpt(query, error.line, error.column)
    after = f", after `{before}`" if before.strip() else ""
    detail = f"line {error.line}, column {error.column}{after}: {message}"
    return ProblemError("query-syntax", detail, {"line": error.line, "column": error.column})
