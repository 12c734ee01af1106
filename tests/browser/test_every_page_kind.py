"""What holds for the pages of every kind, in a real browser."""

from __future__ import annotations

import pytest
from browser_support import Visit

ENTITY_PATHS = (
    "/page/document/01-nq-tu-thai-nguyen-2020",
    "/page/platform/c-thai-nguyen",
    "/page/concept/indicator/dti",
    "/page/source/002",
    "/page/observation/004/dai-bieu-khai-mac",
    "/page/conflict/dti-2023-ranks-4-10",
    "/page/organisation/chinh-phu?links=issuer",
)
PATHS = ("/", "/sparql", "/ontology", "/page/unit/2025/19", "/dumps/", *ENTITY_PATHS)


@pytest.mark.snapshot
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_speaks_the_language_of_the_reader(path: str, lang: str, visit: Visit) -> None:
    page = visit(lang=lang).go(path)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").count() == 1
