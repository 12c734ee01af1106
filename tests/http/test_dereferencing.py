"""Dereferencing as developers meet it: formats, links, spellings, near names, large things, vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from server_support import is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.model.namespaces import RDF, SKOS, VNDX
from graph.snapshots.home import SnapshotHome

BASE = "https://w3id.org/vndx/"
UNITS = NamedNode(f"{BASE}graph/table/units")
PARTS = 2_100


def many_parts() -> Iterator[Quad]:
    """Give a country with so many parts that its documents leave them out."""
    country = NamedNode(f"{BASE}id/country/xx")
    yield Quad(country, RDF["type"], VNDX["Country"], UNITS)
    yield Quad(country, SKOS["prefLabel"], Literal("Nước lớn", language="vi"), UNITS)
    for number in range(PARTS):
        part = NamedNode(f"{BASE}id/unit/2025/{10_000 + number}")
        yield Quad(part, RDF["type"], VNDX["Commune"], UNITS)
        yield Quad(part, VNDX["partOf"], country, UNITS)
        yield Quad(country, VNDX["hasPart"], part, UNITS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> SnapshotHome:
    found = SnapshotHome(tmp_path_factory.mktemp("large") / "home")
    publish_quads(found, [*quads_of(), *many_parts()])
    return found


@pytest.fixture(scope="module")
def large(home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with run_server(home, tmp_path_factory.mktemp("large") / "log", workers=1) as running:
        wait_until(lambda: is_ready(running))
        with running.client() as client:
            yield client


@pytest.fixture(scope="module")
def through(large: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service over the SPARQL endpoint of the other one."""
    folder: Path = tmp_path_factory.mktemp("through")
    with run_server(
        SnapshotHome(folder / "home"), folder / "log", engine=f"{large.base_url}/sparql"
    ) as running:
        wait_until(lambda: is_ready(running))
        with running.client() as client:
            yield client


@pytest.fixture(scope="module")
def at_once(home: SnapshotHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    log = tmp_path_factory.mktemp("at_once") / "log"
    with run_server(home, log, workers=1, dereference="200") as running:
        wait_until(lambda: is_ready(running))
        with running.client() as client:
            yield client


def bad_parameter(response: httpx.Response) -> str:
    assert response.status_code == 400, response.text
    return str(response.json()["errors"][0]["parameter"])


# Formats


def test_trig_says_which_graph_states_each_triple(http: httpx.Client) -> None:
    response = http.get("/data/platform/c-thai-nguyen", headers={"accept": "application/trig"})
    assert response.headers["content-location"] == "/data/platform/c-thai-nguyen.trig"
    quads = list(parse(response.content, RdfFormat.TRIG))
    triples = {
        quad.triple
        for quad in parse(http.get("/data/platform/c-thai-nguyen.nt").content, RdfFormat.N_TRIPLES)
    }
    assert {quad.triple for quad in quads} == triples
    coverage = [quad for quad in quads if quad.predicate == VNDX["coverage"]]
    assert [str(quad.graph_name) for quad in coverage] == [f"<{BASE}graph/source/000>"]


def test_csv_has_one_row_a_triple(http: httpx.Client) -> None:
    response = http.get("/data/unit/2025/19.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    lines = response.text.split("\r\n")
    assert lines[0] == "subject,predicate,object,kind,datatype,language"
    wanted = f"{BASE}id/unit/2025/19,{BASE}ontology#code,19,literal,http://www.w3.org/2001/XMLSchema#string,"
    assert wanted in lines
    assert len(lines) - 2 == len(list(parse(http.get("/data/unit/2025/19.nt").content, RdfFormat.N_TRIPLES)))


def test_json_has_incoming_links_by_kind_and_figures_with_evidence(http: httpx.Client) -> None:
    document = http.get("/data/platform/c-thai-nguyen.json").json()
    about = document["incoming"]["about"]
    assert about["count"] == len(about["items"])
    (figure,) = [found for found in document["figures"] if found["id"].endswith("installs/2022-08")]
    assert (figure["value"], figure["comparator"]) == ("207963.5", ">")
    assert figure["asOf"] == {"@value": "2022-08", "type": "xsd:gYearMonth"}
    assert figure["indicator"]["label"]["vi"] == "lượt cài đặt"
    assert figure["hasEvidence"][0]["hasSource"]["label"] == {"vi": "Bài viết về C-Thai Nguyen"}


def test_links_name_class_schema_shapes_and_context(http: httpx.Client) -> None:
    link = http.get("/data/unit/2025/19.json").headers["link"]
    assert f'<{BASE}ontology#Province>; rel="type"' in link
    assert '</schemas/v1/Province.json>; rel="describedby"; type="application/schema+json"' in link
    assert '</shapes>; rel="describedby"' in link
    assert '</context/v1.jsonld>; rel="http://www.w3.org/ns/json-ld#context"' in link


def test_the_language_is_that_of_the_texts(http: httpx.Client) -> None:
    assert http.get("/data/unit/2025/19.ttl").headers["content-language"] == "vi, en"
    assert http.get("/data/unit/2004/19.ttl").headers["content-language"] == "vi, en"  # its country has both
    assert http.get("/data/evidence/0123456789abcdef.ttl").headers["content-language"] == "vi"


def test_any_tag_is_not_enough_for_a_thing_that_is_not_there(http: httpx.Client) -> None:
    headers = {"if-none-match": "*"}
    assert http.get("/data/unit/2025/98.ttl", headers=headers).status_code == 404
    assert http.get("/data/unit/2025/19.ttl", headers=headers).status_code == 304


# Spellings


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/ID/unit/2025/19", "/data/unit/2025/19.ttl"),
        ("/Concept/Era/2025", "/data/concept/era/2025.ttl"),
        ("/graph/TABLE/units/", "/data/graph/table/units.ttl"),
        ("/id/http://w3id.org/vndx/id/unit/2025/19", "/data/unit/2025/19.ttl"),
        ("/id/https%3A%2F%2Fw3id.org%2Fvndx%2Fid%2Funit%2F2025%2F19", "/data/unit/2025/19.ttl"),
        ("/id/platform/C-Th%C3%A1i-Nguy%C3%AAn", "/data/platform/c-thai-nguyen.ttl"),
        ("/id/platform/C-Th%c3%a1i-Nguy%c3%aan", "/data/platform/c-thai-nguyen.ttl"),
    ],
)
def test_a_spelling_leads_to_the_document_in_one_step(http: httpx.Client, path: str, target: str) -> None:
    response = http.get(path, headers={"accept": "text/turtle"})
    assert (response.status_code, response.headers["location"]) == (303, target)
    assert http.get(target).status_code == 200


@pytest.mark.parametrize(
    "path", ["/data/UNIT/2025/19.TTL", "/data/unit/2025/19.ttl/", "/data/Unit/2025/19.TTL/"]
)
def test_a_document_in_another_spelling_moves_once(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert (response.status_code, response.headers["location"]) == (308, "/data/unit/2025/19.ttl")


def test_an_unknown_name_is_404_with_names_that_are_like_it(large: httpx.Client) -> None:
    wait_until(lambda: "similar" in large.get("/id/platform/c-thai-nguyn").json())
    response = large.get("/id/platform/c-thai-nguyn")
    assert response.status_code == 404
    assert response.json()["similar"][0] == {
        "id": f"{BASE}id/platform/c-thai-nguyen",
        "url": "/id/platform/c-thai-nguyen",
    }
    other_era = large.get("/data/unit/2025/99.json")
    assert other_era.json()["similar"][0]["id"] == f"{BASE}id/unit/2004/99"


# At once instead of 303


@pytest.mark.parametrize(("accept", "extension"), [("text/turtle", "ttl"), ("application/json", "json")])
def test_a_thing_may_be_answered_at_once(at_once: httpx.Client, accept: str, extension: str) -> None:
    response = at_once.get("/id/unit/2025/19", headers={"accept": accept})
    document = at_once.get(f"/data/unit/2025/19.{extension}")
    assert response.status_code == 200
    assert response.headers["content-location"] == f"/data/unit/2025/19.{extension}"
    assert "Accept" in response.headers["vary"]
    assert (response.content, response.headers["etag"]) == (document.content, document.headers["etag"])


def test_a_person_gets_the_page_at_once_and_another_spelling_moves(at_once: httpx.Client) -> None:
    page = at_once.get("/concept/era/2025", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-location"]) == (200, "/page/concept/era/2025")
    for path, target in (("/id/UNIT/2025/19", "/id/unit/2025/19"), ("/concept/Era", "/concept/era")):
        for accept in ("text/html", "text/turtle"):
            moved = at_once.get(path, headers={"accept": accept})
            assert (moved.status_code, moved.headers["location"]) == (308, target)


# Large things


def test_what_is_left_out_for_its_size_is_said_and_linked(large: httpx.Client) -> None:
    response = large.get("/data/country/xx.json")
    document = response.json()
    omitted = document["omitted"]["hasPart"]
    assert omitted["count"] == PARTS
    assert "hasPart" not in document
    assert document["label"] == {"vi": "Nước lớn"}
    assert document["incoming"]["partOf"]["count"] == PARTS
    assert "items" not in document["incoming"]["partOf"]
    assert len(response.content) < 5_000
    for extension in ("ttl", "nt", "csv"):
        assert f'<{omitted["url"]}>; rel="next"' in large.get(f"/data/country/xx.{extension}").headers["link"]


@pytest.mark.parametrize(("key", "kind"), [("omitted", "hasPart"), ("incoming", "partOf")])
def test_all_links_are_found_page_by_page_and_back(large: httpx.Client, key: str, kind: str) -> None:
    address = large.get("/data/country/xx.json").json()[key][kind]["url"] + "&limit=500"
    pages: list[dict[str, Any]] = []
    while address:
        response = large.get(address)
        pages.append(response.json())
        address = pages[-1]["next"]
        assert ('rel="next"' in response.headers["link"]) == bool(address)
    found = [item["id"] for page in pages for item in page["items"]]
    assert found == [f"{BASE}id/unit/2025/{10_000 + number}" for number in range(PARTS)]
    assert {page["total"] for page in pages} == {PARTS}
    assert (pages[0]["previous"], pages[-1]["next"]) == (None, None)
    back = large.get(pages[-1]["previous"]).json()
    assert back["items"] == pages[-2]["items"]
    further_back = large.get(back["previous"]).json()
    assert further_back["items"] == pages[-3]["items"]


def test_links_of_figures_say_what_the_figures_say(http: httpx.Client) -> None:
    query = {"to": f"{BASE}id/platform/c-thai-nguyen", "property": "about"}
    labels = [item["label"]["vi"] for item in http.get("/api/v1/incoming", params=query).json()["items"]]
    assert "lượt cài đặt: > 207963.5 (2022-08)" in labels


@pytest.mark.parametrize("spelling", [f"{BASE}id/country/XX/", "http://w3id.org/vndx/id/country/xx"])
def test_links_are_found_by_any_spelling_of_the_iri(large: httpx.Client, spelling: str) -> None:
    page = large.get("/api/v1/incoming", params={"to": spelling, "property": "partOf", "limit": 1}).json()
    assert page["total"] == PARTS


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("property=partOf", "to"),
        (f"to={BASE}id/country/xx", "property"),
        (f"to={BASE}id/country/xx&property=partOf&limit=0", "limit"),
        (f"to={BASE}id/country/xx&property=partOf&limit=many", "limit"),
        (f"to={BASE}id/country/xx&property=partOf&limit=501", "limit"),
        (f"to={BASE}id/country/xx&property=partOf&cursor=xyz", "cursor"),
        (f"to={BASE}id/country/xx&property=partOf&cursor=e30", "cursor"),
        (f"to={BASE}id/country/xx&property=partOf&page=2", "page"),
        ("to=no+iri&property=partOf", "to"),
        (f"to={BASE}id/country/xx&property=no+property", "property"),
        (f"to={BASE}{'x' * 600}&property=partOf", "to"),
    ],
)
def test_a_wrong_parameter_is_400_and_named(large: httpx.Client, query: str, parameter: str) -> None:
    assert bad_parameter(large.get(f"/api/v1/incoming?{query}")) == parameter


@pytest.mark.parametrize("name", ["country/xx", "unit/2025/19", "platform/c-thai-nguyen", "concept/era/2025"])
@pytest.mark.parametrize("extension", ["json", "ttl", "trig", "csv"])
def test_a_remote_engine_gives_the_same_documents(
    through: httpx.Client, large: httpx.Client, name: str, extension: str
) -> None:
    path = f"/data/{name}.{extension}"
    assert through.get(path).content == large.get(path).content


def test_a_remote_engine_gives_the_same_pages_of_links(through: httpx.Client, large: httpx.Client) -> None:
    address: str | None = f"/api/v1/incoming?to={BASE}id/country/xx&property=partOf&limit=500"
    for _ in range(3):
        page, same = through.get(str(address)).json(), large.get(str(address)).json()
        assert page["items"] == same["items"]
        address = page["next"]
    back = through.get(page["previous"]).json()
    assert back["items"] == large.get(page["previous"]).json()["items"]


# The vocabulary


@pytest.mark.parametrize("path", ["/context.jsonld", "/context/v1.jsonld"])
def test_the_context_has_a_version(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert response.headers["content-type"] == "application/ld+json"
    assert f'<{BASE}context/v1.jsonld>; rel="canonical"' in response.headers["link"]
    again = http.get(path, headers={"if-none-match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert http.get("/context/v99.jsonld").status_code == 404
    assert http.get("/context/vx.jsonld").status_code == 400


def test_json_schemas_are_served_alone_together_and_in_openapi(http: httpx.Client) -> None:
    alone = http.get("/schemas/v1/Province.json")
    assert alone.headers["content-type"] == "application/schema+json"
    schema = alone.json()
    assert schema["$id"] == f"{BASE}schemas/v1/Province.json"
    references = {found.partition('"')[0] for found in json.dumps(schema).split("#/$defs/")[1:]}
    assert references <= set(schema["$defs"])
    whole = http.get("/schemas/v1.json").json()
    assert whole["$defs"]["Province"]["required"] == schema["required"]
    described = http.get("/openapi.json").json()["components"]["schemas"]
    assert described["entity.Province"]["title"] == "Province"
    used = {found.partition('"')[0] for found in json.dumps(described).split("#/components/schemas/")[1:]}
    assert used <= set(described)
    assert http.get("/schemas/v1/Nothing.json").status_code == 404


@pytest.mark.parametrize("path", ["/ontology", "/shapes"])
def test_the_vocabulary_is_negotiated(http: httpx.Client, path: str) -> None:
    turtle = http.get(path, headers={"accept": "text/turtle"})
    assert turtle.headers["content-location"] == f"{path}.ttl"
    assert f'<{BASE}{path[1:]}>; rel="canonical"' in turtle.headers["link"]
    assert turtle.content == http.get(f"{path}.ttl").content
    assert http.get(path, headers={"accept": "image/png"}).status_code == 406
    assert http.get(f"{path}.xls").status_code == 404


def test_an_ontology_version_that_is_not_served_is_404(http: httpx.Client) -> None:
    assert http.get("/ontology/9.9.9").status_code == 404


def test_every_page_of_the_interface_says_what_it_is_for(http: httpx.Client) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    for path in (
        "/id/{name}",
        "/data/{name}",
        "/api/v1/incoming",
        "/api/v1/outgoing",
        "/shapes",
        "/ontology",
    ):
        assert paths[path]["get"]["summary"]
