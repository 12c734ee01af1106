"""Routes whose JSON bodies are bounded: the framework alone would read any number of bytes into memory."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Message

from api.problems import ProblemError
from api.services import services_in

_CLIENT_CLOSED: Final = 499


class BoundedBodyRoute(APIRoute):
    """A route that answers 413 to a body that is larger than any request may be."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler, behind what reads the body and stops in time."""
        handle = super().get_route_handler()

        async def handle_bounded(request: Request) -> Response:
            try:
                bodies = [await _read(request)]
            except ClientDisconnect:
                return Response(status_code=_CLIENT_CLOSED)  # nobody reads it

            async def receive() -> Message:
                if bodies:
                    return {"type": "http.request", "body": bodies.pop(), "more_body": False}
                return await request.receive()

            return await handle(Request(request.scope, receive))

        return handle_bounded


async def _read(request: Request) -> bytes:
    limit = services_in(request).settings.query_limit
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def _too_large(limit: int) -> ProblemError:
    detail = f"what is sent may have {limit} bytes: send it in parts"
    return ProblemError("too-large", detail, {"limit": limit}, {"Connection": "close"})
