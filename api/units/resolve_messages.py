"""What became of a unit, said in a sentence, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.units.resolve import Destination, Fate

_SENTENCES: Final = {
    Fate.SAME: (
        "{unit} không thay đổi đến ngày {day}.",
        "{unit} is the same on {day}.",
    ),
    Fate.CHANGED: (
        "Ngày {day}, {unit} vẫn là đơn vị ấy nhưng tên, loại hoặc đơn vị cấp trên đã khác: {names}.",
        "On {day} {unit} is still this unit, but its name, type or parent differs: {names}.",
    ),
    Fate.CONTINUED: (
        "Ngày {day}, {unit} là cùng một đơn vị, ghi trong danh mục khác: {names}.",
        "On {day} {unit} is the same unit under the entry of another register: {names}.",
    ),
    Fate.MERGED: (
        "Ngày {day}, toàn bộ {unit} nằm trong {names}.",
        "On {day} the whole of {unit} lies in {names}.",
    ),
    Fate.SPLIT: (
        "{unit} đã được chia: ngày {day}, mỗi đơn vị sau chỉ có một phần: {names}.",
        "{unit} was split: on {day} each of these holds only a part of it: {names}.",
    ),
    Fate.ABOLISHED: (
        "{unit} đã bị bãi bỏ, không có đơn vị kế tục; ngày {day}, các xã, phường cũ của nó thuộc: {names}.",
        "{unit} was abolished and has no successor; on {day} what its communes were lies in: {names}.",
    ),
    Fate.FORMED: (
        "Ngày {day} chưa có {unit}; sau đó đơn vị này được lập từ: {names}.",
        "On {day} there was no {unit} yet; it was later made of: {names}.",
    ),
    Fate.UNKNOWN: (
        "Không biết {unit} là gì vào ngày {day}.",
        "What {unit} is on {day} is not known here.",
    ),
}  # fmt: skip
_MOST_NAMES: Final = 12


def message(unit: str, found: Destination, names: Sequence[str]) -> dict[str, str]:
    """Say what a unit is on a day, by language.

    Args:
        unit: its address.
        found: what it is.
        names: the addresses of the units of that day.

    """
    shown = "; ".join(names[:_MOST_NAMES]) + ("; ..." if len(names) > _MOST_NAMES else "")
    vietnamese, english = _SENTENCES[found.fate]
    return {
        language: text.format(unit=unit, day=found.day.isoformat(), names=shown or "-")
        for language, text in (("vi", vietnamese), ("en", english))
    }
