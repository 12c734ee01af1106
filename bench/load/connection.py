"""One HTTP/1.1 connection, kept open, that does nothing but send bytes and take the time.

General clients spend more time on a request than the servers measured here; this one leaves out what a
benchmark does not need. Responses are parsed by httptools, so that only whole ones count.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import cast

import httptools

from bench.load.messages import Sample


class HttpConnection(asyncio.Protocol):
    """A connection with at most one request under way.

    Attributes:
        body_bytes: how many bytes of bodies have come.

    """

    def __init__(self, host: str, port: int, source: str) -> None:
        self._address = (host, port)
        self._source = (source, 0)
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._ended: asyncio.Future[str] | None = None
        self._first_byte = 0.0
        self.body_bytes = 0

    async def request(self, message: bytes, timeout: float) -> Sample:
        """Send a request and wait for the end of its answer; failures are told, not raised."""
        started = monotonic()
        self._first_byte = 0.0
        try:
            async with asyncio.timeout(timeout):
                failure = await self._exchange(message)
        except TimeoutError:
            failure = f"no answer in {timeout:g} s"
            self.close()
        except OSError as error:
            failure = f"connection failed: {error.strerror or error}"
        except asyncio.CancelledError:
            self.close()
            raise
        ended = monotonic()
        first = (self._first_byte - started) * 1000 if self._first_byte else 0.0
        return Sample(started, (ended - started) * 1000, first, failure)

    def close(self) -> None:
        """Drop the connection."""
        if self._transport is not None:
            self._transport.abort()
            self._transport = None

    async def _exchange(self, message: bytes) -> str:
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            await loop.create_connection(lambda: self, *self._address, local_addr=self._source)
        self._ended = loop.create_future()
        if self._transport is None:
            return "connection closed"
        self._transport.write(message)
        return await self._ended

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one only in what it does
        self._parser = httptools.HttpResponseParser(self)

    def data_received(self, data: bytes) -> None:
        """Parse what came."""
        if self._parser is None:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._end(f"no HTTP: {error}")
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Fail what was under way: an answer that breaks off is none."""
        self._transport = None
        self._end("connection closed before the end")

    # What httptools calls.

    def on_body(self, body: bytes) -> None:
        """Count, and note the time of the first byte."""
        if not self._first_byte:
            self._first_byte = monotonic()
        self.body_bytes += len(body)

    def on_message_complete(self) -> None:
        """End the request under way."""
        parser = self._parser
        if parser is None:
            return
        status = parser.get_status_code()
        if not parser.should_keep_alive():
            self.close()
        self._end("" if status == 200 else f"HTTP {status}")

    def _end(self, failure: str) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(failure)
