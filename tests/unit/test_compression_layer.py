"""The compression layer: which answers it codes, in which parts, and what it leaves as it is."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from api.compression import Compression
from api.content_codings import BLOCK_BYTES

LONG = b"chuyen doi so " * 100


class App:
    """Sends an answer in parts, and says how far it got."""

    def __init__(self, *parts: bytes, status: int = 200, breaks: bool = False, **headers: str) -> None:
        self.parts, self.status, self.breaks = parts, status, breaks
        self.headers = {"content-type": "text/csv", "etag": '"1"'} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.sent = 0
        self.known = b""

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        self.known = dict(scope["headers"]).get(b"if-none-match", b"")
        pairs = [(name.encode(), value.encode()) for name, value in self.headers.items() if value]
        await send({"type": "http.response.start", "status": self.status, "headers": pairs})
        for number, part in enumerate(self.parts, start=1):
            more = self.breaks or number < len(self.parts)
            await send({"type": "http.response.body", "body": part, "more_body": more})
            self.sent = number


def answer(app: App, accepted: str = "gzip", method: str = "GET", **headers: str) -> list[Message]:
    """Give the messages of the answer to a request."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    asyncio.run(Compression(app)(scope(accepted, method, **headers), receive, send))
    return messages


def scope(accepted: str, method: str = "GET", version: str = "1.1", **headers: str) -> dict[str, Any]:
    pairs = {"accept-encoding": accepted} | {name.replace("_", "-"): value for name, value in headers.items()}
    encoded = [(name.encode(), value.encode()) for name, value in pairs.items()]
    return {"type": "http", "method": method, "http_version": version, "headers": encoded}


def headers_of(messages: list[Message]) -> dict[str, str]:
    names = [name.decode().lower() for name, _ in messages[0]["headers"]]
    assert len(names) == len(set(names))
    return {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}


def body_of(messages: list[Message]) -> bytes:
    return b"".join(message["body"] for message in messages[1:])


def test_a_whole_answer_is_coded_with_its_length() -> None:
    messages = answer(App(LONG, content_length=str(len(LONG))))
    headers = headers_of(messages)
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(body_of(messages)) < len(LONG)
    assert gzip.decompress(body_of(messages)) == LONG
    assert (headers["etag"], headers["vary"]) == ('"1;gzip"', "Accept-Encoding")


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
@pytest.mark.parametrize("size", [0, 1, 600, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES + 5])
def test_the_bytes_are_the_same_in_whatever_parts_the_content_comes(coding: str, size: int) -> None:
    content = (LONG * (size // len(LONG) + 1))[:size]
    halves = (content[: size // 3], content[size // 3 :])
    bodies = {
        body_of(answer(App(*parts), f"{coding}, identity;q=0"))
        for parts in ((content,), (content, b""), halves, (b"", *halves, b""))
    }
    assert len(bodies) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": "image/png"},
        {"content_type": "font/woff2"},
        {"content_type": "application/zip"},
        {"content_type": "application/gzip"},
        {"content_type": "application/epub+zip"},
        {"content_type": ""},
        {"content_encoding": "br"},
        {"cache_control": "public, no-transform"},
    ],
)
def test_what_is_packed_already_or_must_stay_is_left_alone(headers: dict[str, str]) -> None:
    messages = answer(App(LONG, **headers))
    assert body_of(messages) == LONG
    assert headers_of(messages).get("content-encoding") == headers.get("content_encoding")
    assert headers_of(messages)["etag"] == '"1"'
    assert "vary" not in headers_of(messages)


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "image/svg+xml", "application/sparql-results+json", "text/html; charset=utf-8"],
)
def test_text_in_any_type_is_coded(media_type: str) -> None:
    assert headers_of(answer(App(LONG, content_type=media_type)))["content-encoding"] == "gzip"


def test_a_small_answer_is_coded_only_for_who_cannot_read_it_otherwise() -> None:
    assert "content-encoding" not in headers_of(answer(App(b"x" * 499)))
    assert headers_of(answer(App(b"x" * 500)))["content-encoding"] == "gzip"
    assert headers_of(answer(App(b"x"), "gzip, identity;q=0"))["content-encoding"] == "gzip"


def test_a_part_of_an_answer_is_left_alone() -> None:
    messages = answer(App(LONG, status=206, content_range="bytes 0-1399/5000"))
    assert body_of(messages) == LONG
    assert headers_of(messages)["etag"] == '"1"'


def test_ranges_are_not_offered_of_the_coded_form() -> None:
    assert "accept-ranges" not in headers_of(answer(App(LONG, accept_ranges="bytes")))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Accept-Encoding"),
        ("Accept", "Accept, Accept-Encoding"),
        ("Accept, accept-encoding", "Accept, accept-encoding"),
        ("*", "*"),
    ],
)
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_vary_names_the_header_once_in_both_forms(given: str, said: str, accepted: str) -> None:
    assert headers_of(answer(App(LONG, vary=given), accepted))["vary"] == said


@pytest.mark.parametrize("parts", [(LONG,), (LONG, LONG), (b"few",)])
def test_head_has_the_headers_of_get(parts: tuple[bytes, ...]) -> None:
    length = {"content_length": str(len(parts[0]))} if len(parts) == 1 else {}
    of_get = headers_of(answer(App(*parts, **length)))
    of_head = headers_of(answer(App(b"", **length), method="HEAD"))
    with_body = headers_of(answer(App(*parts, **length), method="HEAD"))
    assert with_body == of_get
    # The length of the coded form is not known without the body; it need not be told then.
    assert of_head == {name: of_get[name] for name in of_head}
    assert of_get.keys() - of_head.keys() <= {"content-length"}


@pytest.mark.parametrize("form", ["", ";gzip", ";br", ";zstd"])
def test_the_tag_of_any_form_is_known_and_told_again(form: str) -> None:
    app = App(b"", status=304)
    messages = answer(app, if_none_match=f'"0", "1{form}"')
    assert app.known == b'"0", "1"'
    assert headers_of(messages)["etag"] == f'"1{form}"'
    assert headers_of(messages)["vary"] == "Accept-Encoding"
    assert "content-encoding" not in headers_of(messages)


def test_an_answer_over_http_1_0_is_left_alone() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    asyncio.run(Compression(App(LONG))(scope("gzip", version="1.0"), receive, send))
    assert body_of(sent) == LONG


def test_a_broken_answer_is_not_ended() -> None:
    messages = answer(App(LONG * 100, LONG, breaks=True))
    assert all(message["more_body"] for message in messages[1:])


def test_a_slow_reader_slows_the_answer_down() -> None:
    """No part is taken before the one before it has gone."""
    app = App(*[LONG * 100] * 50)

    async def read_a_little() -> int:
        taken = asyncio.Semaphore(3)

        async def send(_: Message) -> None:
            await taken.acquire()

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        task = asyncio.ensure_future(Compression(app)(scope("zstd"), receive, send))
        await asyncio.sleep(0.2)
        task.cancel()
        return app.sent

    assert asyncio.run(read_a_little()) <= 3
