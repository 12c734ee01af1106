"""The load generator against a real socket: what counts as an answer, and what as a failure."""

import asyncio
import itertools
from collections.abc import Callable

from bench.load.generator import run_job
from bench.load.messages import Job, Outcome

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
Answer = Callable[[int], bytes | None]


def _run(answer: Answer, **settings: object) -> tuple[Outcome, list[bytes]]:
    """Run a job against a server; `answer` gives the bytes for a request by its number, None to hang."""
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                seen.append(head.split(b" ", 2)[1])
                given = answer(len(seen))
                if given is None:
                    await asyncio.sleep(60)
                    return
                writer.write(given)
                await writer.drain()
                if b"close" in given:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def whole() -> Outcome:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        job = Job("127.0.0.1", port, "text/plain", ("/a", "/b"), **settings)  # type: ignore[arg-type]
        return await run_job(job, itertools.count(1))

    return asyncio.run(whole()), seen


def _failures(outcome: Outcome) -> list[str]:
    return [sample.failure for sample in outcome.samples]


def test_requests_go_round_the_targets_and_bodies_are_counted() -> None:
    outcome, seen = _run(lambda _: OK, limit=3)

    assert seen == [b"/a", b"/b", b"/a"]
    assert _failures(outcome) == ["", "", ""]
    assert outcome.body_bytes == 12
    assert all(0 < sample.first_byte <= sample.milliseconds for sample in outcome.samples)


def test_cold_requests_are_never_equal() -> None:
    _, seen = _run(lambda _: OK, limit=5, suffix="#", clients=2)

    assert sorted(seen) == [b"/a#1", b"/a#3", b"/a#5", b"/b#2", b"/b#4"]


def test_a_job_may_want_more_requests_than_there_is_time_for() -> None:
    outcome, _ = _run(lambda _: OK, seconds=0.0, least=3, clients=2)

    assert len(outcome.samples) == 6


def test_warming_asks_each_target_once_and_is_not_counted() -> None:
    outcome, seen = _run(lambda _: OK, limit=1, warm=True)

    assert seen == [b"/a", b"/b", b"/a"]
    assert len(outcome.samples) == 1
    assert outcome.body_bytes == 4


def test_chunked_answers_are_read_to_their_end() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    outcome, _ = _run(lambda _: chunked, limit=2)

    assert _failures(outcome) == ["", ""]
    assert outcome.body_bytes == 10


def test_an_answer_that_breaks_off_is_a_failure_and_the_next_request_has_a_new_connection() -> None:
    broken = b"HTTP/1.1 200 OK\r\nX: close\r\nContent-Length: 40\r\n\r\nbody"
    outcome, _ = _run(lambda number: broken if number == 1 else OK, limit=2)

    assert _failures(outcome) == ["connection closed before the end", ""]


def test_other_statuses_are_failures_by_their_number() -> None:
    busy = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
    outcome, _ = _run(lambda _: busy, limit=1)

    assert _failures(outcome) == ["HTTP 503"]


def test_a_server_that_closes_after_each_answer_can_be_measured() -> None:
    closing = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody"
    outcome, _ = _run(lambda _: closing, limit=3)

    assert _failures(outcome) == ["", "", ""]


def test_what_takes_too_long_is_a_failure() -> None:
    outcome, _ = _run(lambda number: None if number == 1 else OK, limit=2, timeout=0.1)

    assert _failures(outcome) == ["no answer in 0.1 s", ""]


def test_what_runs_when_a_cut_job_ends_is_told() -> None:
    outcome, _ = _run(lambda _: None, seconds=0.1, cut=True, clients=2)

    assert _failures(outcome) == ["still running at the end"] * 2


def test_a_server_that_is_not_there_is_a_failure() -> None:
    async def refused() -> Outcome:
        return await run_job(Job("127.0.0.1", 1, "text/plain", ("/",), limit=1), itertools.count(1))

    assert _failures(asyncio.run(refused()))[0].startswith("connection failed")
