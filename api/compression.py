"""Compression of answers: for who can read it, of what gets smaller by it, in blocks as they come."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.content_codings import (
    BLOCK_BYTES,
    NOT_CODED,
    Coder,
    CodingChoice,
    choose_coding,
    coded_tag,
    coded_tags,
    make_coder,
    plain_tags,
)

_START: Final = "http.response.start"
_BODY: Final = "http.response.body"
# Below this, the headers are most of an answer.
_SMALLEST_BYTES: Final = 500
# What takes longer than to hand it to a thread (0.1 ms) would hold up other requests.
_SMALL_BYTES: Final = 16 * 1024
_NO_CONTENT: Final = frozenset(
    {HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED}
)
# Types of media that are compressed in themselves.
_PACKED: Final = re.compile(
    r"(?:audio|font|video|image(?!/svg\+xml))/"
    r"|application/(?:gzip|octet-stream|pdf|x-7z-compressed|x-bzip2|x-gzip|x-xz|zip|zstd|[^;\s]+\+(?:gzip|zip))\s*(?:;|$)",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r'"[^"]*"')


class Compression:
    """Compresses answers with zstd, br or gzip, and gives each form a strong entity tag of its own.

    The suffix that tells the tags of the forms apart is taken off again when a client sends one back, so
    what is below knows nothing of it. Content is coded in blocks that depend on nothing but the content,
    and a block is sent on before the next one is taken: a slow reader slows its answer down, and an answer
    of any size needs the memory of a block. An answer that breaks off is not ended here either.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress if the client can read it; an HTTP/1.0 answer needs its length, so it is left alone."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        choice = NOT_CODED
        if scope["http_version"] != "1.0":
            choice = choose_coding(", ".join(headers.getlist("accept-encoding")))
        known = headers.getlist("if-none-match")
        if known:
            scope = _with_plain_tags(scope)
        packing = _Packing(choice, ", ".join(known), send, is_head=scope["method"] == "HEAD")
        await self._app(scope, receive, packing.take)
        await packing.close()


class _Packing:
    """Takes the messages of an answer, and sends them on in the form that was chosen.

    The start is held back until the first part of the body, which says whether there is more.
    """

    def __init__(self, choice: CodingChoice, known: str, send: Send, *, is_head: bool) -> None:
        self._choice = choice
        self._known = known
        self._send = send
        self._is_head = is_head
        self._start: Message | None = None
        self._coder: Coder | None = None
        self._rest = bytearray()

    async def take(self, message: Message) -> None:
        """Take the next message."""
        if message["type"] == _START:
            self._start = message
        elif message["type"] != _BODY:
            await self.close()
            await self._send(message)
        elif self._start is not None:
            start, self._start = self._start, None
            await self._begin(start, message)
        elif self._coder is not None:
            await self._go_on(self._coder, message.get("body", b""), more=message.get("more_body", False))
        else:
            await self._send(message)

    async def close(self) -> None:
        """Send a start that no body has followed."""
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)

    async def _begin(self, start: Message, first: Message) -> None:
        headers = MutableHeaders(scope=start)
        body, more = first.get("body", b""), first.get("more_body", False)
        if start["status"] == HTTPStatus.NOT_MODIFIED:
            _vary(headers)
            _name_known_form(headers, self._known)
        elif _is_packable(start["status"], headers):
            _vary(headers)
            if self._is_wanted(headers, body, more=more):
                await self._begin_coded(start, headers, body, more=more)
                return
        await self._send(start)
        await self._send(first)

    def _is_wanted(self, headers: Headers, body: bytes, *, more: bool) -> bool:
        if not self._choice.name:
            return False
        if not self._choice.identity:
            return True
        told = headers.get("content-length", "")
        is_told = more or (self._is_head and not body)  # the length is not that of what is here
        size = int(told) if is_told and told.isdigit() else len(body)
        return size >= _SMALLEST_BYTES or (is_told and not told)

    async def _begin_coded(self, start: Message, headers: MutableHeaders, body: bytes, *, more: bool) -> None:
        name = self._choice.name
        headers["Content-Encoding"] = name
        del headers["Content-Length"]
        del headers["Accept-Ranges"]  # ranges would be those of the plain form
        tag = headers.get("etag")
        if tag is not None:
            headers["ETag"] = coded_tag(tag, name)
        coder = make_coder(name)
        if more:
            self._coder = coder
            await self._send(start)
            await self._go_on(coder, body, more=True)
            return
        if body or not self._is_head:
            body = await _code(lambda: _whole(coder, body), len(body))
            headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": _BODY, "body": body, "more_body": False})

    async def _go_on(self, coder: Coder, content: bytes, *, more: bool) -> None:
        rest = self._rest
        rest += content
        while len(rest) >= BLOCK_BYTES:
            block = bytes(rest[:BLOCK_BYTES])
            del rest[:BLOCK_BYTES]
            coded = await asyncio.to_thread(coder.block, block)
            await self._send({"type": _BODY, "body": coded, "more_body": True})
        if not more:
            last = bytes(rest)
            coded = await _code(lambda: coder.last(last), len(last))
            await self._send({"type": _BODY, "body": coded, "more_body": False})


async def _code(work: Callable[[], bytes], size: int) -> bytes:
    """Code some content, in a thread if it is much."""
    return work() if size <= _SMALL_BYTES else await asyncio.to_thread(work)


def _whole(coder: Coder, body: bytes) -> bytes:
    """Code a body that is here at once into the same bytes as if it came in parts."""
    end = len(body) - len(body) % BLOCK_BYTES
    blocks = [coder.block(body[start : start + BLOCK_BYTES]) for start in range(0, end, BLOCK_BYTES)]
    return b"".join([*blocks, coder.last(body[end:])])


def _is_packable(status: int, headers: Headers) -> bool:
    """Say whether an answer is of a kind that is compressed for who wants it (RFC 9110, section 7.7)."""
    media_type = headers.get("content-type", "")
    return (
        status not in _NO_CONTENT
        and media_type != ""
        and not _PACKED.match(media_type)
        and "content-encoding" not in headers
        and "no-transform" not in headers.get("cache-control", "")
    )


def _vary(headers: MutableHeaders) -> None:
    """Say once that Accept-Encoding decides between the forms, in one line with all else that does."""
    names = [name for line in headers.getlist("vary") for found in line.split(",") if (name := found.strip())]
    if not any(name.lower() in ("*", "accept-encoding") for name in names):
        names.append("Accept-Encoding")
    headers["Vary"] = ", ".join(names)


def _name_known_form(headers: MutableHeaders, known: str) -> None:
    """Give an answer 304 the tag of the form that the client has, so it may go on using it."""
    tag = headers.get("etag")
    tags = _TAG.findall(known)
    if tag is not None:
        headers["ETag"] = next((form for form in coded_tags(tag) if form in tags), tag)


def _with_plain_tags(scope: Scope) -> Scope:
    headers = [
        (name, plain_tags(value) if name == b"if-none-match" else value) for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}
