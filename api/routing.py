"""Kinds of routes: those that can be read, and those that read their requests themselves."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

Handler = TypeVar("Handler", bound=Callable[..., Any])


class DirectRoute(APIRoute):
    """A route whose function takes the request alone and gives the response.

    FastAPI describes it as any other, but does not look for parameters and dependencies, which takes longer
    than all else that a small query needs in this process.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the function itself."""
        return self.endpoint


def readable(router: APIRouter, path: str, **documentation: Any) -> Callable[[Handler], Handler]:
    """Have a function answer GET and HEAD of a path; only GET is in the OpenAPI description."""

    def register(handler: Handler) -> Handler:
        router.add_api_route(path, handler, methods=["GET"], response_class=Response, **documentation)
        router.add_api_route(path, handler, methods=["HEAD"], include_in_schema=False)
        return handler

    return register
