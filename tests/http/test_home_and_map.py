"""The home page and the map: whole without a script, and the same as the queries behind them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from server_support import Server, run_server, wait_until

from graph.snapshots.home import SnapshotHome

PAGE = {"Accept": "text/html", "Accept-Language": "vi"}
SPARQL_JSON = {"Accept": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def site(snapshot_home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server of the whole dataset."""
    with (
        run_server(snapshot_home, tmp_path_factory.mktemp("pages") / "log") as server,
        server.client() as client,
    ):
        wait_until(lambda: client.get("/health/ready").status_code == 200)
        client.headers.update(PAGE)
        yield client


def query_in(address: str) -> str:
    (query,) = parse_qs(urlsplit(html.unescape(address)).query)["query"]
    return query


def solutions(client: httpx.Client, query: str) -> list[dict[str, dict[str, str]]]:
    answer = client.get("/sparql", params={"query": query}, headers=SPARQL_JSON)
    assert answer.status_code == 200, answer.text
    bindings: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
    return bindings


def rows_of(page: str) -> list[str]:
    return re.findall(r"<tr data-unit=.*?</tr>", page, re.DOTALL)


def marks_of(page: str) -> list[str]:
    return re.findall(r'<a class="mark".*?</a>', page, re.DOTALL)


def levels_of(parts: list[str]) -> dict[str, str]:
    """Give the colour class of each unit, from marks or rows."""
    found = {}
    for part in parts:
        unit, level = re.search(r'data-unit="([^"]+)"', part), re.search(r"dot (level-\w+)", part)
        assert unit is not None
        assert level is not None
        found[unit[1]] = level[1]
    return found


@pytest.mark.snapshot
def test_each_count_is_what_its_query_gives(site: httpx.Client) -> None:
    page = site.get("/").text
    counted = re.findall(r'class="stat" href="([^"]+)"><span class="value">([\d.]+)</span>', page)
    assert len(counted) == 8
    for address, shown in counted:
        (solution,) = solutions(site, query_in(address))
        assert solution["n"]["value"] == shown.replace(".", "")


@pytest.mark.snapshot
def test_news_are_what_their_queries_give(site: httpx.Client) -> None:
    page = site.get("/").text
    news = page[page.index('<div class="news">') :]
    for block in re.findall(r"<ul class=\"plain\">.*?Truy vấn", news, re.DOTALL):
        dates = re.findall(r'datetime="([^"]+)"', block)
        (address,) = re.findall(r'href="(/sparql[^"]+)"', block)
        assert dates == [solution["date"]["value"] for solution in solutions(site, query_in(address))]
        assert dates == sorted(dates, reverse=True)


@pytest.mark.snapshot
@pytest.mark.parametrize(
    "address",
    [
        "/map?indicator=dti&year=2022",
        "/map?indicator=dti&year=2024&basis=34",
        "/map?indicator=dti/value&year=2020",
        "/map?indicator=cyber-security-grade&year=2018",
    ],
)
def test_table_has_the_figures_that_its_query_gives(address: str, site: httpx.Client) -> None:
    page = site.get(address).text
    query = query_in(re.findall(r'href="(/sparql[^"]+)"', page)[0])
    figures = {solution["figure"]["value"] for solution in solutions(site, query)}
    base = "https://w3id.org/vndx/id/"
    shown = {base + path for path in re.findall(r'href="/page/(observation/[^"]+)"', page)}
    # Of figures that agree one is shown.
    assert shown <= figures
    units = {solution["province"]["value"] for solution in solutions(site, query)}
    known = [row for row in rows_of(page) if "/page/observation/" in row]
    assert len(known) == len(units)


@pytest.mark.snapshot
@pytest.mark.parametrize(("year", "basis"), [("2022", 63), ("2024", 63), ("2024", 34)])
def test_points_and_rows_say_the_same(year: str, basis: int, site: httpx.Client) -> None:
    page = site.get("/map", params={"indicator": "dti", "year": year, "basis": basis}).text
    assert len(marks_of(page)) == basis
    assert levels_of(marks_of(page)) == levels_of(rows_of(page))


@pytest.mark.snapshot
def test_province_without_a_figure_looks_missing_and_says_so(site: httpx.Client) -> None:
    page = site.get("/map?indicator=dti&year=2024&basis=34").text
    missing = [mark for mark in marks_of(page) if "level-missing" in mark]
    assert missing
    assert all("chưa có số liệu" in mark for mark in missing)


@pytest.mark.snapshot
def test_only_the_34_are_joined_to_what_they_came_out_of(site: httpx.Client) -> None:
    def lines(address: str) -> int:
        return site.get(address).text.partition('<g class="islands">')[0].count("<line ")

    assert lines("/map?indicator=dti&year=2024&basis=34") == 52
    assert lines("/map?indicator=dti&year=2024&basis=63") == 0


@pytest.mark.snapshot
@pytest.mark.parametrize("basis", [63, 34])
def test_hoang_sa_and_truong_sa_are_on_the_map(basis: int, site: httpx.Client) -> None:
    page = site.get("/map", params={"indicator": "dti", "year": "2024", "basis": basis}).text
    assert [re.search(f">{name}</tspan>.*?>\\({province}\\)", page) is not None for name, province in [
        ("Hoàng Sa", "Đà Nẵng"), ("Trường Sa", "Khánh Hòa")]] == [True, True]  # fmt: skip


@pytest.mark.snapshot
def test_every_layer_and_edition_that_is_offered_can_be_shown(site: httpx.Client) -> None:
    keys = re.findall(r'<option value="([^"]+)"', site.get("/map").text)
    assert "dti" in keys
    for key in keys:
        page = site.get("/map", params={"indicator": key})
        assert page.status_code == 200
        years = re.findall(r'<a href="(/map[^"]+)" data-shown-by-script data-text', page.text)
        assert years
        assert all(site.get(html.unescape(year)).status_code == 200 for year in years)


@pytest.mark.snapshot
def test_rows_are_sorted_on_the_server(site: httpx.Client) -> None:
    def first(sort: str) -> str:
        page = site.get("/map", params={"indicator": "dti", "year": "2022", "sort": sort}).text
        found = re.search(r'<th scope="row"><a [^>]+>([^<]+)', page)
        assert found is not None
        return found[1]

    assert [first(sort) for sort in ("figure", "name", "-name")] == ["Đà Nẵng", "An Giang", "Yên Bái"]


@pytest.mark.snapshot
def test_english_map_speaks_english(site: httpx.Client) -> None:
    page = site.get("/map?lang=en").text
    assert "Map of the provinces" in page
    assert "chưa có số liệu" not in page


@pytest.mark.snapshot
@pytest.mark.parametrize("path", ["/", "/map"])
def test_known_page_is_not_sent_again(path: str, site: httpx.Client) -> None:
    tag = site.get(path).headers["etag"]
    assert site.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.snapshot
@pytest.mark.parametrize("query", ["indicator=khong-co", "indicator=dti&year=1999", "sort=rank"])
def test_map_that_is_not_there_is_404_and_says_what_is(query: str, site: httpx.Client) -> None:
    vietnamese, english = (
        site.get(f"/map?{query}", headers={"Accept-Language": lang}) for lang in ("vi", "en")
    )
    assert (vietnamese.status_code, english.status_code) == (404, 404)
    assert re.search("có các chỉ số: .*dti|có: 2020 / 63|có thể chọn: figure", vietnamese.text)
    assert re.search("there are .*dti|it has 2020 / 63|but by figure", english.text)


def test_home_and_map_of_a_snapshot_without_figures(built: httpx.Client) -> None:
    home = built.get("/", headers=PAGE)
    assert home.status_code == 200
    assert home.text.count('class="stat"') == 8


def test_home_without_a_snapshot_says_so_and_offers_search(tmp_path: Path) -> None:
    with run_server(SnapshotHome(tmp_path / "home"), tmp_path / "log") as server:
        page = _home(server)
    assert "Dữ liệu chưa sẵn sàng" in page
    assert 'action="/search"' in page


def _home(server: Server) -> str:
    with server.client() as client:
        answer = client.get("/", headers=PAGE)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


@pytest.mark.parametrize("path", ["/", "/map"])
def test_equal_requests_share_one_answer(site: httpx.Client, path: str) -> None:
    answers = [site.get(path, headers={"Accept-Language": "vi;q=0.7"}) for _ in range(2)]
    assert [answer.headers.get("cache-status") for answer in answers] == [None, "vndx; hit"]
    assert answers[0].content == answers[1].content
