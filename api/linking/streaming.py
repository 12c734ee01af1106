"""Answers that are made while they are sent: a table is linked in a thread, part by part."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import BinaryIO, Final, cast

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.admission import Place
from graph.linking.csv_form import CsvForm
from graph.linking.tables import LinkedTable

SPOOL_BYTES: Final = 1024 * 1024
"""What is larger is kept on disk."""

_PART_BYTES: Final = 64 * 1024
_PART_SECONDS: Final = 0.2


class LinkingWork:
    """A table that is being linked, one part in one thread at a time.

    Args:
        file: the table; closed with the work.
        form: of the file.
        table: over the file.

    """

    def __init__(self, file: BinaryIO, form: CsvForm, table: LinkedTable) -> None:
        self.form = form
        self._file = file
        self._rows = table.rows()
        self._mark = form.mark
        self._lock = Lock()

    def next_part(self) -> bytes:
        """Give what comes next, empty at the end or when the work is closed."""
        with self._lock:
            part = bytearray(self._mark)
            self._mark = b""
            end = time.monotonic() + _PART_SECONDS
            for row in self._rows:
                part += self.form.encode(row.text)
                if len(part) >= _PART_BYTES or time.monotonic() >= end:
                    break
                time.sleep(0)  # lets the thread of the event loop go on
            return bytes(part)

    def close(self) -> None:
        """Close the file, after the part that is being made."""
        with self._lock:
            self._rows = iter(())
            self._file.close()


class LinkedTableResponse(StreamingResponse):
    """Sends a table while it is linked; if that fails, the connection is closed without an end.

    Over HTTP/1.0 only a length shows where a body ends, so the answer is gathered first.

    Args:
        place: where it is linked.
        work: gives the table.
        held: what is left when the answer has ended, however it does.
        headers: of the answer.

    """

    def __init__(
        self, place: Place, work: LinkingWork, held: AsyncExitStack, headers: dict[str, str]
    ) -> None:
        self._whole = _parts(place, work)
        super().__init__(self._whole, headers=headers)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        async with self._held:
            if scope["http_version"] == "1.0":
                await self._gather(scope, receive, send)
            else:
                await super().__call__(scope, receive, send)

    async def _gather(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(SPOOL_BYTES) as gathered:
            async for part in self._whole:
                await asyncio.to_thread(gathered.write, part)
            self.headers["content-length"] = str(gathered.tell())
            gathered.seek(0)
            self.body_iterator = _blocks(cast("BinaryIO", gathered))
            await super().__call__(scope, receive, send)


async def _parts(place: Place, work: LinkingWork) -> AsyncIterator[bytes]:
    while part := await place.run(work.next_part):
        yield part


async def _blocks(file: BinaryIO) -> AsyncIterator[bytes]:
    while block := await asyncio.to_thread(file.read, _PART_BYTES):
        yield block
