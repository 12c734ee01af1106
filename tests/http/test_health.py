"""Operation: alive, ready, and what is said when there is nothing to serve."""

from __future__ import annotations

from pathlib import Path

import httpx
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome


def test_live_is_200(http: httpx.Client) -> None:
    response = http.get("/health/live")
    assert (response.status_code, response.json()["status"]) == (200, "live")
    assert response.headers["cache-control"] == "no-store"


def test_ready_names_the_snapshot_and_its_size(http: httpx.Client, server: Server) -> None:
    response = http.get("/health/ready")
    assert response.status_code == 200
    current = server.home.current()
    assert current is not None
    assert response.json()["snapshot"] == current.id
    assert response.json()["triples"] == current.manifest().triples


def test_without_a_snapshot_the_service_is_alive_but_not_ready(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    with run_server(home, tmp_path / "log") as running, running.client() as client:
        assert client.get("/health/live").status_code == 200
        ready = client.get("/health/ready")
        assert ready.status_code == 503
        assert "vndx build" in ready.json()["detail"]
        for path in ("/sparql?query=ASK%7B%7D", "/id/unit/2025/19", "/data/unit/2025/19.ttl", "/ontology"):
            response = client.get(path)
            assert response.status_code == 503
            assert response.json()["type"].endswith("/unavailable")
            assert "retry-after" in response.headers
        assert client.get("/", headers={"accept": "text/html"}).status_code == 200
        publish_quads(home, quads_of())
        wait_until(lambda: is_ready(running))
        assert client.get("/data/unit/2025/19.ttl").status_code == 200


def test_a_snapshot_that_cannot_be_loaded_is_told_and_the_next_one_is_served(tmp_path: Path) -> None:
    home = SnapshotHome(tmp_path / "home")
    broken = publish_quads(home, quads_of()[:5])
    (broken.dumps / "vndx.nq.gz").write_bytes(b"no gzip")
    with run_server(home, tmp_path / "log") as running, running.client() as client:
        wait_until(lambda: "cannot be loaded" in client.get("/health/ready").json()["detail"])
        publish_quads(home, quads_of())
        wait_until(lambda: is_ready(running))


def test_the_documentation_page_needs_no_other_host(http: httpx.Client) -> None:
    page = http.get("/docs").text
    assert "http://" not in page.replace("http://127.0.0.1", "")
    assert "https://" not in page
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert f"/docs/assets/{asset}" in page
        assert http.get(f"/docs/assets/{asset}").status_code == 200


def test_the_interface_is_described_in_openapi(http: httpx.Client) -> None:
    description = http.get("/openapi.json").json()
    assert {"/sparql", "/id/{name}", "/data/{name}", "/page/{name}", "/health/ready"} <= set(
        description["paths"]
    )
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), (method, path)


def test_home_leads_to_everything(http: httpx.Client) -> None:
    page = http.get("/").text
    for target in ("/map", "/browse", "/sparql", "/link", "/guides", "/ontology", "/docs"):
        assert f'href="{target}"' in page


def test_metrics_count_queries_by_how_they_ended(http: httpx.Client) -> None:
    def count(outcome: str) -> float:
        line = f'vndx_queries_total{{outcome="{outcome}"}} '
        found = [text for text in http.get("/metrics").text.splitlines() if text.startswith(line)]
        return float(found[0].removeprefix(line)) if found else 0

    answered, wrong = count("answered"), count("query-syntax")
    assert http.get("/sparql", params={"query": "ASK { ?metrics ?counted ?once }"}).status_code == 200
    assert http.get("/sparql", params={"query": "ASK {"}).status_code == 400
    assert (count("answered"), count("query-syntax")) == (answered + 1, wrong + 1)


def test_metrics_tell_what_is_served_and_kept(http: httpx.Client) -> None:
    answer = http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    for name in ("vndx_service_info", "vndx_queries_running", "vndx_kept_answers", "process_resident_memory"):
        assert name in answer.text
    accepted = http.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert accepted.text.endswith("# EOF\n")
