"""Links of the pages: whatever a page of ours leads to within the site is there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest

PAGES = (
    *("/", "/map", "/search?q=thai+nguyen", "/browse", "/browse/documents", "/conflicts", "/sparql", "/link"),
    *("/guides", "/ontology", "/concepts", "/shapes", "/docs", "/dumps/"),
    *("/page/unit/2025/19", "/page/unit/2004/172", "/page/document/01-nq-tu-thai-nguyen-2020"),
    *("/page/platform/c-thai-nguyen", "/page/source/002", "/page/concept/indicator/dti"),
)
MOST_OF_A_PAGE = 40

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
_HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "vi"}


def links_of(page: str, address: str) -> list[str]:
    """Give the addresses within the site that a page links to, without fragments, each once."""
    found = (urljoin(address, html.unescape(link)) for link in _LINK.findall(page))
    site = urlsplit(address).netloc
    return [*dict.fromkeys(urldefrag(link).url for link in found if urlsplit(link).netloc == site)]


def spread(links: Sequence[str], most: int) -> Iterator[str]:
    """Give some of many, from all over the page."""
    step = max(1, len(links) // most)
    yield from links[::step][:most]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_site_leads_somewhere(path: str, http: httpx.Client) -> None:
    page = http.get(path, headers=_HTML)
    assert page.status_code == 200
    links = links_of(page.text, str(page.url))
    assert links
    broken = {}
    for link in spread(links, MOST_OF_A_PAGE):
        with http.stream("GET", link, headers=_HTML) as answer:
            if answer.status_code >= 400:
                broken[link] = answer.status_code
    assert broken == {}
