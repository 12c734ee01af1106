"""What pages show of a snapshot is made before anyone asks for it, in a real service."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_support import is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from api.app import create_app
from api.engines import make_engine
from api.settings import Settings
from graph.query.engine import Engine, QueryAnswer, SnapshotView
from graph.query.requests import QueryRequest
from graph.snapshots.home import SnapshotHome

COSTLY = ("/", "/browse", "/browse/documents", "/browse/observations", "/ontology", "/concepts")


class Watched:
    """An engine that notes the queries that it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.queries: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    @asynccontextmanager
    async def view(self) -> AsyncIterator[SnapshotView]:
        async with self._engine.view() as view:
            yield _WatchedView(view, self.queries)  # type: ignore[misc]


class _WatchedView:
    def __init__(self, view: SnapshotView, queries: list[str]) -> None:
        self._view = view
        self._queries = queries

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)

    async def query(self, request: QueryRequest) -> QueryAnswer:
        self._queries.append(request.query)
        return await self._view.query(request)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not condition():
            await asyncio.sleep(0.05)


async def queries_of_pages(
    home: SnapshotHome, *, warm: bool, is_warm: Callable[[], bool]
) -> dict[str, list[str]]:
    """Ask for costly pages of a service, and give the queries that each took."""
    settings = Settings(home=home.root, warm=warm, workers=1)
    engine = Watched(make_engine(settings))
    app = create_app(settings, engine)  # type: ignore[arg-type]
    asked: dict[str, list[str]] = {}
    async with app.router.lifespan_context(app):
        await _until(lambda: bool(engine.snapshot) and is_warm())
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://vndx.example") as client:
            for path in COSTLY:
                engine.queries.clear()
                response = await client.get(path, headers={"Accept": "text/html"})
                assert response.status_code == 200, path
                asked[path] = list(engine.queries)
    return asked


def test_after_the_warm_up_no_page_takes_a_query(
    small_home: SnapshotHome, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "api.warming"):
        warm = asyncio.run(
            queries_of_pages(small_home, warm=True, is_warm=lambda: "pages warmed up" in caplog.text)
        )
    assert warm == {path: [] for path in COSTLY}


def test_without_it_the_first_reader_waits_for_them(small_home: SnapshotHome) -> None:
    cold = asyncio.run(queries_of_pages(small_home, warm=False, is_warm=lambda: True))
    assert {path for path in COSTLY if cold[path]} >= {"/", "/browse", "/browse/documents", "/concepts"}


def test_each_published_snapshot_is_warmed_up_while_the_service_answers(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    first = publish_quads(home, quads_of())
    log = tmp_path / "log"
    with run_server(home, log, warm=True, follow_seconds=0.1, workers=1) as server, server.client() as client:
        wait_until(lambda: is_ready(server))
        wait_until(lambda: f"snapshot {first.id}: pages warmed up" in log.read_text())
        second = publish_quads(home, [*quads_of(), *many_quads(50)])

        def is_warm() -> bool:
            assert client.get("/page/unit/2025/19").status_code == 200
            return f"snapshot {second.id}: pages warmed up" in log.read_text()

        wait_until(is_warm)


def test_a_service_that_is_warming_up_stops_when_told(tmp_path: Path, small_home: SnapshotHome) -> None:
    log = tmp_path / "log"
    with run_server(small_home, log, warm=True, workers=1) as server:
        wait_until(lambda: is_ready(server))
    text = log.read_text()
    assert "pages warmed up" not in text
    assert "Finished server process" in text
    assert "Traceback" not in text
