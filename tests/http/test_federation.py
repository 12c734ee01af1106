"""SERVICE to an origin that is allowed and public, and to no other; and what comes back."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from other_servers import RESULTS_JSON, Answer, Asked, OtherServer, other_server, redirect, values
from process_support import processes_of
from pyoxigraph import Store
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

CALL = "SELECT (COUNT(*) AS ?n) {{ SERVICE <{base}/sparql> {{ ?s <http://e/p> ?o }} }}"
VALUES = "SELECT ?x {{ SERVICE <{base}/sparql> {{ ?s ?p ?x }} }}"
LIMIT = 100_000
SECOND = values("second")
ELSEWHERE = ("file:///etc/hostname", "//127.0.0.1:1/", "http://[::1", "ftp://e/", "\\\\e", "http://e:x/", "")


@contextmanager
def federating(folder: Path, *origins: str, **settings: object) -> Iterator[Server]:
    """Run a server whose queries may call some origins."""
    home = SnapshotHome(folder / "home")
    publish_quads(home, quads_of()[:3])
    allowed = ",".join(origins)
    with run_server(home, folder / "log", service_origins=allowed, **{"workers": 1, **settings}) as running:
        wait_until(lambda: is_ready(running))
        yield running


class Others:
    """Two other servers that may be called, one that may not, and what they answer for now."""

    def __init__(self, first: OtherServer, second: OtherServer, forbidden: OtherServer) -> None:
        self.first, self.second, self.forbidden = first, second, forbidden

    def answer(self, first: Answer, second: Answer = SECOND) -> None:
        self.first.answer, self.second.answer = (lambda _: first), (lambda _: second)
        for other in (self.first, self.second, self.forbidden):
            other.asked.clear()


@pytest.fixture(scope="module")
def others() -> Iterator[Others]:
    with (
        other_server(values("first")) as first,
        other_server(values("second")) as second,
        other_server(values("forbidden")) as forbidden,
    ):
        yield Others(first, second, forbidden)


@pytest.fixture(scope="module")
def running(others: Others, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("federating")
    settings = {"service_allow_private": True, "service_result_limit": LIMIT, "deadline": 1.5, "workers": 2}
    with federating(folder, others.first.base, others.second.base, **settings) as server:
        yield server


@pytest.fixture
def client(running: Server) -> Iterator[httpx.Client]:
    """A client; after each test the server is as before, with nothing in its log."""
    before = processes_of(running)
    with running.client() as opened:
        yield opened
        assert opened.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    after = processes_of(running)
    assert (after.server, after.zygote) == (before.server, before.zygote)
    assert "Traceback" not in running.log.read_text()


def ask(client: httpx.Client, query: str, **params: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, "format": "csv", **params})


def problem(answer: httpx.Response, status: int, slug: str) -> str:
    assert answer.status_code == status, answer.text
    content = answer.json()
    assert content["type"].endswith(f"/{slug}")
    return str(content["detail"])


def test_an_allowed_origin_can_be_called_and_others_cannot(server: Server, tmp_path: Path) -> None:
    """Federation of two servers of this kind."""
    with federating(tmp_path, server.base, service_allow_private=True) as running, running.client() as client:
        allowed = ask(client, CALL.format(base=server.base))
        assert allowed.text.split() == ["n", "40000"]
        own = ask(client, CALL.format(base=running.base))
        assert own.status_code == 403


def test_what_others_answer_is_not_kept(server: Server, tmp_path: Path) -> None:
    """It may be another tomorrow, when the snapshot here is the same."""
    with federating(tmp_path, server.base, service_allow_private=True) as running, running.client() as client:
        for _ in range(2):
            answer = client.get("/sparql", params={"query": CALL.format(base=server.base)})
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "no-store"
            assert not {"etag", "cache-status"} & answer.headers.keys()


def test_an_allowed_origin_in_a_private_network_is_refused(server: Server, tmp_path: Path) -> None:
    by_name = server.base.replace("127.0.0.1", "localhost")
    nowhere = "https://nowhere.invalid"
    with federating(tmp_path, server.base, by_name, nowhere) as running, running.client() as client:
        for base, why in ((server.base, "private"), (by_name, "private"), (nowhere, "no address")):
            for call in (CALL, CALL.replace("SERVICE", "SERVICE SILENT")):
                refused = ask(client, call.format(base=base))
                assert why in problem(refused, 403, "service-refused")
        harmless = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
        assert harmless.json()["boolean"] is True


def test_a_remote_engine_is_not_sent_to_a_private_network_either(server: Server, tmp_path: Path) -> None:
    engine = f"{server.base}/sparql"
    with federating(tmp_path, server.base, engine=engine) as running, running.client() as client:
        refused = ask(client, CALL.format(base=server.base))
        assert (refused.status_code, "private" in refused.text) == (403, True)


def test_a_server_is_asked_what_the_query_asks(client: httpx.Client, others: Others) -> None:
    others.answer(values("ạ"))
    query = f"PREFIX o: <{others.first.base}/> SELECT ?x {{ SERVICE o:a/b {{ ?s <http://e/p> ?x }} }}"
    assert problem(ask(client, query), 400, "query-syntax")
    query = query.replace("o:a/b", "o:a\\u0041")
    assert ask(client, query.replace("\\u0041", "")).text.split() == ["x", "ạ"]
    [asked] = others.first.asked
    assert (asked.method, asked.path) == ("POST", "/a")
    assert asked.headers["host"] == others.first.base.removeprefix("http://")
    assert asked.headers["content-type"] == "application/sparql-query"
    assert RESULTS_JSON in asked.headers["accept"]
    assert b"<http://e/p>" in asked.content


def test_a_call_inside_of_a_call_keeps_its_name(client: httpx.Client, others: Others) -> None:
    others.answer(values("both"))
    inner = f"SERVICE <{others.second.base}/inner> {{ ?s ?p ?x }}"
    query = f"SELECT ?x {{ SERVICE <{others.first.base}/outer> {{ {inner} }} }}"
    assert ask(client, query).text.split() == ["x", "both"]
    assert f"<{others.second.base}/inner>".encode() in others.first.asked[0].content


def test_many_calls_each_go_where_they_should(client: httpx.Client, others: Others) -> None:
    others.answer(values("1"))
    calls = " UNION ".join(f"{{ SERVICE <{others.first.base}/{n}> {{ ?s ?p ?x }} }}" for n in range(12))
    assert ask(client, f"SELECT ?x {{ {calls} }}").text.split() == ["x", *["1"] * 12]
    assert {asked.path for asked in others.first.asked} == {f"/{n}" for n in range(12)}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_an_allowed_origin_is_followed(
    client: httpx.Client, others: Others, status: int
) -> None:
    others.answer(redirect(status, f"{others.second.base}/moved"))
    assert ask(client, VALUES.format(base=others.first.base)).text.split() == ["x", "second"]
    [asked] = others.second.asked
    assert (asked.method, asked.path) == ("GET" if status == 303 else "POST", "/moved")
    assert bool(asked.content) == (status != 303)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_origin_is_refused(client: httpx.Client, others: Others, status: int) -> None:
    others.answer(redirect(status, f"{others.forbidden.base}/sparql"))
    detail = problem(ask(client, VALUES.format(base=others.first.base)), 403, "service-refused")
    assert others.forbidden.base in detail
    assert others.forbidden.asked == []


@pytest.mark.parametrize("location", ELSEWHERE)
def test_a_redirect_to_nowhere_that_may_be_called_is_an_error(
    client: httpx.Client, others: Others, location: str
) -> None:
    others.answer(redirect(307, location), Answer(404))
    answer = ask(client, VALUES.format(base=others.first.base))
    assert answer.status_code in (403, 502)


def test_redirects_in_a_circle_end(client: httpx.Client, others: Others) -> None:
    others.answer(redirect(307, f"{others.second.base}/"), redirect(307, f"{others.first.base}/"))
    detail = problem(ask(client, VALUES.format(base=others.first.base)), 502, "service-failed")
    assert "redirects more than 3 times" in detail
    assert len(others.first.asked) + len(others.second.asked) == 4


FAILURES = {
    "too large": (values("x" * LIMIT), "larger than"),
    "another type": (Answer(200, b"<p>Hello</p>", {"Content-Type": "text/html"}), "text/html"),
    "no type": (Answer(200, b"{}"), "no media type"),
    "an error": (Answer(500, b"out of order", {"Content-Type": "text/plain"}), "500: out of order"),
    "packed": (
        Answer(200, b"\x1f\x8b", {"Content-Type": RESULTS_JSON, "Content-Encoding": "gzip"}),
        "encoding",
    ),
    "broken off": (Answer(200, b'{"head":', {"Content-Type": RESULTS_JSON}, declared=500), "broke off"),
}


@pytest.mark.parametrize(("answer", "why"), FAILURES.values(), ids=FAILURES)
def test_what_a_server_does_wrong_is_said_of_it_by_name(
    client: httpx.Client, others: Others, answer: Answer, why: str
) -> None:
    others.answer(answer)
    detail = problem(ask(client, VALUES.format(base=others.first.base)), 502, "service-failed")
    assert why in detail
    assert f"{others.first.base}/sparql" in detail


@pytest.mark.parametrize(("answer", "why"), FAILURES.values(), ids=FAILURES)
def test_silent_goes_on_without_what_failed(
    client: httpx.Client, others: Others, answer: Answer, why: str
) -> None:
    others.answer(answer)
    query = f"SELECT ?a ?x {{ VALUES ?a {{ 1 2 }} SERVICE SILENT <{others.first.base}/> {{ ?s ?p ?x }} }}"
    assert sorted(ask(client, query).text.split()) == ["1,", "2,", "a,x"]


def test_what_is_no_result_is_an_error_that_names_no_other_address(
    client: httpx.Client, others: Others
) -> None:
    others.answer(Answer(200, b"{]", {"Content-Type": RESULTS_JSON}))
    detail = problem(ask(client, VALUES.format(base=others.first.base)), 400, "query-evaluation")
    assert "127.0.0.1" not in detail.replace(others.first.base, "")


def test_an_answer_of_the_largest_size_is_passed_on(client: httpx.Client, others: Others) -> None:
    size = LIMIT - len(values("").content)
    others.answer(values("x" * size))
    assert ask(client, VALUES.format(base=others.first.base)).text.split() == ["x", "x" * size]


def test_a_server_that_does_not_answer_ends_at_the_deadline(client: httpx.Client, others: Others) -> None:
    left = threading.Event()

    def slowly(_: Asked) -> Answer:
        left.wait(10)
        return values("late")

    others.answer(values(""))
    others.first.answer = slowly
    start = time.monotonic()
    try:
        for silent in ("", "SILENT "):
            query = VALUES.format(base=others.first.base).replace("SERVICE ", f"SERVICE {silent}")
            detail = problem(ask(client, query, timeout="300ms"), 503, "query-timeout")
            assert "0.3 s" in detail
        assert time.monotonic() - start < 3
    finally:
        left.set()


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    down = "http://127.0.0.2:9"
    with federating(tmp_path, down, service_allow_private=True) as running, running.client() as other:
        detail = problem(ask(other, VALUES.format(base=down)), 502, "service-failed")
    assert "http://127.0.0.2:9/sparql cannot be reached" in detail


def test_a_syntax_error_is_where_it_stands_in_the_text_that_was_sent(
    client: httpx.Client, others: Others
) -> None:
    called = f"SELECT * {{ SERVICE <{others.first.base}/a> {{ ?s ?p ?x }} "
    for wrong in ("?s } }", "\n\n ?s }", f"?s ?p 1 .\n SERVICE <{others.second.base}/b> {{ ?s ?p }} }}"):
        sent = called + wrong
        with pytest.raises(SyntaxError) as raised:
            Store().query(sent)
        answer = ask(client, sent)
        problem(answer, 400, "query-syntax")
        place = answer.json()
        assert f"error at {place['line']}:{place['column']}:" in str(raised.value)


def test_what_another_server_answers_has_no_entity_tag(client: httpx.Client, others: Others) -> None:
    query = VALUES.format(base=others.first.base)
    for written in (query, query.replace("SERVICE", "\\u0053ERVICE")):
        for found in ("before", "after"):
            others.answer(values(found))
            answer = client.get(
                "/sparql", params={"query": written, "format": "csv"}, headers={"If-None-Match": "*"}
            )
            assert (answer.status_code, answer.text.split()) == (200, ["x", found])
            assert "etag" not in answer.headers
    assert "etag" in ask(client, "ASK {}", format="json").headers


def test_workers_are_confined_by_the_kernel_where_it_can(client: httpx.Client, running: Server) -> None:
    expected = f"NoNewPrivs:\t{int(kernel_confines_connections())}\n"

    def as_expected() -> bool:
        with suppress(FileNotFoundError, ProcessLookupError):  # a worker has just been replaced
            workers = processes_of(running).workers
            return all(expected in Path(f"/proc/{pid}/status").read_text() for pid in workers)
        return False

    wait_until(as_expected)


def kernel_confines_connections() -> bool:
    """Landlock tells its version; TCP came with the fourth."""
    create_ruleset, ask_version = 444, 1
    return bool(ctypes.CDLL(None).syscall(create_ruleset, None, 0, ask_version) >= 4)


def test_a_query_that_is_hard_to_read_holds_nobody_up(client: httpx.Client, others: Others) -> None:
    others.answer(values("x"))
    start = VALUES.format(base=others.first.base).removesuffix("}")
    answer = ask(client, f"{start} FILTER({'a.' * 2_000})}}")
    assert "longer than 1000 characters" in problem(answer, 400, "query-syntax")


def test_a_long_query_may_speak_of_services_but_call_none(client: httpx.Client, others: Others) -> None:
    others.answer(values("x"))
    words = '"service" ' * 5_000
    long = f"VALUES ?y {{ {words} }}"
    spoken = client.post("/sparql", data={"query": f"SELECT (COUNT(*) AS ?n) {{ {long} }}", "format": "csv"})
    assert spoken.text.split() == ["n", "5000"]
    called = VALUES.format(base=others.first.base).removesuffix("}") + long + "}"
    detail = problem(client.post("/sparql", data={"query": called, "format": "csv"}), 403, "service-refused")
    assert "at most 32768 characters" in detail
    assert others.first.asked == []


def test_the_gateway_cannot_be_called_by_a_query_or_without_its_secret(
    client: httpx.Client, others: Others, running: Server
) -> None:
    seen: list[str] = []

    def look(_: Asked) -> Answer:
        seen.extend(listening(running.pid))
        return values("x")

    others.answer(values(""))
    others.first.answer = look
    ask(client, VALUES.format(base=others.first.base))
    ports = {address for address in seen if not running.base.endswith(f":{address}")}
    assert len(ports) == 1
    gateway = f"http://127.0.0.1:{ports.pop()}"
    assert problem(ask(client, VALUES.format(base=gateway)), 403, "service-refused")
    for path in ("/", "/guess/0", "//", "/guess/0/1"):
        assert httpx.post(gateway + path, content=b"ASK {}").status_code == 404


def listening(pid: int) -> list[str]:
    """Give the ports on which a process listens (Linux)."""
    inodes = {link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [
        str(int(row[1].rpartition(":")[2], 16))
        for row in rows
        if row[3] == "0A" and f"socket:[{row[9]}]" in inodes
    ]


def test_without_allowed_origins_there_is_no_gateway(server: Server) -> None:
    assert listening(server.pid) == [server.base.rpartition(":")[2]]
