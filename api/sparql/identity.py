"""Which query is which: ``Query-Id`` and ``Query-Token``, chosen by the client or by the service.

Both stand in every answer of the endpoint. A client that may want to cancel a query before its answer starts
sends both of its own choice. The id may be shown to anybody; whoever knows the token may cancel.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ProblemError

ID_HEADER: Final = "Query-Id"
TOKEN_HEADER: Final = "Query-Token"  # noqa: S105 - the name of a header

_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
# What may stand behind "Bearer" (RFC 6750, section 2.1); 128 bits are 32 hexadecimal digits.
_TOKEN: Final = re.compile(r"(?=.{32,256}\Z)[A-Za-z0-9._~+/-]+=*")
_TOKEN_BYTES: Final = 32
_STATE: Final = "query_identity"


@dataclass(frozen=True)
class QueryIdentity:
    """The id of a query, and the secret that cancels it."""

    id: UUID
    token: str = field(repr=False)


def identify(request: Request) -> QueryIdentity:
    """Give a request its identity, and have its answer say so.

    Raises:
        ProblemError: if the client sends an id that is no UUID, or a token that could be guessed.

    """
    identity = read_identity(request.headers)
    setattr(request.state, _STATE, identity)
    return identity


def read_identity(headers: Headers) -> QueryIdentity:
    """Read the identity that a client chose, and choose what it did not.

    Raises:
        ProblemError: if the id is no UUID, or the token too short or sent without an id.

    """
    given_id, given_token = headers.get(ID_HEADER), headers.get(TOKEN_HEADER)
    if given_id is not None and not _UUID.fullmatch(given_id):
        raise ProblemError(
            "bad-request", f"{ID_HEADER}: write a UUID, as 123e4567-e89b-42d3-a456-426614174000"
        )
    if given_token is not None and given_id is None:
        raise ProblemError("bad-request", f"{TOKEN_HEADER} is for a query with an id: send {ID_HEADER} too")
    if given_token is not None and not _TOKEN.fullmatch(given_token):
        raise ProblemError(
            "bad-request",
            f"{TOKEN_HEADER}: write 32 to 256 letters, digits or -._~+/ that nobody can guess, "
            "at least 128 random bits",
        )
    return QueryIdentity(
        UUID(given_id) if given_id else uuid4(), given_token or secrets.token_urlsafe(_TOKEN_BYTES)
    )


class IdentityHeaders:
    """Says in the headers of an answer, an error too, which query it belongs to."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers if the request was given an identity with `identify`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def send_identified(message: Message) -> None:
            identity: QueryIdentity | None = state.get(_STATE)
            if message["type"] == "http.response.start" and identity is not None:
                answer = MutableHeaders(scope=message)
                answer[ID_HEADER] = str(identity.id)
                answer[TOKEN_HEADER] = identity.token
            await send(message)

        await self._app(scope, receive, send_identified)
