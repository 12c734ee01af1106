"""What a client is told that has more look-ups under way than its share, before anything is looked up."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
from answer_support import problem

from api.admission import Admission
from api.app import create_app
from api.settings import Settings

CLIENT = "127.0.0.2"
NAMED = {"conditions": [{"matchType": "name", "propertyValue": "Hà Nội"}]}
LOOK_UPS = {
    "/reconcile/0.2": {"data": {"queries": json.dumps({"q0": {"query": "Hà Nội"}})}},
    "/reconcile/1.0-draft/match": {"json": {"queries": [NAMED]}},
    "/api/v1/units/resolve": {"json": {"queries": [{"q": "Hà Nội"}]}},
}


async def fill(door: Admission, held: AsyncExitStack) -> list[asyncio.Task[None]]:
    """Take all places of a client, and have as many wait as may."""
    await held.enter_async_context(door.enter(CLIENT))

    async def wait() -> None:
        async with door.enter(CLIENT):
            pass

    waiting = [asyncio.create_task(wait()) for _ in range(32)]
    await asyncio.sleep(0)
    return waiting


def refused(home: Path, path: str) -> httpx.Response:
    app = create_app(Settings(home=home, searchers=2))

    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(CLIENT, 5))
        async with (
            AsyncExitStack() as held,
            httpx.AsyncClient(transport=transport, base_url="http://vndx.example") as client,
        ):
            waiting = await fill(app.state.services.searches, held)
            answer = await client.post(path, headers={"Origin": "https://refine.example"}, **LOOK_UPS[path])  # type: ignore[arg-type]
            await held.aclose()
            await asyncio.gather(*waiting)
            return answer

    return asyncio.run(post())


@pytest.mark.parametrize("path", LOOK_UPS)
def test_what_is_beyond_the_share_of_a_client_is_429_that_pages_of_any_origin_can_read(
    tmp_path: Path, path: str
) -> None:
    answer = refused(tmp_path, path)
    told = problem(answer, 429, "rate-limited")
    assert told["detail"].startswith("1 of your name look-ups run and 32 wait already")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("path", ["/reconcile/0.2", "/reconcile/1.0-draft/match"])
def test_refusals_of_batches_are_documented(tmp_path: Path, path: str) -> None:
    answers = create_app(Settings(home=tmp_path)).openapi()["paths"][path]["post"]["responses"]
    assert {"429", "503"} <= answers.keys()
    assert all("Retry-After" in answers[status]["description"] for status in ("429", "503"))
