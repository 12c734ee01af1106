"""Many slow look-ups of one client at once, as of a large table: all answered, and nobody waits for them."""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import pytest

# Words of many names, of which no name has enough: everything is tried, up to the correction of each word.
COMMON = ("an", "binh", "tan", "thanh", "phu", "long", "hoa", "my", "xuan", "son", "tay", "dong")
BATCHES, SIZE = 10, 25

pytestmark = pytest.mark.snapshot


def at(http: httpx.Client, address: str) -> httpx.Client:
    transport = httpx.HTTPTransport(local_address=address)
    return httpx.Client(base_url=http.base_url, transport=transport, timeout=60)


def slow_batch(number: int) -> dict[str, str]:
    texts = (" ".join((*COMMON, f"x{number}y{position}")) for position in range(SIZE))
    return {"queries": json.dumps({f"q{key}": {"query": text} for key, text in enumerate(texts)})}


def test_ten_slow_batches_at_once_are_answered_and_hold_nobody_else_up(http: httpx.Client) -> None:
    with (
        at(http, "127.0.0.2") as refine,
        at(http, "127.0.0.9") as other,
        ThreadPoolExecutor(BATCHES) as pool,
    ):
        batches: list[Future[httpx.Response]] = [
            pool.submit(refine.post, "/reconcile/0.2", data=slow_batch(number)) for number in range(BATCHES)
        ]
        for path in (
            "/page/unit/2025/19",
            "/data/unit/2025/19.json",
            "/api/v1/suggest?q=thai ng",
            "/reconcile/0.2/suggest/entity?prefix=thai ng",
            "/api/v1/units/resolve?q=Phổ Yên",
        ):
            assert other.get(path).status_code == 200
        assert not all(batch.done() for batch in batches), "whoever asks little waits for those who ask much"
        answers = [batch.result() for batch in batches]
    assert [answer.status_code for answer in answers] == [200] * BATCHES
    assert all(len(answer.json()) == SIZE for answer in answers)
