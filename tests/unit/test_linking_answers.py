"""An answer that fails on its way has no end, and leaves nothing open."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator, MutableMapping
from contextlib import AsyncExitStack
from typing import Any

import pytest

from api.admission import Admission, AdmissionLimits
from api.linking.streaming import LinkedTableResponse, LinkingWork
from graph.linking.csv_form import CsvForm
from graph.linking.tables import LinkedRow

FORM = CsvForm("utf-8", b"\xef\xbb\xbf", ",", 2)
Messages = list[MutableMapping[str, Any]]


class Rows:
    """Stands for a table, of which a row may fail."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def rows(self) -> Iterator[LinkedRow]:
        for line, text in enumerate(self._texts, 1):
            if text == "fail":
                raise MemoryError(text)
            yield LinkedRow(line, text)


def answer(*texts: str, version: str = "1.1") -> tuple[Messages, io.BytesIO, BaseException | None]:
    """Send an answer, and give its messages, the file it came from, and how it failed."""
    file = io.BytesIO()
    work = LinkingWork(file, FORM, Rows(*texts))  # type: ignore[arg-type]
    sent: Messages = []

    async def run() -> None:
        held = AsyncExitStack()
        place = await held.enter_async_context(Admission(AdmissionLimits(1)).enter("a"))
        held.push_async_callback(place.run, work.close)
        response = LinkedTableResponse(place, work, held, {"Content-Type": "text/csv"})
        scope = {"type": "http", "http_version": version, "method": "POST", "asgi": {"spec_version": "2.3"}}
        await response(scope, _never, _into(sent))

    try:
        asyncio.run(run())
    except MemoryError as error:
        return sent, file, error
    return sent, file, None


async def _never() -> MutableMapping[str, Any]:
    await asyncio.Event().wait()
    raise AssertionError


def _into(sent: Messages) -> Any:
    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    return send


def test_a_whole_answer_begins_with_the_mark_of_the_table_and_ends() -> None:
    sent, file, error = answer("a\n", "b\n")
    assert (error, file.closed) == (None, True)
    assert b"".join(message.get("body", b"") for message in sent) == b"\xef\xbb\xbfa\nb\n"
    assert sent[-1]["more_body"] is False


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_an_answer_that_fails_has_no_end(version: str) -> None:
    sent, file, error = answer("x" * 70_000, "fail", version=version)
    assert (type(error), file.closed) == (MemoryError, True)
    assert all(message.get("more_body", True) for message in sent)
    assert bool(sent) is (version == "1.1")


def test_an_answer_for_http_1_0_has_its_length() -> None:
    sent, _, _ = answer("a\n", version="1.0")
    assert (b"content-length", b"5") in sent[0]["headers"]


def test_work_that_is_closed_gives_nothing_more() -> None:
    work = LinkingWork(io.BytesIO(), FORM, Rows("a"))  # type: ignore[arg-type]
    work.close()
    assert work.next_part() == FORM.mark
    assert work.next_part() == b""
