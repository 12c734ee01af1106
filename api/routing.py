"""Routes that can be read: each answers HEAD as it answers GET."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.responses import Response

Handler = TypeVar("Handler", bound=Callable[..., Any])


def readable(router: APIRouter, path: str, **documentation: Any) -> Callable[[Handler], Handler]:
    """Have a function answer GET and HEAD of a path; only GET is in the OpenAPI description."""

    def register(handler: Handler) -> Handler:
        router.add_api_route(path, handler, methods=["GET"], response_class=Response, **documentation)
        router.add_api_route(path, handler, methods=["HEAD"], include_in_schema=False)
        return handler

    return register
