"""Answers that equal requests share: kept ones, and those under way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from answer_support import problem
from server_support import Server, is_ready, run_server, wait_until
from service_support import many_quads, publish_quads, quads_of

from graph.snapshots.home import SnapshotHome
from graph.snapshots.publishing import rollback

SMALL = "SELECT * { ?s <http://e/p> ?o } LIMIT 40"
LARGE = "SELECT * { ?s <http://e/p> ?o }"
PAIR = "{ SELECT ?%s { ?%s <http://e/p> ?o } LIMIT 3000 }"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ {PAIR % ('a', 'a')} {PAIR % ('b', 'b')} }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = "application/x-www-form-urlencoded"

# Methods, addresses, headers and bodies of requests whose answers are kept.
REQUESTS = {
    "query": ("GET", "/sparql?" + urlencode({"query": SMALL}), {}, b""),
    "query in CSV": ("GET", "/sparql?" + urlencode({"query": SMALL}), {"accept": "text/csv"}, b""),
    "query by suffix": ("GET", "/sparql.tsv?" + urlencode({"query": SMALL}), {}, b""),
    "query in a form": ("POST", "/sparql", {"content-type": FORM}, urlencode({"query": SMALL}).encode()),
    "query as body": ("POST", "/sparql", {"content-type": "application/sparql-query"}, SMALL.encode()),
    "QUERY": ("QUERY", "/sparql", {"content-type": "application/sparql-query"}, SMALL.encode()),
    "answer larger than the window": ("GET", "/sparql?" + urlencode({"query": LARGE}), {}, b""),
    "graph": ("GET", "/sparql?" + urlencode({"query": "CONSTRUCT WHERE { ?s a ?t }"}), {}, b""),
    "service description": ("GET", "/sparql", {"accept": "text/turtle"}, b""),
    "document": ("GET", "/data/unit/2025/19.json", {}, b""),
    "negotiated document": ("GET", "/data/unit/2025/19", {"accept": "text/turtle"}, b""),
    "page": ("GET", "/page/unit/2025/19", {"accept-language": "en"}, b""),
}

CACHE = 64 * 1024 * 1024


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> SnapshotHome:
    made = SnapshotHome(tmp_path_factory.mktemp("shared") / "home")
    publish_quads(made, [*quads_of(), *many_quads(10_000)])
    return made


@pytest.fixture(scope="module")
def one_worker(home: SnapshotHome) -> Iterator[Server]:
    """A server with one worker and no queue: two evaluations at once are one too many."""
    with run_server(
        home, home.root.parent / "log", workers=1, queue=0, deadline=20, answer_cache=CACHE
    ) as running:
        wait_until(lambda: is_ready(running))
        yield running


@pytest.fixture
def client(one_worker: Server) -> Iterator[httpx.Client]:
    with one_worker.client() as made:
        yield made


def is_hit(response: httpx.Response) -> bool:
    return response.headers.get("cache-status") == "vndx; hit"


def headers_of(response: httpx.Response) -> dict[str, str]:
    """Give the headers but those that are of one request: the id and token of a query that was run too."""
    own = ("date", "cache-status", "query-id", "query-token")
    return {name: value for name, value in response.headers.items() if name not in own}


def raw(client: httpx.Client, name: str, **more: str) -> tuple[httpx.Response, bytes]:
    """Send one of `REQUESTS`, and give the answer with its bytes as they came."""
    method, address, headers, body = REQUESTS[name]
    with client.stream(method, address, headers=headers | more, content=body or None) as response:
        return response, b"".join(response.iter_raw())


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers=headers)


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("name", REQUESTS)
def test_a_kept_answer_has_the_headers_and_bytes_of_the_first(
    client: httpx.Client, name: str, coding: str
) -> None:
    first, first_bytes = raw(client, name, **{"accept-encoding": coding})
    again, again_bytes = raw(client, name, **{"accept-encoding": coding})
    assert (first.status_code, is_hit(first)) == (200, False)
    assert (again.status_code, is_hit(again)) == (200, True)
    assert headers_of(first) == headers_of(again)
    assert first_bytes == again_bytes != b""


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("name", ["query", "page"])
def test_who_has_a_kept_answer_is_told_so(client: httpx.Client, name: str, coding: str) -> None:
    kept, _ = raw(client, name, **{"accept-encoding": coding})
    for tag in (kept.headers["etag"], f'"other", W/{kept.headers["etag"]}', "*"):
        told, content = raw(client, name, **{"accept-encoding": coding, "if-none-match": tag})
        assert (told.status_code, content) == (304, b"")
        for header in ("cache-control", "link", "access-control-allow-origin"):
            assert told.headers[header] == kept.headers[header]
    told, _ = raw(client, name, **{"accept-encoding": coding, "if-none-match": kept.headers["etag"]})
    assert told.headers["etag"] == kept.headers["etag"]
    assert is_hit(told)
    changed, content = raw(client, name, **{"accept-encoding": coding, "if-none-match": '"other"'})
    assert (changed.status_code, content != b"") == (200, True)


def test_the_tag_of_the_other_coding_is_known_too(client: httpx.Client) -> None:
    tags = [raw(client, "query", **{"accept-encoding": coding})[0].headers["etag"] for coding in ("", "gzip")]
    assert tags[0] != tags[1]
    for tag in tags:
        for coding in ("", "gzip"):
            told, _ = raw(client, "query", **{"accept-encoding": coding, "if-none-match": tag})
            assert told.status_code == 304


def test_head_of_a_kept_answer_has_no_body(client: httpx.Client) -> None:
    kept = ask(client, SMALL)
    response = client.head("/sparql", params={"query": SMALL})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["etag"] == kept.headers["etag"]


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()"])
def test_an_answer_that_would_differ_is_not_kept(client: httpx.Client, function: str) -> None:
    query = f"SELECT ({function} AS ?x) {{}}"
    answers = [ask(client, query) for _ in range(2)]
    assert not any(map(is_hit, answers))
    if function != "BNODE()":
        assert answers[0].content != answers[1].content


@pytest.mark.parametrize("address", ["/sparql?query=SELECT", "/data/unit/2025/none", "/data/unit/2025/19/"])
def test_only_answers_200_are_kept(client: httpx.Client, address: str) -> None:
    answers = [client.get(address) for _ in range(3)]
    assert len({found.status_code for found in answers}) == 1
    assert answers[0].status_code != 200
    assert not any(map(is_hit, answers))


def test_other_languages_and_formats_are_other_answers(client: httpx.Client) -> None:
    for _ in range(2):
        languages = [
            client.get("/page/unit/2025/19", headers={"accept-language": language}).headers[
                "content-language"
            ]
            for language in ("vi", "en")
        ]
        assert languages == ["vi", "en"]
        types = [
            ask(client, SMALL, accept=accept).headers["content-type"].partition(";")[0]
            for accept in ("text/csv", "application/sparql-results+xml")
        ]
        assert types == ["text/csv", "application/sparql-results+xml"]


def test_other_bodies_are_other_answers(client: httpx.Client) -> None:
    for _ in range(2):
        found = [
            client.post("/sparql", data={"query": f"SELECT ({number} AS ?n) {{}}", "format": "csv"}).text
            for number in (1, 2)
        ]
        assert [text.split() for text in found] == [["n", "1"], ["n", "2"]]


def test_equal_queries_at_once_are_evaluated_once(one_worker: Server) -> None:
    def ask_once(_: int) -> tuple[int, bytes]:
        with one_worker.client() as client:
            response = ask(client, SLOW)
            return response.status_code, response.content

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask_once, range(8)))
    # With one worker and no queue, a second evaluation would have been turned away.
    assert {status for status, _ in answers} == {200}
    assert len({content for _, content in answers}) == 1


def test_those_who_wait_get_the_answer_when_the_first_client_goes(one_worker: Server) -> None:
    query = SLOW.replace("?n", "?first_goes")
    target = urlencode({"query": query})
    first = one_worker.connect()
    first.sendall(f"GET /sparql?{target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    time.sleep(0.2)
    answers: list[httpx.Response] = []

    def wait() -> None:
        with one_worker.client() as client:
            answers.append(client.get(f"/sparql?{target}", headers={"accept": "", "accept-encoding": ""}))

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.2)
    first.close()
    waiting.join()
    assert [answer.status_code for answer in answers] == [200]


def test_when_all_clients_have_gone_the_worker_is_free(one_worker: Server) -> None:
    target = urlencode({"query": ENDLESS})
    request = f"GET /sparql?{target} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    clients = [one_worker.connect() for _ in range(3)]
    for connection in clients:
        connection.sendall(request)
        time.sleep(0.1)
    with one_worker.client() as client:
        assert ask(client, "SELECT (1 AS ?busy) {}").status_code == 503
        for connection in clients:
            connection.close()
        wait_until(lambda: ask(client, "SELECT (2 AS ?free) {}").status_code == 200, seconds=5)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_that_meets_its_deadline_meets_it_once_for_all_who_asked(
    one_worker: Server, method: str
) -> None:
    """With one worker and no queue, whoever asked for itself would be told that the service is busy."""
    query = ENDLESS.replace("?n", f"?{method}")

    def ask_once(_: int) -> httpx.Response:
        with one_worker.client() as client:
            parameters = {"query": query, "timeout": "700ms"}
            if method == "GET":
                return client.get("/sparql", params=parameters)
            return client.post("/sparql", data=parameters)

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(ask_once, range(6)))
    for answer in answers:
        problem(answer, 503, "query-timeout")
    told = [answer.headers["query-id"] for answer in answers if "query-id" in answer.headers]
    assert len(told) == 1  # that of the one whose query was run
    with one_worker.client() as client:
        free = f"SELECT ?free_after_{method} {{}}"
        wait_until(lambda: ask(client, free).status_code == 200, seconds=5)


def test_each_coding_is_an_answer_of_its_own(client: httpx.Client) -> None:
    query = SMALL + " # in codings"
    for is_kept in (False, True):
        for accepted, coding in (
            ("gzip", "gzip"),
            ("gzip;q=0.5, br", "br"),
            ("zstd, br;q=0", "zstd"),
            ("gzip;q=0", None),
        ):
            response = ask(client, query, **{"accept-encoding": accepted})
            assert response.headers.get("content-encoding") == coding
            assert is_hit(response) == is_kept
    assert is_hit(ask(client, query, **{"accept-encoding": "x-gzip, unknown"}))


def test_an_answer_too_large_to_be_kept_is_whole(home: SnapshotHome, tmp_path: Path) -> None:
    limits = {"workers": 2, "answer_cache": CACHE, "answer_cache_entry": 20_000}
    with run_server(home, tmp_path / "log", **limits) as server, server.client() as client:
        wait_until(lambda: is_ready(server))
        answers = [
            ask(client, LARGE, **{"accept": "text/csv", "accept-encoding": coding})
            for coding in ("gzip", "gzip", "identity", "identity")
        ]
        assert {len(found.content.splitlines()) for found in answers} == {10_001}
        assert not any(map(is_hit, answers))
        assert [is_hit(ask(client, SMALL)) for _ in range(2)] == [False, True]


def test_without_a_cache_nothing_is_kept(home: SnapshotHome, tmp_path: Path) -> None:
    with run_server(home, tmp_path / "log", answer_cache=0) as server, server.client() as client:
        wait_until(lambda: is_ready(server))
        answers = [ask(client, SMALL) for _ in range(2)]
        assert answers[0].content == answers[1].content
        assert not any(map(is_hit, answers))


def test_an_answer_is_kept_for_its_snapshot(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    first = publish_quads(home, quads_of())
    with (
        run_server(home, tmp_path / "log", follow_seconds=0.1, answer_cache=CACHE) as server,
        server.client() as client,
    ):
        wait_until(lambda: is_ready(server))
        old = [ask(client, count) for _ in range(2)]
        assert [is_hit(found) for found in old] == [False, True]
        second = publish_quads(home, [*quads_of(), *many_quads(500)])
        wait_until(lambda: client.get("/health/ready").json()["snapshot"] == second.id)
        new = [ask(client, count) for _ in range(2)]
        assert [is_hit(found) for found in new] == [False, True]
        assert new[0].content == new[1].content != old[0].content
        rollback(home)
        wait_until(lambda: client.get("/health/ready").json()["snapshot"] == first.id)
        assert ask(client, count).content == old[0].content


@pytest.mark.parametrize(
    "path",
    ["/", "/browse", "/browse/documents", "/conflicts", "/sparql", "/search?q=bac", "/ontology",
     "/ontology.ttl", "/concepts", "/shapes", "/sitemap.xml"],
)  # fmt: skip
def test_every_page_of_a_snapshot_alone_is_kept(built: httpx.Client, path: str) -> None:
    headers = {"accept": "text/html, */*;q=0.1", "accept-language": "vi;q=0.3"}
    first, again = (built.get(path, headers=headers) for _ in range(2))
    assert (first.status_code, is_hit(first)) == (200, False)
    assert (again.status_code, is_hit(again)) == (200, True)
    assert again.content == first.content


def test_the_list_of_downloads_is_not_kept_as_it_names_other_snapshots(built: httpx.Client) -> None:
    assert not any(is_hit(built.get("/dumps/", headers={"accept": "text/html"})) for _ in range(2))
