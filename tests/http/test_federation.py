"""SERVICE to an origin that is allowed, and to no other."""

from __future__ import annotations

from pathlib import Path

from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome


def test_an_allowed_origin_can_be_called_and_others_cannot(server: Server, tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    publish_quads(home, quads_of()[:3])
    called = "SELECT (COUNT(*) AS ?n) {{ SERVICE <{base}/sparql> {{ ?s <http://e/p> ?o }} }}"
    settings = {"service_origins": server.base, "workers": 1}
    with run_server(home, tmp_path / "log", **settings) as running, running.client() as client:
        wait_until(lambda: is_ready(running))
        allowed = client.get("/sparql", params={"query": called.format(base=server.base), "format": "csv"})
        assert allowed.text.split() == ["n", "40000"]
        own = client.get("/sparql", params={"query": called.format(base=running.base)})
        assert own.status_code == 403
