"""Failures of the service itself: told as such, with the headers that every other answer has."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from answer_support import problem

from api.app import create_app
from api.settings import Settings
from graph.query.engine import EngineStatus, SnapshotView


class BrokenEngine:
    """An engine with a fault that nobody has foreseen."""

    snapshot = ""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def refresh(self) -> None: ...

    async def status(self) -> EngineStatus:
        return EngineStatus(ready=True)

    @asynccontextmanager
    async def view(self) -> AsyncIterator[SnapshotView]:
        raise RuntimeError("the secret of the inside")
        yield


def asked(home: Path, **headers: str) -> httpx.Response:
    app = create_app(Settings(home=home), BrokenEngine())

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://vndx.example") as client:
            return await client.get("/sparql", params={"query": "ASK {}"}, headers=headers)

    return asyncio.run(get())


def test_a_failure_is_a_problem_that_says_which_query_it_was(tmp_path: Path) -> None:
    answer = asked(tmp_path)
    problem(answer, 500, "internal")
    assert "secret" not in answer.text
    assert UUID(answer.headers["query-id"])
    assert answer.headers["query-token"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_failure_keeps_the_id_that_the_client_chose(tmp_path: Path) -> None:
    chosen = "123e4567-e89b-42d3-a456-426614174000"
    assert asked(tmp_path, **{"query-id": chosen}).headers["query-id"] == chosen


def test_the_cause_of_a_failure_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        asked(tmp_path)
    (record,) = (record for record in caplog.records if record.exc_info)
    assert "the secret of the inside" in caplog.text
    assert record.getMessage() == "GET /sparql failed"
