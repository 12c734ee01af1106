"""The remote engine: the same service over another SPARQL endpoint, here a second server of ours."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from server_support import Server, is_ready, run_server, wait_until

from graph.snapshots.home import SnapshotHome


@pytest.fixture(scope="module")
def front(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("front")
    settings = {"engine": f"{server.base}/sparql", "deadline": 1}
    with run_server(SnapshotHome(folder / "home"), folder / "log", **settings) as running:
        wait_until(lambda: is_ready(running))
        with running.client() as client:
            yield client


@pytest.mark.parametrize(
    ("query", "format_name"),
    [
        ("SELECT ?p ?o { <id/unit/2025/19> ?p ?o } ORDER BY ?p ?o", "json"),
        ("SELECT ?p ?o { <id/unit/2025/19> ?p ?o } ORDER BY ?p ?o", "csv"),
        ("ASK { ?s ?p ?o }", "xml"),
        ("SELECT * { ?s <http://e/p> ?o } ORDER BY ?o", "tsv"),
    ],
)
def test_queries_have_the_same_answers(
    front: httpx.Client, http: httpx.Client, query: str, format_name: str
) -> None:
    params = {"query": query, "format": format_name}
    through, direct = front.get("/sparql", params=params), http.get("/sparql", params=params)
    assert through.status_code == 200
    assert through.content == direct.content
    assert "etag" not in through.headers  # which snapshot it was is not known here


@pytest.mark.parametrize("name", ["unit/2025/19", "platform/c-thai-nguyen", "concept/era/2025"])
@pytest.mark.parametrize("extension", ["json", "ttl", "nt"])
def test_documents_are_the_same(front: httpx.Client, http: httpx.Client, name: str, extension: str) -> None:
    path = f"/data/{name}.{extension}"
    assert front.get(path).content == http.get(path).content


def test_pages_and_the_service_description_are_made(front: httpx.Client) -> None:
    assert "<h1>C-Thai Nguyen</h1>" in front.get("/page/platform/c-thai-nguyen").text
    assert "graph/table/units" in front.get("/sparql").text


@pytest.mark.parametrize(
    ("query", "status", "slug"),
    [
        ("SELECT", 400, "query-syntax"),
        ("SELECT * { SERVICE <http://127.0.0.1/> {} }", 403, "service-refused"),
        ("INSERT DATA { <http://e/> <http://e/> 1 }", 403, "read-only"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 503, "query-timeout"),
    ],
)
def test_errors_are_the_same_problems(front: httpx.Client, query: str, status: int, slug: str) -> None:
    response = front.get("/sparql", params={"query": query})
    assert response.status_code == status
    assert response.json()["type"].endswith(f"/{slug}")


def test_an_unknown_thing_is_404(front: httpx.Client) -> None:
    assert front.get("/id/unit/2025/98").status_code == 404


def test_an_endpoint_out_of_reach_is_503_and_not_404(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("lost")
    settings = {"engine": "http://127.0.0.1:9/sparql"}
    with (
        run_server(SnapshotHome(folder / "home"), folder / "log", **settings) as running,
        running.client() as client,
    ):
        for path in (
            "/health/ready",
            "/id/unit/2025/19",
            "/data/unit/2025/19.ttl",
            "/sparql?query=ASK%7B%7D",
        ):
            assert client.get(path).status_code == 503
