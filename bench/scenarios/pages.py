"""Scenario "pages": how long the first response of a page takes, and how much a page weighs.

First is the first request for a page in the life of the server, after one for another page. Anew are further
requests whose answers are made anew, which other Accept-Language headers see to. Kept are equal requests.
What a page weighs is its HTML, and the scripts that it names with all that these load at once.
"""

from __future__ import annotations

import gzip
import http.client
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from bench.peers.base import Endpoint
from bench.scenarios.session import Say
from bench.timings import percentile

PAGES: Final = (
    "/",
    "/map",
    "/search?q=thai%20nguyen",
    "/browse",
    "/browse/documents",
    "/browse/observations",
    "/page/unit/2025/19",
    "/page/unit/2004/19",
    "/page/unit/2025/01",
    "/page/unit/2025/05569",
    "/page/platform/c-thai-nguyen",
    "/page/concept/unit-type/xa",
    "/page/concept/indicator/dti",
    "/page/source/002",
    "/conflicts",
    "/sparql",
    "/ontology",
    "/concepts",
    "/shapes",
    "/guides",
    "/link",
    "/docs",
    "/dumps/",
)
"""One or more of each kind, the largest among them."""

_SCRIPT: Final = re.compile(rb'<script type="module" src="([^"]+)"')
_IMPORT: Final = re.compile(rb'(?:from|import)\s*"(\./[^"]+\.js)"')
_SETTLING_SECONDS: Final = 30
"""So long a service has to make what it makes before anyone asks."""


@dataclass(frozen=True)
class PageFigures:
    """What a page takes; times are milliseconds to the last byte of its HTML.

    Attributes:
        path: of the page.
        kilobytes: of its HTML, compressed with gzip.
        scripts: kilobytes of its scripts, compressed with gzip.
        first: the first request.
        anew: the median of further ones that are made anew.
        slowest: the slowest of those.
        kept: the median of equal ones.

    """

    path: str
    kilobytes: float
    scripts: float
    first: float
    anew: float
    slowest: float
    kept: float


def measure_pages(endpoint: Endpoint, paths: Iterable[str], repeats: int, say: Say) -> list[PageFigures]:
    """Measure a server that has just been started; one client, one connection.

    Args:
        endpoint: where the server answers.
        paths: the pages.
        repeats: further requests for each.
        say: told what is going on.

    Raises:
        RuntimeError: if an answer is not 200.

    """
    time.sleep(_SETTLING_SECONDS)
    connection = http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=60)
    _fetch(connection, "/page/country/vn", "vi")  # the connection, and code that is loaded late
    found = []
    for path in paths:
        say(f"pages: {path}")
        found.append(_measure(connection, path, repeats))
    return found


def _measure(connection: http.client.HTTPConnection, path: str, repeats: int) -> PageFigures:
    first, body = _fetch(connection, path, "vi")
    anew = sorted(
        _fetch(connection, path, f"vi;q={number / 1000:.3f}")[0] for number in range(1, repeats + 1)
    )
    kept = sorted(_fetch(connection, path, "vi")[0] for _ in range(repeats))
    return PageFigures(
        path,
        len(gzip.compress(body)) / 1000,
        _script_bytes(connection, path, body) / 1000,
        first,
        percentile(anew, 0.5),
        anew[-1],
        percentile(kept, 0.5),
    )


def _script_bytes(connection: http.client.HTTPConnection, path: str, page: bytes) -> int:
    """Give the compressed size of the scripts of a page, with what they import statically."""
    waiting = [urljoin(path, found.decode()) for found in _SCRIPT.findall(page)]
    sizes: dict[str, int] = {}
    while waiting:
        script = waiting.pop()
        if script in sizes:
            continue
        _, body = _fetch(connection, script, "vi")
        sizes[script] = len(gzip.compress(body))
        waiting += (urljoin(script, found.decode()) for found in _IMPORT.findall(body))
    return sum(sizes.values())


def _fetch(connection: http.client.HTTPConnection, path: str, language: str) -> tuple[float, bytes]:
    """Give the milliseconds of a request to the last byte of its answer, and the body."""
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "text/html", "Accept-Language": language})
    response = connection.getresponse()
    body = response.read()
    milliseconds = (time.perf_counter() - started) * 1000
    if response.status != http.client.OK:
        raise RuntimeError(f"{path} was answered with {response.status}")
    return milliseconds, body
