"""What holds for the page of some thing of every class, in a real browser."""

from __future__ import annotations

import csv
import io

import pytest
from browser_support import Visit, serious_violations
from server_support import Server

from graph.model.namespaces import BASE, VNDX

pytestmark = [pytest.mark.nightly, pytest.mark.snapshot]

_ONE_OF_EACH = f"""
SELECT ?class (MIN(STR(?thing)) AS ?one) WHERE {{
  ?thing a ?class
  FILTER(STRSTARTS(STR(?class), "{VNDX.iri}"))
  FILTER(STRSTARTS(STR(?thing), "{BASE}") && !CONTAINS(STR(?thing), "#"))
}}
GROUP BY ?class
ORDER BY ?class
"""


def _pages(site: Server) -> list[str]:
    """Give the path of the page of one thing of each class."""
    with site.client(timeout=60) as client:
        answer = client.post("/sparql", data={"query": _ONE_OF_EACH}, headers={"Accept": "text/csv"})
    answer.raise_for_status()
    things = sorted({row["one"] for row in csv.DictReader(io.StringIO(answer.text))})
    return ["/page/" + thing.removeprefix(BASE).removeprefix("id/") for thing in things]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_page_of_every_class_has_no_serious_violation_and_fits_a_phone(
    lang: str, scheme: str, site: Server, visit: Visit
) -> None:
    paths = _pages(site)
    assert len(paths) > 30
    visitor = visit(width=360, scheme=scheme, lang=lang)
    for path in paths:
        page = visitor.go(path)
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert serious_violations(visitor) == [], path
