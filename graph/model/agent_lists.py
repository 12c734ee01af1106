"""Lists of organisers and participants as tables print them: who of them is an organisation, who a person.

"UBND tỉnh Bến Tre; chủ trì: Phan Văn Mãi, Trần Ngọc Tam; hơn 500 đại biểu" names a body, two people, and
a crowd that is nobody in particular. What is not surely an agent is left out and told apart, so that the
printed cell can be kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from graph.model import agents
from graph.model.text import fold, squeeze


class AgentKind(Enum):
    """What a printed name stands for."""

    ORGANISATION = "organisation"
    PERSON = "person"
    UNIT = "unit"


@dataclass(frozen=True)
class PrintedAgent:
    """One agent of a printed list.

    Attributes:
        kind: what it is; a UNIT is a province or city named for its authorities ("Tỉnh Thái Nguyên").
        name: the organisation's canonical name, the person's bare name, or the unit's name as printed.
        printed: the words that name it.
        office: the title printed before or behind a person's name, else empty.

    """

    kind: AgentKind
    name: str
    printed: str
    office: str = ""


@dataclass(frozen=True)
class AgentList:
    """A printed list that was read: the agents in it, and the pieces that are none."""

    agents: tuple[PrintedAgent, ...]
    unread: tuple[str, ...]


_CHAIR: Final = re.compile(r"^chủ trì: ?", re.IGNORECASE)
_UNIT: Final = re.compile(r"^(?i:tỉnh|thành phố|tp\.?|thị xã|huyện) (?P<name>\w)")
_BODY: Final = re.compile(
    r"^(?:Ban|Bộ|Báo|Bảo hiểm|Chính phủ|Công an|Công đoàn|Công ty|Cổng|Cục|Đại học|Đại hội|Đảng bộ|Đoàn Khối"
    r"|Hiệp hội|Học viện|Hội|Khu|Mặt trận|Quốc hội|Sở|Tập đoàn|Thành ủy|Thủ tướng Chính phủ|Tỉnh ủy|Tổ"
    r"|Tổng công ty|Trung tâm|Trường|UBND|HĐND|Ủy ban|Văn phòng|Viện|Chủ tịch (?:UBND|Ủy ban))\b"
)
_OFFICE: Final = re.compile(
    r"^(?:Phó )?(?:Thủ tướng|Chủ tịch|Bí thư|Tổng Bí thư|Bộ trưởng|Thứ trưởng|Giám đốc)\b"
)
_UNIT_WORDS: Final = frozenset({"tỉnh", "phố", "huyện", "xã"})
_SURNAMES: Final = frozenset(
    fold(
        "Bế Bùi Cao Châu Chử Dao Đào Dương Đặng Đinh Đoàn Đồng Đỗ Giàng Hà Hoàng Hồ Huỳnh Lâm Lê Lò Lữ Lương "
        "Lý Mai Mùa Ngô Nguyễn Phạm Phan Quản Rah Tạ Tào Thái Tô Trần Triệu Trịnh Trương Võ Vũ Vương"
    ).split()
)
# Names of companies that carry no word for what they are.
_COMPANIES: Final = frozenset(
    {"aic", "becamex-idc", "fpt", "hueioc", "mobifone", "saigontel", "sdt-company", "vinasa", "vnpost"}
)
_COMPANY_FAMILIES: Final = ("viettel", "vnpt", "vnpost", "vtc", "fpt")


def parse_agents(cell: str, province: str = "", provinces: frozenset[str] = frozenset()) -> AgentList:
    """Read a printed list of agents, separated by semicolons.

    Args:
        cell: the list as printed.
        province: the province of the row, which completes the names of its bodies.
        provinces: the keys (`agents.name_key`) of all province names: "Hà Nội" is a province, not a Mr Hà.

    """
    found: list[PrintedAgent] = []
    unread: list[str] = []
    for piece in (squeeze(part) for part in cell.split(";")):
        chaired = _CHAIR.sub("", piece)
        names = chaired.split(",") if chaired != piece else [piece]
        for name in (part.strip() for part in names):
            agent = _agent(name, province, provinces)
            if agent:
                found.append(agent)
            elif name:
                unread.append(name)
    return AgentList(tuple(found), tuple(unread))


def split_bodies(cell: str) -> list[str]:
    """Give the bodies of an issuer cell: "Hội đồng nhân dân, Ủy ban nhân dân tỉnh X" is two of tỉnh X."""
    joint = re.fullmatch(r"Hội đồng nhân dân(?:,| và) (Ủy ban nhân dân (.+))", squeeze(cell))
    if joint:
        return [f"Hội đồng nhân dân {joint.group(2)}", joint.group(1)]
    return [squeeze(part) for part in cell.split(";") if part.strip()]


def is_unit_name(name: str, provinces: frozenset[str] = frozenset()) -> bool:
    """Say whether a name is that of a province, city or district itself: "Tỉnh An Giang", "Hà Nội"."""
    typed = _UNIT.match(name)
    return bool(typed and typed["name"].isupper()) or agents.name_key(name) in provinces


def _agent(piece: str, province: str, provinces: frozenset[str]) -> PrintedAgent | None:
    """Tell what one piece of a list is; None for crowds, digits and anything doubtful."""
    if not piece or re.match(r"\d|hơn |gần |khoảng |trên |lãnh đạo |đại diện ", piece):
        return None
    if is_unit_name(piece, provinces):
        return PrintedAgent(AgentKind.UNIT, piece, piece)
    person = _person(piece)
    if person:
        return person
    if _BODY.match(piece) or _is_company(agents.name_key(piece)):
        return PrintedAgent(AgentKind.ORGANISATION, agents.canonical_name(piece, province), piece)
    return None


def _person(piece: str) -> PrintedAgent | None:
    """Read a person, also with an office: "Thủ tướng Phạm Minh Chính", "Nguyễn Thanh Hà, Phó Chủ tịch"."""
    name, _, office = piece.partition(", ")
    if _is_person_name(name):
        return PrintedAgent(AgentKind.PERSON, name, piece, office)
    words = piece.split(" ")
    for start in range(1, len(words) - 1 if _OFFICE.match(piece) else 0):
        name = " ".join(words[start:])
        place_like = words[start - 1].casefold() in _UNIT_WORDS and len(words) - start == 2
        if _is_person_name(name) and not place_like:
            return PrintedAgent(AgentKind.PERSON, name, piece, " ".join(words[:start]))
    return None


def _is_person_name(name: str) -> bool:
    """Say whether words are a person's name: two to five, each capitalised, a known surname first."""
    words = name.split(" ")
    capitalised = all(word.isalpha() and word[0].isupper() for word in words)
    return 2 <= len(words) <= 5 and capitalised and fold(words[0]) in _SURNAMES


def _is_company(key: str) -> bool:
    """Say whether a name is a known company's or that of one of its branches."""
    return key in _COMPANIES or key.split("-", maxsplit=1)[0] in _COMPANY_FAMILIES
