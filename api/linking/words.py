"""What the page `/link` says of a row, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.linking.current_units import CurrentShare, CurrentUnit
from graph.linking.reasons import Difference, Fate, differences, fate
from graph.linking.unit_links import Status
from graph.matching.matcher import Candidate


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    vi: str
    en: str

    def also(self, other: Said) -> Said:
        """Give this text, then another."""
        return Said(f"{self.vi}; {other.vi}", f"{self.en}; {other.en}")


NO_TABLE: Final = Said(
    "Chưa có bảng nào: hãy dán các ô, hoặc chọn một tệp.",
    "There is no table yet: paste cells, or choose a file.",
)

VERDICTS: Final = {
    Status.MATCHED: Said("Chắc chắn", "Sure"),
    Status.CHOSEN: Said("Bạn đã chọn", "Your choice"),
    Status.AMBIGUOUS: Said("Chưa rõ", "Doubtful"),
    Status.UNCERTAIN: Said("Chưa rõ", "Doubtful"),
    Status.NOT_FOUND: Said("Không tìm thấy", "Not found"),
    Status.BAD_ROW: Said("Không đọc được", "Cannot be read"),
    Status.EMPTY: Said("Ô trống", "Blank"),
}
"""The words for each status; two are the same to people, and the reason tells them apart."""

SHARES: Final = {
    CurrentShare.SAME: Said("vẫn là đơn vị ấy", "the same unit"),
    CurrentShare.WHOLE: Said("toàn bộ", "whole"),
    CurrentShare.PART: Said("một phần", "part"),
    CurrentShare.COMMUNES: Said("nhận xã, phường cũ", "has communes of it"),
}
"""How a unit of today holds an earlier one."""

_DIFFERENCES: Final = {
    Difference.NAME: Said("tên viết hơi khác", "the name is spelt otherwise"),
    Difference.KIND: Said("thiếu hoặc khác loại đơn vị", "the type of unit is left out or another"),
    Difference.AROUND: Said("đơn vị cấp trên viết khác hoặc thiếu", "what lies around is named otherwise"),
    Difference.NOT_THEN: Said("ngày đó không như vậy", "it was not so on that day"),
    Difference.NO_LONGER: Said("nay không còn như vậy", "it is no longer so"),
}
_FITS: Final = Said("khớp hoàn toàn", "fits in every way")
_FATES: Final = {
    Fate.UNKNOWN: Said("không rõ nay là gì", "what became of it is not known"),
    Fate.SAME: Said("nay vẫn còn", "there still"),
    Fate.COMMUNES: Said(
        "đã bãi bỏ, các xã, phường chuyển về {n} đơn vị", "abolished, its communes are in {n} unit{s}"
    ),
    Fate.SPLIT: Said("đã chia về {n} đơn vị", "split between {n} unit{s}"),
    Fate.CONTINUED: Said("giữ nguyên trong danh mục mới", "unchanged in the new register"),
    Fate.WHOLE: Said("nay toàn bộ thuộc đơn vị khác", "now wholly in another unit"),
    Fate.PART: Said("nay một phần thuộc đơn vị khác", "part of it is in another unit"),
}


def reason(candidate: Candidate, day: date | None, current: Sequence[CurrentUnit]) -> Said:
    """Say in what way a text fits the unit that it is linked to, and what became of the unit."""
    told = fate(current)
    count = len(current)
    english = _FATES[told].en.format(n=count, s="s" * (count > 1))
    became = Said(_FATES[told].vi.format(n=count), english)
    return difference(candidate, day).also(became)


def difference(candidate: Candidate, day: date | None) -> Said:
    """Say in what ways a text differs from a unit."""
    found = [_DIFFERENCES[each] for each in differences(candidate, day)]
    if not found:
        return _FITS
    return Said(", ".join(each.vi for each in found), ", ".join(each.en for each in found))


def doubt(status: Status, problem: str) -> Said:
    """Say why a row is not linked.

    Args:
        status: of the row.
        problem: what the table says of the row, in English.

    """
    match status:
        case Status.AMBIGUOUS:
            return Said("nhiều đơn vị cùng khớp; chọn một", "several units fit; choose one")
        case Status.UNCERTAIN:
            return Said("có đơn vị gần giống, chưa đủ chắc", "something is like it, but not sure enough")
        case Status.NOT_FOUND:
            return Said(
                "không có đơn vị nào có tên, mã hoặc địa chỉ như vậy",
                "no unit has such a name, code or address",
            )
        case Status.EMPTY:
            return Said("không có gì để tìm", "there is nothing to look for")
        case _:
            return _unread(problem)


def _unread(problem: str) -> Said:
    _, _, what = problem.partition(": ")
    if "no single day" in problem:
        return Said(
            "cột ngày chỉ có năm hoặc tháng; ghi một ngày, như 30/06/2025, hoặc để trống",
            "the day is a year or month only; write a day, as 2025-06-30, or leave it blank",
        )
    if "day" in problem:
        return Said(
            "cột ngày không đọc được; ghi như 30/06/2025", f"the day cannot be read: {what or problem}"
        )
    if "too few" in problem or "too many" in problem:
        return Said("số ô của dòng không khớp với hàng tên cột", problem)
    return Said("dòng này không đúng dạng CSV", problem)
