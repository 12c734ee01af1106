"""What a person can do about a problem: advice by its kind, and other ways to what was looked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

from api.problem_kinds import ProblemKind
from graph.model.namespaces import BASE

_NOT_WORDS: Final = re.compile(r"[\s/_.+<>\"'#?&=%-]+")
_MOST_WORDS: Final = 8
_NO_WORDS: Final = frozenset(
    {"page", "data", "id", "html", "json", "jsonld", "ttl", "nt", "rdf", "trig", "csv"}
)

_BY_SLUG: Final[Mapping[str, tuple[str, str]]] = {
    "not-found": (
        "Có thể địa chỉ bị gõ sai, hoặc mục này có tên khác. Hãy tìm theo tên, viết có dấu hay không dấu.",
        "The address may be mistyped, or have another name. Search by name, with or without diacritics.",
    ),
    "gone": (
        "Mục này đã được rút khỏi đồ thị; nếu có mục thay thế thì được nêu ở đây.",
        "This was withdrawn from the graph; what replaces it, if anything does, is named here.",
    ),
    "query-syntax": (
        "Sửa truy vấn ở chỗ được nêu rồi chạy lại; các truy vấn mẫu cho thấy cách viết đúng.",
        "Mend the query at the place that is named and run it again; the examples show how it is written.",
    ),
    "query-timeout": (
        "Thêm LIMIT, thu hẹp điều kiện, hoặc tải toàn bộ dữ liệu để chạy trên máy của bạn.",
        "Add LIMIT, narrow its conditions, or download all the data and run it on a machine of your own.",
    ),
    "query-memory": (
        "Thêm LIMIT, bớt nhóm và sắp xếp, hoặc tải toàn bộ dữ liệu để chạy trên máy của bạn.",
        "Add LIMIT, group and sort less, or download all the data and run it on a machine of your own.",
    ),
    "result-too-large": (
        "Thêm LIMIT, chọn ít cột hơn, hoặc tải tệp dữ liệu.",
        "Add LIMIT, select fewer columns, or download the files.",
    ),
    "not-acceptable": (
        "Chọn một trong các định dạng có sẵn dưới đây.",
        "Choose one of the formats below.",
    ),
    "method-not-allowed": (
        "Tài liệu API cho biết mỗi địa chỉ nhận phương thức nào.",
        "The API reference says which methods each address takes.",
    ),
    "rate-limited": (
        "Chờ truy vấn đang chạy xong rồi gửi truy vấn kế tiếp.",
        "Wait until a query under way has ended, then send the next one.",
    ),
}
_BY_CLASS: Final[Mapping[int, tuple[str, str]]] = {
    4: (
        "Sửa điều được nêu ở trên rồi thử lại; tài liệu API mô tả mọi tham số.",
        "Mend what is named above and try again; the API reference describes every parameter.",
    ),
    5: (
        "Lỗi không phải do bạn. Hãy thử lại sau ít phút.",
        "The fault is not yours. Try again in a few minutes.",
    ),
}


@dataclass(frozen=True)
class Hint:
    """What a page says besides the problem itself.

    Attributes:
        advice: in Vietnamese and English.
        words: to search for, taken from the address; empty if a search would not help.
        similar: names that are like the one asked for, each with its address.
        replaced_by: addresses of what replaces it.
        place: line and column of an error, none if unknown.
        seconds: after which to try again, empty if nothing is said.

    """

    advice: tuple[str, str]
    words: str
    similar: Sequence[tuple[str, str]]
    replaced_by: Sequence[str]
    place: tuple[int, int] | None
    seconds: str


def hint(kind: ProblemKind, path: str, members: Mapping[str, Any], headers: Mapping[str, str]) -> Hint:
    """Give what helps with a problem.

    Args:
        kind: of the problem.
        path: that was asked for.
        members: further members of the problem.
        headers: of the answer.

    """
    is_missing = kind.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
    line, column = members.get("line"), members.get("column")
    return Hint(
        advice=_BY_SLUG.get(kind.slug, _BY_CLASS.get(kind.status // 100, ("", ""))),
        words=searchable(path) if is_missing else "",
        similar=[(_name(found["id"]), found["url"]) for found in members.get("similar", ())],
        replaced_by=members.get("replacedBy", ()),
        place=(line, column) if isinstance(line, int) and isinstance(column, int) else None,
        seconds=headers.get("Retry-After", ""),
    )


def searchable(path: str) -> str:
    """Give the words of the last part of a path.

    >>> searchable("/page/platform/c-thai-nguyen.html")
    'c thai nguyen'
    """
    last = unquote(path).rstrip("/").rpartition("/")[2]
    words = [word for word in _NOT_WORDS.split(last) if word and word.lower() not in _NO_WORDS]
    return " ".join(words[:_MOST_WORDS])


def _name(iri: str) -> str:
    return iri.removeprefix(BASE).removeprefix("id/")
