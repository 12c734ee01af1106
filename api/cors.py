"""Access from pages of other origins (CORS), around every request."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OPEN: Final = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Content-Language, Content-Location, ETag, Link, Location, Query-Id, Query-Token, Retry-After",
    ),
    (b"x-content-type-options", b"nosniff"),
)
_METHODS: Final = "GET, HEAD, POST, QUERY, DELETE, OPTIONS"
_PREFLIGHT_SECONDS: Final = "86400"


class OpenAccess:
    """Lets pages of any origin read every answer, errors too, without credentials (Fetch, CORS protocol)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, and mark every other answer as open."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            if "access-control-request-method" in headers:
                await _preflight(headers)(scope, receive, send)
                return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_OPEN]
            await send(message)

        await self._app(scope, receive, send_open)


def _preflight(headers: Headers) -> Response:
    allowed = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
        "Vary": "Access-Control-Request-Headers",
    }
    asked = headers.get("access-control-request-headers")
    if asked:
        allowed["Access-Control-Allow-Headers"] = asked
    return Response(status_code=204, headers=allowed)
