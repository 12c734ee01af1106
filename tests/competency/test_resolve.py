"""Names, codes and addresses are resolved over HTTP to units of their day and to what those are today."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.units.resolve_models import ResolveAnswers, SingleAnswer

BASE = "https://w3id.org/vndx/id/"
OLD_DAY = "2025-06-30"
ON = "2026-11-21"

pytestmark = pytest.mark.snapshot


def resolve(http: httpx.Client, **params: Any) -> dict[str, Any]:
    answer = http.get("/api/v1/units/resolve", params={"on": ON, **params})
    assert answer.status_code == 200, answer.text
    SingleAnswer.model_validate(answer.json())
    return answer.json()  # type: ignore[no-any-return]


def key(unit: dict[str, Any]) -> str:
    return str(unit["id"]).removeprefix(f"{BASE}unit/")


def units(found: dict[str, Any]) -> dict[str, str]:
    return {key(each["unit"]): each["share"] for each in found["on"]["units"]}


def test_a_whole_commune_leads_to_the_one_that_has_it_with_act_and_clause(http: httpx.Client) -> None:
    found = resolve(http, q="Nghinh Tường, Võ Nhai, Thái Nguyên", date=OLD_DAY)
    assert key(found["match"]["unit"]) == "2004/05722"
    assert found["match"]["unit"]["address"] == "Xã Nghinh Tường, Huyện Võ Nhai, Tỉnh Thái Nguyên"
    assert found["match"]["unit"]["type"] == ["AdministrativeUnit", "Commune"]
    assert (found["on"]["status"], units(found)) == ("merged", {"2025/05722": "whole"})
    assert found["on"]["message"]["en"] == (
        f"On {ON} the whole of Xã Nghinh Tường, Huyện Võ Nhai, Tỉnh Thái Nguyên lies in "
        "Xã Nghinh Tường, Tỉnh Thái Nguyên."
    )
    (step,) = found["on"]["units"][0]["steps"]
    assert step["date"] == "2025-07-01"
    assert step["legalBasis"][0]["id"] == f"{BASE}document/1683-nq-ubtvqh15-2025"
    assert step["legalBasis"][0]["label"]["vi"]
    assert step["clause"].startswith("Điều 1 khoản")


def test_a_split_commune_leads_to_all_parts_and_says_so(http: httpx.Client) -> None:
    found = resolve(http, q="26833", date=OLD_DAY)
    assert found["on"]["status"] == "split"
    assert set(units(found).values()) == {"part"}
    assert len(units(found)) > 1
    assert "only a part" in found["on"]["message"]["en"]
    assert "chỉ có một phần" in found["on"]["message"]["vi"]


def test_an_abolished_district_tells_what_its_communes_became(http: httpx.Client) -> None:
    found = resolve(http, q="huyện Võ Nhai", within="Thái Nguyên", date=OLD_DAY)
    assert key(found["match"]["unit"]) == "2004/170"
    assert found["on"]["status"] == "abolished"
    assert found["on"]["abolition"][0]["legalBasis"][0]["id"] == f"{BASE}document/72-2025-qh15"
    assert "2025/05719" in units(found)
    became = {key(each["unit"]): each["becomes"] for each in found["on"]["communes"]}
    assert [(key(each["unit"]), each["share"]) for each in became["2004/05719"]] == [("2025/05719", "whole")]


def test_a_province_without_an_act_of_its_own_is_found_where_its_communes_went(http: httpx.Client) -> None:
    found = resolve(http, q="Hà Tây")
    assert (found["on"]["status"], units(found)) == ("merged", {"2025/01": "whole"})
    assert found["on"]["units"][0]["derived"]
    in_2022 = resolve(http, q="Quận 9, TP.HCM", date="2020-01-01", on="2022-01-01")
    assert (in_2022["on"]["status"], units(in_2022)) == ("merged", {"2004/769": "whole"})
    today = resolve(http, q="Quận 9, TP.HCM", date="2020-01-01")
    assert today["on"]["status"] == "abolished"
    assert "2025/26842" in units(today)


def test_a_merged_province_is_found_under_its_new_one(http: httpx.Client) -> None:
    found = resolve(http, q="Bac Kan")
    assert key(found["match"]["unit"]) == "2004/06"
    assert (found["on"]["status"], units(found)) == ("merged", {"2025/19": "whole"})


def test_the_unit_is_described_as_it_was_on_the_date(http: httpx.Client) -> None:
    found = resolve(http, q="Phổ Yên", date="2016-01-01", on="2023-01-01")
    unit = found["match"]["unit"]
    assert (unit["officialName"], unit["validFrom"]) == ("Thị xã Phổ Yên", "2015-05-16")
    assert unit["legalBasis"][0]["id"] == f"{BASE}document/932-nq-ubtvqh13-2015"
    assert found["on"]["status"] == "changed"
    assert found["on"]["units"][0]["unit"]["officialName"] == "Thành phố Phổ Yên"


def test_an_unchanged_commune_goes_on_under_its_new_entry(http: httpx.Client) -> None:
    found = resolve(http, q="16906", date="2020-01-01")
    assert (found["on"]["status"], units(found)) == ("continued", {"2025/16906": "whole"})


def test_a_unit_of_today_is_told_as_what_it_was_made_of(http: httpx.Client) -> None:
    found = resolve(http, q="Tỉnh Thái Nguyên", era="2025", on="2020-01-01")
    assert (found["on"]["status"], units(found)) == ("formed", {"2004/06": "whole", "2004/19": "whole"})


def test_a_unit_whose_fate_is_unknown_is_said_to_be(http: httpx.Client) -> None:
    found = resolve(http, q="18910", date="2020-01-01")
    assert (found["on"]["status"], found["on"]["units"]) == ("unknown", [])


@pytest.mark.parametrize(
    ("params", "finding"),
    [
        ({"q": "Xã Tân Lập", "date": OLD_DAY}, "ambiguous"),
        ({"q": "19"}, "ambiguous"),
        ({"q": "xã Sảng Mộc, tỉnh Cà Mau"}, "unsure"),
        ({"q": "zzzz"}, "nothing"),
    ],
)
def test_what_is_not_sure_has_no_match_but_candidates(
    http: httpx.Client, params: dict[str, str], finding: str
) -> None:
    found = resolve(http, **params)
    assert (found["finding"], found["match"], found["on"]) == (finding, None, None)
    assert bool(found["candidates"]) == (finding != "nothing")
    scores = [each["score"] for each in found["candidates"]]
    assert scores == sorted(scores, reverse=True)


def test_an_era_or_a_level_tells_units_of_one_name_apart(http: httpx.Client) -> None:
    assert key(resolve(http, q="19", era="2004")["match"]["unit"]) == "2004/19"
    assert key(resolve(http, q="Võ Nhai", level="district")["match"]["unit"]) == "2004/170"
    assert key(resolve(http, q="Võ Nhai", level="commune")["match"]["unit"]) == "2025/05716"


def test_many_are_answered_in_their_order(http: httpx.Client) -> None:
    texts = ["Hà Tây", "zzzz", "TP.HCM"]
    body = {"queries": [{"q": text} for text in texts], "on": ON}
    answer = http.post("/api/v1/units/resolve", json=body)
    assert answer.status_code == 200, answer.text
    found = ResolveAnswers.model_validate(answer.json())
    assert [each.query.q for each in found.items] == texts
    first, none, last = found.items
    assert first.on is not None
    assert [each.unit.id for each in first.on.units] == [f"{BASE}unit/2025/01"]
    assert none.match is None
    assert last.match is not None
    assert last.match.unit.id == f"{BASE}unit/2025/79"


def test_200_queries_are_answered_and_more_are_refused(http: httpx.Client) -> None:
    queries = [{"q": f"Phường {number}, Quận {number % 12}, TP.HCM"} for number in range(200)]
    assert http.post("/api/v1/units/resolve", json={"queries": queries}).json()["total"] == 200
    refused = http.post("/api/v1/units/resolve", json={"queries": [*queries, {"q": "one more"}]})
    assert refused.status_code == 400
    assert "200" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({}, "q"),
        ({"q": "Hà Nội", "date": "2025"}, "write a day"),
        ({"q": "Hà Nội", "era": "1999"}, "'2004' or '2025'"),
        ({"q": "Hà Nội", "era": "2025", "date": OLD_DAY}, "begins on 2025-07-01"),
        ({"q": "Hà Nội", "level": "village"}, "'commune'"),
        ({"q": "Hà Nội", "at": OLD_DAY}, "at"),
        ({"q": "x" * 201}, "200"),
    ],
)
def test_bad_input_says_what_would_be_right(http: httpx.Client, params: dict[str, str], says: str) -> None:
    answer = http.get("/api/v1/units/resolve", params=params)
    assert answer.status_code == 400
    assert says in answer.text


def test_an_answer_is_kept_only_if_it_does_not_depend_on_today(http: httpx.Client) -> None:
    lasting = {"q": "Hà Tây", "date": "2007-01-01", "on": ON}
    for params, kept in ((lasting, True), ({"q": "Hà Tây"}, False)):
        for _ in range(2):
            answer = http.get("/api/v1/units/resolve", params=params)
        assert ("cache-status" in answer.headers) == kept
        unchanged = {"If-None-Match": answer.headers["etag"]}
        assert http.get("/api/v1/units/resolve", params=params, headers=unchanged).status_code == 304
