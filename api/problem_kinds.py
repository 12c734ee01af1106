"""The kinds of problems that requests can have (RFC 9457): their names, statuses and titles."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from graph.model.namespaces import BASE

PROBLEM_JSON: Final = "application/problem+json"
PROBLEM_BASE: Final = BASE + "problem/"


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
        ProblemKind(
            "query-too-complex",
            HTTPStatus.BAD_REQUEST,
            "The query is too complex",
            "Truy vấn quá phức tạp",
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
        ProblemKind(
            "request-timeout",
            HTTPStatus.REQUEST_TIMEOUT,
            "The request came too slowly",
            "Yêu cầu đến quá chậm",
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
            "address-too-long",
            HTTPStatus.REQUEST_URI_TOO_LONG,
            "The address is too long",
            "Địa chỉ quá dài",
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
            "head-too-large",
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "The header fields are too large",
            "Phần đầu yêu cầu quá lớn",
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
