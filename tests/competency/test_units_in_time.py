"""Single units over HTTP, with the whole dataset: on a day, their history, what they became and came from."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.units.models import UnitHistory, UnitLineage

BASE = "https://w3id.org/vndx/id/"

pytestmark = pytest.mark.snapshot


def get(http: httpx.Client, path: str) -> dict[str, Any]:
    answer = http.get(f"/api/v1/units/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def lineage(http: httpx.Client, path: str) -> dict[str, Any]:
    found = get(http, path)
    UnitLineage.model_validate(found)
    assert [step["date"] for step in found["steps"]] == sorted(step["date"] for step in found["steps"])
    return found


def ends(found: dict[str, Any]) -> dict[str, str]:
    """Give the share of each unit at the end, by era and code."""
    return {each["unit"]["id"].removeprefix(f"{BASE}unit/"): each["share"] for each in found["units"]}


@pytest.mark.parametrize(
    ("day", "name"),
    [("2010-01-01", "Huyện Phổ Yên"), ("2015-05-16", "Thị xã Phổ Yên"), ("2022-04-10", "Thành phố Phổ Yên")],
)
def test_a_unit_has_the_name_of_the_day(http: httpx.Client, day: str, name: str) -> None:
    found = get(http, f"2004/172?at={day}")
    assert found["label"]["vi"] == name
    assert found["province"]["label"]["vi"] == "Tỉnh Thái Nguyên"


def test_a_unit_that_was_not_there_on_the_day_is_a_404_that_says_when_it_was(http: httpx.Client) -> None:
    answer = http.get("/api/v1/units/2004/172?at=2025-07-01")
    assert answer.status_code == 404
    assert answer.json()["versions"][-1] == {"validFrom": "2022-04-10", "validTo": "2025-07-01"}
    assert "/successors?at=" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("2025/98", 404, "no unit 98 in the register of 2025"),
        ("2025/06", 404, "there is one in the register of 2004"),
        ("1999/19", 400, "'2004' or '2025'"),
        ("2025/1", 400, "pattern"),
        ("2025/19?at=2025", 400, "write a day"),
        ("2025/19?on=2025-08-01", 400, "on"),
        ("2025/19/history?at=2025-08-01", 400, "at"),
        ("2025/19/successors?at=2020-01-01", 400, "ask for its predecessors"),
        ("2004/19/predecessors?at=2026-01-01", 400, "ask for its successors"),
    ],
)
def test_bad_input_says_what_would_be_right(http: httpx.Client, path: str, status: int, says: str) -> None:
    answer = http.get(f"/api/v1/units/{path}")
    assert (answer.status_code, says in answer.json()["detail"]) == (status, True), answer.text


def test_the_history_of_pho_yen_has_its_versions_and_acts_in_order(http: httpx.Client) -> None:
    found = get(http, "2004/172/history")
    UnitHistory.model_validate(found)
    assert [version["officialName"]["vi"] for version in found["versions"]] == [
        "Huyện Phổ Yên",
        "Thị xã Phổ Yên",
        "Thành phố Phổ Yên",
    ]
    assert [[act["id"] for act in version["legalBasis"]] for version in found["versions"]] == [
        [],
        [f"{BASE}document/932-nq-ubtvqh13-2015"],
        [f"{BASE}document/469-nq-ubtvqh15-2022"],
    ]
    (change,) = found["changes"]
    assert (change["effectiveDate"], change["transfers"]) == ("2025-07-01", [])
    assert "Abolition" in change["type"]


def test_the_history_of_a_unit_has_only_its_own_transfers(http: httpx.Client) -> None:
    (change,) = get(http, "2004/06/history")["changes"]
    (transfer,) = change["transfers"]
    assert transfer["fromUnit"]["label"]["vi"] == "Tỉnh Bắc Kạn"
    assert transfer["toUnit"]["id"] == f"{BASE}unit/2025/19"
    assert len(get(http, "2025/19/history")["changes"][0]["transfers"]) == 2


def test_two_provinces_went_into_thai_nguyen_as_a_whole(http: httpx.Client) -> None:
    assert ends(lineage(http, "2004/06/successors")) == {"2025/19": "whole"}
    back = lineage(http, "2025/19/predecessors")
    assert ends(back) == {"2004/06": "whole", "2004/19": "whole"}
    assert {act["id"] for step in back["steps"] for act in step["legalBasis"]} == {
        f"{BASE}document/202-2025-qh15"
    }


def test_a_district_of_2004_is_followed_through_2020_to_the_communes_of_2025(http: httpx.Client) -> None:
    """Quận 9 went into Thành phố Thủ Đức in 2021, and that into wards in 2025."""
    assert ends(lineage(http, "2004/763/successors?at=2020-01-01")) == {"2004/763": "whole"}
    in_2022 = lineage(http, "2004/763/successors?at=2022-01-01")
    assert ends(in_2022) == {"2004/769": "whole"}
    assert in_2022["units"][0]["unit"]["label"]["vi"] == "Thành phố Thủ Đức"
    assert [(step["kind"], step["status"], len(step["via"])) for step in in_2022["steps"]] == [
        ("parts", "derived", 13)
    ]
    today = lineage(http, "2004/763/successors")
    assert today["complete"]
    assert "2025/26842" in ends(today)
    assert "2025/26824" not in ends(today), "Phường Thủ Đức was never of Quận 9"


def test_a_commune_that_was_split_leads_to_each_part(http: httpx.Client) -> None:
    found = lineage(http, "2004/26833/successors")
    assert set(ends(found).values()) == {"part"}
    assert len(ends(found)) > 1
    assert all(
        step["legalBasis"] and step["change"]["clause"]
        for step in found["steps"]
        if step["kind"] == "transfer"
    )


def test_ha_tay_went_into_ha_noi_in_2008_and_that_on_into_2025(http: httpx.Client) -> None:
    assert ends(lineage(http, "2004/28/successors?at=2010-01-01")) == {"2004/01": "whole"}
    found = lineage(http, "2004/28/successors")
    assert ends(found) == {"2025/01": "whole"}
    assert [step["date"] for step in found["steps"]] == ["2008-08-01", "2025-07-01"]


def test_going_back_from_ha_noi_finds_ha_tay_and_the_part_of_vinh_phuc(http: httpx.Client) -> None:
    found = lineage(http, "2025/01/predecessors?at=2007-01-01")
    assert ends(found)["2004/01"] == ends(found)["2004/28"] == "whole"
    assert ends(found)["2004/26"] == "part", "only the district of Mê Linh came from Vĩnh Phúc"
    added = [step for step in found["steps"] if step["kind"] == "parts"]
    assert {step["date"] for step in added} == {"2008-08-01"}


def test_a_commune_whose_end_nothing_explains_is_told_as_open(http: httpx.Client) -> None:
    found = lineage(http, "2004/18910/successors")
    assert (found["units"], found["complete"]) == ([], False)
    assert [(each["unit"]["id"], each["date"]) for each in found["open"]] == [
        (f"{BASE}unit/2004/18910", "2025-01-01")
    ]


def test_an_unchanged_commune_went_on_under_its_2025_entry(http: httpx.Client) -> None:
    assert ends(lineage(http, "2004/16906/successors")) == {"2025/16906": "whole"}
    assert ends(lineage(http, "2025/16906/predecessors?at=2020-01-01")) == {"2004/16906": "whole"}
