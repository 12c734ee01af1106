"""What worker and server say to each other over a stream socket: frames of a kind, a length and content.

The server sends one REQUEST. The worker answers with HEAD and any number of DATA, with one FAILURE
instead of the rest if there is no (whole) answer, and always with END. A stream that closes before END
means that the worker died.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, Final

from graph.query import errors
from graph.query.formats import AnswerKind

_HEADER: Final = struct.Struct(">BI")


class FrameKind(IntEnum):
    """The kinds of frames."""

    REQUEST = 1
    HEAD = 2
    DATA = 3
    END = 4
    FAILURE = 5


@dataclass(frozen=True)
class Head:
    """What is known before the first byte of an answer: its kind and the name of its format."""

    kind: AnswerKind
    format: str


@dataclass(frozen=True)
class End:
    """What a worker says after the last byte; one that asks to retire gets no further query."""

    retire: bool


def pack(kind: FrameKind, content: bytes) -> bytes:
    """Give a frame as bytes."""
    return _HEADER.pack(kind, len(content)) + content


def pack_json(kind: FrameKind, content: dict[str, Any]) -> bytes:
    """Give a frame with JSON content as bytes."""
    return pack(kind, json.dumps(content).encode())


@lru_cache(maxsize=64)
def pack_head(head: Head) -> bytes:
    """Give a HEAD frame; there are few different ones."""
    return pack_json(FrameKind.HEAD, {"kind": head.kind, "format": head.format})


@lru_cache(maxsize=2)
def pack_end(end: End) -> bytes:
    """Give an END frame."""
    return pack_json(FrameKind.END, {"retire": end.retire})


def receive(connection: socket.socket) -> tuple[FrameKind, bytes] | None:
    """Wait for a frame, None if the other side has closed the stream."""
    header = _receive_exactly(connection, _HEADER.size)
    if header is None:
        return None
    kind, length = _HEADER.unpack(header)
    content = _receive_exactly(connection, length)
    return None if content is None else (FrameKind(kind), content)


async def read(reader: asyncio.StreamReader) -> tuple[FrameKind, bytes]:
    """Wait for a frame.

    Raises:
        EOFError: if the other side has closed the stream.

    """
    try:
        kind, length = _HEADER.unpack(await reader.readexactly(_HEADER.size))
        return FrameKind(kind), await reader.readexactly(length)
    except (asyncio.IncompleteReadError, OSError) as error:
        raise EOFError("the worker closed its stream") from error


def pack_failure(error: errors.QueryError) -> bytes:
    """Give an error as a frame that `unpack_failure` turns back into the same error."""
    content: dict[str, Any] = {"type": type(error).__name__, "message": str(error)}
    match error:
        case errors.QuerySyntaxError():
            content |= {"line": error.line, "column": error.column}
        case errors.UnsupportedFormError():
            content |= {"kind": error.kind}
        case errors.ResultTooLargeError():
            content |= {"limit": error.limit}
    return pack_json(FrameKind.FAILURE, content)


def unpack_failure(content: bytes) -> errors.QueryError:
    """Read what `pack_failure` gave."""
    fields = json.loads(content)
    match fields["type"]:
        case "QuerySyntaxError":
            return errors.QuerySyntaxError(fields["message"], fields["line"], fields["column"])
        case "UnsupportedFormError":
            return errors.UnsupportedFormError(AnswerKind(fields["kind"]))
        case "ResultTooLargeError":
            return errors.ResultTooLargeError(fields["limit"])
        case name:
            simple = (
                errors.UpdateRefusedError,
                errors.ServiceRefusedError,
                errors.UnwritableAnswerError,
                errors.QueryMemoryError,
            )
            known = {kind.__name__: kind for kind in simple}
            return known.get(name, errors.EvaluationError)(fields["message"])


def _receive_exactly(connection: socket.socket, length: int) -> bytes | None:
    parts: list[bytes] = []
    while length:
        part = connection.recv(length)
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
