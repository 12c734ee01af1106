"""Compressed answers of the real service, read by real decoders."""

from __future__ import annotations

import httpx
import pytest

SHORT = "ASK {}"
LONG = "SELECT * { ?s <http://e/p> ?o } LIMIT 400"
STREAMED = "SELECT * { ?s <http://e/p> ?o } LIMIT 20000"
CODINGS = ["gzip", "br", "zstd"]


def ask(http: httpx.Client, query: str, coding: str, method: str = "GET", **headers: str) -> httpx.Response:
    sent = {"accept-encoding": coding, "accept": "text/csv"} | headers
    return http.request(method, "/sparql", params={"query": query}, headers=sent)


@pytest.mark.parametrize("query", [LONG, STREAMED], ids=["whole", "streamed"])
@pytest.mark.parametrize("coding", CODINGS)
def test_a_client_reads_in_every_coding_what_it_reads_in_none(
    http: httpx.Client, coding: str, query: str
) -> None:
    plain, coded = ask(http, query, "identity"), ask(http, query, coding)
    assert coded.headers["content-encoding"] == coding
    assert coded.content == plain.content
    assert coded.num_bytes_downloaded < plain.num_bytes_downloaded / 2
    assert coded.headers.get_list("vary") == plain.headers.get_list("vary") == ["Accept, Accept-Encoding"]
    assert coded.headers["etag"] != plain.headers["etag"]
    known = ask(http, query, coding, **{"if-none-match": coded.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == coded.headers["etag"]
    assert known.headers["vary"] == coded.headers["vary"]


@pytest.mark.parametrize("query", [SHORT, LONG, STREAMED], ids=["small", "whole", "streamed"])
@pytest.mark.parametrize("coding", [*CODINGS, "identity"])
def test_head_says_what_get_would(http: httpx.Client, coding: str, query: str) -> None:
    of_get, of_head = ask(http, query, coding), ask(http, query, coding, "HEAD")
    assert of_head.content == b""
    for name in ("content-encoding", "content-length", "content-type", "etag", "vary", "cache-control"):
        assert of_head.headers.get(name) == of_get.headers.get(name)


@pytest.mark.parametrize("path", ["/", "/page/unit/2025/19", "/data/unit/2025/19.json", "/ontology"])
def test_pages_and_documents_are_compressed_as_well(http: httpx.Client, path: str) -> None:
    plain = http.get(path, headers={"accept-encoding": "identity"})
    coded = http.get(path, headers={"accept-encoding": "gzip, deflate, br, zstd"})
    assert coded.headers["content-encoding"] == "zstd"
    assert coded.content == plain.content


@pytest.mark.parametrize("coding", CODINGS)
def test_the_first_rows_of_a_long_answer_come_before_the_last_are_known(
    http: httpx.Client, coding: str
) -> None:
    """The query has no end; what has come of it can be read."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    headers = {"accept-encoding": coding, "accept": "text/csv"}
    with http.stream("GET", "/sparql", params={"query": query}, headers=headers) as response:
        first = next(part for part in response.iter_bytes() if part)
    assert first.startswith(b"a,b,c,d,e,f,g,h,i\r\n")
    assert first.count(b"\r\n") > 100
