"""``/api/v1/evidence``: which source says it, with which words, and who says otherwise."""

from __future__ import annotations

import httpx
import pytest

UNIT = "https://w3id.org/vndx/id/unit/2004/19"
CLAIM = "https://w3id.org/vndx/id/claim/sample/vi-du"
SOURCE = "https://w3id.org/vndx/id/source/sample"


def evidence(client: httpx.Client, **parameters: str | int) -> httpx.Response:
    return client.get("/api/v1/evidence", params=parameters)


def item_of(page: dict, statement: str) -> dict:
    (found,) = [item for item in page["items"] if item["statement"]["id"] == statement]
    return found


def test_a_thing_has_the_words_of_what_is_said_about_it(built: httpx.Client) -> None:
    answer = evidence(built, about=UNIT)
    assert answer.status_code == 200
    item = item_of(answer.json(), CLAIM)
    assert item["statement"]["type"] == ["Claim"]
    assert item["statement"]["label"] == {"vi": "Nhận định mẫu", "en": "A sample claim"}
    assert [relation["id"] for relation in item["relations"]] == ["https://w3id.org/vndx/ontology#about"]
    (fragment,) = item["evidence"]
    assert fragment["quote"] == ["Tỉnh mẫu đi đầu"]
    assert (fragment["start"], fragment["end"], fragment["language"]) == (0, 15, "vi")
    (source,) = item["sources"]
    assert source["id"] == fragment["source"] == SOURCE
    assert source["publishedDate"] == "2022-10-10"
    assert source["trust"]["id"] == "https://w3id.org/vndx/concept/trust/low"


def test_a_source_gives_everything_known_from_it_in_the_order_of_the_text(built: httpx.Client) -> None:
    page = evidence(built, source=SOURCE).json()
    assert page["subject"]["id"] == SOURCE
    assert [item["statement"]["id"] for item in page["items"]] == [CLAIM]


@pytest.mark.parametrize(
    "spelling",
    [
        "http://w3id.org/vndx/id/unit/2004/19/",
        "unit/2004/19",
        "id/unit/2004/19",
        UNIT.upper().replace("HTTPS", "https"),
    ],
)
def test_every_spelling_of_an_iri_is_understood(built: httpx.Client, spelling: str) -> None:
    assert evidence(built, about=spelling).json()["subject"]["id"] == UNIT


def test_what_disagrees_is_shown_with_its_sources(built: httpx.Client) -> None:
    query = """
    PREFIX vndx: <https://w3id.org/vndx/ontology#>
    SELECT ?conflict ?about WHERE { ?conflict a vndx:Conflict ; vndx:about ?about }
    ORDER BY ?conflict LIMIT 1"""
    (row,) = built.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    page = evidence(built, about=row["about"]["value"]).json()
    conflicts = [c for item in page["items"] for c in item["conflicts"]]
    (conflict, *_) = [c for c in conflicts if c["id"] == row["conflict"]["value"]]
    assert len(conflict["statements"]) >= 2
    assert conflict["kind"]["label"]
    (item, *_) = [item for item in page["items"] if item["conflicts"]]
    shown = {source["id"] for source in item["sources"]}
    assert {source for each in conflict["statements"] for source in each["sources"]} <= shown


def test_pages_lead_to_each_other_and_have_everything_once(built: httpx.Client) -> None:
    whole = evidence(built, about=UNIT, limit=500).json()
    assert whole["total"] == len(whole["items"]) > 2
    page, seen = evidence(built, about=UNIT, limit=2).json(), []
    assert page["previous"] is None
    while True:
        seen += [item["statement"]["id"] for item in page["items"]]
        if page["next"] is None:
            break
        answer = built.get(page["next"])
        assert 'rel="prev"' in answer.headers["link"]
        page = answer.json()
    assert seen == [item["statement"]["id"] for item in whole["items"]]


def test_a_thing_without_statements_has_an_empty_page(built: httpx.Client) -> None:
    page = evidence(built, about="concept/trust/low").json()
    assert (page["items"], page["total"]) == ([], 0)


def test_what_nobody_knows_is_a_404(built: httpx.Client) -> None:
    assert evidence(built, about="unit/2004/nope").status_code == 404


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"about": UNIT, "source": SOURCE},
        {"about": "https://e.org/x"},
        {"about": UNIT, "limit": 501},
        {"about": UNIT, "cursor": "zzz"},
        {"about": UNIT, "page": 2},
        {"about": "x" * 201},
    ],
    ids=str,
)
def test_a_wrong_parameter_is_a_400_that_says_what_is_right(
    built: httpx.Client, parameters: dict[str, str | int]
) -> None:
    answer = evidence(built, **parameters)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_a_page_that_is_known_is_not_sent_again(built: httpx.Client) -> None:
    first = evidence(built, about=UNIT)
    again = built.get(str(first.url), headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert built.head(str(first.url)).headers["etag"] == first.headers["etag"]
