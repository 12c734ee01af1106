"""Printed lists of organisers and participants: bodies, people, units, and what is nobody in particular."""

from __future__ import annotations

import pytest

from graph.model.agent_lists import AgentKind, is_unit_name, parse_agents, split_bodies

ORGANISATION, PERSON, UNIT = AgentKind.ORGANISATION, AgentKind.PERSON, AgentKind.UNIT


def read(cell: str, province: str = "") -> list[tuple[AgentKind, str]]:
    listed = parse_agents(cell, province, frozenset({"ha-noi", "thai-nguyen"}))
    return [(agent.kind, agent.name) for agent in listed.agents]


@pytest.mark.parametrize(
    ("cell", "agents"),
    [
        ("Bộ Y tế; Viettel", [(ORGANISATION, "Bộ Y tế"), (ORGANISATION, "Tập đoàn Viettel")]),
        ("Tỉnh Thái Nguyên", [(UNIT, "Tỉnh Thái Nguyên")]),
        ("thành phố Sóc Trăng", [(UNIT, "thành phố Sóc Trăng")]),
        ("Hà Nội", [(UNIT, "Hà Nội")]),
        ("Tỉnh ủy Thanh Hóa", [(ORGANISATION, "Tỉnh ủy Thanh Hóa")]),
        ("Thành ủy Hải Phòng", [(ORGANISATION, "Thành ủy Hải Phòng")]),
        ("Thủ tướng Chính phủ", [(ORGANISATION, "Thủ tướng Chính phủ")]),
        ("Chủ tịch UBND tỉnh Vĩnh Long", [(ORGANISATION, "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Long")]),
        ("Chủ tịch UBND tỉnh Thái Nguyên", [(ORGANISATION, "Chủ tịch Ủy ban nhân dân tỉnh Thái Nguyên")]),
        ("VNPost (Tổng công ty Bưu điện Việt Nam)", [(ORGANISATION, "Tổng công ty Bưu điện Việt Nam")]),
        ("Rah Lan Chung; Phạm Minh Chính", [(PERSON, "Rah Lan Chung"), (PERSON, "Phạm Minh Chính")]),
        ("chủ trì: Phan Văn Mãi, Trần Ngọc Tam", [(PERSON, "Phan Văn Mãi"), (PERSON, "Trần Ngọc Tam")]),
        ("Ho Van Mung", [(PERSON, "Ho Van Mung")]),
    ],
)
def test_a_list_tells_organisations_people_and_units_apart(
    cell: str, agents: list[tuple[AgentKind, str]]
) -> None:
    assert read(cell) == agents


@pytest.mark.parametrize(
    ("cell", "name", "office"),
    [
        ("Thủ tướng Nguyễn Xuân Phúc", "Nguyễn Xuân Phúc", "Thủ tướng"),
        ("Phó Thủ tướng Nguyễn Chí Dũng", "Nguyễn Chí Dũng", "Phó Thủ tướng"),
        ("Chủ tịch UBND tỉnh Vương Bình Thạnh", "Vương Bình Thạnh", "Chủ tịch UBND tỉnh"),
        ("Nguyễn Thanh Hà, Phó Chủ tịch UBND tỉnh", "Nguyễn Thanh Hà", "Phó Chủ tịch UBND tỉnh"),
    ],
)
def test_an_office_is_no_part_of_a_name(cell: str, name: str, office: str) -> None:
    (agent,) = parse_agents(cell).agents
    assert (agent.kind, agent.name, agent.office) == (PERSON, name, office)


@pytest.mark.parametrize(
    "cell",
    [
        "hơn 18.000 cán bộ, đảng viên, đoàn viên, hội viên",
        "gần 5.500 đảng viên",
        "11.345 đại biểu",
        "lãnh đạo tỉnh và đại diện các sở, ban, ngành (điểm cầu Thái Nguyên)",
        "One Touch",
    ],
)
def test_crowds_and_doubtful_names_are_kept_apart_as_printed(cell: str) -> None:
    listed = parse_agents(cell)
    assert listed.agents == ()
    assert listed.unread == (cell,)


def test_the_province_of_the_row_completes_its_departments() -> None:
    assert read("Sở Thông tin và Truyền thông", "Bắc Kạn") == [
        (ORGANISATION, "Sở Thông tin và Truyền thông tỉnh Bắc Kạn")
    ]


def test_an_empty_cell_names_nobody() -> None:
    assert parse_agents("").agents == ()
    assert parse_agents(" ; ").unread == ()


def test_an_act_of_council_and_committee_has_two_issuers() -> None:
    assert split_bodies("Hội đồng nhân dân, Ủy ban nhân dân tỉnh Vĩnh Phúc") == [
        "Hội đồng nhân dân tỉnh Vĩnh Phúc",
        "Ủy ban nhân dân tỉnh Vĩnh Phúc",
    ]
    assert split_bodies("Bộ Văn hóa, Thể thao và Du lịch") == ["Bộ Văn hóa, Thể thao và Du lịch"]


@pytest.mark.parametrize("name", ["Tỉnh An Giang", "Thành phố Cần Thơ", "tỉnh Ninh Bình", "TP. Huế"])
def test_a_province_itself_is_a_unit(name: str) -> None:
    assert is_unit_name(name)


@pytest.mark.parametrize("name", ["Tỉnh ủy An Giang", "Thành ủy Hải Phòng", "UBND tỉnh An Giang"])
def test_a_body_of_a_province_is_no_unit(name: str) -> None:
    assert not is_unit_name(name)
