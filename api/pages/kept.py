"""Pages that are long to make and the same for all readers of a language: made once for each snapshot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

from api.pages.reader import Reader

_MOST_BYTES: Final = 16 * 1024**2


class KeptPages:
    """Keeps the pages that were asked for last; used by the event loop alone."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    async def of(self, tag: str, reader: Reader, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """Give a page.

        Args:
            tag: its entity tag, by which it is told from others; empty if it must not be kept.
            reader: who asks; with parameters that the page does not know it is made anew, so that they
                cannot drive out what others ask for.
            make: makes it.

        """
        if not tag or reader.query:
            return await make()
        page = self._pages.get(tag)
        if page is None:
            page = await make()
            if tag not in self._pages:
                self._pages[tag] = page
                self._size += len(page)
        self._pages.move_to_end(tag)
        while self._size > _MOST_BYTES and len(self._pages) > 1:
            _, oldest = self._pages.popitem(last=False)
            self._size -= len(oldest)
        return page
