"""What holds for the pages of every kind, in a real browser."""

from __future__ import annotations

import pytest
from browser_support import Visit

PATHS = (
    *("/", "/sparql", "/page/unit/2025/19", "/dumps/"),
    *("/ontology", "/concepts", "/shapes", "/docs", "/docs/schemas"),
)


@pytest.mark.snapshot
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_speaks_the_language_of_the_reader(path: str, lang: str, visit: Visit) -> None:
    page = visit(lang=lang).go(path)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").count() == 1
