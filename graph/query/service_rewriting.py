"""Putting other addresses behind SERVICE, and finding a place of the new text again in the old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.query.lexer import line_and_column
from graph.query.service_calls import ServiceCall


@dataclass(frozen=True)
class _Replaced:
    """``before[start:end]`` became ``after[new_start:new_end]``."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True)
class RewrittenQuery:
    """A query whose calls go to other addresses.

    Attributes:
        text: the query as it is now.

    """

    text: str
    _before: str
    _replaced: tuple[_Replaced, ...]

    def place_before(self, line: int, column: int) -> tuple[int, int]:
        """Give the place that a place of the new text had in the old one.

        Args:
            line: counted from 1.
            column: counted from 1, in characters.

        Returns:
            Line and column; of the start of the name of the server for a place inside of its address.

        """
        lines_before = self.text.split("\n")[: line - 1]
        position = sum(len(found) + 1 for found in lines_before) + column - 1
        for replaced in reversed(self._replaced):
            if position >= replaced.new_end:
                return line_and_column(self._before, position - replaced.new_end + replaced.end)
            if position >= replaced.new_start:
                return line_and_column(self._before, replaced.start)
        return line, column


def rewrite(text: str, calls: Sequence[ServiceCall], addresses: Sequence[str]) -> RewrittenQuery:
    """Put an address in the place of the name of each server.

    Args:
        text: the query.
        calls: its calls, in the order of the text.
        addresses: an absolute IRI for each of them.

    """
    parts: list[str] = []
    replaced: list[_Replaced] = []
    end = length = 0
    for call, address in zip(calls, addresses, strict=True):
        kept, put = text[end : call.start], f"<{address}>"
        new_start = length + len(kept)
        parts += (kept, put)
        length = new_start + len(put)
        replaced.append(_Replaced(call.start, call.end, new_start, length))
        end = call.end
    parts.append(text[end:])
    return RewrittenQuery("".join(parts), text, tuple(replaced))
