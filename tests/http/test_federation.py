"""SERVICE to an origin that is allowed and public, and to no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

CALL = "SELECT (COUNT(*) AS ?n) {{ SERVICE <{base}/sparql> {{ ?s <http://e/p> ?o }} }}"


@contextmanager
def federating(folder: Path, *origins: str, **settings: object) -> Iterator[Server]:
    """Run a server whose queries may call some origins."""
    home = SnapshotHome(folder / "home")
    publish_quads(home, quads_of()[:3])
    allowed = ",".join(origins)
    with run_server(home, folder / "log", service_origins=allowed, workers=1, **settings) as running:
        wait_until(lambda: is_ready(running))
        yield running


class Redirecting(ThreadingHTTPServer):
    """A server that sends every request on to another address, and remembers what was asked."""

    def __init__(self, status: int, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Redirect)
        self.status, self.target = status, target
        self.asked: list[str] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Redirect(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Redirecting)
        self.server.asked.append(self.path)
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(self.server.status)
        self.send_header("Location", self.server.target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def redirecting(status: int, target: str) -> Iterator[Redirecting]:
    with Redirecting(status, target) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def test_an_allowed_origin_can_be_called_and_others_cannot(server: Server, tmp_path: Path) -> None:
    with federating(tmp_path, server.base, service_allow_private=True) as running, running.client() as client:
        allowed = client.get("/sparql", params={"query": CALL.format(base=server.base), "format": "csv"})
        assert allowed.text.split() == ["n", "40000"]
        own = client.get("/sparql", params={"query": CALL.format(base=running.base)})
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
                refused = client.get("/sparql", params={"query": call.format(base=base)})
                assert refused.status_code == 403
                assert refused.json()["type"].endswith("/service-refused")
                assert why in refused.json()["detail"]
        harmless = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
        assert harmless.json()["boolean"] is True


def test_a_remote_engine_is_not_sent_to_a_private_network_either(server: Server, tmp_path: Path) -> None:
    engine = f"{server.base}/sparql"
    with federating(tmp_path, server.base, engine=engine) as running, running.client() as client:
        refused = client.get("/sparql", params={"query": CALL.format(base=server.base)})
        assert (refused.status_code, "private" in refused.text) == (403, True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_allowed_origin_cannot_send_the_call_elsewhere(
    server: Server, tmp_path: Path, status: int
) -> None:
    """Oxigraph follows no redirect; if it ever does, its target must be checked before."""
    with (
        redirecting(status, f"{server.base}/sparql") as other,
        federating(tmp_path, other.base, server.base, service_allow_private=True) as running,
        running.client() as client,
    ):
        answer = client.get("/sparql", params={"query": CALL.format(base=other.base)})
        assert other.asked == ["/sparql"]
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("/query-evaluation")
