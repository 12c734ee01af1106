"""The warm-up asks for pages before anyone does, and whatever happens to it harms nobody."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from collections.abc import Awaitable, Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.long_lived import LongLived
from api.warming import WarmUp

PATHS = ("/one", "/two")
BOTH = [("/one", "vi"), ("/one", "en"), ("/two", "vi"), ("/two", "en")]

Handler = Callable[[Request], Awaitable[Response]]


class Site:
    """A service of two pages: which snapshot it serves, and what it was asked for."""

    def __init__(self, snapshot: str = "a", one: Handler | None = None) -> None:
        self.snapshot = snapshot
        self.asked: list[tuple[str, str]] = []
        self.told: list[str] = []
        self._one = one
        self.app = Starlette(routes=[Route(path, self._answer) for path in PATHS])

    async def _answer(self, request: Request) -> Response:
        self.asked.append((request.url.path, request.headers["accept-language"]))
        if self._one is not None and request.url.path == "/one":
            return await self._one(request)
        return PlainTextResponse("a page")

    def warm_up(self) -> WarmUp:
        return WarmUp(self.app, lambda: self.snapshot, PATHS, "http://127.0.0.1:80", _Told(self.told))


class _Told(LongLived):
    """Notes what it is told."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def set_aside(self) -> None:
        self._told.append("begins")

    def sort_out(self) -> None:
        self._told.append("ends")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


def run(site: Site, scenario: Callable[[], Awaitable[None]]) -> None:
    """Go through a scenario while the warm-up runs, then stop it, which must be possible at once."""

    async def both() -> None:
        running = asyncio.create_task(site.warm_up().run())
        try:
            await scenario()
        finally:
            running.cancel()
            _, late = await asyncio.wait([running], timeout=1)
        assert not late
        assert running.cancelled()

    asyncio.run(both())


def test_every_page_is_asked_for_once_in_each_language() -> None:
    site = Site()

    async def scenario() -> None:
        await until(lambda: site.told == ["begins", "ends"])
        await asyncio.sleep(0.6)

    run(site, scenario)
    assert site.asked == BOTH
    assert site.told == ["begins", "ends"]


def test_another_snapshot_is_warmed_up_too() -> None:
    site = Site()

    async def scenario() -> None:
        await until(lambda: len(site.told) == 2)
        site.snapshot = "b"
        await until(lambda: len(site.told) == 4)

    run(site, scenario)
    assert site.asked == BOTH * 2


def test_a_switch_in_the_middle_begins_anew_with_the_new_snapshot() -> None:
    async def switch(_: Request) -> Response:
        site.snapshot = "b"
        return PlainTextResponse("a page")

    site = Site(one=switch)

    async def scenario() -> None:
        await until(lambda: "ends" in site.told)

    run(site, scenario)
    assert site.asked == [("/one", "vi"), *BOTH]
    assert site.told == ["begins", "begins", "ends"]


def test_before_a_snapshot_is_loaded_nothing_is_asked_for() -> None:
    site = Site(snapshot="")

    async def scenario() -> None:
        await asyncio.sleep(0.4)
        assert site.asked == []
        site.snapshot = "a"
        await until(lambda: "ends" in site.told)

    run(site, scenario)
    assert site.asked == BOTH


def test_a_page_that_fails_is_logged_and_the_others_are_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(_: Request) -> Response:
        raise RuntimeError("a fault in a page")

    site = Site(one=fail)

    async def scenario() -> None:
        await until(lambda: "ends" in site.told)

    run(site, scenario)
    assert site.asked == BOTH
    assert "/one (vi) failed in the warm-up" in caplog.text
    assert "a fault in a page" in caplog.text


def test_a_page_that_is_refused_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def refuse(_: Request) -> Response:
        return PlainTextResponse("busy", 503)

    site = Site(one=refuse)

    async def scenario() -> None:
        await until(lambda: "ends" in site.told)

    with caplog.at_level(logging.WARNING):
        run(site, scenario)
    assert "/one (en) was answered with 503 in the warm-up" in caplog.text


def test_stopping_does_not_wait_for_a_page_that_takes_long() -> None:
    stopped = []

    async def hang(_: Request) -> Response:
        try:
            await asyncio.sleep(3600)
        finally:
            stopped.append(True)
        return PlainTextResponse("too late")

    site = Site(one=hang)

    async def scenario() -> None:
        await until(lambda: bool(site.asked))

    run(site, scenario)
    assert stopped == [True]


class _Cycle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def objects() -> Iterator[LongLived]:
    try:
        yield LongLived()
    finally:
        gc.unfreeze()


def test_what_is_set_aside_is_not_looked_at_by_collections(objects: LongLived) -> None:
    kept = _Cycle()
    objects.set_aside()
    assert not any(found is kept for found in gc.get_objects())
    objects.sort_out()
    assert not any(found is kept for found in gc.get_objects())


def test_garbage_of_the_snapshot_before_is_freed_though_it_was_set_aside(objects: LongLived) -> None:
    kept = _Cycle()
    seen = weakref.ref(kept)
    objects.set_aside()
    objects.sort_out()
    del kept
    gc.collect()
    assert seen() is not None  # nobody looks for cycles there
    objects.set_aside()
    objects.sort_out()
    assert seen() is None
