"""``DELETE /queries/{id}``: ends a query, for whoever holds its token."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.problems import ProblemError, documented
from api.services import ServicesOf

router: Final = APIRouter(tags=["SPARQL"])

_BEARER: Final = re.compile(r"bearer +(\S+)", re.IGNORECASE)
_DOCUMENTATION: Final[dict[str, Any]] = {
    "summary": "Cancel a query by its Query-Id, with its Query-Token",
    "status_code": 204,
    "responses": {
        204: {"description": "it is being cancelled"},
        **documented(
            {
                401: "no token: send Authorization: Bearer and the Query-Token",
                403: "the token of another query",
                404: "no such query, or it has ended",
            }
        ),
    },
}


@router.delete("/queries/{query_id}", response_class=Response, **_DOCUMENTATION)
async def cancel_query(request: Request, services: ServicesOf, query_id: str) -> Response:
    """Cancel a query; its request is answered with the problem ``query-cancelled``, or broken off."""
    given = _BEARER.fullmatch(request.headers.get("authorization", "").strip())
    if given is None:
        raise ProblemError(
            "no-token",
            "send the Query-Token of the query as Authorization: Bearer <token>",
            headers={"WWW-Authenticate": "Bearer"},
        )
    services.running.cancel(_uuid(query_id), given[1])
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ProblemError("not-found", f"{text!r} is no id of a query, which is a UUID") from None
