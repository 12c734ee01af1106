"""HTTP/1.1 connections with bounds: of the head, of slowness, and of how many there are.

uvicorn's own protocol reads heads of any length for as long as they come. Here everything that a client
can make longer or slower has an end; what is refused is told as a problem, then the connection is closed.
Nothing of it is logged: what a client does wrong is told to the client.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from api.clients import client_at
from api.connection_shares import ConnectionShares
from api.problem_kinds import KINDS, PROBLEM_BASE, PROBLEM_JSON

MAX_FIELDS: Final = 128
"""Header fields of one request, those behind a chunked body included."""
MAX_PIPELINED: Final = 128
"""Requests of one connection that wait for the answer to an earlier one."""

# A body has so long, and for each so many bytes of it a second more.
_BODY_BYTES_A_SECOND: Final = 1024
# An answer that is not read at all for so long is given up.
_UNREAD_SECONDS: Final = 60
# What still comes is read for so long and so much, as a client that is still sending would not see an answer
# on a connection that is closed at once (RFC 9112, section 9.6).
_LINGER_SECONDS: Final = 2
_LINGER_BYTES: Final = 4 * 1024 * 1024
# Where a connection is; the members of an Enum would be slow to look up.
_BETWEEN, _HEAD, _BODY = range(3)
_WITHOUT_BODY: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class HttpLimits:
    """What a client may make the server wait for and keep.

    Attributes:
        connections: how many may be open.
        head_bytes: the longest request head: address and header fields.
        head_seconds: how long a head may take, and how long a new connection may be silent.
        body_seconds: how long a body of few bytes may take.

    """

    connections: int
    head_bytes: int
    head_seconds: float
    body_seconds: float


class _RefusedError(Exception):
    """A head is not read on; the slug of the problem, and its detail."""

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(detail)
        self.slug = slug
        self.detail = detail


class BoundedHttpProtocol(HttpToolsProtocol):
    """One connection; see `bounded_protocol`, which makes what uvicorn is given."""

    def __init__(
        self,
        limits: HttpLimits,
        shares: ConnectionShares,
        *,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits = limits
        self._shares = shares
        self._share = ""  # the client that this connection is counted for, empty if it is not
        self._phase = _BETWEEN
        self._since = self.loop.time()  # when this phase began
        self._begun = False  # whether this phase has begun in what is being parsed
        self._is_in_parts = False  # whether a head has come in more than one part
        self._pending = 0  # bytes that have come since there was a request, or some of its body
        self._body_bytes = 0
        self._fields = 0  # of the head, once it is complete
        self._leaving = False  # whether what still comes is thrown away
        self._discarded = 0
        self._running: RequestResponseCycle | None = None
        self._unsent = 0
        self._unsent_since = 0.0
        self._pause = min(1.0, limits.head_seconds / 4, limits.body_seconds / 4)
        self._watching: asyncio.TimerHandle | None = None

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless the client has its share of connections already."""
        super().connection_made(transport)
        self._after_body = _AfterBody(transport, self._is_leaving, self._close_after_body)
        self._watching = self.loop.call_later(self._pause, self._watch)
        client = client_at(self.client[0] if self.client else "")
        if self._shares.enter(client):
            self._share = client
        else:
            self._write_problem("busy", "too many connections are open: close some, or come back later")
            self._leaving = True
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and tell the request that is being answered: with pipelining that is not the last one."""
        if self._watching is not None:
            self._watching.cancel()
        if self._share:
            self._shares.leave(self._share)
            self._share = ""
        if self._running is not None and not self._running.response_complete:
            _disconnect(self._running)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what has come."""
        if self._leaving:
            self._discard(len(data))
            return
        self._unset_keepalive_if_required()
        self._begun = False
        self._pending += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # the request is answered as if it had not asked for another protocol
        except httptools.HttpParserError as error:
            cause = error.__context__
            refused = cause if isinstance(cause, _RefusedError) else None
            if refused is not None:
                self._refuse(refused.slug, refused.detail)
            else:
                self._refuse("bad-request", "this cannot be read as HTTP/1.1")
            return
        if self._phase == _BETWEEN:
            return
        if self._begun:
            self._since = self.loop.time()
        if self._phase == _BODY:
            self._body_bytes += len(data)
        elif self._begun:
            self._pending = 0  # there may be other requests before it in what has come
            self._is_in_parts = True
        # In a body, this is what is around it: sizes of chunks and fields behind the last.
        if self._pending > self._limits.head_bytes:
            self._refuse(*self._too_large(len(self.url)))

    # What the parser calls

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._phase = _HEAD
        self._begun = True
        self._discarded = 0

    def on_headers_complete(self) -> None:
        """Have a request answered whose head is within bounds.

        Raises:
            _RefusedError: if it is not; the parser then stops.

        """
        if self._is_in_parts or self._pending > self._limits.head_bytes or len(self.headers) > MAX_FIELDS:
            self._check_fields()
        if len(self.pipeline) >= MAX_PIPELINED:
            raise _RefusedError("busy", f"{MAX_PIPELINED} requests of this connection are waiting already")
        super().on_headers_complete()
        if not self.pipeline:
            self._running = self.cycle
        self._phase = _BODY
        self._begun = True
        self._is_in_parts = False
        self._pending = self._body_bytes = 0
        self._fields = len(self.headers)
        if self.scope["method"] not in _WITHOUT_BODY:
            self.cycle.transport = self._after_body  # type: ignore[assignment]

    def on_body(self, body: bytes) -> None:
        """Take some of a body."""
        self._pending = 0
        if self.cycle.response_complete:
            self._discard(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        if len(self.headers) != self._fields:  # those behind a chunked body are among them
            self._check_fields()
        super().on_message_complete()
        self._phase = _BETWEEN
        self._pending = 0

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._since = self.loop.time()
        if self.pipeline:
            self._running = self.pipeline[-1][0]
        super().on_response_complete()

    # Time

    def _watch(self) -> None:
        """Look whether the client keeps the server waiting; once a second, so that requests cost nothing."""
        self._watching = self.loop.call_later(self._pause, self._watch)
        now = self.loop.time()
        if self._is_unread(now):
            self.transport.abort()
        elif self._leaving or self.transport.is_closing():
            pass
        elif self.flow.read_paused:
            self._since = now  # it is us who keep the client waiting
        elif self._phase == _BODY:
            allowed = self._limits.body_seconds + self._body_bytes / _BODY_BYTES_A_SECOND
            if now - self._since > allowed:
                self._refuse("request-timeout", "the body did not come in time")
        elif now - self._since > self._limits.head_seconds:
            if self._phase == _HEAD:
                seconds = self._limits.head_seconds
                self._refuse("request-timeout", f"the head of a request has to come in {seconds:g} s")
            elif self.cycle is None or self.cycle.response_complete:
                self.transport.close()

    def _is_unread(self, now: float) -> bool:
        """Say whether the client reads nothing of what waits to be sent to it."""
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent != self._unsent:
            self._unsent, self._unsent_since = unsent, now
        return now - self._unsent_since > _UNREAD_SECONDS

    # Refusing

    def _check_fields(self) -> None:
        fields = self.headers
        if len(fields) > MAX_FIELDS:
            raise _RefusedError("head-too-large", f"a request may have {MAX_FIELDS} header fields")
        size = len(self.url)
        for name, value in fields:
            size += len(name) + len(value) + 4
        if size > self._limits.head_bytes:
            raise _RefusedError(*self._too_large(len(self.url)))

    def _too_large(self, address_bytes: int) -> tuple[str, str]:
        limit = self._limits.head_bytes
        if address_bytes > limit // 2:
            detail = f"the head of a request may have {limit} bytes: send a long query with POST, in the body"
            return "address-too-long", detail
        return "head-too-large", f"the head of a request may have {limit} bytes"

    def _refuse(self, slug: str, detail: str) -> None:
        """Tell the client what is wrong and close, but let earlier requests have their answers."""
        if self._leaving or self.transport.is_closing():
            return
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            self._write_problem(slug, detail)
            self._leave()
        elif self._phase != _BODY:
            cycle.keep_alive = False  # the connection is closed behind its answer
            self._leaving = True
        elif self.pipeline or cycle.response_started:
            self.transport.abort()  # there is no place for another answer
        else:
            self._write_problem(slug, detail)
            _disconnect(cycle)
            self._leave()

    def _write_problem(self, slug: str, detail: str) -> None:
        kind = KINDS[slug]
        content = {
            "type": PROBLEM_BASE + slug,
            "title": kind.title,
            "status": kind.status.value,
            "detail": detail,
        }
        body = json.dumps(content).encode() + b"\n"
        fields = [
            (b"content-type", PROBLEM_JSON.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"access-control-allow-origin", b"*"),
            (b"connection", b"close"),
        ]
        if slug == "busy":
            fields.append((b"retry-after", b"5"))
        lines = [
            name + b": " + value + b"\r\n" for name, value in (*self.server_state.default_headers, *fields)
        ]
        self.transport.write(b"".join([STATUS_LINE[kind.status], *lines, b"\r\n", body]))

    def _leave(self) -> None:
        """Send nothing more, and close when the client has, or has had time to read."""
        self._leaving = True
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGER_SECONDS, self.transport.close)

    def _discard(self, size: int) -> None:
        self._discarded += size
        if self._discarded > _LINGER_BYTES:
            self.transport.abort()

    def _is_leaving(self) -> bool:
        return self._leaving

    def _close_after_body(self) -> None:
        """Close behind an answer, at once if the whole request has been read."""
        if self._phase == _BODY:
            self._leave()
        else:
            self.transport.close()


class _AfterBody:
    """The transport of a request with a body: one that is answered before its end is not cut off at once."""

    def __init__(
        self, transport: asyncio.Transport, is_leaving: Callable[[], bool], close: Callable[[], None]
    ) -> None:
        self.write = transport.write
        self.close = close
        self._is_leaving = is_leaving
        self._transport = transport

    def is_closing(self) -> bool:
        return self._is_leaving() or self._transport.is_closing()


def _disconnect(cycle: RequestResponseCycle) -> None:
    """Tell whoever answers a request that nobody waits for that."""
    cycle.disconnected = True
    cycle.message_event.set()


def bounded_protocol(limits: HttpLimits) -> Callable[..., asyncio.Protocol]:
    """Give what makes the protocol of each connection of a server; they share the bound of connections."""
    shares = ConnectionShares(limits.connections)

    def protocol(**given: Any) -> asyncio.Protocol:
        return BoundedHttpProtocol(limits, shares, **given)

    return protocol
