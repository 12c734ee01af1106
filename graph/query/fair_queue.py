"""A queue that is fair to clients: each has its own line, and the lines are served in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class FairQueue(Generic[Item]):
    """Items of several clients: in turn over clients, in the order of coming for each client.

    So what a client waits depends on how many clients wait, not on how much one of them has put in.
    """

    def __init__(self) -> None:
        # The order of the keys is the order of the turns: who has had one goes to the end.
        self._lines: dict[str, deque[Item]] = {}

    def __len__(self) -> int:
        """Give how many items all clients have here."""
        return sum(map(len, self._lines.values()))

    def count(self, client: str) -> int:
        """Give how many items one client has here."""
        return len(self._lines.get(client, ()))

    def clients(self) -> Iterable[str]:
        """Give the clients that have items here, in the order of their turns."""
        return self._lines.keys()

    def put(self, client: str, item: Item) -> None:
        """Put an item at the end of the line of its client."""
        self._lines.setdefault(client, deque()).append(item)

    def put_first(self, client: str, item: Item) -> None:
        """Put an item before all others of its client; whose turn it is does not change."""
        self._lines.setdefault(client, deque()).appendleft(item)

    def take(self, may_run: Callable[[str], bool]) -> tuple[str, Item] | None:
        """Take the item whose turn it is, with its client; None if no client that waits may run."""
        client = next(filter(may_run, self._lines), None)
        if client is None:
            return None
        line = self._lines.pop(client)
        item = line.popleft()
        if line:
            self._lines[client] = line
        return client, item

    def displace(self, client: str) -> tuple[str, Item] | None:
        """Make room for an item of a client: take the last item of the longest line out, with its client.

        None if that line would not be longer than the client's own with the new item.
        """
        longest = max(self._lines, key=self.count, default=client)
        if self.count(longest) <= self.count(client) + 1:
            return None
        return longest, self._lines[longest].pop()

    def remove(self, client: str, item: Item) -> bool:
        """Take an item out before its turn; False if it is not here."""
        line = self._lines.get(client, deque())
        if item not in line:
            return False
        line.remove(item)
        if not line:
            del self._lines[client]
        return True
