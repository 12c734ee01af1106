"""The groups of operations, for people: what each is for, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Texts = tuple[str, str]

_TAGS: Final[Mapping[str, tuple[Texts, Texts]]] = {
    "SPARQL": (
        ("SPARQL", "SPARQL"),
        ("Hỏi mọi điều về đồ thị bằng SPARQL 1.1.", "Ask the graph anything, in SPARQL 1.1."),
    ),
    "Entities": (
        ("Thực thể", "Entities"),
        (
            "Tra một thực thể theo định danh của nó, ở mọi định dạng.",
            "Look a thing up by its identifier, in any format.",
        ),
    ),
    "Search": (
        ("Tìm kiếm", "Search"),
        ("Tìm theo tên, viết có dấu hay không dấu.", "Find things by name, with or without diacritics."),
    ),
    "Vocabulary": (
        ("Từ vựng", "Vocabulary"),
        (
            "Lớp, thuộc tính, khái niệm, quy tắc và ngữ cảnh JSON-LD.",
            "Classes, properties, concepts, rules, and the JSON-LD context.",
        ),
    ),
    "Discovery": (
        ("Mô tả và tải về", "Discovery and downloads"),
        ("Có những gì ở đây, và toàn bộ dữ liệu để tải về.", "What is here, and all of it to download."),
    ),
    "Evidence": (
        ("Bằng chứng", "Evidence"),
        ("Nguồn nào nói điều đó, bằng những chữ nào.", "Which source says it, in which words."),
    ),
    "Validation": (
        ("Kiểm dữ liệu", "Validation"),
        ("Kiểm RDF của bạn bằng các quy tắc SHACL.", "Check RDF of your own with the SHACL rules."),
    ),
    "Linking": (
        ("Liên kết dữ liệu", "Linking"),
        (
            "Nối bảng và mã của bạn với đơn vị hành chính.",
            "Tie tables and identifiers of your own to administrative units.",
        ),
    ),
    "Collections": (
        ("Danh sách", "Collections"),
        (
            "Danh sách có bộ lọc, phân trang, CSV và GeoJSON.",
            "Lists with filters and pages, as JSON, CSV and GeoJSON.",
        ),
    ),
    "Units and time": (
        ("Đơn vị hành chính qua thời gian", "Units and time"),
        ("Một đơn vị là gì vào một ngày, và nay là gì.", "What a unit was on a day, and what it is today."),
    ),
    "Reconciliation 0.2": (
        ("Đối chiếu (Reconciliation 0.2)", "Reconciliation 0.2"),
        ("Cho OpenRefine và các công cụ tương tự.", "For OpenRefine and tools like it."),
    ),
    "Reconciliation 1.0-draft": (
        ("Đối chiếu (Reconciliation 1.0, dự thảo)", "Reconciliation 1.0, draft"),
        ("Bản dự thảo kế tiếp của cùng giao thức.", "The coming version of the same protocol."),
    ),
    "Operation": (
        ("Vận hành", "Operation"),
        ("Cho người vận hành dịch vụ.", "For those who run the service."),
    ),
}


def tag_text(tag: str) -> tuple[Texts, Texts]:
    """Give the title of a group and what it is for; of an unknown one just its name."""
    return _TAGS.get(tag, ((tag, tag), ("", "")))
