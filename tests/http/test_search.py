"""``/api/v1/search`` and ``/api/v1/suggest``, over a small snapshot made by a build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from answer_support import media_type, problem
from search_support import small_index
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome
from graph.snapshots.publishing import publish

SEARCH = "/api/v1/search"
SUGGEST = "/api/v1/suggest"


@pytest.fixture(scope="module")
def searchable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a snapshot that has an index."""
    folder = tmp_path_factory.mktemp("searchable")
    home = SnapshotHome(folder / "home")
    snapshot = publish_quads(home, quads_of())
    small_index(snapshot.index)
    with run_server(home, folder / "log") as running:
        wait_until(lambda: is_ready(running))
        yield running


@pytest.fixture
def client(searchable: Server) -> Iterator[httpx.Client]:
    with searchable.client() as client:
        yield client


def get(client: httpx.Client, path: str, **parameters: Any) -> dict[str, Any]:
    response = client.get(path, params=parameters)
    assert media_type(response) == "application/json"
    content = response.json()
    assert isinstance(content, dict)
    return content


def ids(answer: dict[str, Any]) -> list[str]:
    return [item["id"].removeprefix("https://e.org/") for item in answer["items"]]


def test_a_search_gives_things_with_what_they_are_and_how_they_match(client: httpx.Client) -> None:
    answer = get(client, SEARCH, q="Hoà Bình", limit=2)
    assert answer["items"][0] == {
        "id": "https://e.org/hoa-binh",
        "type": ["Province"],
        "label": {"vi": "Tỉnh Hoà Bình", "en": "Hoa Binh"},
        "description": {"vi": "Cấp tỉnh; đến 30/06/2025", "en": "Province; until 2025-06-30"},
        "matched": {"text": "Hoà Bình", "kind": "exact", "highlights": [{"start": 0, "end": 8}]},
        "score": answer["items"][0]["score"],
        "era": "2004",
        "validFrom": None,
        "validTo": "2025-07-01",
    }
    assert answer["limit"] == 2
    assert answer["didYouMean"] is None
    assert answer["facets"]["era"] == [{"era": "2004", "count": 3}, {"era": "2025", "count": 1}]
    assert answer["facets"]["type"][0] == {
        "id": "https://w3id.org/vndx/ontology#Commune",
        "type": "Commune",
        "label": {"vi": "cấp xã", "en": "commune"},
        "count": 2,
    }


def test_the_answer_has_exactly_what_openapi_says(client: httpx.Client) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    answer = get(client, SEARCH, q="hoa binh")
    assert answer.keys() == schemas["SearchAnswer"]["properties"].keys()
    assert answer["items"][0].keys() == schemas["SearchItem"]["properties"].keys()
    suggested = get(client, SUGGEST, q="hoa b")
    assert suggested.keys() == schemas["SuggestAnswer"]["properties"].keys()
    assert suggested["items"][0].keys() == schemas["Suggestion"]["properties"].keys()


def test_next_and_previous_lead_through_all_pages(client: httpx.Client) -> None:
    answer = get(client, SEARCH, q="hòa bình", limit=2)
    total, seen, steps = answer["total"], ids(answer), 1
    assert answer["previous"] is None
    while answer["next"]:
        before = answer
        response = client.get(answer["next"])
        assert f'<{before["next"]}>; rel="next"' not in response.headers["link"]
        answer = response.json()
        assert ids(client.get(answer["previous"]).json()) == ids(before)
        seen += ids(answer)
        steps += 1
    assert len(seen) == len(set(seen)) == total
    assert steps == -(-total // 2)


def test_the_link_header_says_the_same_as_the_body(client: httpx.Client) -> None:
    response = client.get(SEARCH, params={"q": "hòa bình", "limit": 2})
    assert response.links["next"]["url"] == response.json()["next"]
    assert response.links["first"]["url"].startswith(SEARCH)
    assert response.links["license"]["url"].startswith("https://creativecommons.org/")


def test_a_page_beyond_the_end_is_empty_and_leads_back(client: httpx.Client) -> None:
    cursor = "eyJvZmZzZXQiOiA5MDB9"  # {"offset": 900}
    answer = get(client, SEARCH, q="hòa bình", cursor=cursor)
    assert (answer["items"], answer["next"]) == ([], None)
    assert answer["previous"]


def test_filters_leave_what_they_name(client: httpx.Client) -> None:
    assert ids(get(client, SEARCH, q="hòa bình", type="Province")) == ["hoa-binh"]
    assert "ward" in ids(get(client, SEARCH, q="hòa bình", type=["Province", "Commune"]))
    assert ids(get(client, SEARCH, q="hòa bình", era="2025")) == ["ward"]
    assert "ward" not in ids(get(client, SEARCH, q="hòa bình", at="2025-06-30"))


def test_nothing_found_is_200_with_no_items(client: httpx.Client) -> None:
    answer = get(client, SEARCH, q="qxzvwq")
    assert (answer["items"], answer["total"], answer["next"]) == ([], 0, None)


def test_a_typing_error_is_corrected_and_said(client: httpx.Client) -> None:
    answer = get(client, SEARCH, q="Lac Sonn")
    assert ids(answer)[0] == "lac-son"
    assert answer["didYouMean"] == "Lạc Sơn"
    assert answer["items"][0]["matched"]["kind"] == "fuzzy"


def test_a_suggestion_completes_what_is_typed(client: httpx.Client) -> None:
    answer = get(client, SUGGEST, q="lạc s", limit=1)
    assert ids(answer) == ["lac-son"]
    assert answer["items"][0]["matched"]["highlights"] == [{"start": 0, "end": 5}]


@pytest.mark.parametrize("path", [SEARCH, SUGGEST])
def test_an_answer_is_validated_by_its_tag(client: httpx.Client, path: str) -> None:
    first = client.get(path, params={"q": "hòa bình"})
    again = client.get(path, params={"q": "hòa bình"}, headers={"If-None-Match": first.headers["etag"]})
    other = client.get(path, params={"q": "lạc sơn"})
    assert (again.status_code, again.content) == (304, b"")
    assert other.headers["etag"] != first.headers["etag"]
    assert first.headers["cache-control"] == "public, no-cache"


@pytest.mark.parametrize("path", [SEARCH, SUGGEST])
def test_head_answers_as_get_without_a_body(client: httpx.Client, path: str) -> None:
    head = client.head(path, params={"q": "hòa bình"})
    got = client.get(path, params={"q": "hòa bình"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    assert got.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("parameters", "wrong", "says"),
    [
        ({}, "q", "required"),
        ({"q": ""}, "q", "at least 1 character"),
        ({"q": "…"}, "q", "no letter and no digit"),
        ({"q": "a" * 201}, "q", "at most 200 characters"),
        ({"q": "a", "page": "2"}, "page", "there are"),
        ({"q": "a", "limit": "0"}, "limit", "greater than or equal to 1"),
        ({"q": "a", "limit": "501"}, "limit", "less than or equal to 500"),
        ({"q": "a", "limit": "ten"}, "limit", "valid integer"),
        ({"q": "a", "type": "Village"}, "type", "there is no type 'Village'; the types are"),
        ({"q": "a", "type": ["Commune"] * 51}, "type", "at most 50"),
        ({"q": "a", "era": "1975"}, "era.0", "'2004' or '2025'"),
        ({"q": "a", "at": "2025"}, "at", "write YYYY-MM-DD"),
        ({"q": "a", "at": "2025-02-30"}, "at", "no such day"),
        ({"q": "a", "province": "15"}, "province", "era/code"),
        ({"q": "a", "province": "2025/15"}, "province", "there is no province"),
        ({"q": "a", "cursor": "zzz"}, "cursor", "no cursor of a search"),
        ({"q": "a", "cursor": "eyJvZmZzZXQiOiAtMX0"}, "cursor", "no cursor of a search"),
        ({"q": "a", "cursor": "bnVsbA"}, "cursor", "no cursor of a search"),
        ({"q": "a", "cursor": "Ä"}, "cursor", "no cursor of a search"),
    ],
)
def test_a_wrong_parameter_is_400_that_says_which_and_why(
    client: httpx.Client, parameters: dict[str, Any], wrong: str, says: str
) -> None:
    found = problem(client.get(SEARCH, params=parameters), 400, "bad-request")
    (error,) = found["errors"]
    assert (error["parameter"], error["in"]) == (wrong, "query")
    assert says in error["detail"]
    assert "Value error" not in error["detail"]


@pytest.mark.parametrize(
    "parameters", [{}, {"q": "a", "era": "2025"}, {"q": "a", "limit": "51"}, {"q": "a", "type": "X"}]
)
def test_a_wrong_parameter_of_suggest_is_400(client: httpx.Client, parameters: dict[str, str]) -> None:
    problem(client.get(SUGGEST, params=parameters), 400, "bad-request")


def test_a_snapshot_without_an_index_is_503(http: httpx.Client) -> None:
    found = problem(http.get(SEARCH, params={"q": "a"}), 503, "unavailable")
    assert found["detail"] == "this snapshot has no index to search"


def test_another_snapshot_is_searched_as_soon_as_it_is_published(
    searchable: Server, client: httpx.Client
) -> None:
    before = get(client, SEARCH, q="lạc sơn")
    home = searchable.home
    first = home.current()
    assert first is not None
    other = publish_quads(SnapshotHome(home.root.parent / "staged"), quads_of()[:-1])
    small_index(other.index, ':new a vndx:District ; skos:prefLabel "Huyện Lạc Sơn mới"@vi .')
    shutil.copytree(other.path, home.path_of(other.id))
    publish(home, other.id)
    wait_until(lambda: get(client, SEARCH, q="lạc sơn")["snapshot"] == other.id)
    assert ids(get(client, SEARCH, q="lạc sơn")) == ["new"]
    publish(home, first.id)
    wait_until(lambda: get(client, SEARCH, q="lạc sơn") == before)


def test_many_clients_get_the_answers_that_one_gets(searchable: Server, client: httpx.Client) -> None:
    texts = ["Hoà Bình", "lac sonn", "nq08", "UBND Hòa Bình", "hoa"]
    alone = {text: get(client, SEARCH, q=text) for text in texts}

    def ask(text: str) -> bool:
        with searchable.client() as other:
            return get(other, SEARCH, q=text) == alone[text]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, texts * 8))
