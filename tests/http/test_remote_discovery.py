"""Discovery, validation and evidence over another endpoint: what needs no files is the same as here."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from server_support import Server, is_ready, run_server, wait_until

from graph.snapshots.home import SnapshotHome

WRONG = b"<https://w3id.org/vndx/id/platform/x> a <https://w3id.org/vndx/ontology#Platform> ."
UNIT = "https://w3id.org/vndx/id/unit/2004/19"


@pytest.fixture(scope="module")
def front(built_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("remote-front")
    settings = {"engine": f"{built_server.base}/sparql"}
    with run_server(SnapshotHome(folder / "home"), folder / "log", **settings) as running:
        wait_until(lambda: is_ready(running))
        with running.client(timeout=60) as client:
            yield client


def test_the_description_is_made_without_downloads(front: httpx.Client) -> None:
    answer = front.get("/.well-known/void", params={"format": "nt"})
    assert answer.status_code == 200
    predicates = {quad.predicate.value for quad in parse(answer.content, RdfFormat.N_TRIPLES)}
    assert "http://rdfs.org/ns/void#propertyPartition" in predicates
    assert "http://www.w3.org/ns/dcat#downloadURL" not in predicates
    assert "etag" not in answer.headers  # which snapshot it was is not known here


@pytest.mark.parametrize("path", ["/dumps/", "/dumps/vndx.nq.gz", "/sitemap.xml", "/sitemap-1.xml"])
def test_what_needs_files_is_a_503_that_says_why(front: httpx.Client, path: str) -> None:
    answer = front.get(path)
    assert answer.status_code == 503
    assert "another server" in answer.json()["detail"]


def test_llms_txt_has_its_queries(front: httpx.Client) -> None:
    assert front.get("/llms.txt").text.count("```sparql") == 5


def test_rdf_is_validated_alone_and_not_with_the_graph(front: httpx.Client, built: httpx.Client) -> None:
    def validate(client: httpx.Client, **parameters: str) -> httpx.Response:
        return client.post(
            "/validate", content=WRONG, headers={"Content-Type": "text/turtle"}, params=parameters
        )

    here, there = validate(front).json(), validate(built).json()
    assert here["results"] == there["results"] != []
    assert validate(front, **{"with": "graph"}).status_code == 503


def test_evidence_is_the_same(front: httpx.Client, built: httpx.Client) -> None:
    here, there = (client.get("/api/v1/evidence", params={"about": UNIT}).json() for client in (front, built))
    assert here["items"] == there["items"] != []
