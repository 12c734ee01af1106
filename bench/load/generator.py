"""The load generator's process: reads jobs from standard input, writes outcomes to standard output."""

from __future__ import annotations

import asyncio
import gc
import itertools
import sys
from collections.abc import Coroutine, Iterator
from time import monotonic, process_time

import uvloop

from bench.load.connection import HttpConnection
from bench.load.messages import Job, Outcome, Sample


async def run_job(job: Job, numbers: Iterator[int]) -> Outcome:
    """Send the requests of a job.

    Args:
        job: what to send.
        numbers: give the running number of requests that must not be equal.

    """
    connections = [HttpConnection(job.host, job.port, job.source) for _ in range(job.clients)]
    try:
        if job.warm:
            for target in job.targets:
                await connections[0].request(_message(job, target), job.timeout)
        for connection in connections:
            connection.body_bytes = 0
        samples: list[Sample] = []
        started, cpu = monotonic(), process_time()
        turns = _turns(job, numbers)
        clients = [_client(job, connection, turns, started, samples) for connection in connections]
        if job.cut:
            await _until(started + job.seconds, clients)
        else:
            await asyncio.gather(*clients)
        return Outcome(
            tuple(samples),
            monotonic() - started,
            sum(connection.body_bytes for connection in connections),
            process_time() - cpu,
        )
    finally:
        for connection in connections:
            connection.close()


def _turns(job: Job, numbers: Iterator[int]) -> Iterator[bytes]:
    """Give the requests, shared by all clients."""
    targets = itertools.cycle(job.targets)
    turns = targets if not job.limit else itertools.islice(targets, job.limit)
    for target in turns:
        yield _message(job, f"{target}{job.suffix}{next(numbers)}" if job.suffix else target)


def _message(job: Job, target: str) -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: {job.host}:{job.port}\r\nAccept: {job.accept}\r\n\r\n".encode()


async def _client(
    job: Job, connection: HttpConnection, turns: Iterator[bytes], started: float, samples: list[Sample]
) -> None:
    for sent, message in enumerate(turns, start=1):
        begun = monotonic()
        try:
            sample = await connection.request(message, job.timeout)
        except asyncio.CancelledError:
            samples.append(Sample(begun, (monotonic() - begun) * 1000, 0, "still running at the end"))
            raise
        samples.append(sample)
        pause = sample.started + job.interval - monotonic()
        if job.interval and pause > 0:
            await asyncio.sleep(pause)
        elif sample.failure:
            await asyncio.sleep(0.05)  # a server that is gone would be asked in a tight loop
        if sent >= job.least and monotonic() - started >= job.seconds:
            return


async def _until(end: float, clients: list[Coroutine[None, None, None]]) -> None:
    tasks = [asyncio.ensure_future(client) for client in clients]
    await asyncio.wait(tasks, timeout=max(end - monotonic(), 0))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def main() -> None:
    """Answer jobs until standard input ends."""
    gc.disable()  # no pause of this process may be taken for one of a server
    numbers = itertools.count(1)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for line in sys.stdin:
            outcome = runner.run(run_job(Job.from_line(line), numbers))
            sys.stdout.write(outcome.to_line() + "\n")
            sys.stdout.flush()
            gc.collect()


if __name__ == "__main__":
    main()
