"""Gathering an answer while it is sent: it can be shared whole, and its client need not wait for that."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self

from starlette.types import Message, Send

from api.answer_cache import HeaderList, KeptAnswer

_START: Final = "http.response.start"
_BODY: Final = "http.response.body"


class HeldBytes:
    """Counts the bytes of answers that are held for clients, who may be slow to read them.

    Args:
        capacity: how many there may be.

    """

    def __init__(self, capacity: int) -> None:
        self.capacity: Final = capacity
        self.count = 0
        self._readers: Counter[KeptAnswer] = Counter()

    @contextmanager
    def lend(self, answer: KeptAnswer) -> Iterator[bool]:
        """Hold an answer while it is sent, once for all its readers; say whether there is room for it."""
        size = len(answer.body)
        if answer not in self._readers and self.count + size > self.capacity:
            yield False
            return
        if not self._readers[answer]:
            self.count += size
        self._readers[answer] += 1
        try:
            yield True
        finally:
            self._readers[answer] -= 1
            if not self._readers[answer]:
                del self._readers[answer]
                self.count -= size


class Gathering:
    """Takes the messages of an answer, sends them on, and keeps them until it is known to be whole.

    While an answer is gathered, whoever makes it need not wait until its client has read it, so its worker
    is free soon, and those who wait for the answer do not wait for that client. From where it is too large
    to be kept, its parts are sent on one at a time. At the end of its context, all has been sent.

    Args:
        snapshot: what an answer 200 must be made from to be kept.
        send: sends a message to the client.
        largest: bytes of the largest body that is gathered.
        held: what all gatherings together hold.
        on_alone: called when it is known that the answer is not gathered.

    """

    def __init__(
        self, snapshot: str, send: Send, largest: int, held: HeldBytes, on_alone: Callable[[], None]
    ) -> None:
        self.whole: KeptAnswer | None = None
        """The answer: 200 with a tag, or an error; None until its end, or if it is not gathered."""
        self._tag_start = f'"{snapshot}-'.encode()
        self._outbox = _Outbox(send)
        self._largest = largest
        self._held = held
        self._on_alone = on_alone
        self._start: Message = {}
        self._parts: list[bytes] = []
        self._size = 0
        self._alone = False

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait until all that was taken has been sent, unless the request is given up."""
        try:
            if kind is not None and issubclass(kind, asyncio.CancelledError):
                self._outbox.cancel()
            else:
                await self._outbox.emptied()
        finally:
            self._drop()

    async def take(self, message: Message) -> None:
        """Take the next message."""
        self._outbox.put(message)
        if not self._alone:
            self._gather(message)
        if self._alone:
            await self._outbox.emptied()
        elif message.get("more_body", False):
            self._outbox.begin()

    def _gather(self, message: Message) -> None:
        if message["type"] == _START:
            self._start = message
            self._alone = not self._may_be_shared(message)
        elif message["type"] == _BODY:
            part = message.get("body", b"")
            self._parts.append(part)
            self._size += len(part)
            self._held.count += len(part)
            self._alone = self._size > self._largest or self._held.count > self._held.capacity
            if not self._alone and not message.get("more_body", False):
                headers: HeaderList = list(self._start["headers"])
                body = b"".join(self._parts)
                self.whole = KeptAnswer(headers, body, _tag_of(headers), self._start["status"])
        else:
            self._alone = True
        if self._alone:
            self._drop()
            self._on_alone()

    def _drop(self) -> None:
        self._parts.clear()
        self._held.count -= self._size
        self._size = 0

    def _may_be_shared(self, start: Message) -> bool:
        """Say whether an answer is one of the snapshot that was asked for, told by its tag, or an error."""
        if start["status"] == HTTPStatus.OK:
            return _tag_of(start["headers"]).startswith(self._tag_start)
        return bool(start["status"] >= HTTPStatus.BAD_REQUEST)


class _Outbox:
    """Messages on their way to a client that may be slow: sent while somebody waits, or beside other work."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._messages: deque[Message] = deque()
        self._sending: asyncio.Task[None] | None = None

    def put(self, message: Message) -> None:
        """Add a message."""
        self._messages.append(message)

    def begin(self) -> None:
        """Send what is here, beside other work."""
        if self._sending is not None and self._sending.done():
            self._sending.result()  # raises what sending raised
            self._sending = None
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_all())

    async def emptied(self) -> None:
        """Send what is here, and wait until that is done."""
        if self._sending is not None:
            await self._sending
        await self._send_all()

    def cancel(self) -> None:
        """Send nothing more."""
        self._messages.clear()
        if self._sending is not None:
            self._sending.cancel()

    async def _send_all(self) -> None:
        while self._messages:
            await self._send(self._messages.popleft())


def _tag_of(headers: HeaderList) -> bytes:
    return next((value for name, value in headers if name.lower() == b"etag"), b"")
