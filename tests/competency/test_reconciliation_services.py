"""What stands around reconciliation: manifest, suggestions, previews, and the extension of data."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest
from reconciliation_support import NEW, OLD, PARTY_RESOLUTION, OpenRefine

from api.reconcile import answers_0_2

pytestmark = pytest.mark.snapshot


def test_manifest_offers_types_with_their_hierarchy(refine: OpenRefine) -> None:
    types = {found.id: found for found in refine.manifest.defaultTypes}
    assert [broader.id for broader in types["Commune"].broader] == ["AdministrativeUnit"]
    assert {"Document", "Platform", "Organisation", "Person", "Programme"} <= types.keys()


def test_view_leads_to_the_page_of_an_entity(refine: OpenRefine) -> None:
    address = refine.manifest.view.url.replace("{{id}}", quote("id/unit/2025/19", safe=""))
    page = refine.http.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert "Thái Nguyên" in page.text


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
        assert not re.search(r"<script|<link|src=", card.text)
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


def test_names_are_in_the_language_that_is_asked_for(http: httpx.Client) -> None:
    for base in (OLD, NEW):
        for language, name in (("en", "province-level unit"), ("vi", "đơn vị hành chính cấp tỉnh")):
            answer = http.get(base, headers={"Accept-Language": language})
            names = [found["name"] for found in answer.json()["defaultTypes"]]
            assert name in names
            assert answer.headers["content-language"] == language
            assert "Accept-Language" in answer.headers["vary"]
