"""``/browse``, ``/search`` and ``/conflicts`` over a snapshot that was built from the small data folder."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from answer_support import media_type

from api.collections.registry import COLLECTIONS

HTML = {"Accept": "text/html", "Accept-Language": "vi"}


def page(client: httpx.Client, path: str, **headers: str) -> str:
    response = client.get(path, headers={**HTML, **headers})
    assert response.status_code == 200, response.text
    assert media_type(response) == "text/html"
    return response.text


def links(text: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+)"', text)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_overview_leads_to_every_collection(built: httpx.Client, language: str) -> None:
    found = links(page(built, "/browse", **{"Accept-Language": language}))
    assert {f"/browse/{collection.name}" for collection in COLLECTIONS} <= set(found)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("collection", [collection.name for collection in COLLECTIONS])
def test_every_collection_has_a_page_in_both_languages(
    built: httpx.Client, collection: str, language: str
) -> None:
    text = page(built, f"/browse/{collection}", **{"Accept-Language": language})
    total = built.get(f"/api/v1/{collection}?limit=1").json()["total"]
    shown = f"{total:,}".replace(",", "." if language == "vi" else ",")
    assert f"<strong>{shown}</strong>" in text


@pytest.mark.parametrize("collection", ["provinces", "documents", "observations", "targets"])
def test_a_page_leads_to_the_same_list_as_data(built: httpx.Client, collection: str) -> None:
    found = links(page(built, f"/browse/{collection}?fields=label&fields=figure"))
    data = [link for link in found if link.startswith("/api/v1/")]
    assert {urlsplit(link).path.rpartition(".")[2] for link in data} >= {"json", "csv", "ndjson"}
    for link in set(data):
        assert built.get(link).status_code == 200, link


def test_the_query_behind_a_page_gives_its_items(built: httpx.Client) -> None:
    path = "/browse/documents?type=nghi-quyet&from=2000"
    (query,) = {
        parse_qs(urlsplit(link).query)["query"][0]
        for link in links(page(built, path))
        if link.startswith("/sparql?query=")
    }
    rows = built.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text.splitlines()[1:]
    listed = built.get("/api/v1/documents?type=nghi-quyet&from=2000&limit=500").json()["items"]
    assert listed
    assert {row.partition(",")[0] for row in rows} == {item["id"] for item in listed}


def test_a_filter_narrows_and_can_be_taken_back(built: httpx.Client) -> None:
    text = page(built, "/browse/provinces?era=2025&q=tinh")
    narrowed = built.get("/api/v1/provinces?era=2025&q=tinh").json()["total"]
    assert f"<strong>{narrowed}</strong>" in text
    assert "/browse/provinces?q=tinh" in links(text)
    assert "/browse/provinces?era=2025" in links(text)


def test_pages_follow_one_another_without_gap(built: httpx.Client) -> None:
    seen: list[str] = []
    path = "/browse/communes?limit=7"
    for _ in range(3):
        text = page(built, path)
        seen += re.findall(r'<th scope="row"[^>]*><a href="(/page/unit/[^"]+)"', text)
        following = re.search(r'<a rel="next" href="([^"]+)"', text)
        assert following
        path = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 21


def test_empty_fields_of_a_form_leave_the_address(built: httpx.Client) -> None:
    response = built.get("/browse/documents?q=&type=nghi-quyet&lang=en&from=", headers=HTML)
    assert response.status_code == 303
    assert response.headers["Location"] == "/browse/documents?type=nghi-quyet&lang=en"


@pytest.mark.parametrize("query", ["type=x-y-z", "colour=red", "cursor=x", "sort=colour"])
def test_wrong_parameters_are_told(built: httpx.Client, query: str) -> None:
    response = built.get(f"/browse/documents?{query}", headers=HTML)
    assert response.status_code == 400
    assert query.partition("=")[0] in response.text


def test_there_is_no_page_of_an_unknown_collection(built: httpx.Client) -> None:
    response = built.get("/browse/colours", headers=HTML)
    assert response.status_code == 404
    assert "provinces" in response.text


def test_list_in_a_chosen_language_keeps_it(built: httpx.Client) -> None:
    text = page(built, "/browse/provinces?era=2025&lang=en")
    assert '<html lang="en">' in text
    inner = [link for link in links(text) if link.startswith(("/page/", "/browse/"))]
    assert all("lang=en" in link for link in inner if "lang=vi" not in link)


@pytest.mark.parametrize("path", ["/browse", "/browse/provinces", "/conflicts", "/search?q=thai+nguyen"])
def test_a_page_that_the_reader_has_is_not_sent_again(built: httpx.Client, path: str) -> None:
    first = built.get(path, headers=HTML)
    again = built.get(path, headers={**HTML, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_search_without_marks_finds_the_province_first(built: httpx.Client) -> None:
    text = page(built, "/search?q=thai+nguyen")
    first = re.search(r'<ol class="results".*?href="([^"]+)"', text, re.DOTALL)
    assert first
    assert first[1] == "/page/unit/2025/19"
    assert "<mark>Thái Nguyên</mark>" in text or "<mark>Thai Nguyen</mark>" in text
    assert 'value="thai nguyen"' in text
    assert "/api/v1/search.json" not in text
    assert "/api/v1/search?q=thai+nguyen" in links(text)


def test_search_is_narrowed_by_class(built: httpx.Client) -> None:
    assert "/search?q=thai+nguyen&type=Province" in links(page(built, "/search?q=thai+nguyen"))
    text = page(built, "/search?q=thai+nguyen&type=Province")
    assert "/search?q=thai+nguyen" in links(text)
    assert all("/unit/" in link for link in links(text) if link.startswith("/page/"))


def test_a_mistyped_name_is_answered_with_the_right_one(built: httpx.Client) -> None:
    text = page(built, "/search?q=thai+nguyn", **{"Accept-Language": "en"})
    assert "Did you mean" in text
    assert "/search?q=Th%C3%A1i+Nguy%C3%AAn" in links(text) or "/search?q=Thai+Nguyen" in links(text)


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=%3F%21"])
def test_search_for_nothing_helps(built: httpx.Client, query: str) -> None:
    text = page(built, f"/search?{query}")
    assert "/browse" in links(text)
    assert 'role="search"' in text


def test_search_that_finds_nothing_helps(built: httpx.Client) -> None:
    text = page(built, "/search?q=zzzzqqq&type=Province")
    assert "Không tìm thấy gì" in text
    assert "/search?q=zzzzqqq" in links(text)


@pytest.mark.parametrize("query", ["type=Nonsense", "colour=red", "cursor=x", "at=2024-13-01"])
def test_wrong_parameters_of_a_search_are_told(built: httpx.Client, query: str) -> None:
    response = built.get(f"/search?q=thai&{query}", headers=HTML)
    assert response.status_code == 400
    assert query.partition("=")[0] in response.text


def test_what_was_typed_is_no_markup(built: httpx.Client) -> None:
    text = page(built, "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in text


def test_conflicts_can_be_narrowed_by_kind(built: httpx.Client) -> None:
    text = page(built, "/conflicts")
    for link in set(links(text)):
        if link.startswith("/conflicts?kind="):
            page(built, link)
    assert built.get("/conflicts?kind=colour", headers=HTML).status_code == 400


def test_conflicts_show_each_side_with_its_page(built: httpx.Client) -> None:
    listed = built.get("/api/v1/conflicts?limit=500").json()["items"]
    found = links(page(built, "/conflicts"))
    for item in listed:
        assert item["id"].replace("https://w3id.org/vndx/id", "/page") in found
        for each in item["conflictingStatement"]:
            assert each["id"].replace("https://w3id.org/vndx/id", "/page") in found


@pytest.mark.parametrize("path", ["/browse", "/browse/sources", "/conflicts", "/search?q=thai+nguyen"])
def test_a_page_is_kept_for_the_next_reader_of_the_same_language(built: httpx.Client, path: str) -> None:
    first = page(built, path)
    again = built.get(path, headers=HTML)
    assert again.headers["Cache-Status"] == "vndx; hit"
    assert again.text == first
    assert '<html lang="en">' in page(built, path, **{"Accept-Language": "en"})
