"""Identifiers of every system lead to things and to each other, over HTTP and the whole dataset."""

from __future__ import annotations

import csv
from typing import Any

import httpx
import pytest
from build_support import ROOT

from api.sameas.models import SameAsAnswers, SingleSameAs

BASE = "https://w3id.org/vndx/id/"
TABLES = ROOT / "graph" / "data" / "tables" / "admin"

pytestmark = pytest.mark.snapshot


def same_as(http: httpx.Client, identifier: str) -> dict[str, Any]:
    answer = http.get("/api/v1/sameas", params={"id": identifier})
    assert answer.status_code == 200, answer.text
    SingleSameAs.model_validate(answer.json())
    return answer.json()  # type: ignore[no-any-return]


def many(http: httpx.Client, identifiers: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for start in range(0, len(identifiers), 200):
        answer = http.post("/api/v1/sameas", json=identifiers[start : start + 200])
        assert answer.status_code == 200, answer.text
        SameAsAnswers.model_validate(answer.json())
        found += answer.json()["items"]
    assert [each["id"] for each in found] == identifiers
    return found


def things(found: dict[str, Any]) -> dict[str, str]:
    return {each["entity"]["id"].removeprefix(BASE): each["strength"] for each in found["things"]}


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_a_wikidata_item_is_exactly_the_old_province_and_close_to_the_merged_one(http: httpx.Client) -> None:
    found = same_as(http, "Q26575")
    assert found["status"] == "known"
    assert list(things(found).items()) == [("unit/2004/19", "exact"), ("unit/2025/19", "close")]
    old = found["things"][0]
    assert old["entity"]["label"]["vi"] == "Tỉnh Thái Nguyên"
    assert old["validTo"] == "2025-07-01"
    assert {(each["system"], each["id"], each["strength"]) for each in old["identifiers"]} == {
        ("vndx", "id/unit/2004/19", "exact"),
        ("gso", "2004:19", "exact"),
        ("iso3166-2", "VN-69", "exact"),
        ("hasc", "VN.TY", "exact"),
        ("fips", "VM85", "exact"),
        ("wikidata", "Q26575", "exact"),
        ("geonames", "1905497", "exact"),
        ("osm", "1902967", "exact"),
        ("wof", "85680605", "exact"),
    }


def test_every_identifier_of_every_old_province_leads_to_it(http: httpx.Client) -> None:
    forms = {
        "wikidata": "{}",
        "geonames": "geonames:{}",
        "osm_relation": "r{}",
        "wof_id": "wof:{}",
        "iso_3166_2": "{}",
        "hasc": "{}",
        "fips_gec": "{}",
        "code": "gso:2004:{}",
    }
    asked = {
        form.format(row[column]): row["code"]
        for row in rows("provinces_pre2025.csv")
        for column, form in forms.items()
        if row[column]
    }
    assert len(asked) == 8 * 63
    for found in many(http, [*asked]):
        assert things(found)[f"unit/2004/{asked[found['id']]}"] == "exact", found["id"]


def test_every_wikidata_item_of_a_district_is_known_in_both_directions(http: httpx.Client) -> None:
    districts = [row for row in rows("districts_pre2025.csv") if row["wikidata"]]
    by_item = many(http, [row["wikidata"] for row in districts])
    by_unit = many(http, [f"gso:2004:{row['code']}" for row in districts])
    for row, item, unit in zip(districts, by_item, by_unit, strict=True):
        assert f"unit/2004/{row['code']}" in things(item)
        (thing,) = unit["things"]
        links = {
            each["id"]: each["strength"] for each in thing["identifiers"] if each["system"] == "wikidata"
        }
        assert links == {row["wikidata"]: things(item)[f"unit/2004/{row['code']}"]}


def test_a_code_without_its_register_is_of_both_and_said_to_be(http: httpx.Client) -> None:
    assert things(same_as(http, "gso:15")) == {"unit/2004/15": "sameCode", "unit/2025/15": "sameCode"}
    assert things(same_as(http, "gso:172")) == {"unit/2004/172": "sameCode"}


def test_our_own_iri_gives_all_others(http: httpx.Client) -> None:
    for identifier in (f"{BASE}unit/2025/19", "unit/2025/19", "2025/19", "gso:2025:19"):
        found = same_as(http, identifier)
        assert things(found) == {"unit/2025/19": "exact"}
        links = {(each["system"], each["id"]): each["strength"] for each in found["things"][0]["identifiers"]}
        assert links["wikidata", "Q26575"] == links["geonames", "1905497"] == "close"


def test_links_of_the_vocabulary_are_found_too(http: httpx.Client) -> None:
    found = same_as(http, "https://w3id.org/vndx/ontology#Province")
    (thing,) = found["things"]
    assert thing["entity"]["label"]["en"] == "province-level unit"
    (link,) = same_as(http, "http://www.w3.org/ns/org#changedBy")["things"]
    assert (link["entity"]["id"], link["strength"]) == ("https://w3id.org/vndx/ontology#changedBy", "close")


@pytest.mark.parametrize(
    "identifier",
    ["Q42", "VN-99", "gso:2004:99", "unit/2025/99", "https://example.org/x", "https://w3id.org/vndx/id/???"],
)
def test_what_nothing_is_linked_to_is_said_to_be_unknown(http: httpx.Client, identifier: str) -> None:
    found = same_as(http, identifier)
    assert (found["status"], found["things"]) == ("unknown", [])
    assert identifier in found["message"]["en"]


@pytest.mark.parametrize("identifier", ["19", "Thái Nguyên", "http://[bad", "https://w3id.org/vndx/%"])
def test_what_is_no_identifier_is_told_the_forms_that_are(http: httpx.Client, identifier: str) -> None:
    found = same_as(http, identifier)
    assert (found["status"], found["system"]) == ("unreadable", None)
    assert "gso:2004:19" in found["message"]["en"]


def test_the_bounds_of_a_batch_are_enforced(http: httpx.Client) -> None:
    for body in ([], ["Q1"] * 201, ["x" * 301], {"id": "Q1"}, [""]):
        assert http.post("/api/v1/sameas", json=body).status_code == 400
    assert http.get("/api/v1/sameas").status_code == 400
    assert http.get("/api/v1/sameas", params={"id": "Q1", "lang": "vi"}).status_code == 400


@pytest.mark.parametrize("path", ["/api/v1/sameas", "/api/v1/units/resolve"])
def test_a_body_without_end_is_not_read_into_memory(http: httpx.Client, path: str) -> None:
    large = b" " * (1024 * 1024 + 1)
    for content in (large, iter([large])):  # with Content-Length and in chunks
        refused = http.post(path, content=content, headers={"Content-Type": "application/json"})
        assert refused.status_code == 413
        assert "1048576 bytes" in refused.json()["detail"]
    assert http.post(path, content=b"[", headers={"Content-Type": "application/json"}).status_code == 400


def test_an_answer_has_a_tag_and_is_not_sent_twice(http: httpx.Client) -> None:
    first = http.get("/api/v1/sameas", params={"id": "VN-69"})
    again = http.get(
        "/api/v1/sameas", params={"id": "VN-69"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
