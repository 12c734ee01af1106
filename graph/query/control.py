"""What server and zygote say to each other: messages of one size over a stream socket, with a descriptor.

From the server: FORK asks for a worker, KILL ends one. From the zygote: READY once the snapshot is
loaded, FORKED with the worker's socket, EXITED with its wait status.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

_MESSAGE: Final = struct.Struct(">iii")


class ControlKind(IntEnum):
    """The kinds of messages."""

    FORK = 1
    KILL = 2
    READY = 3
    FORKED = 4
    EXITED = 5


@dataclass(frozen=True)
class ControlMessage:
    """A message about the worker ``pid``; ``value`` is the wait status of one that exited."""

    kind: ControlKind
    pid: int = 0
    value: int = 0


def send(connection: socket.socket, message: ControlMessage, descriptor: int | None = None) -> None:
    """Send a message, with a file descriptor that the receiver gets a copy of (SCM_RIGHTS)."""
    data = _MESSAGE.pack(message.kind, message.pid, message.value)
    socket.send_fds(connection, [data], [] if descriptor is None else [descriptor])


def receive(connection: socket.socket) -> tuple[ControlMessage, int | None] | None:
    """Read a message and the descriptor that came with it, None at the end of the stream.

    Raises:
        BlockingIOError: if the socket does not block and nothing has come.

    """
    data, descriptors, _, _ = socket.recv_fds(connection, _MESSAGE.size, 1)
    if not data:
        return None
    while len(data) < _MESSAGE.size:
        data += connection.recv(_MESSAGE.size - len(data))
    kind, pid, value = _MESSAGE.unpack(data)
    return ControlMessage(ControlKind(kind), pid, value), descriptors[0] if descriptors else None
