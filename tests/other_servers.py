"""Servers that a query calls with SERVICE: real ones, which answer as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RESULTS_JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Answer:
    """What a server answers: status, content, and headers besides Content-Length."""

    status: int = 200
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    declared: int | None = None
    """The Content-Length that is sent, if not the true one."""


@dataclass(frozen=True)
class Asked:
    """What a server was asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    content: bytes


def values(*found: str) -> Answer:
    """Answer with solutions of the variable ``x``."""
    bindings = [{"x": {"type": "literal", "value": value}} for value in found]
    content = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()
    return Answer(200, content, {"Content-Type": RESULTS_JSON})


def redirect(status: int, location: str) -> Answer:
    """Answer that it is elsewhere."""
    return Answer(status, b"", {"Location": location})


class OtherServer(ThreadingHTTPServer):
    """A server that remembers what it was asked."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[Asked] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, OtherServer)
        content = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.command, self.path, headers, content))
        answer = self.server.answer(self.server.asked[-1])
        with suppress(OSError):  # who asked may have left
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(answer.declared or len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

    do_GET = do_POST  # noqa: N815 - the name is that of http.server

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def other_server(answer: Answer | Callable[[Asked], Answer]) -> Iterator[OtherServer]:
    """Run a server that always answers the same, or as a function says."""
    with OtherServer(answer if callable(answer) else lambda _: answer) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()
