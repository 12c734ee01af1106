"""What a query of reconciliation finds in the whole dataset, and what is surely meant."""

from __future__ import annotations

import pytest
from reconciliation_support import PARTY_RESOLUTION, OpenRefine, having

pytestmark = pytest.mark.snapshot

IN_TUYEN_QUANG = having(partOf={"id": "id/unit/2004/08"})


def test_a_province_is_matched_and_its_namesakes_stand_below(refine: OpenRefine) -> None:
    found = refine.reconcile(q0={"query": "tinh thai nguyen"})["q0"]
    assert (found[0]["id"], found[0]["match"]) == ("id/unit/2025/19", True)
    assert "id/unit/2004/19" in [candidate["id"] for candidate in found]
    assert {feature["id"] for feature in found[0]["features"]} == {"name", "unitType", "address", "time"}


def test_several_communes_of_one_name_are_no_match(refine: OpenRefine) -> None:
    found = refine.reconcile(q0={"query": "Xã Tân Lập", "limit": 3})["q0"]
    assert len(found) == 3
    assert not any(candidate["match"] for candidate in found)


@pytest.mark.parametrize(
    ("properties", "identifier"),
    [
        (having(partOf="huyện Bắc Quang, tỉnh Hà Giang", at="2020-05-01"), "id/unit/2004/01159"),
        (having(partOf="Chợ Đồn", era="2004"), "id/unit/2004/02032"),
        (having(code="19462", era={"id": "concept/era/2025", "name": "2025"}), "id/unit/2025/19462"),
        (having(code=1159.0), "id/unit/2004/01159"),
        (having(partOf={"id": "id/unit/2004/02", "name": "Tỉnh Hà Giang"}, year=2010), "id/unit/2004/01159"),
        (having(partOf={"id": "id/unit/2004/02"}), "id/unit/2004/01159"),
    ],
)
def test_properties_tell_namesakes_apart(
    refine: OpenRefine, properties: list[dict[str, object]], identifier: str
) -> None:
    found = refine.first("Xã Tân Lập", type="Commune", properties=properties)
    assert (found["id"], found["match"]) == (identifier, True), found


@pytest.mark.parametrize(
    "properties",
    [having(at="2026-01-01"), having(era="2025"), having(code="19"), having(year=2026), IN_TUYEN_QUANG],
)
def test_a_conflicting_property_prevents_a_match(
    refine: OpenRefine, properties: list[dict[str, object]]
) -> None:
    assert refine.first("Huyện Võ Nhai", type="District")["match"]
    found = refine.first("Huyện Võ Nhai", type="District", properties=properties)
    assert not found["match"]
    assert found["score"] < 78
    assert {"id": f"property:{properties[0]['pid']}", "value": False} in found["features"]


def test_a_document_number_that_repeats_is_told_apart_by_issuer_and_year(refine: OpenRefine) -> None:
    results = refine.reconcile(
        bare={"query": "01 NQ TU", "type": "Document"},
        issuer={"query": "01 NQ TU", "type": "Document", "properties": having(issuer="Tỉnh ủy Khánh Hòa")},
        year={
            "query": "NQ 01-NQ/TU",
            "type": "Document",
            "properties": having(year=2020, issuer="Thái Nguyên"),
        },
        words={"query": "nghị quyết 01-NQ/TU Thái Nguyên 2020"},
    )
    assert not results["bare"][0]["match"]
    assert results["issuer"][0]["id"] == "id/document/01-nq-tu-khanh-hoa-2025"
    assert results["year"][0]["id"] == results["words"][0]["id"] == PARTY_RESOLUTION
    assert all(results[key][0]["match"] for key in ("issuer", "year", "words"))


def test_typeless_queries_find_units_and_other_things(refine: OpenRefine) -> None:
    results = refine.reconcile(
        platform={"query": "C-Thai Nguyen"},
        resolution={"query": "57-NQ/TW"},
        committee={"query": "UBND tỉnh Thái Nguyên"},
        address={"query": "Sảng Mộc, Võ Nhai, Thái Nguyên"},
    )
    assert {key: found[0]["id"] for key, found in results.items()} == {
        "platform": "id/platform/c-thai-nguyen",
        "resolution": "id/document/57-nq-tw-2024",
        "committee": "id/organisation/uy-ban-nhan-dan-tinh-thai-nguyen",
        "address": "id/unit/2004/05719",
    }
    assert all(found[0]["match"] for found in results.values())


def test_a_unit_is_no_match_for_what_lies_in_it_unless_a_unit_is_asked_for(refine: OpenRefine) -> None:
    address = "Số 5 đường Trần Phú, phường Ba Đình, thành phố Hà Nội"
    results = refine.reconcile(anything={"query": address}, unit={"query": address, "type": "Commune"})
    assert results["anything"][0]["id"] == results["unit"][0]["id"] == "id/unit/2025/00004"
    assert [found[0]["match"] for found in results.values()] == [False, True]


@pytest.mark.parametrize(
    ("query", "identifier"),
    [
        ("id/unit/2025/19", "id/unit/2025/19"),
        ("unit/2025/19", "id/unit/2025/19"),
        ("http://w3id.org/vndx/id/unit/2025/19/", "id/unit/2025/19"),
        ("https://w3id.org/vndx/id/platform/c-thai-nguyen", "id/platform/c-thai-nguyen"),
        (PARTY_RESOLUTION, PARTY_RESOLUTION),
        ("concept/era/2025", "concept/era/2025"),
    ],
)
def test_an_id_or_iri_is_its_entity(refine: OpenRefine, query: str, identifier: str) -> None:
    found = refine.reconcile(q0={"query": query})["q0"]
    assert [(one["id"], one["score"], one["match"]) for one in found] == [(identifier, 100, True)]


def test_what_is_unknown_is_no_error(refine: OpenRefine) -> None:
    results = refine.reconcile(
        type={"query": "Thái Nguyên", "type": "NoSuchType"},
        property={"query": "Tỉnh Thái Nguyên", "properties": having(noSuchProperty="x")},
        name={"query": "qqqqzzzz wwwwxxxx"},
        identifier={"query": "id/unit/2025/99999999"},
        empty={"query": ""},
        signs={"query": "!!! ---"},
        long={"query": "Thái Nguyên " * 200},
    )
    assert results["property"][0]["id"] == "id/unit/2025/19"
    assert not any(results[key] for key in ("type", "name", "identifier", "empty", "signs", "long"))
