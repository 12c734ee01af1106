"""What goes around every request: access from other origins, and compression that keeps entity tags true."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EXPOSED: Final = (
    "Content-Language, Content-Location, ETag, Link, Location, Query-Id, Query-Token, Retry-After"
)
_METHODS: Final = "GET, HEAD, POST, QUERY, DELETE, OPTIONS"
_PREFLIGHT_SECONDS: Final = "86400"
_GZIP_LEVEL: Final = 4
_CODED: Final = ";gzip"


class OpenAccess:
    """Lets pages of any origin read every answer, errors too, without credentials (Fetch, CORS protocol)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, and mark every other answer as open."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(headers)(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer["Access-Control-Allow-Origin"] = "*"
                answer["Access-Control-Expose-Headers"] = _EXPOSED
                answer["X-Content-Type-Options"] = "nosniff"
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


class Compression:
    """Compresses answers, and gives the compressed form a strong entity tag of its own.

    A strong tag names one sequence of bytes (RFC 9110, section 8.8.1), so the tag of the compressed form
    has a suffix, which is taken off again when a client sends it back.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._gzip = GZipMiddleware(app, compresslevel=_GZIP_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress if the client can read it; an HTTP/1.0 answer needs its length, so it is left alone."""
        if scope["type"] != "http":
            await self._plain(scope, receive, send)
            return
        known = ", ".join(Headers(scope=scope).getlist("if-none-match"))
        app = self._plain if scope["http_version"] == "1.0" else self._gzip

        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tag(MutableHeaders(scope=message), known, message["status"])
            await send(message)

        await app(_with_plain_tags(scope), receive, send_tagged)


def _with_plain_tags(scope: Scope) -> Scope:
    headers = [
        (name, value.replace(_CODED.encode() + b'"', b'"') if name == b"if-none-match" else value)
        for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


def _tag(headers: MutableHeaders, known: str, status: int) -> None:
    tag = headers.get("etag", "")
    if not tag.endswith('"'):
        return
    coded = f'{tag[:-1]}{_CODED}"'
    if headers.get("content-encoding") == "gzip" or (status == 304 and coded in known):
        headers["ETag"] = coded
