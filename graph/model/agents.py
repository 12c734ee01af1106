"""Names of organisations and people: printed variants of one name give one canonical name and one IRI.

Tables and articles write the same body as "UBND tỉnh Bắc Ninh" and "Ủy ban nhân dân tỉnh Bắc Ninh", or as
"Sở TT&TT Long An" and "Sở Thông tin và Truyền thông tỉnh Long An". Only what is surely the same is made the
same: "Tỉnh ủy" and "Ban Chấp hành Đảng bộ tỉnh" stay two bodies, and so do a chairman's office and the
committee that it leads.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pyoxigraph import NamedNode

from graph.model import iris
from graph.model.text import fold, nfc, squeeze

_NATIONAL: Final = frozenset({"", "viet-nam", "ca-nuoc"})
_CITIES: Final = frozenset({"ha-noi", "hai-phong", "da-nang", "can-tho", "hue", "ho-chi-minh"})

# Tone marks on the second vowel of an open oa, oe, uy: "Hoà", "Tỉnh uỷ". "Quý" has its tone where it belongs.
_LATE_TONE: Final = re.compile(
    r"(?<![qQ])(?:([oO])([aAeE])|([uU])([yY]))([\u0300\u0301\u0303\u0309\u0323])(?![\w\u0300-\u036f])"
)

_EXPANSIONS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\bKH(?:CN|&CN|-CN|, ?CN)(?=, ?ĐMST)", "khoa học, công nghệ"),
        (r"\bKH(?:CN|&CN|-CN)\b", "Khoa học và Công nghệ"),
        (r"\bTT ?(?:&|-|và) ?TT\b", "Thông tin và Truyền thông"),
        (r"\bKH ?(?:&|-|và) ?ĐT\b", "Kế hoạch và Đầu tư"),
        (r"\bGD ?(?:&|-|và) ?ĐT\b", "Giáo dục và Đào tạo"),
        (r"\bNN ?(?:&|-|và) ?PTNT\b", "Nông nghiệp và Phát triển nông thôn"),
        (r"\bVH ?[,-]? ?TT ?(?:&|-|và) ?DL\b", "Văn hóa, Thể thao và Du lịch"),
        (r"\bĐMST\b", "đổi mới sáng tạo"),
        (r"\bCĐS\b", "chuyển đổi số"),
        (r"\bCNTT\b", "công nghệ thông tin"),
        (r"\bUBND\b", "Ủy ban nhân dân"),
        (r"\bHĐND\b", "Hội đồng nhân dân"),
        (r"\bMTTQ\b", "Mặt trận Tổ quốc"),
        (r"\bBCSĐ\b", "Ban Cán sự đảng"),
        (r"\bBCĐ\b", "Ban Chỉ đạo"),
        (r"\bBTV\b", "Ban Thường vụ"),
        (r"\bBCH\b", "Ban Chấp hành"),
        (r"\bĐHQG\b", "Đại học Quốc gia"),
        (r"\bĐH\b", "Đại học"),
        (r"(?<![/-])\b(?:T\.?Ư|TW)\b", "Trung ương"),
        (r"\bTP\.? ?HCM\b|\b[Tt]hành phố HCM\b", "Thành phố Hồ Chí Minh"),
        (r"\b(?:TP\. ?|TP |Tp\. ?|Tp )(?=\w)", "thành phố "),
        (r"\bthành phố Hồ Chí Minh\b", "Thành phố Hồ Chí Minh"),
        (r"\b[Bb]an [Cc]hỉ đạo\b", "Ban Chỉ đạo"),
        (r"(?<!Ủy )\b[Bb]an [Tt]hường vụ\b", "Ban Thường vụ"),
        (r"\b[Bb]an [Cc]hấp hành\b", "Ban Chấp hành"),
        (r"\b[Ủủ]y ban [Nn]hân dân\b", "Ủy ban nhân dân"),
        (r"\b[Hh]ội đồng [Nn]hân dân\b", "Hội đồng nhân dân"),
        (r"\bỦy ban quốc gia về\b", "Ủy ban Quốc gia về"),
    )
)

# Names that the rules cannot derive from each other: printed name -> canonical name.
_SAME_BODIES: Final[dict[str, str]] = {
    printed: canonical
    for canonical, variants in {
        "Tập đoàn Viettel": ("Viettel", "Tập đoàn Công nghiệp - Viễn thông Quân đội"),
        "Tập đoàn VNPT": ("VNPT", "Tập đoàn Bưu chính Viễn thông Việt Nam"),
        "Tập đoàn FPT": ("FPT",),
        "Tổng công ty Bưu điện Việt Nam": ("VNPost", "Vietnam Post", "Bưu điện Việt Nam"),
        "Hiệp hội Phần mềm và Dịch vụ công nghệ thông tin Việt Nam": ("VINASA",),
        "Hiệp hội Dữ liệu Quốc gia": ("NDA",),
        "Công ty Cổ phần Công nghệ và Truyền thông VTC NETVIET": ("VTC NetViet",),
        "HueIOC": ("Trung tâm Giám sát, điều hành đô thị thông minh tỉnh Thừa Thiên Huế",),
        "Saigontel": ("Saigotel",),
        "Ban Bí thư Trung ương Đảng": ("Ban Bí thư",),
        "Ban Chấp hành Trung ương Đảng": ("Ban Chấp hành Trung ương",),
        "Mặt trận Tổ quốc Việt Nam": ("Mặt trận Tổ quốc",),
    }.items()
    for printed in (canonical, *variants)
}

_BRACKETS: Final = re.compile(r"^(?P<name>.+?) \((?P<inner>[^()]+)\)$")
_SUBORDINATE: Final = re.compile(r"(?:Cục|Vụ|Trung tâm|Viện|Phòng)\b")
_SUPERIOR: Final = re.compile(r"(?:Bộ|Sở|Văn phòng|Ủy ban nhân dân|Tỉnh ủy|Thành ủy|Tổng công ty|Tập đoàn)\b")
_DEPARTMENT: Final = re.compile(r"(?:^|, )(?P<department>Sở .+)$")
_NEEDS_PLACE: Final = re.compile(r"(?:^|\s)(?:tỉnh|thành phố|Tỉnh ủy|Thành ủy)$")


def name_key(name: str) -> str:
    """Give the form in which two spellings of a name are equal, as IRIs have it; empty if nothing is left."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))


def same_spelling(one: str, other: str) -> bool:
    """Say whether two names are the same but for case and tone placement; a name without marks fits any.

    Two people can have names that fold to one IRI key ("Thanh Bình", "Thành Bình"): they are not one person.
    """
    if name_key(one) != name_key(other):
        return False
    if one.isascii() or other.isascii():
        return True
    return _traditional_tones(squeeze(one)).casefold() == _traditional_tones(squeeze(other)).casefold()


_ALIASES: Final = {name_key(printed): canonical for printed, canonical in _SAME_BODIES.items()}


def is_national(province: str) -> bool:
    """Say whether a table's province cell stands for the whole country: empty, or "Việt Nam"."""
    return name_key(province) in _NATIONAL


def with_type_word(province: str) -> str:
    """Give a province's name with its type word as bodies carry it: "tỉnh Long An", "thành phố Đà Nẵng"."""
    if re.match(r"(?:tỉnh|thành phố) ", province, re.IGNORECASE):
        return province
    if name_key(province) == "ho-chi-minh":
        return "Thành phố Hồ Chí Minh"
    return f"{'thành phố' if name_key(province) in _CITIES else 'tỉnh'} {province}"


def canonical_name(name: str, province: str = "") -> str:
    """Give the canonical name of an organisation: abbreviations written out, one tone placement, one case.

    Args:
        name: as printed.
        province: the province that the context is about; it completes names such as "Sở Thông tin và
            Truyền thông" or "Tỉnh ủy", which say nothing of where.

    """
    text = _traditional_tones(squeeze(name))
    for pattern, full in _EXPANSIONS:
        text = pattern.sub(full, text)
    text = _ALIASES.get(name_key(text)) or _unbracketed(text)
    if not is_national(province):
        text = _placed(text, squeeze(province))
    return text[:1].upper() + text[1:]


def organisation(name: str, province: str = "") -> NamedNode:
    """Give the IRI of an organisation from its name in any printed variant; see `canonical_name`."""
    return iris.named("organisation", canonical_name(name, province))


def person(name: str, province: str = "") -> NamedNode:
    """Give the IRI of a person: name and province; the bare name for those in office for the whole country.

    Args:
        name: the name alone, without titles.
        province: where the office is; empty or "Việt Nam" for central offices.

    """
    return iris.named("person", name, "" if is_national(province) else province)


def parent_name(name: str) -> str:
    """Give the canonical name of the body that a canonical name itself says it belongs to, or nothing.

    "Trung tâm Dữ liệu quốc gia, Bộ Công an" belongs to the ministry, "Văn phòng Tỉnh ủy Phú Thọ" to the
    provincial party committee, "Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn" to the people's committee.
    """
    before, comma, after = name.rpartition(", ")
    if comma and _SUPERIOR.match(after) and before:
        return after
    led = re.match(
        r"(?:Ban Thường vụ|Văn phòng|Chủ tịch|Ban Tuyên giáo và Dân vận) "
        r"((?:Tỉnh ủy|Thành ủy|Ủy ban nhân dân) .+)$",
        name,
    )
    return led.group(1) if led else ""


def _traditional_tones(text: str) -> str:
    """Put the tone of open oa, oe, uy on the first vowel, as official names do: "Hoà Bình" -> "Hòa Bình"."""

    def moved(match: re.Match[str]) -> str:
        first = match.group(1) or match.group(3)
        second = match.group(2) or match.group(4)
        return f"{first}{match.group(5)}{second}"

    return nfc(_LATE_TONE.sub(moved, unicodedata.normalize("NFD", text)))


def _unbracketed(text: str) -> str:
    """Resolve a bracket behind a name: an acronym goes, a superior body follows a comma, else it stays."""
    match = _BRACKETS.match(text)
    if not match:
        return text
    name, inner = match.group("name"), match.group("inner")
    known = _ALIASES.get(name_key(inner)) or _ALIASES.get(name_key(name))
    if known:
        return known
    if re.fullmatch(r"[A-ZĐ]{2,}", inner):
        return name
    if _SUBORDINATE.match(inner) and _SUPERIOR.match(name):
        return f"{inner}, {name}"
    if _SUPERIOR.match(inner):
        return f"{name}, {inner}"
    return text


def _placed(text: str, province: str) -> str:
    """Complete a provincial body's name with its province, or with the type word before it."""
    if _NEEDS_PLACE.search(text):
        return f"{text} {province}"
    match = _DEPARTMENT.search(text)
    if not match:
        return text
    department = match.group("department")
    if re.search(r"\b(?:tỉnh|thành phố)\b", department, re.IGNORECASE):
        return text
    department = re.sub(
        rf"\s+{re.escape(_traditional_tones(province))}$", "", department, flags=re.IGNORECASE
    )
    return f"{text[: match.start('department')]}{department} {with_type_word(province)}"
