"""The Reconciliation Service API as its next version is being written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from reconciliation_support import NEW, PARTY_RESOLUTION, named

from api.reconcile import answers_1_0

pytestmark = pytest.mark.snapshot


def match(http: httpx.Client, *queries: Mapping[str, object]) -> list[list[dict[str, Any]]]:
    answer = http.post(f"{NEW}/match", json={"queries": queries}, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    answers_1_0.ResultBatch.model_validate(answer.json())
    return [found["candidates"] for found in answer.json()["results"]]


def test_draft_gives_results_in_the_order_of_the_queries(http: httpx.Client) -> None:
    answers_1_0.Manifest.model_validate(http.get(NEW).json())
    found = match(http, named("Hà Nội", type="Province", limit=1), named("nothing qqq zzz"), named("VNeID"))
    assert [[one["id"] for one in candidates][:1] for candidates in found] == [
        ["id/unit/2025/01"],
        [],
        ["id/platform/viet-nam-vneid"],
    ]


def test_draft_understands_both_names_of_members_and_routes(http: httpx.Client) -> None:
    older = {
        "queries": [
            {
                "type": "Commune",
                "conditions": [
                    {"matchType": "name", "v": "Tân Lập"},
                    {"matchType": "property", "pid": "partOf", "v": ["Bắc Quang", "Hà Giang"]},
                ],
            }
        ]
    }
    newer = json.loads(json.dumps(older).replace('"v"', '"propertyValue"').replace('"pid"', '"propertyId"'))
    answers = [
        http.post(f"{NEW}/{path}", json=body) for path in ("match", "reconcile") for body in (older, newer)
    ]
    assert {answer.text for answer in answers} == {answers[0].text}
    assert answers[0].json()["results"][0]["candidates"][0]["id"] == "id/unit/2004/01159"


def test_draft_leaves_out_what_lacks_a_required_property(http: httpx.Client) -> None:
    def resolutions(**more: object) -> list[str]:
        condition = {"matchType": "property", "propertyId": "issuer", "propertyValue": "Thái Nguyên", **more}
        query = {
            "conditions": [{"matchType": "name", "propertyValue": "01-NQ/TU"}, condition],
            "type": "Document",
        }
        return [found["id"] for found in match(http, query)[0]]

    assert len(resolutions()) > 1
    assert resolutions(required=True) == [PARTY_RESOLUTION]
    assert PARTY_RESOLUTION not in resolutions(required=True, matchQuantifier="none")


def test_draft_leaves_out_units_that_lie_elsewhere_or_where_they_shall_not(http: httpx.Client) -> None:
    def communes(**more: object) -> list[str]:
        condition = {"matchType": "property", "propertyId": "partOf", "propertyValue": "Hà Giang", **more}
        name = {"matchType": "name", "propertyValue": "Tân Lập"}
        query = {"conditions": [name, condition], "type": "Commune", "limit": 50}
        return [found["id"] for found in match(http, query)[0]]

    assert len(communes()) > 1
    assert communes(required=True) == ["id/unit/2004/01159"]
    elsewhere = communes(required=True, matchQuantifier="none")
    assert len(elsewhere) > 1
    assert "id/unit/2004/01159" not in elsewhere


@pytest.mark.parametrize(
    "query",
    [
        {"conditions": []},
        {"props": [{"propertyValue": "x"}]},
        {"conditions": [{"propertyValue": "x"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "type": ["Province", "Commune"]},
        {"conditions": [{"matchType": "property", "propertyValue": "x"}]},
    ],
)
def test_draft_refuses_what_is_invalid(http: httpx.Client, query: object) -> None:
    assert http.post(f"{NEW}/match", json={"queries": [query]}).status_code == 400
    assert http.post(f"{NEW}/match", json=[query]).status_code == 400


def test_draft_suggests_previews_and_extends(http: httpx.Client) -> None:
    suggested = http.get(f"{NEW}/suggest/entity", params={"prefix": "ha n", "limit": 3}).json()
    answers_1_0.SuggestedEntities.model_validate(suggested)
    assert len(suggested["result"]) == 3
    further = http.get(f"{NEW}/suggest/entity", params={"prefix": "ha n", "limit": 2, "offset": 1}).json()
    assert further["result"] == suggested["result"][1:]
    assert http.get(f"{NEW}/preview", params={"id": "id/unit/2025/01"}).status_code == 200
    answers_1_0.Proposals.model_validate(
        http.get(f"{NEW}/extend/propose", params={"type": "Platform"}).json()
    )
    body = {"ids": ["id/unit/2025/01", "?"], "properties": [{"id": "skos:prefLabel"}, {"id": "partOf"}]}
    extended = http.post(f"{NEW}/extend", json=body).json()
    answers_1_0.Extension.model_validate(extended)
    assert [row["id"] for row in extended["rows"]] == body["ids"]
    assert extended["rows"][0]["properties"][0]["values"] == [{"str": "Thành phố Hà Nội", "lang": "vi"}]
