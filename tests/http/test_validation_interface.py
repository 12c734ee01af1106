"""``POST /validate``: a true report for whoever sends RDF, and bounds for whoever sends too much."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse, serialize
from server_support import Server, is_ready, run_server, wait_until

from graph.snapshots.home import SnapshotHome

TURTLE = {"Content-Type": "text/turtle"}
PREFIXES = """@prefix id: <https://w3id.org/vndx/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vndx: <https://w3id.org/vndx/ontology#> .
"""
WRONG = (
    PREFIXES
    + """
<https://w3id.org/vndx/id/platform/x> a vndx:Platform ;
  skos:prefLabel "Nền tảng"@vi .
"""
)
CLAIM = (
    PREFIXES
    + """
<https://w3id.org/vndx/id/claim/sample/khac> a vndx:Claim ;
  skos:prefLabel "Nhận định khác"@vi , "Another claim"@en ;
  vndx:claimKind <https://w3id.org/vndx/concept/claim-kind/evaluation> ;
  vndx:statement "Tỉnh mẫu đi đầu"@vi ;
  vndx:about <https://w3id.org/vndx/id/unit/2004/19> ;
  vndx:status <https://w3id.org/vndx/concept/status/stated> ;
  vndx:statedIn <https://w3id.org/vndx/id/source/sample> ;
  vndx:hasEvidence <https://w3id.org/vndx/id/evidence/sample/0-15> .
"""
)
WRONG_UNIT = PREFIXES + '<https://w3id.org/vndx/id/unit/2004/19> vndx:code "1919" .\n'


def validate(client: httpx.Client, body: str | bytes, **parameters: str) -> httpx.Response:
    content = body.encode() if isinstance(body, str) else body
    return client.post("/validate", content=content, headers=TURTLE, params=parameters)


def test_what_breaks_a_shape_is_named_in_both_languages_with_its_line(built: httpx.Client) -> None:
    answer = validate(built, WRONG)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    report = answer.json()
    assert report["conforms"] is False
    assert report["counts"]["Violation"] == len(report["results"]) > 0
    (result,) = [r for r in report["results"] if r["path"] == "https://w3id.org/vndx/ontology#platformKind"]
    assert result["focusNode"] == "https://w3id.org/vndx/id/platform/x"
    assert result["shape"] == "https://w3id.org/vndx/shapes#Platform-platformKind"
    assert result["severity"] == "Violation"
    assert set(result["messages"]) == {"vi", "en"}
    assert result["line"] == 5


def test_together_with_the_graph_references_to_it_count(built: httpx.Client) -> None:
    assert validate(built, CLAIM).json()["conforms"] is False
    report = validate(built, CLAIM, **{"with": "graph"}).json()
    assert report["results"] == []
    assert report["conforms"] is True
    assert report["focusNodes"] == 1


def test_a_thing_of_the_graph_is_checked_with_what_the_graph_says_of_it(built: httpx.Client) -> None:
    assert validate(built, WRONG_UNIT).json()["focusNodes"] == 0
    report = validate(built, WRONG_UNIT, **{"with": "graph"}).json()
    assert any(r["path"] == "https://w3id.org/vndx/ontology#code" for r in report["results"])


def test_nothing_is_stored(built: httpx.Client) -> None:
    validate(built, CLAIM, **{"with": "graph"})
    query = "ASK { <https://w3id.org/vndx/id/claim/sample/khac> ?p ?o }"
    assert built.get("/sparql", params={"query": query}).json()["boolean"] is False


def test_the_documents_of_the_service_conform_together_with_the_graph(built: httpx.Client) -> None:
    for media_type in ("application/json", "text/turtle", "application/rdf+xml"):
        document = built.get("/data/claim/sample/vi-du", headers={"Accept": media_type})
        answer = built.post(
            "/validate",
            content=document.content,
            headers={"Content-Type": media_type},
            params={"with": "graph"},
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["results"] == []


@pytest.mark.parametrize(
    ("media_type", "rdf_format"),
    [
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/trig", RdfFormat.TRIG),
    ],
)
def test_every_serialization_gives_the_same_results(
    built: httpx.Client, media_type: str, rdf_format: RdfFormat
) -> None:
    body = serialize(parse(WRONG, RdfFormat.TURTLE), format=rdf_format)
    answer = built.post("/validate", content=body, headers={"Content-Type": media_type})
    expected = [r | {"line": None} for r in validate(built, WRONG).json()["results"]]
    assert [r | {"line": None} for r in answer.json()["results"]] == expected


def canonical(body: bytes, rdf_format: RdfFormat) -> Dataset:
    dataset = Dataset(parse(body, rdf_format))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def test_a_report_can_be_had_as_rdf(built: httpx.Client) -> None:
    body = validate(built, WRONG, format="ttl").content
    report = Store()
    report.load(body, RdfFormat.TURTLE)
    pattern = "{ ?report sh:conforms false ; sh:result/sh:resultMessage ?message }"
    assert report.query(f"PREFIX sh: <http://www.w3.org/ns/shacl#> ASK {pattern}")
    for name, rdf_format in (
        ("jsonld", RdfFormat.JSON_LD),
        ("nt", RdfFormat.N_TRIPLES),
        ("rdf", RdfFormat.RDF_XML),
    ):
        other = validate(built, WRONG, format=name).content
        assert canonical(other, rdf_format) == canonical(body, RdfFormat.TURTLE)


def test_rdf_that_cannot_be_read_is_a_400_with_line_and_column(built: httpx.Client) -> None:
    answer = validate(built, PREFIXES + "<a> vndx:code oops .")
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("/rdf-syntax")
    assert (problem["line"], problem["column"]) == (4, 15)


def test_a_context_on_the_web_is_not_fetched(built: httpx.Client) -> None:
    body = b'{"@context": "https://e.org/context", "@id": "http://e/a"}'
    answer = built.post("/validate", content=body, headers={"Content-Type": "application/ld+json"})
    assert answer.status_code == 400
    assert "nothing is fetched" in answer.json()["detail"]


@pytest.mark.parametrize("media_type", ["text/csv", "", "text/turtle; charset=utf-16"])
def test_a_body_of_another_type_is_a_415(built: httpx.Client, media_type: str) -> None:
    answer = built.post("/validate", content=b"a,b", headers={"Content-Type": media_type})
    assert answer.status_code == 415


@pytest.mark.parametrize("parameters", [{"with": "world"}, {"format": "csv"}, {"whit": "graph"}])
def test_a_wrong_parameter_is_a_400(built: httpx.Client, parameters: dict[str, str]) -> None:
    assert validate(built, WRONG, **parameters).status_code == 400


def test_too_large_a_body_is_a_413_declared_or_not(built: httpx.Client) -> None:
    large = WRONG.encode() + b"# " + b"x" * 200_000
    assert validate(built, large).status_code == 413
    answer = built.post("/validate", content=iter([large[:100_000], large[100_000:]]), headers=TURTLE)
    assert answer.status_code == 413


def test_other_methods_are_a_405(built: httpx.Client) -> None:
    answer = built.get("/validate")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


@pytest.fixture
def hurried(small_home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives a validation next to no time."""
    log = tmp_path_factory.mktemp("hurried") / "log"
    with run_server(small_home, log, validation_seconds=0.2) as running:
        wait_until(lambda: is_ready(running), 60)
        yield running


def test_a_validation_that_takes_too_long_is_stopped(hurried: Server) -> None:
    with hurried.client() as client:
        answer = validate(client, WRONG)
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("/validation-timeout")
        assert answer.headers["retry-after"]
        assert client.get("/health/live").status_code == 200
