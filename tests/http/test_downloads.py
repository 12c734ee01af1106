"""``/dumps/``: whole files and parts of them, with check sums, for every client that resumes a download."""

from __future__ import annotations

import base64
import gzip
import hashlib
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
import zstandard
from pyoxigraph import RdfFormat, parse
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

IDENTITY = {"Accept-Encoding": "identity"}
FILE = "/dumps/vndx.nq.gz"


def test_every_file_of_the_list_has_its_size_and_check_sum(built: httpx.Client) -> None:
    listed = built.get("/dumps/").json()
    sums = dict(reversed(line.split("  ")) for line in built.get(listed["checksums"]).text.splitlines())
    assert {item["file"] for item in listed["items"]} == set(sums)
    for item in listed["items"]:
        answer = built.get(item["url"], headers=IDENTITY)
        assert len(answer.content) == item["bytes"]
        digest = hashlib.sha256(answer.content)
        assert digest.hexdigest() == item["sha256"] == sums[item["file"]]
        assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"


def test_gzip_and_zstandard_hold_the_same_quads(built: httpx.Client) -> None:
    packed = built.get(FILE, headers=IDENTITY).content
    other = built.get("/dumps/vndx.nq.zst", headers=IDENTITY).content
    assert gzip.decompress(packed) == zstandard.ZstdDecompressor().decompressobj().decompress(other)


def test_a_graph_can_be_had_alone(built: httpx.Client) -> None:
    listed = built.get("/dumps/").json()["items"]
    (item,) = [
        i for i in listed if i.get("graph", {}).get("id") == "https://w3id.org/vndx/graph/source/sample"
    ]
    assert item["graph"]["label"]["vi"]
    assert item["licence"].startswith("https://")
    text = gzip.decompress(built.get(item["url"], headers=IDENTITY).content)
    assert any("claim/sample" in str(quad.subject) for quad in parse(text, RdfFormat.N_TRIPLES))


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=100-", 100, -1), ("bytes=-7", -7, -1)]
)
def test_a_part_is_a_206_with_just_these_bytes(
    built: httpx.Client, asked: str, first: int, last: int
) -> None:
    whole = built.get(FILE, headers=IDENTITY).content
    size = len(whole)
    first, last = first % size, last % size
    answer = built.get(FILE, headers=IDENTITY | {"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{size}"
    assert answer.content == whole[first : last + 1]


def test_a_part_of_another_version_is_the_whole_file(built: httpx.Client) -> None:
    tag = built.head(FILE, headers=IDENTITY).headers["etag"]
    headers = IDENTITY | {"Range": "bytes=0-9"}
    assert built.get(FILE, headers=headers | {"If-Range": tag}).status_code == 206
    assert built.get(FILE, headers=headers | {"If-Range": '"other"'}).status_code == 200


def test_a_part_behind_the_end_is_a_416_that_says_the_size(built: httpx.Client) -> None:
    size = built.head(FILE, headers=IDENTITY).headers["content-length"]
    answer = built.get(FILE, headers=IDENTITY | {"Range": f"bytes={size}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"
    assert answer.json()["type"].endswith("/range-not-satisfiable")


@pytest.mark.parametrize("asked", ["lines=0-9", "bytes=9-1", "bytes=x"])
def test_what_is_no_range_is_ignored(built: httpx.Client, asked: str) -> None:
    assert built.get(FILE, headers=IDENTITY | {"Range": asked}).status_code == 200


def test_a_file_that_is_known_is_not_sent_again(built: httpx.Client) -> None:
    tag = built.head(FILE).headers["etag"]
    assert built.get(FILE, headers={"If-None-Match": tag}).status_code == 304


def test_a_packed_file_is_not_packed_again(built: httpx.Client) -> None:
    answer = built.get(FILE, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "application/gzip"


def test_the_files_of_a_snapshot_have_addresses_of_their_own(built: httpx.Client) -> None:
    permanent = built.get("/dumps/").json()["permanent"]
    listed = built.get(permanent).json()
    assert listed["items"][0]["url"].startswith(permanent)
    answer = built.get(listed["items"][0]["url"], headers=IDENTITY)
    assert "immutable" in answer.headers["cache-control"]
    assert built.get("/dumps/0000000000000000/").status_code == 404


@pytest.mark.parametrize(
    "path", ["nope", "../manifest.json", "%2e%2e/manifest.json", "graphs", "graphs/../SHA256SUMS", "vndx.nq"]
)
def test_nothing_but_the_listed_files_can_be_reached(built_server: Server, path: str) -> None:
    request = f"GET /dumps/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert built_server.exchange(request.encode()).startswith(b"HTTP/1.1 404 ")


def test_a_browser_gets_a_page_in_its_language(built: httpx.Client) -> None:
    html = {"Accept": "text/html"}
    assert "Tải dữ liệu" in built.get("/dumps/", headers=html).text
    assert "The whole dataset" in built.get("/dumps/", params={"lang": "en"}, headers=html).text


def test_the_folder_without_its_slash_leads_to_it(built: httpx.Client) -> None:
    answer = built.get("/dumps")
    assert (answer.status_code, answer.headers["location"]) == (308, "/dumps/")


def test_snapshots_that_were_published_before_can_still_be_had(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    first = publish_quads(home, quads_of())
    second = publish_quads(home, [*quads_of(), *many_quads(1)])
    with run_server(home, tmp_path / "log") as running, running.client() as client:
        wait_until(lambda: is_ready(running))
        listed = client.get("/dumps/").json()
        assert listed["snapshot"] == second.id
        (version,) = listed["versions"]
        assert version["snapshot"] == first.id
        assert client.get(version["url"]).json()["snapshot"] == first.id
        assert f"dataset/vndx/version/{first.id}" in client.get("/catalog?format=nt").text


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("gzip"), reason="needs curl and gzip")
def test_curl_resumes_a_download(built_server: Server, tmp_path: Path) -> None:
    address = built_server.base + FILE
    target = tmp_path / "vndx.nq.gz"
    subprocess.run(["curl", "-sf", "-r", "0-999", "-o", target, address], check=True)
    assert target.stat().st_size == 1000
    subprocess.run(["curl", "-sf", "-C", "-", "-o", target, address], check=True)
    subprocess.run(["gzip", "-t", target], check=True)
