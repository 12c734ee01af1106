"""Long pages are made once, as often as they are asked for, and take no more room than they may."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from api.pages.kept import KeptPages
from api.pages.reader import Reader

VIETNAMESE = Reader("vi", path="/ontology")


def asked(*asks: tuple[str, Reader, bytes]) -> int:
    """Ask for pages one after another; give how many were made."""
    made = 0

    def maker(content: bytes) -> Callable[[], Awaitable[bytes]]:
        async def make() -> bytes:
            nonlocal made
            made += 1
            return content

        return make

    async def ask() -> None:
        pages = KeptPages()
        for tag, reader, content in asks:
            assert await pages.of(tag, reader, maker(content)) == content

    asyncio.run(ask())
    return made


def test_a_page_is_made_once_for_each_tag() -> None:
    assert asked(("a", VIETNAMESE, b"1"), ("a", VIETNAMESE, b"1"), ("b", VIETNAMESE, b"2")) == 2


def test_a_page_without_a_tag_or_with_parameters_is_made_each_time() -> None:
    odd = Reader("vi", path="/ontology", query="x=1")
    assert asked(*[("", VIETNAMESE, b"1")] * 2) == 2
    assert asked(*[("a", odd, b"1")] * 2) == 2


def test_the_pages_asked_for_last_are_kept_when_room_is_short() -> None:
    large = bytes(9 * 1024**2)
    assert asked(*[(tag, VIETNAMESE, large) for tag in "aabba"]) == 3


def test_a_page_larger_than_all_room_is_given_all_the_same() -> None:
    assert asked(*[("a", VIETNAMESE, bytes(20 * 1024**2))] * 2) == 1
