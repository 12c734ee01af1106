"""What crawlers and language models read."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from api.discovery.crawling import (
    URLS_IN_PART,
    Example,
    ServiceSummary,
    llms_txt,
    parts_of,
    robots_txt,
    shown_examples,
    sitemap_index,
    sitemap_part,
)
from graph.model.namespaces import VNDX

ROOT = "https://vndx.example"
TIME = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def example(name: str, length: int = 10) -> Example:
    return Example(name, f"What of {name}?", f"{name} là gì?", "ASK {}".ljust(length, " ") + "#")


def test_a_sitemap_has_a_part_for_each_50_000_pages_and_one_at_least() -> None:
    counts = (0, 1, URLS_IN_PART, URLS_IN_PART + 1, 3 * URLS_IN_PART)
    assert [parts_of(count) for count in counts] == [1, 1, 1, 2, 3]


def test_the_index_names_every_part_with_the_time_of_the_snapshot() -> None:
    tree = ET.fromstring(sitemap_index(ROOT, 2, TIME))  # noqa: S314 - our own text
    locations = [found.text for found in tree.iter(f"{NAMESPACE}loc")]
    assert locations == [f"{ROOT}/sitemap-{part}.xml" for part in ("pages", "1", "2")]
    assert {found.text for found in tree.iter(f"{NAMESPACE}lastmod")} == {"2026-07-01T12:30:00+00:00"}


def test_addresses_are_escaped_in_a_sitemap() -> None:
    tree = ET.fromstring(sitemap_part([f"{ROOT}/page/a&b"], TIME))  # noqa: S314 - our own text
    assert [found.text for found in tree.iter(f"{NAMESPACE}loc")] == [f"{ROOT}/page/a&b"]


def test_robots_may_read_pages_but_send_no_queries() -> None:
    lines = robots_txt(ROOT).splitlines()
    assert "Disallow: /sparql?" in lines
    assert lines[-1] == f"Sitemap: {ROOT}/sitemap.xml"


def test_llms_txt_shows_five_queries_the_chosen_ones_first() -> None:
    others = [example(f"cq{number:02}", 100 - number) for number in range(9)]
    shown = shown_examples([*others, example("party-resolutions", 500)])
    assert [found.name for found in shown] == ["party-resolutions", "cq08", "cq07", "cq06", "cq05"]


def test_llms_txt_says_what_the_snapshot_has() -> None:
    summary = ServiceSummary("0123456789abcdef", 1234567, {VNDX["Province"].value: 34})
    text = llms_txt(ROOT, summary, [example("cq01")])
    assert text.startswith("# VNDX\n")
    assert "1,234,567 triples" in text
    assert "Province 34" in text
    assert f"({ROOT}/sparql)" in text
    assert "```sparql" in text
