"""What holds for the pages of every kind, in a real browser."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from browser_support import Visit, serious_violations
from playwright.sync_api import Response

PATHS = (
    "/",
    "/map",
    "/sparql",
    "/ontology",
    "/concepts",
    "/shapes",
    "/docs",
    "/docs/schemas",
    "/dumps/",
    "/page/unit/2025/19",
    "/page/unit/2004/172",
    "/page/unit/2004/00634",
    "/page/platform/c-thai-nguyen",
    "/page/document/01-nq-tu-thai-nguyen-2020",
    "/page/concept/indicator/dti",
    "/page/source/002",
    "/page/observation/004/dai-bieu-khai-mac",
    "/page/conflict/dti-2023-ranks-4-10",
    "/page/organisation/chinh-phu?links=issuer",
    "/page/change/2025-07-01/00004",
    "/page/observation/dti/2020/2004/26/dti-digital-economy/rank",
    "/page/claim/002/c-thai-nguyen-thong-tin-kip-thoi",
    "/page/graph/source/001",
    "/page/query/all-conflicts",
    "/link",
    "/link?example=1",
    "/guides",
    "/guides/queries",
    "/search",
    "/search?q=thai+nguyn",
    "/browse",
    "/browse/provinces",
    "/browse/observations",
    "/conflicts",
)
"""One page of each kind."""

SCRIPT_LIMIT = 120_000
"""Bytes of all scripts of a page, compressed."""

pytestmark = pytest.mark.snapshot

_LAYOUT_SHIFTS = """
() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_page_has_no_serious_accessibility_violation(path: str, scheme: str, visit: Visit) -> None:
    visitor = visit(scheme=scheme)
    visitor.go(path)
    assert serious_violations(visitor) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_speaks_the_language_of_the_reader_and_can_be_switched(
    path: str, lang: str, visit: Visit
) -> None:
    page = visit(lang=lang).go(path)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").count() == 1
    other = {"vi": "en", "en": "vi"}[lang]
    page.locator(f".site-languages a[lang={other}]").click()
    assert page.locator("html").get_attribute("lang") == other
    assert urlsplit(page.url).path == urlsplit(path).path


@pytest.mark.parametrize("path", PATHS)
def test_page_fits_a_screen_of_360_pixels_and_nothing_moves_while_it_loads(path: str, visit: Visit) -> None:
    page = visit(width=360).go(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(_LAYOUT_SHIFTS) < 0.01


@pytest.mark.parametrize("path", PATHS)
def test_page_has_its_content_without_scripts(path: str, visit: Visit) -> None:
    with_scripts = visit().go(path)
    without = visit(scripts=False).go(path)
    assert without.locator("h1").inner_text() == with_scripts.locator("h1").inner_text()
    assert len(without.locator("main").inner_text()) >= 0.8 * len(with_scripts.locator("main").inner_text())


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("/sparql")])
def test_scripts_of_a_page_are_small(path: str, visit: Visit) -> None:
    visitor = visit()
    scripts: list[Response] = []
    visitor.page.on("response", lambda found: scripts.append(found) if found.url.endswith(".js") else None)
    visitor.go(path)
    assert scripts
    assert sum(len(gzip.compress(script.body())) for script in scripts) < SCRIPT_LIMIT
