"""A real Chromium before a real server: pages are opened as readers do, and what goes wrong there is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_support import CHROMIUM, CHROMIUM_ARGUMENTS, VIOLATIONS, Visit, Visitor, Watch
from playwright.sync_api import Browser, sync_playwright
from server_support import Server, is_ready, run_server, wait_until

from graph.snapshots.home import SnapshotHome


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser; not for longer than a module, as Playwright keeps an event loop running meanwhile."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS])
        yield running
        running.close()


@pytest.fixture(scope="module")
def site(snapshot_home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server of the whole dataset."""
    log: Path = tmp_path_factory.mktemp("site") / "server.log"
    with run_server(snapshot_home, log, warm=True) as server:
        wait_until(lambda: is_ready(server))
        yield server


@pytest.fixture
def visit(browser: Browser, site: Server) -> Iterator[Visit]:
    """Give a function that opens a window: ``visit(width=360, scheme="dark", lang="en", scripts=False)``.

    When the test ends, nothing may have gone wrong in any of them.
    """
    with ExitStack() as opened:
        visitors: list[Visitor] = []

        def open_window(
            width: int = 1280, scheme: str = "light", lang: str = "vi", *, scripts: bool = True
        ) -> Visitor:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]
                locale=lang,
                java_script_enabled=scripts,
            )
            opened.callback(context.close)
            if scripts:
                context.add_init_script(VIOLATIONS)
            watch = Watch(urlsplit(site.base).netloc)
            watch.on(context)
            page = context.new_page()
            page.set_default_timeout(10_000)
            visitor = Visitor(page, site, watch)
            if scripts:
                visitors.append(visitor)
            return visitor

        yield open_window
        for visitor in visitors:
            visitor.assert_untroubled()
