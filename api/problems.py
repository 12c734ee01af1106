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
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from api.negotiation import choose_language, prefers_html
from api.pages.render import Pages
from api.representation import header_list
from graph.model.namespaces import BASE
from graph.query.errors import ClientShareError, EngineBusyError, EngineUnavailableError

Kind = TypeVar("Kind", bound=Exception)

PROBLEM_JSON: Final = "application/problem+json"
PROBLEM_BASE: Final = BASE + "problem/"

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProblemKind:
    """A kind of problem: its name in the type IRI, its status, its title in English and Vietnamese."""

    slug: str
    status: HTTPStatus
    title: str
    title_vi: str


KINDS: Final = {
    kind.slug: kind
    for kind in (
        ProblemKind("bad-request", HTTPStatus.BAD_REQUEST, "The request is wrong", "Yêu cầu chưa đúng"),
        ProblemKind(
            "query-syntax", HTTPStatus.BAD_REQUEST, "The query has a syntax error", "Truy vấn sai cú pháp"
        ),
        ProblemKind(
            "query-evaluation",
            HTTPStatus.BAD_REQUEST,
            "The query cannot be evaluated",
            "Không thực hiện được truy vấn",
        ),
        ProblemKind("result-too-large", HTTPStatus.BAD_REQUEST, "The answer is too large", "Kết quả quá lớn"),
        ProblemKind(
            "no-token", HTTPStatus.UNAUTHORIZED, "This needs the token of the query", "Cần mã của truy vấn"
        ),
        ProblemKind(
            "service-refused",
            HTTPStatus.FORBIDDEN,
            "This endpoint does not call other servers",
            "Điểm truy vấn này không gọi máy chủ khác",
        ),
        ProblemKind(
            "service-failed",
            HTTPStatus.BAD_GATEWAY,
            "A server that the query calls gave no answer that can be used",
            "Máy chủ mà truy vấn gọi không trả lời được",
        ),
        ProblemKind("read-only", HTTPStatus.FORBIDDEN, "The graph is read-only", "Đồ thị chỉ để đọc"),
        ProblemKind(
            "wrong-token",
            HTTPStatus.FORBIDDEN,
            "This is not the token of the query",
            "Đây không phải mã của truy vấn",
        ),
        ProblemKind("not-found", HTTPStatus.NOT_FOUND, "There is no such thing here", "Không tìm thấy"),
        ProblemKind(
            "method-not-allowed",
            HTTPStatus.METHOD_NOT_ALLOWED,
            "This method is not for this address",
            "Phương thức không dùng được ở địa chỉ này",
        ),
        ProblemKind(
            "not-acceptable",
            HTTPStatus.NOT_ACCEPTABLE,
            "None of the accepted formats is available",
            "Không có định dạng được yêu cầu",
        ),
        ProblemKind("query-cancelled", HTTPStatus.CONFLICT, "The query was cancelled", "Truy vấn đã bị hủy"),
        ProblemKind(
            "query-id-in-use",
            HTTPStatus.CONFLICT,
            "Another query has this id",
            "Một truy vấn khác đang dùng mã này",
        ),
        ProblemKind("gone", HTTPStatus.GONE, "This has been retired", "Mục này đã được rút"),
        ProblemKind(
            "too-large",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "The request is too large",
            "Yêu cầu quá lớn",
        ),
        ProblemKind(
            "unsupported-media-type",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The request has a media type that is not understood",
            "Không hiểu kiểu nội dung của yêu cầu",
        ),
        ProblemKind(
            "rate-limited",
            HTTPStatus.TOO_MANY_REQUESTS,
            "You have too many queries under way",
            "Bạn đang chạy quá nhiều truy vấn",
        ),
        ProblemKind(
            "internal", HTTPStatus.INTERNAL_SERVER_ERROR, "The service has failed", "Dịch vụ gặp lỗi"
        ),
        ProblemKind(
            "query-crash",
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "The query ended its worker",
            "Truy vấn làm hỏng tiến trình xử lý",
        ),
        ProblemKind(
            "query-timeout",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The query took too long",
            "Truy vấn quá thời hạn",
        ),
        ProblemKind(
            "query-memory",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The query needs too much memory",
            "Truy vấn cần quá nhiều bộ nhớ",
        ),
        ProblemKind("busy", HTTPStatus.SERVICE_UNAVAILABLE, "The service is busy", "Dịch vụ đang bận"),
        ProblemKind(
            "unavailable",
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The service is not ready",
            "Dịch vụ chưa sẵn sàng",
        ),
    )
}


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
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language", **problem.headers}
    accept = header_list(request, "accept")
    if prefers_html(accept):
        language = choose_language(
            header_list(request, "accept-language"), request.query_params.get("lang"), ("vi", "en")
        )
        pages: Pages = request.app.state.services.pages
        page = pages.render("problem.html", language, kind=kind, problem=problem)
        headers["Content-Language"] = language
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


def install_problem_handlers(app: FastAPI) -> None:
    """Have every error of an application answered as a problem."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(ClientShareError, _on_share)
    app.add_exception_handler(EngineBusyError, _on_busy)
    app.add_exception_handler(EngineUnavailableError, _on_unavailable)
    app.add_exception_handler(Exception, _on_failure)


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
    errors = [
        {
            "parameter": ".".join(map(str, found["loc"][1:])),
            "in": str(found["loc"][0]),
            "detail": found["msg"],
        }
        for found in _as(RequestValidationError, error).errors()
    ]
    detail = "; ".join(f"{found['parameter']}: {found['detail']}" for found in errors)
    return problem_response(request, ProblemError("bad-request", detail, {"errors": errors}))


async def _on_share(request: Request, error: Exception) -> Response:
    detail = f"{error}: send the next one when one has ended"
    return problem_response(request, ProblemError("rate-limited", detail, headers={"Retry-After": "5"}))


async def _on_busy(request: Request, error: Exception) -> Response:
    return problem_response(request, ProblemError("busy", str(error), headers={"Retry-After": "5"}))


async def _on_unavailable(request: Request, error: Exception) -> Response:
    return problem_response(request, ProblemError("unavailable", str(error), headers={"Retry-After": "2"}))


async def _on_failure(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(request, ProblemError("internal", "the cause is in the log of the service"))


def _as(kind: type[Kind], error: Exception) -> Kind:
    if not isinstance(error, kind):
        raise TypeError(f"a handler for {kind.__name__} was given {type(error).__name__}")
    return error
