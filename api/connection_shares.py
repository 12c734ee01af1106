"""How many connections each client may have open, so that nobody can take all that the server has."""

from __future__ import annotations

from collections import Counter


class ConnectionShares:
    """Counts open connections.

    A client that has some gets another only while more than that are free: one that opens as many as it
    can has half of them, the next one half of the rest, and the last free one is for a client with none.

    Args:
        limit: how many all clients together may have.

    """

    def __init__(self, limit: int) -> None:
        self._free = limit
        self._open: Counter[str] = Counter()

    def enter(self, client: str) -> bool:
        """Count one more connection of a client if it may have one; False, and no count, if not."""
        if self._free <= self._open[client]:
            return False
        self._free -= 1
        self._open[client] += 1
        return True

    def leave(self, client: str) -> None:
        """Count one less; for each `enter` that gave True, once."""
        self._free += 1
        self._open[client] -= 1
        if not self._open[client]:
            del self._open[client]
