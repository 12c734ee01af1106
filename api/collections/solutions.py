"""Solutions of queries that the service itself asks: read as mappings, errors told as problems."""

from __future__ import annotations

import json
from typing import Final

from api.sparql.errors import problem_of
from graph.query.engine import SnapshotView
from graph.query.errors import QueryError
from graph.query.formats import JSON
from graph.query.requests import QueryRequest

_SECONDS: Final = 10


async def solutions(view: SnapshotView, query: str) -> list[dict[str, str]]:
    """Give the solutions of a SELECT query: the lexical forms and IRIs that variables are bound to.

    Raises:
        ProblemError: if there is no answer.
        EngineUnavailableError: if the engine cannot be reached.

    """
    bindings = json.loads(await answer_bytes(view, query))["results"]["bindings"]
    return [{name: term["value"] for name, term in found.items()} for found in bindings]


async def answer_bytes(view: SnapshotView, query: str) -> bytes:
    """Give the answer to a SELECT query as SPARQL JSON.

    Raises:
        ProblemError: if there is no answer.
        EngineUnavailableError: if the engine cannot be reached.

    """
    try:
        answer = await view.query(QueryRequest(query, solutions=JSON, seconds=_SECONDS))
        try:
            return b"".join([chunk async for chunk in answer])
        finally:
            await answer.aclose()
    except QueryError as error:
        raise problem_of(error, query) from error
