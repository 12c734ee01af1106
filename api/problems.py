"""Errors as problem details (RFC 9457): one place that knows every kind, and how each is written.

A person's browser gets a readable page, everything else ``application/problem+json``. What is said is
for the one who asked; what went wrong inside the server goes to its log only.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, TypeVar

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.negotiation import prefers_html
from api.pages.reader import reader_of
from api.pages.render import Pages
from api.pages.security import PAGE_HEADERS
from api.problem_advice import hint
from api.problem_kinds import KINDS, PROBLEM_BASE, PROBLEM_JSON, ProblemKind
from api.representation import header_list
from graph.query.errors import ClientShareError, EngineBusyError, EngineUnavailableError

Kind = TypeVar("Kind", bound=Exception)

_LOG: Final = logging.getLogger(__name__)
# Where a request's state says which problem it was answered with.
_TOLD: Final = "problem"


@dataclass
class ProblemError(Exception):
    """A problem to be told to the client.

    Attributes:
        slug: one of `KINDS`.
        detail: what is wrong here, and what would be right.
        members: further members of the problem object, e.g. ``line``.
        headers: further headers of the answer.

    """

    slug: str
    detail: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> ProblemKind:
        """The kind of the problem."""
        return KINDS[self.slug]


def documented(problems: Mapping[int, str]) -> dict[int | str, dict[str, Any]]:
    """Give the part of an OpenAPI description that says when a route answers with which problem."""
    content = {PROBLEM_JSON: {"schema": {"type": "object"}}}
    return {status: {"description": text, "content": content} for status, text in problems.items()}


def problem_response(request: Request, problem: ProblemError) -> Response:
    """Write a problem for the client that made a request."""
    kind = problem.kind
    request.scope.setdefault("state", {})[_TOLD] = kind.slug
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language", **problem.headers}
    accept = header_list(request, "accept")
    if prefers_html(accept):
        reader = reader_of(request)
        pages: Pages = request.app.state.services.pages
        help_given = hint(kind, request.url.path, problem.members, problem.headers)
        page = pages.render("problem.html", reader, kind=kind, problem=problem, hint=help_given)
        headers = {**PAGE_HEADERS, **headers, "Content-Language": reader.language}
        return Response(page, kind.status, headers, "text/html")
    content = {
        "type": PROBLEM_BASE + kind.slug,
        "title": kind.title,
        "status": kind.status.value,
        "detail": problem.detail,
        "instance": request.url.path,
        **problem.members,
    }
    content = {name: value for name, value in content.items() if value not in ("", None)}
    return Response(
        json.dumps(content, ensure_ascii=False).encode() + b"\n", kind.status, headers, PROBLEM_JSON
    )


def problem_told(state: Mapping[str, Any]) -> str:
    """Give the slug of the problem that a request with this state was answered with, empty if with none."""
    return str(state.get(_TOLD, ""))


def install_problem_handlers(app: FastAPI) -> None:
    """Have every error of an application answered as a problem; called before other layers are added."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(ClientShareError, _on_share)
    app.add_exception_handler(EngineBusyError, _on_busy)
    app.add_exception_handler(EngineUnavailableError, _on_unavailable)
    app.add_middleware(FailureProblems)


async def _on_problem(request: Request, error: Exception) -> Response:
    return problem_response(request, _as(ProblemError, error))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    raised = _as(HTTPException, error)
    headers = dict(raised.headers or {})
    slug = next((kind.slug for kind in KINDS.values() if kind.status == raised.status_code), "bad-request")
    if raised.status_code == HTTPStatus.NOT_FOUND:
        detail = f"nothing is served at {request.url.path}"
    elif raised.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed_methods(request)
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
        detail = f"{request.method} is not possible here; possible: {headers['Allow']}"
    else:
        detail = str(raised.detail)
    return problem_response(request, ProblemError(slug, detail, headers=headers))


def allowed_methods(request: Request) -> str:
    """Give the methods that any route has for the address of a request; each has OPTIONS."""
    methods = {"OPTIONS"}
    for route in _flat(request.app.routes):
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(methods))


def _flat(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Give the routes of an application; FastAPI keeps those of an included router together."""
    for route in routes:
        included: APIRouter | None = getattr(route, "original_router", None)
        yield from _flat(included.routes) if included else (route,)


async def _on_invalid(request: Request, error: Exception) -> Response:
    known = _query_parameters(request)
    errors = [
        {
            "parameter": ".".join(map(str, found["loc"][1:])),
            "in": str(found["loc"][0]),
            "detail": f"there is no such parameter; there are {', '.join(known)}"
            if found["type"] == "extra_forbidden" and known
            else found["msg"],
        }
        for found in _as(RequestValidationError, error).errors()
    ]
    detail = "; ".join(f"{found['parameter']}: {found['detail']}" for found in errors)
    return problem_response(request, ProblemError("bad-request", detail, {"errors": errors}))


def _query_parameters(request: Request) -> list[str]:
    """Give the names of the parameters that the route of a request reads from the query string."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return []
    found: list[str] = []
    for parameter in route.dependant.query_params:
        model = parameter.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            found += (field.alias or name for name, field in model.model_fields.items())
        else:
            found.append(parameter.alias)
    return found


async def _on_share(request: Request, error: Exception) -> Response:
    share = _as(ClientShareError, error)
    detail = f"{share}: send the next one when one has ended"
    headers = {"Retry-After": str(share.seconds)}
    return problem_response(request, ProblemError("rate-limited", detail, headers=headers))


async def _on_busy(request: Request, error: Exception) -> Response:
    busy = _as(EngineBusyError, error)
    headers = {"Retry-After": str(busy.seconds)}
    return problem_response(request, ProblemError("busy", str(busy), headers=headers))


async def _on_unavailable(request: Request, error: Exception) -> Response:
    return problem_response(request, ProblemError("unavailable", str(error), headers={"Retry-After": "2"}))


class FailureProblems:
    """Answers what nobody has foreseen; within the other layers, so that their headers are added to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a problem, and log the cause.

        Raises:
            Exception: if an answer has begun already; the server then breaks it off.

        """
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            request = Request(scope, receive)
            _LOG.exception("%s %s failed", request.method, request.url.path)
            problem = ProblemError("internal", "the cause is in the log of the service")
            await problem_response(request, problem)(scope, receive, send)


def _as(kind: type[Kind], error: Exception) -> Kind:
    if not isinstance(error, kind):
        raise TypeError(f"a handler for {kind.__name__} was given {type(error).__name__}")
    return error
