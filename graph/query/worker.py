"""The worker: a forked process that answers one query at a time until it is killed, told to end, or spent."""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Store

from graph.query import limits
from graph.query.errors import EvaluationError, QueryError
from graph.query.evaluation import CHUNK_BYTES, evaluate
from graph.query.formats import AnswerKind, Format
from graph.query.frames import End, FrameKind, Head, pack, pack_end, pack_failure, pack_head, receive
from graph.query.landlock import connect_only_to
from graph.query.requests import QueryRequest
from graph.query.service_addresses import DEFAULT_PORTS

MAX_QUERIES: Final = 5_000
"""After so many queries a worker is replaced, in case the engine leaks."""


@dataclass(frozen=True)
class WorkerLimits:
    """What a worker may use.

    Attributes:
        memory_bytes: for queries, on top of the snapshot that it shares.
        max_bytes: the largest answer.
        retire_bytes: a worker that has kept more than this is replaced.
        allowed_origins: what SERVICE may call (the gateway of the server); with none, a worker cannot open
            a connection at all.

    """

    memory_bytes: int
    max_bytes: int
    retire_bytes: int = 256 * 1024 * 1024
    allowed_origins: frozenset[str] = frozenset()


def run_worker(connection: socket.socket, open_store: Callable[[], Store], given: WorkerLimits) -> None:
    """Answer queries from a socket until the other side closes it or this process is spent."""
    _become_worker()
    store = open_store()
    gauge = limits.MemoryGauge()
    limits.limit_memory(given.memory_bytes)
    if given.allowed_origins:
        # Where the kernel cannot do this, the reading of the query is all that is in the way.
        connect_only_to(urlsplit(origin).port or DEFAULT_PORTS["http"] for origin in given.allowed_origins)
    else:
        limits.limit_files()
    resident_at_start = gauge.resident_bytes()
    for answered in range(1, MAX_QUERIES + 1):
        frame = receive(connection)
        if frame is None:
            return
        writer = _SocketWriter(connection)
        _answer(writer, store, QueryRequest.from_bytes(frame[1]), given)
        kept = gauge.resident_bytes() - resident_at_start
        retire = answered == MAX_QUERIES or kept > given.retire_bytes
        writer.end(pack_end(End(retire)))
        if retire:
            return


def _become_worker() -> None:
    limits.die_with_parent()
    limits.own_process_group()
    limits.be_first_out_of_memory()
    limits.limit_core_dumps()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    gc.disable()  # objects of a query die by reference count; a collection would only touch shared pages


def _answer(writer: _SocketWriter, store: Store, request: QueryRequest, given: WorkerLimits) -> None:
    try:
        evaluate(store, request, writer, max_bytes=given.max_bytes, allowed_origins=given.allowed_origins)
    except QueryError as error:
        writer.fail(error)
    except BrokenPipeError:
        raise
    except Exception as error:  # whatever a query does, it is told why it has no answer
        writer.fail(EvaluationError(str(error)))


class _SocketWriter:
    """Sends an answer as frames; a slow reader holds the evaluation up, so that memory stays bounded.

    What is small is sent with what comes next: most answers go in one piece, and wake the server once.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._held = b""

    def head(self, kind: AnswerKind, answer_format: Format) -> None:
        """Tell what answer follows."""
        self._held += pack_head(Head(kind, answer_format.name))

    def data(self, chunk: bytes) -> None:
        """Give a part of the answer."""
        self._held += pack(FrameKind.DATA, chunk)
        if len(self._held) >= CHUNK_BYTES:
            self._send()

    def fail(self, error: QueryError) -> None:
        """Tell why there is no answer, or no whole one."""
        self._held += pack_failure(error)

    def end(self, frame: bytes) -> None:
        """Send the last frame, and all that was held back."""
        self._held += frame
        self._send()

    def _send(self) -> None:
        self._connection.sendall(self._held)
        self._held = b""
