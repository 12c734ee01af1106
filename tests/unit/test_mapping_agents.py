"""Organisations and people: one node each in all tables, attested roles, signed and issued documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_support import Mapped, assert_reported, row_of, rows_of
from policy_tables import AGENTS, PROVINCIAL, map_small, small_policy

from graph.mapping import agents_table
from graph.mapping.agent_register import AgentRegister
from graph.mapping.reader import Row, TableSet
from graph.model import agents, iris
from graph.model.agent_english import english_name
from graph.model.agent_lists import AgentKind
from graph.model.namespaces import ID, ORG, RDF, SKOS, VNDX
from graph.problems import Problems

ORGANISATIONS, PEOPLE, TABLE = agents_table.MAPPINGS


@pytest.fixture(scope="module")
def organisations() -> Mapped:
    return Mapped(ORGANISATIONS)


@pytest.fixture(scope="module")
def people(organisations: Mapped) -> Mapped:
    return Mapped(PEOPLE, tables=organisations.tables)


@pytest.fixture(scope="module")
def table(organisations: Mapped) -> Mapped:
    return Mapped(TABLE, tables=organisations.tables)


@pytest.fixture(scope="module")
def register(organisations: Mapped) -> AgentRegister:
    return organisations.tables.once(AgentRegister.from_tables)


def organisation(key: str) -> str:
    return ID[f"organisation/{key}"].value


def test_every_row_of_the_real_table_is_mapped(table: Mapped) -> None:
    assert table.problems == []
    by_kind = {kind: [row for row in rows_of(AGENTS) if row["kind"] == kind] for kind in agents_table.KINDS}
    assert len(by_kind["person"]) == table.count(VNDX["Membership"]) == 231
    assert len(by_kind["issuing_body"]) == 143
    assert len(by_kind["organisation"]) == 10


def test_every_issuing_body_is_linked_to_the_document_it_issued(table: Mapped) -> None:
    linked = {
        quad.object.value
        for quad in table.sink
        if quad.predicate == VNDX["issuer"] and quad.object.value.startswith(organisation(""))
    }
    bodies = {
        agents.organisation(row["name"], row["province"]).value
        for row in rows_of(AGENTS)
        if row["kind"] == "issuing_body"
    }
    assert linked == bodies


def test_every_agent_that_a_mapping_points_to_is_labelled_in_a_register(
    organisations: Mapped, people: Mapped, table: Mapped
) -> None:
    labelled = {
        quad.subject.value
        for mapped in (organisations, people)
        for quad in mapped.sink
        if quad.predicate == SKOS["prefLabel"] and quad.object.language == "vi"
    }
    used = {
        quad.object.value
        for quad in table.sink
        if quad.predicate in (VNDX["member"], VNDX["organisation"], VNDX["issuer"], VNDX["signer"])
    }
    parents = {q.object.value for q in organisations.sink if q.predicate == VNDX["parentOrganisation"]}
    assert used | parents <= labelled


def test_an_agent_has_one_vietnamese_and_at_most_one_english_label(
    organisations: Mapped, people: Mapped
) -> None:
    for mapped in (organisations, people):
        seen = [
            (quad.subject, quad.object.language)
            for quad in mapped.sink
            if quad.predicate == SKOS["prefLabel"]
        ]
        assert len(seen) == len(set(seen))


def test_printed_variants_are_alternative_labels_of_one_body(organisations: Mapped) -> None:
    node = ID["organisation/uy-ban-nhan-dan-tinh-bac-ninh"]
    assert organisations.objects(node, SKOS["prefLabel"]) == {
        "Ủy ban nhân dân tỉnh Bắc Ninh",
        "People's Committee of Bac Ninh Province",
    }
    assert organisations.objects(node, SKOS["altLabel"]) == {"UBND tỉnh Bắc Ninh"}
    units = {iris.unit("2004", "27").value, iris.unit("2025", "24").value}
    assert organisations.objects(node, VNDX["jurisdiction"]) == units


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("bo-thong-tin-va-truyen-thong", iris.country()),
        ("chinh-phu", iris.country()),
        ("trung-tam-du-lieu-quoc-gia-bo-cong-an", iris.country()),
        ("ban-chap-hanh-dang-bo-tinh-thai-nguyen", iris.unit("2004", "19")),
        ("uy-ban-nhan-dan-thanh-pho-thai-nguyen", iris.unit("2004", "164")),
        ("uy-ban-nhan-dan-huyen-bac-tra-my", iris.unit("2004", "515")),
    ],
)
def test_a_body_works_for_the_unit_that_its_name_tells(organisations: Mapped, key: str, unit: object) -> None:
    assert organisations.objects(ID[f"organisation/{key}"], VNDX["jurisdiction"]) == {unit.value}  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["tap-doan-viettel", "tap-doan-vnpt", "aic", "hueioc"])
def test_a_body_whose_name_tells_no_place_has_no_jurisdiction(organisations: Mapped, key: str) -> None:
    node = ID[f"organisation/{key}"]
    assert organisations.objects(node, SKOS["prefLabel"])
    assert organisations.objects(node, VNDX["jurisdiction"]) == set()


def test_issuers_of_the_acts_on_units_are_labelled_too(organisations: Mapped) -> None:
    labels = organisations.objects(ID["organisation/uy-ban-thuong-vu-quoc-hoi"], SKOS["prefLabel"])
    assert labels == {"Ủy ban Thường vụ Quốc hội", "Standing Committee of the National Assembly"}


def test_a_person_in_several_roles_of_one_province_is_one_node(people: Mapped, table: Mapped) -> None:
    person = ID["person/bui-van-quang-phu-tho"]
    assert people.objects(person, SKOS["prefLabel"]) == {"Bùi Văn Quang"}
    assert len(table.subjects(VNDX["member"], person)) == 2


def test_namesakes_of_two_provinces_stay_apart(people: Mapped) -> None:
    nodes = {
        quad.subject.value.rpartition("/")[2]
        for quad in people.sink
        if quad.predicate == SKOS["prefLabel"] and quad.object.value == "Nguyễn Thanh Bình"
    }
    assert nodes == {f"nguyen-thanh-binh-{place}" for place in ("an-giang", "hue", "thua-thien-hue")}


def test_a_name_with_marks_is_preferred_to_one_without(people: Mapped) -> None:
    node = ID["person/ho-van-mung-an-giang"]
    assert people.one(node, SKOS["prefLabel"]) == "Hồ Văn Mừng"
    assert people.one(node, SKOS["altLabel"]) == "Ho Van Mung"


def test_a_membership_tells_role_body_date_and_the_words_that_say_so(table: Mapped) -> None:
    row = row_of(AGENTS, name="Trịnh Xuân Trường", province="Thái Nguyên")
    node = iris.keyed("membership", row["entry_id"])
    assert table.one(node, VNDX["member"]) == ID["person/trinh-xuan-truong-thai-nguyen"].value
    assert table.one(node, VNDX["organisation"]) == organisation("tinh-uy-thai-nguyen")
    assert table.literal(node, VNDX["role"]).language == "vi"
    assert table.one(node, VNDX["role"]) == row["role"]
    assert table.one(node, VNDX["attestedOn"]) == "2026-03-13"
    assert table.one(node, VNDX["hasEvidence"])
    assert iris.source_page(row["source_url"]).value in table.objects(node, VNDX["statedIn"])


def test_a_role_that_names_a_signed_document_makes_its_signer(table: Mapped) -> None:
    assert len([quad for quad in table.sink if quad.predicate == VNDX["signer"]]) == 21
    document = ID["document/57-nq-tw-2024"]
    assert table.one(document, VNDX["signer"]) == ID["person/to-lam"].value
    assert table.one(document, VNDX["signedAs"]) == "Tổng Bí thư"
    assert table.one(ID["document/08-nq-tu-hoa-binh-2021"], VNDX["signer"]).endswith("ngo-van-tuan-hoa-binh")


def test_an_organisation_is_part_of_another_only_where_the_words_say_so(table: Mapped) -> None:
    centre = ID["organisation/trung-tam-chuyen-doi-so-tinh-dong-thap"]
    assert table.one(centre, VNDX["parentOrganisation"]) == organisation(
        "so-thong-tin-va-truyen-thong-tinh-dong-thap"
    )
    teams = ID["organisation/to-chuyen-doi-so-cong-dong-tinh-cao-bang"]
    assert table.objects(teams, VNDX["parentOrganisation"]) == set()
    assert table.one(teams, ORG["linkedTo"]) == organisation("uy-ban-nhan-dan-tinh-cao-bang")
    assert table.one(teams, SKOS["note"]) == "1.241 tổ, hơn 9.300 thành viên"


def event(register: AgentRegister, **cells: str) -> dict[str, list[tuple[AgentKind, str]]]:
    row = Row("policy/events", 2, row_of("policy/events", **cells))
    return {
        column: [(agent.kind, agent.node.value) for agent in register.named_in(row, column).linked]
        for column in ("organisers", "participants")
    }


def test_a_central_office_holder_at_a_provincial_event_is_the_central_person(
    register: AgentRegister,
) -> None:
    event_row = row_of(
        "policy/events",
        province="Ninh Bình",
        participants="Nguyễn Mạnh Hùng; Đoàn Minh Huấn; Phạm Quang Ngọc",
    )
    found = event(register, event_id=event_row["event_id"])
    assert found["participants"] == [
        (AgentKind.PERSON, ID["person/nguyen-manh-hung"].value),
        (AgentKind.PERSON, ID["person/doan-minh-huan-ninh-binh"].value),
        (AgentKind.PERSON, ID["person/pham-quang-ngoc-ninh-binh"].value),
    ]
    assert found["organisers"] == [
        (AgentKind.ORGANISATION, organisation("bo-thong-tin-va-truyen-thong")),
        (AgentKind.UNIT, iris.unit("2004", "37").value),
    ]


def test_the_same_page_tells_which_namesake_is_meant(register: AgentRegister) -> None:
    found = event(register, date="2025-09-24", province="Việt Nam")
    assert (AgentKind.PERSON, ID["person/le-hong-vinh-nghe-an"].value) in found["participants"]


def test_a_city_named_as_organiser_is_the_city_not_its_province(register: AgentRegister) -> None:
    row = row_of("policy/events", organisers="Thành phố Ninh Bình; AIC")
    found = event(register, event_id=row["event_id"])
    assert found["organisers"] == [
        (AgentKind.UNIT, iris.unit("2004", "369").value),
        (AgentKind.ORGANISATION, organisation("aic")),
    ]


OFFICE_HOLDER = {"name": "Đỗ Xuân Hòa", "province": "Thái Nguyên"}


def bad_row(**cells: str) -> dict[str, str]:
    return {**row_of(AGENTS, **OFFICE_HOLDER), "entry_id": "other", **cells}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"entry_id": ""}, "entry_id"),
        ({"entry_id": row_of(AGENTS, **OFFICE_HOLDER)["entry_id"]}, "entry_id"),
        ({"kind": "minister"}, "kind"),
        ({"name": ""}, "name"),
        ({"name": "???"}, "name"),
        ({"organisation": ""}, "organisation"),
        ({"role": ""}, "role"),
        ({"role_date": "2025-13-01", "role_date_precision": "day"}, "role_date"),
        ({"role_date": "2025", "role_date_precision": "day"}, "role_date"),
        ({"role_date": "2025"}, "role_date_precision"),
        ({"province": "Thái Nguyen Mới"}, "province"),
        ({"source_url": ""}, "source_url"),
        ({"quote": "a" * 161}, "quote"),
    ],
)
def test_a_bad_cell_is_reported_with_its_place_and_its_row_left_out(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    rows = [row_of(AGENTS, **OFFICE_HOLDER), bad_row(**cells)]
    mapped = map_small(tmp_path, TABLE, organisations_people=rows)
    assert_reported(mapped.problems, AGENTS, 3, column)
    assert mapped.count(VNDX["Membership"]) == 1


def test_two_names_that_fold_to_one_key_are_reported_not_merged(tmp_path: Path) -> None:
    rows = [
        {**row_of(AGENTS, **OFFICE_HOLDER), "name": "Đỗ Thanh Bình"},
        bad_row(name="Đỗ Thành Bình"),
    ]
    mapped = map_small(tmp_path, PEOPLE, organisations_people=rows)
    assert len(mapped.problems) == 1
    assert "Đỗ Thanh Bình" in mapped.problems[0].en
    assert "Đỗ Thành Bình" in mapped.problems[0].en


def test_a_bad_row_makes_no_register_raise(tmp_path: Path) -> None:
    rows = [bad_row(name="???", organisation="—", province="???", role_date="x", source_url="")]
    document = {**row_of(PROVINCIAL, doc_id="thai-nguyen-01-nq-tu-2020"), "issuer": "…", "issue_date": "x"}
    folder = small_policy(tmp_path, organisations_people=rows, provincial_documents=[document])
    tables = TableSet(folder, Problems())
    for mapping in (ORGANISATIONS, PEOPLE, TABLE):
        mapped = Mapped(mapping, tables=tables)
        assert not mapped.subjects(RDF["type"], VNDX["Membership"])
    assert {(p.line, p.column) for p in tables.problems} >= {(2, "name"), (2, "province"), (2, "role_date")}


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Ban Thường vụ Tỉnh ủy Bắc Kạn", "Standing Board of the Bac Kan Provincial Party Committee"),
        (
            "Chủ tịch Ủy ban nhân dân Thành phố Hồ Chí Minh",
            "Chairperson of the People's Committee of Ho Chi Minh City",
        ),
        (
            "Sở Thông tin và Truyền thông tỉnh Long An",
            "Department of Information and Communications of Long An Province",
        ),
        ("Ủy ban nhân dân thị xã Phước Long", "People's Committee of Phuoc Long Town"),
        ("Bộ Y tế", "Ministry of Health"),
        ("Sở Gì Đó tỉnh Long An", ""),
        ("AIC", ""),
    ],
)
def test_a_public_body_has_an_english_name_where_a_pattern_fits(name: str, english: str) -> None:
    assert english_name(name) == english
