"""The warm-up: after each publication the service asks itself for its pages, so that no reader is the first.

Much of what pages show is made once for each snapshot, when it is first asked for. Packages name the pages
of theirs that are worth it in a constant ``WARMED``; what these make and keep is nobody's business here.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final

import httpx
from starlette.types import ASGIApp

from api.long_lived import LongLived
from api.pages.reader import LANGUAGES

_LOG: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 0.25
_SHORTEST_REST: Final = 0.02
_PAGE_SECONDS: Final = 60
_CLIENT: Final = ("warm-up", 0)
"""In place of a network address, so that no client shares its share with the warm-up."""


class WarmUp:
    """Asks for pages in every language, one after the other, whenever another snapshot is served.

    It keeps to the background: it rests after each page for as long as that took, so it takes half of one
    processor at most, and whatever asks for other things meanwhile goes in between.

    Args:
        app: what answers.
        snapshot: gives the id of the snapshot that is served now, empty if none or unknown; of an unknown
            one nothing is kept, so nothing is warmed.
        paths: of the pages, the most wanted first.
        local: where the service listens, which pages name if nothing says where the world sees it.
        objects: told when what is kept of a snapshot is about to be made, and when it has been.

    """

    def __init__(
        self,
        app: ASGIApp,
        snapshot: Callable[[], str],
        paths: Sequence[str],
        local: str,
        objects: LongLived,
    ) -> None:
        self._app = app
        self._snapshot = snapshot
        self._paths = paths
        self._local = local
        self._objects = objects

    async def run(self) -> None:
        """Warm up for each snapshot, until cancelled."""
        warm = ""
        while True:
            current = self._snapshot()
            if current and current != warm:
                self._objects.set_aside()
                if await self._ask_for_all(current):
                    warm = current
                    self._objects.sort_out()
            await asyncio.sleep(_LOOK_SECONDS)

    async def _ask_for_all(self, snapshot: str) -> bool:
        """Ask for all pages; False if another snapshot is served before that is done."""
        began = time.monotonic()
        transport = httpx.ASGITransport(self._app, client=_CLIENT)
        headers = {"Accept": "text/html, */*;q=0.5", "Accept-Encoding": "identity"}
        async with httpx.AsyncClient(transport=transport, base_url=self._local, headers=headers) as client:
            for path in self._paths:
                for language in LANGUAGES:
                    asked = time.monotonic()
                    await _ask(client, path, language)
                    await asyncio.sleep(max(_SHORTEST_REST, time.monotonic() - asked))
                    if self._snapshot() != snapshot:
                        return False
        _LOG.info("snapshot %s: pages warmed up in %.1f s", snapshot, time.monotonic() - began)
        return True


async def _ask(client: httpx.AsyncClient, path: str, language: str) -> None:
    """Ask for a page; if there is none, its readers will see why, and the other pages are asked for still."""
    try:
        async with asyncio.timeout(_PAGE_SECONDS):
            response = await client.get(path, headers={"Accept-Language": language})
    except Exception:
        _LOG.exception("%s (%s) failed in the warm-up", path, language)
        return
    if response.status_code != HTTPStatus.OK:
        _LOG.warning("%s (%s) was answered with %d in the warm-up", path, language, response.status_code)
