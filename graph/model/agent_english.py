"""English names of Vietnamese public bodies, for canonical names that follow a known pattern."""

from __future__ import annotations

import re
from typing import Final

from graph.model.text import strip_marks

_FIELDS: Final = {
    "Thông tin và Truyền thông": "Information and Communications",
    "Khoa học và Công nghệ": "Science and Technology",
    "Kế hoạch và Đầu tư": "Planning and Investment",
    "Nông nghiệp và Phát triển nông thôn": "Agriculture and Rural Development",
    "Văn hóa, Thể thao và Du lịch": "Culture, Sports and Tourism",
    "Công an": "Public Security",
    "Công Thương": "Industry and Trade",
    "Du lịch": "Tourism",
    "Y tế": "Health",
}
_CENTRAL: Final = {
    "Ban Bí thư Trung ương Đảng": "Secretariat of the Party Central Committee",
    "Ban Chấp hành Trung ương Đảng": "Party Central Committee",
    "Ban Kinh tế Trung ương": "Central Economic Commission",
    "Ban Tổ chức Trung ương": "Central Organisation Commission",
    "Bảo hiểm xã hội Việt Nam": "Viet Nam Social Security",
    "Bộ Chính trị": "Politburo",
    "Chính phủ": "Government of Viet Nam",
    "Cục Chuyển đổi số quốc gia": "National Digital Transformation Agency",
    "Hiệp hội Phần mềm và Dịch vụ công nghệ thông tin Việt Nam": (
        "Vietnam Software and IT Services Association"
    ),
    "Mặt trận Tổ quốc Việt Nam": "Viet Nam Fatherland Front",
    "Quốc hội": "National Assembly of Viet Nam",
    "Thủ tướng Chính phủ": "Prime Minister of Viet Nam",
    "Tập đoàn FPT": "FPT Corporation",
    "Tập đoàn Viettel": "Viettel Group",
    "Tập đoàn VNPT": "Vietnam Posts and Telecommunications Group (VNPT)",
    "Tổng công ty Bưu điện Việt Nam": "Vietnam Post Corporation",
    "Văn phòng Chính phủ": "Government Office",
    "Văn phòng Trung ương Đảng": "Office of the Party Central Committee",
    "Ủy ban Quốc gia về chuyển đổi số": "National Committee on Digital Transformation",
    "Ủy ban Thường vụ Quốc hội": "Standing Committee of the National Assembly",
}
_TYPES: Final = {
    "tỉnh": "{} Province",
    "thành phố": "{} City",
    "thị xã": "{} Town",
    "huyện": "{} District",
    "quận": "{} District",
}
_PATTERNS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"Chủ tịch Ủy ban nhân dân (?P<place>.+)", "Chairperson of the People's Committee of {place}"),
        (r"Văn phòng Ủy ban nhân dân (?P<place>.+)", "Office of the People's Committee of {place}"),
        (r"Ủy ban nhân dân (?P<place>.+)", "People's Committee of {place}"),
        (r"Hội đồng nhân dân (?P<place>.+)", "People's Council of {place}"),
        (r"Ban Chấp hành Đảng bộ (?P<place>.+)", "Executive Committee of the Party Organisation of {place}"),
        (r"Ban Thường vụ Tỉnh ủy (?P<name>.+)", "Standing Board of the {name} Provincial Party Committee"),
        (r"Ban Thường vụ Thành ủy (?P<name>.+)", "Standing Board of the {name} City Party Committee"),
        (r"Văn phòng Tỉnh ủy (?P<name>.+)", "Office of the {name} Provincial Party Committee"),
        (r"Tỉnh ủy (?P<name>.+)", "{name} Provincial Party Committee"),
        (r"Thành ủy (?P<name>.+)", "{name} City Party Committee"),
        (r"Đảng bộ (?P<place>.+)", "Party Organisation of {place}"),
        (r"Sở (?P<field>.+?) (?P<place>(?:tỉnh|[Tt]hành phố) .+)", "Department of {field} of {place}"),
        (r"Bộ (?P<field>.+)", "Ministry of {field}"),
    )
)


def english_name(name: str) -> str:
    """Give the English name of a public body from its canonical name; empty where no pattern fits."""
    if name in _CENTRAL:
        return _CENTRAL[name]
    for pattern, english in _PATTERNS:
        match = pattern.fullmatch(name)
        if match:
            parts = {key: _translated(key, value) for key, value in match.groupdict().items()}
            return english.format(**parts) if all(parts.values()) else ""
    return ""


def _translated(part: str, words: str) -> str:
    """Give the English of a place with its type word, of a bare name, or of a field of work."""
    if part == "field":
        return _FIELDS.get(words, "")
    if words == "Thành phố Hồ Chí Minh":
        return "Ho Chi Minh City" if part == "place" else "Ho Chi Minh"
    if part == "name":
        return strip_marks(words)
    for word, english in _TYPES.items():
        if words.startswith(f"{word} "):
            return english.format(strip_marks(words.removeprefix(f"{word} ")))
    return ""
