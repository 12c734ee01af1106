"""How fast the load generator is by itself: measured against a server that does nothing."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Final, cast

import uvloop

from bench.load.driver import ROOT, LoadGenerator
from bench.load.messages import Job

_BODY: Final = b"x" * 400
_ANSWER: Final = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY)


class _Constant(asyncio.Protocol):
    """Answers whatever comes in one piece with the same bytes: requests of the generator are short."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:  # noqa: ARG002
        self._transport.write(_ANSWER)


def requests_a_second(generator: LoadGenerator, clients: int, seconds: float) -> float:
    """Measure how many requests a second the generator can send and time on this machine."""
    command = [sys.executable, "-m", "bench.load.ceiling"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout is not None  # noqa: S101
            port = int(server.stdout.readline())
            job = Job("127.0.0.1", port, "text/plain", ("/",), clients=clients, seconds=seconds)
            outcome = generator.run(job)
            return len(outcome.samples) / outcome.seconds
        finally:
            server.kill()


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Constant, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve())
