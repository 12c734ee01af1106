"""The pages of units over HTTP: their sections, in both languages, with links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from server_support import Server, is_ready, run_server, wait_until

from graph.snapshots.home import SnapshotHome

pytestmark = pytest.mark.snapshot

LINK = re.compile(r'href="(/page/[^"#?]+)')


@pytest.fixture(scope="module")
def site(snapshot_home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log: Path = tmp_path_factory.mktemp("units") / "log"
    with run_server(snapshot_home, log) as running:
        wait_until(lambda: is_ready(running), 60)
        yield running


@pytest.fixture
def client(site: Server) -> Iterator[httpx.Client]:
    with site.client() as client:
        yield client


def page(client: httpx.Client, unit: str, lang: str = "vi") -> str:
    response = client.get(f"/page/unit/{unit}", params={"lang": lang})
    assert response.status_code == 200
    return response.text


def section(text: str, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}">.*?</section>', text, re.DOTALL)
    assert found is not None, name
    return found.group()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("unit", ["2025/19", "2004/19", "2025/79", "2025/01", "2004/01", "2004/28"])
def test_province_pages_have_their_sections_in_both_languages(
    unit: str, lang: str, client: httpx.Client
) -> None:
    text = page(client, unit, lang)
    for name in ("history", "parts"):
        assert section(text, name)
    assert f'<html lang="{lang}"' in text


def test_province_page_shows_ranks_of_both_bases_apart(client: httpx.Client) -> None:
    ranks = section(page(client, "2025/19"), "ranks")
    assert "63 tỉnh" in ranks
    assert "34 tỉnh" in ranks
    assert "Tỉnh Bắc Kạn" in ranks


def test_ended_district_tells_where_it_lies_today_and_that_this_is_derived(client: httpx.Client) -> None:
    history = section(page(client, "2004/172"), "history")
    assert "/page/unit/2025/" in history
    assert "Suy ra từ các đơn vị trực thuộc" in history


def test_lineage_with_too_many_units_is_a_table_alone(client: httpx.Client) -> None:
    history = section(page(client, "2004/769"), "history")
    assert "quá nhiều để vẽ sơ đồ" in history
    assert "<svg" not in history
    assert "<table" in history


def test_unchanged_unit_says_so(client: httpx.Client) -> None:
    assert "không thay đổi, chỉ được ghi lại" in section(page(client, "2004/01"), "history")


@pytest.mark.parametrize("unit", ["2004/00634", "2025/00004", "2004/06"])
def test_links_of_the_sections_lead_to_pages(unit: str, client: httpx.Client) -> None:
    links = set(LINK.findall("".join(re.findall(r"<section.*?</section>", page(client, unit), re.DOTALL))))
    assert links
    for link in sorted(links)[:40]:
        assert client.get(link).status_code == 200, link


def test_query_of_a_section_finds_the_same_ranks(client: httpx.Client) -> None:
    ranks = section(page(client, "2004/19"), "ranks")
    address = re.search(r'href="/sparql\?query=([^"&]+)', ranks)
    assert address is not None
    query = httpx.QueryParams(f"query={address.group(1)}")["query"]
    answer = client.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    assert answer.status_code == 200
    found = {row["rank"]["value"] for row in answer.json()["results"]["bindings"]}
    assert found >= set(re.findall(r"<strong>(\d+)</strong>", ranks))


def test_page_has_no_inline_style(client: httpx.Client) -> None:
    for unit in ("2025/19", "2004/00634"):
        assert "style=" not in re.sub(r'"[^"]*query=[^"]*"', "", page(client, unit))
