"""The Reconciliation Service API with the whole dataset, asked as OpenRefine and its kind ask it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from api.reconcile import answers_0_2, answers_1_0

OLD, NEW = "/reconcile/0.2", "/reconcile/1.0-draft"
PARTY_RESOLUTION = "id/document/01-nq-tu-thai-nguyen-2020"
ORIGIN = {"Origin": "https://refine.example"}

pytestmark = pytest.mark.snapshot


@dataclass
class OpenRefine:
    """A client that knows nothing but the address of the service: all else is in the manifest."""

    http: httpx.Client

    def __post_init__(self) -> None:
        answer = self.http.get(OLD, headers=ORIGIN)
        assert answer.headers["access-control-allow-origin"] == "*"
        self.manifest = answers_0_2.Manifest.model_validate(answer.json())

    def reconcile(self, **queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        content = self.post("queries", queries)
        answers_0_2.ResultBatch.model_validate(content)
        assert list(content) == list(queries)
        for found in content.values():
            scores = [candidate["score"] for candidate in found["result"]]
            assert scores == sorted(scores, reverse=True)
            assert not any(candidate["match"] for candidate in found["result"][1:])
        return {key: found["result"] for key, found in content.items()}

    def first(self, query: str, **more: Any) -> dict[str, Any]:
        found = self.reconcile(q0={"query": query, **more})["q0"]
        return found[0] if found else {}

    def post(self, name: str, content: object) -> dict[str, Any]:
        answer = self.http.post(OLD, data={name: json.dumps(content)}, headers=ORIGIN)
        assert answer.status_code == 200, answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        return answer.json()  # type: ignore[no-any-return]

    def suggest(self, kind: str, prefix: str, **more: str) -> list[dict[str, Any]]:
        service = getattr(self.manifest.suggest, kind)
        answer = self.http.get(service.service_url + service.service_path, params={"prefix": prefix, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]  # type: ignore[no-any-return]

    def extend(self, ids: list[str], *properties: str, **settings: int) -> dict[str, Any]:
        asked = [{"id": name, "settings": settings} for name in properties]
        content = self.post("extend", {"ids": ids, "properties": asked})
        answers_0_2.Extension.model_validate(content)
        return content

    def preview(self, identifier: str, language: str) -> httpx.Response:
        address = self.manifest.preview.url.replace("{{id}}", quote(identifier, safe=""))
        return self.http.get(address, headers={"Accept-Language": language})


@pytest.fixture(scope="session")
def refine(http: httpx.Client) -> OpenRefine:
    return OpenRefine(http)


def having(**values: object) -> list[dict[str, object]]:
    return [{"pid": name, "v": value} for name, value in values.items()]


IN_TUYEN_QUANG = having(partOf={"id": "id/unit/2004/08"})


def test_manifest_offers_types_with_their_hierarchy(refine: OpenRefine) -> None:
    types = {found.id: found for found in refine.manifest.defaultTypes}
    assert [broader.id for broader in types["Commune"].broader] == ["AdministrativeUnit"]
    assert {"Document", "Platform", "Organisation", "Person", "Programme"} <= types.keys()


def test_view_leads_to_the_page_of_an_entity(refine: OpenRefine) -> None:
    address = refine.manifest.view.url.replace("{{id}}", quote("id/unit/2025/19", safe=""))
    page = refine.http.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert "Thái Nguyên" in page.text


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


def test_batch_keys_may_be_any_string(refine: OpenRefine) -> None:
    keys = ["", "queries", "extend", "dòng số 1", "a/b?c=d&e", "__proto__", "q\u0000"]
    results = refine.reconcile(**{key: {"query": "Hà Nội", "limit": 1} for key in keys})
    assert {found[0]["id"] for found in results.values()} == {"id/unit/2025/01"}


def test_form_json_and_get_give_the_same(refine: OpenRefine) -> None:
    batch = {"q0": {"query": "Phường Bến Nghé, Quận 1, TP.HCM"}, "q1": {"query": "VNeID"}}
    by_form = refine.post("queries", batch)
    for answer in (
        refine.http.post(OLD, json=batch),
        refine.http.post(OLD, json={"queries": batch}),
        refine.http.get(OLD, params={"queries": json.dumps(batch)}),
        refine.http.get(f"{OLD}/", params={"queries": json.dumps(batch), "callback": "ignored"}),
    ):
        assert answer.json() == by_form


def test_queries_of_a_batch_do_not_influence_each_other(refine: OpenRefine) -> None:
    asked = ["Xã Tân Lập", "TP.HCM", "57-NQ/TW", "Sổ tay đảng viên", "Hòa Bình"]
    together = refine.reconcile(**{str(at): {"query": text} for at, text in enumerate(asked)})
    for at, text in enumerate(asked):
        assert refine.reconcile(q0={"query": text})["q0"] == together[str(at)]


def test_batch_of_as_many_as_advertised_is_answered_and_one_more_is_413(refine: OpenRefine) -> None:
    size = refine.manifest.batchSize
    batch = {f"q{at}": {"query": f"Phường {at}"} for at in range(size + 1)}
    del batch["q0"]
    assert len(refine.post("queries", batch)) == size
    batch["q0"] = {"query": "Phường 0"}
    for answer in (
        refine.http.post(OLD, data={"queries": json.dumps(batch)}),
        refine.http.post(f"{NEW}/match", json={"queries": [named("Hà Nội")] * (size + 1)}),
    ):
        assert answer.status_code == 413
        assert answer.json()["limit"] == size


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"q0": {}}, "queries.q0"),
        ({"q0": {"query": 5}}, "queries.q0.query"),
        ({"q0": {"query": "x", "type_strict": "maybe"}}, "queries.q0.type_strict"),
        ({"q0": {"query": "x", "limit": 0}}, "queries.q0.limit"),
        ({"q0": {"query": "x", "unknown": 1}}, "queries.q0.unknown"),
        ({"q0": {"query": "x", "properties": [{"pid": "code"}]}}, "queries.q0.properties.0.v"),
        ([], "queries"),
    ],
)
def test_batch_that_is_not_as_specified_is_400_and_says_where(
    refine: OpenRefine, content: object, where: str
) -> None:
    answer = refine.http.post(OLD, data={"queries": json.dumps(content)})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert where in [found["parameter"] for found in answer.json()["errors"]]


def test_bodies_that_cannot_be_read_are_400_and_others_415(refine: OpenRefine) -> None:
    assert refine.http.post(OLD, data={"queries": "{"}).status_code == 400
    assert refine.http.post(OLD, data={"nothing": "1"}).status_code == 400
    assert refine.http.post(OLD, content=b"<x/>", headers={"Content-Type": "text/xml"}).status_code == 415
    assert refine.http.post(f"{NEW}/match", data={"queries": "[]"}).status_code == 415
    assert (
        refine.http.post(
            f"{NEW}/match", content=b"{", headers={"Content-Type": "application/json"}
        ).status_code
        == 400
    )


def test_suggestions_of_entities_begin_with_what_is_typed(refine: OpenRefine) -> None:
    found = refine.suggest("entity", "thai ngu")
    answers_0_2.SuggestedEntities.model_validate({"result": found})
    assert found[0]["id"] == "id/unit/2025/19"
    platforms = refine.suggest("entity", "c thai", type="Platform", type_strict="any", cursor="0")
    assert platforms[0]["id"] == "id/platform/c-thai-nguyen"
    assert [one["id"] for one in refine.suggest("entity", "id/unit/2025/01")] == ["id/unit/2025/01"]


def test_suggestions_of_types_and_properties_know_both_languages(refine: OpenRefine) -> None:
    everything = refine.suggest("type", "")
    answers_0_2.SuggestedTypes.model_validate({"result": everything})
    assert {"Province", "Document"} <= {found["id"] for found in everything}
    for prefix in ("van ban", "docu", "Document"):
        assert refine.suggest("type", prefix)[0]["id"] == "Document"
    for prefix in ("thuộc", "part of", "partOf"):
        found = refine.suggest("property", prefix, type="Commune")
        answers_0_2.SuggestedProperties.model_validate({"result": found})
        assert "partOf" in [one["id"] for one in found[:3]]
    assert {"at", "year"} <= {found["id"] for found in refine.suggest("property", "")}


def test_flyouts_tell_what_is_pointed_at(refine: OpenRefine) -> None:
    service = refine.manifest.suggest.entity
    path = service.flyout_service_path.replace("${id}", quote("id/platform/c-thai-nguyen", safe=""))
    found = refine.http.get(service.flyout_service_url + path).json()
    assert found["id"] == "id/platform/c-thai-nguyen"
    assert "C-ThaiNguyen" in found["html"]


def test_preview_is_a_small_page_that_may_be_framed_in_both_languages(refine: OpenRefine) -> None:
    for language, name in (("vi", "Xã Sảng Mộc"), ("en-GB", "Sang Moc Commune")):
        card = refine.preview("id/unit/2004/05719", language)
        assert card.status_code == 200
        assert card.headers["content-type"] == "text/html; charset=utf-8"
        assert card.headers["content-language"] == language[:2]
        assert "x-frame-options" not in card.headers
        assert "frame-ancestors *" in card.headers["content-security-policy"]
        assert re.search(rf"<h1>.*{name}.*</h1>", card.text)
        assert not re.search(r"<script|src=|https?://", card.text)
        assert re.findall(r'<link rel="(\w+)" href="/static/', card.text) == ["stylesheet"]
    assert refine.preview("id/unit/2004/none", "vi").status_code == 404


def test_extension_gives_values_of_each_kind(refine: OpenRefine) -> None:
    content = refine.extend(
        [PARTY_RESOLUTION, "id/unit/2025/19", "id/no/such"],
        *("number", "issueDate", "jurisdiction", "population", "geo:lat", "noSuchProperty"),
    )
    document, province, unknown = content["rows"].values()
    assert document["number"] == [{"str": "01-NQ/TU"}]
    assert document["issueDate"] == [{"date": "2020-12-31T00:00:00Z"}]
    assert document["jurisdiction"] == [{"id": "id/unit/2004/19", "name": "Tỉnh Thái Nguyên"}]
    assert province["population"] == [{"int": 1799489}]
    assert province["geo:lat"] == [{"float": 22.0239}]
    assert not any(unknown.values())
    assert [found["id"] for found in content["meta"]][-1] == "noSuchProperty"


def test_extension_takes_any_text_as_an_id(refine: OpenRefine) -> None:
    strange = [
        "",
        "a b",
        "<x>",
        "id/",
        "https://w3id.org/vndx/",
        "http://",
        "\u0000",
        "Thái Nguyên",
        "id/a/%zz",
    ]
    content = refine.extend(strange, *strange, "skos:prefLabel")
    assert list(content["rows"]) == strange
    assert not any(values for row in content["rows"].values() for values in row.values())


def test_extension_gives_a_bare_year_as_text(refine: OpenRefine) -> None:
    found = refine.extend(
        ["id/document/ha-nam-chuong-trinh-hanh-dong-thuc-hien-nghi-quyet-so-57-nq-tw-2025"], "issueDate"
    )
    assert list(found["rows"].values()) == [{"issueDate": [{"str": "2025"}]}]


def test_extension_gives_at_most_as_many_values_as_the_setting_says(refine: OpenRefine) -> None:
    few = refine.extend([PARTY_RESOLUTION], "skos:altLabel", limit=2)
    every = refine.extend([PARTY_RESOLUTION], "skos:altLabel")
    assert len(few["rows"][PARTY_RESOLUTION]["skos:altLabel"]) == 2
    assert len(every["rows"][PARTY_RESOLUTION]["skos:altLabel"]) > 2


def test_proposed_properties_are_those_that_entities_of_the_type_have(refine: OpenRefine) -> None:
    service = refine.manifest.extend.propose_properties

    def proposed(**parameters: object) -> list[str]:
        answer = refine.http.get(service.service_url + service.service_path, params=parameters)  # type: ignore[arg-type]
        answers_0_2.Proposals.model_validate(answer.json())
        return [found["id"] for found in answer.json()["properties"]]

    assert {"code", "era", "partOf", "unitType"} <= set(proposed(type="Commune"))
    assert {"number", "issuer", "issueDate"} <= set(proposed(type="Document"))
    assert "issuer" not in proposed(type="Commune")
    assert proposed(type="Commune", limit=3) == proposed(type="Commune")[:3]
    assert len(proposed(type="NoSuchType")) > len(proposed(type="Commune"))


@pytest.mark.parametrize(
    "path",
    [
        OLD,
        f"{OLD}/suggest/entity",
        f"{OLD}/preview",
        NEW,
        f"{NEW}/match",
        f"{NEW}/extend",
        f"{NEW}/extend/propose",
    ],
)
def test_every_route_answers_a_preflight(http: httpx.Client, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = http.options(path, headers=ORIGIN | asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "content-type"


def test_names_are_in_the_language_that_is_asked_for(http: httpx.Client) -> None:
    for base in (OLD, NEW):
        for language, name in (("en", "province-level unit"), ("vi", "đơn vị hành chính cấp tỉnh")):
            answer = http.get(base, headers={"Accept-Language": language})
            names = [found["name"] for found in answer.json()["defaultTypes"]]
            assert name in names
            assert answer.headers["content-language"] == language
            assert "Accept-Language" in answer.headers["vary"]


def named(text: str, **more: object) -> dict[str, object]:
    return {"conditions": [{"matchType": "name", "propertyValue": text}], **more}


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
