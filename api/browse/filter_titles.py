"""What filters, their choices and the orders of collections are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.browse.column_titles import COLUMN_TITLES, Title

FILTER_TITLES: Final[Mapping[str, Title]] = {
    "q": ("Từ ngữ", "Words"),
    "type": ("Loại", "Type"),
    "kind": ("Loại", "Kind"),
    "class": ("Lớp", "Class"),
    "level": ("Cấp", "Level"),
    "located": ("Toạ độ", "Coordinates"),
    "partOf": ("Trực thuộc", "Directly in"),
    "parent": ("Trực thuộc", "Belongs to"),
    "states": ("Nêu về", "States"),
    "dated": ("Ngày", "Date"),
    "measured": ("Số liệu", "Figures"),
    "measure": ("Dạng số liệu", "Kind of figure"),
    "quoted": ("Câu chữ của nguồn", "Words of the source"),
    "disputed": ("Mâu thuẫn", "Disputed"),
    "seen": ("Được ghi nhận", "Seen"),
    "issued": ("Ban hành", "Issued"),
    "published": ("Đăng", "Published"),
    "launched": ("Ra mắt", "Launched"),
    "time": ("Thời gian", "Time"),
    "statement": ("Phát biểu", "Statement"),
    "at": ("Vào ngày", "On the day"),
    "predecessors": ("Tính cả tỉnh cũ đã nhập vào", "With the former provinces that went into it"),
    "from": ("từ", "from"),
    "to": ("đến", "to"),
    "sort": ("Sắp xếp", "Sort by"),
    "fields": ("Cột", "Columns"),
}

CHOICE_TITLES: Final[Mapping[str, Mapping[str, Title]]] = {
    "located": {"true": ("có toạ độ", "with coordinates"), "false": ("chưa có", "without")},
    "dated": {"true": ("đã biết", "known"), "false": ("chưa biết", "unknown")},
    "measured": {"true": ("có số liệu", "measured"), "false": ("chưa có", "not measured")},
    "quoted": {"true": ("có dẫn nguyên văn", "quoted"), "false": ("không dẫn", "not quoted")},
    "disputed": {"true": ("có nguồn nói khác", "disputed"), "false": ("không", "not disputed")},
    "measure": {
        "value": ("giá trị", "value"),
        "rank": ("thứ hạng", "rank"),
        "grade": ("xếp loại", "grade"),
    },
}
"""The words of choices that are no classes, by filter."""

SORT_TITLES: Final[Mapping[str, Title]] = {
    "label": ("tên", "name"),
    "code": ("mã", "code"),
    "date": ("ngày", "date"),
    "number": ("số, ký hiệu", "number"),
    "period": ("giai đoạn", "period"),
    "population": ("dân số", "population"),
    "areaKm2": ("diện tích", "area"),
    "validFrom": ("ngày có", "first day"),
    "validTo": ("ngày kết thúc", "last day"),
    "value": ("giá trị", "value"),
    "rank": ("thứ hạng", "rank"),
    "indicator": ("chỉ số", "indicator"),
    "ocopStars": ("số sao", "stars"),
    "id": ("mã định danh (IRI)", "identifier (IRI)"),
}


def filter_title(name: str) -> Title:
    """Give what a filter is called: as the column of its name unless it is called otherwise.

    Raises:
        KeyError: if it is called nothing.

    """
    return FILTER_TITLES.get(name) or COLUMN_TITLES[name]


def sort_title(name: str) -> Title:
    """Give what an order is called, with an arrow for its direction.

    Raises:
        KeyError: if it is called nothing.

    """
    vietnamese, english = SORT_TITLES[name.removeprefix("-")]
    arrow = "↓" if name.startswith("-") else "↑"
    return f"{vietnamese} {arrow}", f"{english} {arrow}"
