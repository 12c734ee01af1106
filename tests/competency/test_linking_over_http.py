"""``POST /api/v1/link`` of a server with the whole dataset: tables come back linked, whole or not at all."""

from __future__ import annotations

import codecs
import csv
import io
import re
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from build_support import ROOT

pytestmark = pytest.mark.snapshot

EXAMPLES = ROOT / "docs" / "examples"
GUIDE = {"column": "xã", "within": ["huyện", "tỉnh"], "dateColumn": "ngày", "asOf": "2026-11-21"}
CSV = {"Content-Type": "text/csv"}


def post(http: httpx.Client, content: bytes | str, **parameters: object) -> httpx.Response:
    body = content.encode() if isinstance(content, str) else content
    return http.post("/api/v1/link", content=body, headers=CSV, params=parameters)  # type: ignore[arg-type]


def test_the_example_of_the_guide_comes_back_as_the_command_line_gives_it(http: httpx.Client) -> None:
    answer = post(http, (EXAMPLES / "old-communes.csv").read_bytes(), **GUIDE)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.content == (EXAMPLES / "old-communes-linked.csv").read_bytes()


def test_over_http_1_0_the_answer_has_its_length(http: httpx.Client) -> None:
    address = urlsplit(str(http.base_url))
    body = "name\nThái Nguyên\n".encode()
    lines = (
        "POST /api/v1/link?column=name HTTP/1.0",
        "Content-Type: text/csv",
        f"Content-Length: {len(body)}",
    )
    head = "\r\n".join((*lines, "", ""))
    with socket.create_connection((address.hostname, address.port), 20) as connection:
        connection.sendall(head.encode() + body)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    answer_head, _, content = received.partition(b"\r\n\r\n")
    assert b"200 OK" in answer_head
    assert f"content-length: {len(content)}".encode() in answer_head.lower()
    assert content.startswith(b"name,vndx_matched")


def test_encoding_and_delimiter_come_back_as_they_were(http: httpx.Client) -> None:
    body = codecs.BOM_UTF16_LE + "tỉnh;n\r\nTỉnh Thái Nguyên;1\r\n".encode("utf-16-le")
    answer = post(http, body, column="tỉnh", date="2025-06-30")
    assert answer.headers["content-type"] == "text/csv; charset=utf-16; header=present"
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-16"), newline=""), delimiter=";")
    assert (row["n"], row["vndx_unit"]) == ("1", "https://w3id.org/vndx/id/unit/2004/19")


@pytest.mark.parametrize(
    ("content", "parameters", "message"),
    [
        ("", {"column": "a"}, "the table is empty"),
        ("a,b\n", {"column": "c"}, "there is no column 'c'; there are 'a', 'b'"),
        ("a,a\n", {"column": "a"}, "several columns 'a'"),
        (b"a\n\xe3x\n", {"column": "a"}, "line 2 is not UTF-8"),
        (b"a\n" + b"x\n" * 60_000 + b"\xe3x\n", {"column": "a"}, "line 60002 has bytes that are not UTF-8"),
        ("a\n", {}, "column"),
        ("a\n", {"column": "a", "date": "2025"}, "no single day"),
        ("a\n", {"column": "a", "date": "2025-06-30", "dateColumn": "a"}, "not both"),
        ("a\n", {"column": "a", "level": "ward"}, "'province', 'district' or 'commune'"),
        (
            "a\n",
            {"column": "a", "colour": "red"},
            "there is no such parameter; there are column, within, date",
        ),
    ],
)
def test_what_makes_the_whole_impossible_is_a_400(
    http: httpx.Client, content: bytes | str, parameters: dict[str, object], message: str
) -> None:
    answer = post(http, content, **parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert message in answer.json()["detail"]


@pytest.mark.parametrize(
    "media_type", ["multipart/form-data; boundary=x", "application/json", "text/csv; charset=windows-1258"]
)
def test_a_body_of_another_type_is_a_415(http: httpx.Client, media_type: str) -> None:
    answer = http.post("/api/v1/link?column=a", content=b"a\n", headers={"Content-Type": media_type})
    assert answer.status_code == 415


def test_too_large_a_table_is_a_413_declared_or_not(http: httpx.Client) -> None:
    size = 32 * 1024 * 1024 + 1
    declared = http.post("/api/v1/link?column=a", content=b"x" * size, headers=CSV)
    assert (declared.status_code, declared.json()["limit"]) == (413, size - 1)
    blocks = (b"x" * 65536 for _ in range(size // 65536 + 1))
    assert http.post("/api/v1/link?column=a", content=blocks, headers=CSV).status_code == 413


def test_a_large_answer_begins_before_it_is_whole_and_others_are_answered_meanwhile(
    http: httpx.Client,
) -> None:
    rows = 3_000
    lines = (f'{n},"Thôn {n}, Sảng Mộc, Võ Nhai, Thái Nguyên"\n' for n in range(rows))
    table = "n,name\n" + "".join(lines)
    waits = []
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(post, http, table, column="name")
        while not running.done():
            started = time.monotonic()
            assert http.get("/health/live").status_code == 200
            waits.append(time.monotonic() - started)
            time.sleep(0.02)
    answer = running.result()
    assert answer.status_code == 200
    assert answer.headers.get("content-length") is None
    found = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [int(row["n"]) for row in found] == list(range(rows))
    assert len(waits) > 3
    assert max(waits) < 2


def test_clients_that_leave_take_no_place_from_the_next_one(http: httpx.Client) -> None:
    table = "n,name\n" + "".join(f'{n},"Thôn {n}, Sảng Mộc, Võ Nhai, Thái Nguyên"\n' for n in range(20_000))
    for _ in range(3):
        with http.stream("POST", "/api/v1/link?column=name", content=table.encode(), headers=CSV) as answer:
            assert answer.status_code == 200
            next(answer.iter_bytes())
    started = time.monotonic()
    assert post(http, "name\nBắc Kạn\n", column="name").status_code == 200
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("page", ["linking.md", "api/linking.md"])
def test_the_request_that_a_page_prints_gives_a_linked_table(
    http: httpx.Client, page: str, tmp_path: Path
) -> None:
    blocks = re.findall(
        r"^```sh\n(.*?)^```", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (command,) = [block.strip() for block in blocks if "curl" in block]
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    printed = command.replace("http://localhost:8000", str(http.base_url).rstrip("/"))
    done = subprocess.run(["sh", "-c", printed], cwd=tmp_path, capture_output=True, check=True)
    written = tmp_path / "linked.csv"
    text = written.read_text("utf-8") if written.exists() else done.stdout.decode()
    assert next(csv.DictReader(io.StringIO(text, newline="")))["vndx_current_name"] == "Xã Thần Sa"
