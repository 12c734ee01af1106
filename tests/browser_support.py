"""A reader with a real browser, and what no reader should meet: for the tests that open pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from build_support import ROOT
from playwright.sync_api import BrowserContext, Page
from server_support import Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
"""The browser; None for the one that Playwright has installed."""
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__violations.push(`${event.violatedDirective}: ${event.blockedURI || event.sample}`);
});
"""


@dataclass
class Watch:
    """What a reader should never meet: errors of scripts, refused content, requests to elsewhere.

    Attributes:
        host: where all requests have to go.
        found: what went wrong, in words.
        expected: parts of messages of the console that a test provokes.

    """

    host: str
    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def on(self, context: BrowserContext) -> None:
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.found.append(f"error: {error.error}"))
        context.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(part in text for part in self.expected):
            self.found.append(f"console: {text}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.netloc != self.host:
            self.found.append(f"request to {url}")


@dataclass(frozen=True)
class Visitor:
    """A reader with a browser window of their own."""

    page: Page
    server: Server
    watch: Watch

    def go(self, path: str) -> Page:
        """Open a page of the service, and wait until it and its scripts are there."""
        self.page.goto(self.server.base + path, wait_until="load")
        return self.page

    def assert_untroubled(self) -> None:
        violations = self.page.evaluate("window.__violations ?? []")
        assert [*self.watch.found, *violations] == []


Visit = Callable[..., Visitor]


def serious_violations(visitor: Visitor) -> list[str]:
    """Give what axe-core finds serious or critical on the page that is open (WCAG 2.2, A and AA)."""
    visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = visitor.page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
