"""Dereferencing: from a thing to its documents, the same facts in each, whatever spelling was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome
from graph.vocabulary.files import CONTEXT

BASE = "https://w3id.org/vndx/"
NAMES = [
    "unit/2025/19",
    "unit/2004/19",
    "platform/c-thai-nguyen",
    "evidence/0123456789abcdef",
    "observation/c-thai-nguyen/installs/2022-08",
    "source/000",
    "country/vn",
    "concept/era/2025",
    "concept/era",
    "graph/table/units",
]
FORMATS = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


def path_of(name: str) -> str:
    return f"/{name}" if name.startswith(("concept/", "graph/")) else f"/id/{name}"


def read_json_ld(text: str) -> Graph:
    """Read entity JSON as RDF, with the context from the file in place of its address."""
    document = json.loads(text)
    assert document["@context"] == f"{BASE}context/v1.jsonld"
    document["@context"] = json.loads(CONTEXT.read_text("utf-8"))["@context"]
    return Graph().parse(data=json.dumps(document), format="json-ld")


def only(value: Any) -> Any:
    """Give the one value of a property; whether it is in an array is for the context to say."""
    if not isinstance(value, list):
        return value
    (found,) = value
    return found


def problem_type(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["type"]).rpartition("/")[2]


# From the thing to a document


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/page/{name}"),
        ("application/json", "/data/{name}.json"),
        ("application/ld+json", "/data/{name}.jsonld"),
        ("text/turtle", "/data/{name}.ttl"),
        ("application/n-triples", "/data/{name}.nt"),
        ("application/rdf+xml", "/data/{name}.rdf"),
        ("*/*", "/data/{name}.json"),
        ("text/turtle;q=0.5, application/rdf+xml;q=0.6", "/data/{name}.rdf"),
    ],
)
def test_a_thing_leads_to_the_preferred_document(
    http: httpx.Client, name: str, accept: str, target: str
) -> None:
    response = http.get(path_of(name), headers={"accept": accept})
    assert response.status_code == 303
    assert response.headers["location"] == target.format(name=name)
    assert "Accept" in response.headers["vary"]
    assert response.headers["access-control-allow-origin"] == "*"


def test_a_redirect_does_not_repeat_the_host_header(http: httpx.Client) -> None:
    for path in ("/id/unit/2025/19", "/data/UNIT/2025/19.ttl", "/page/unit/2025/19/"):
        response = http.get(path, headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
        assert response.is_redirect
        assert "evil.example" not in response.headers["location"]


def test_a_thing_whose_formats_are_not_accepted_is_406(http: httpx.Client) -> None:
    response = http.get("/id/unit/2025/19", headers={"accept": "image/png"})
    assert (response.status_code, problem_type(response)) == (406, "not-acceptable")


@pytest.mark.parametrize("path", ["/id/unit/2025/98", "/id/", "/id/a%20b", "/id/%3C%3E", "/concept/no/such"])
def test_an_unknown_thing_is_404(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert (response.status_code, problem_type(response)) == (404, "not-found")


def test_an_unknown_thing_is_a_readable_page_for_a_browser(http: httpx.Client) -> None:
    response = http.get("/id/unit/2025/98", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert "Không tìm thấy" in response.text
    assert "There is no such thing here" in http.get("/id/x?lang=en", headers={"accept": "text/html"}).text


@pytest.mark.parametrize("path", ["/data/unit/2004/99.json", "/data/unit/2004/99.ttl", "/page/unit/2004/99"])
def test_a_retired_thing_is_410_and_names_what_replaces_it(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert (response.status_code, problem_type(response)) == (410, "gone")
    assert response.json()["replacedBy"] == [f"{BASE}id/unit/2004/19"]
    assert 'rel="successor-version"' in response.headers["link"]


# Spellings


@pytest.mark.parametrize(
    "path",
    [
        "/id/unit/2025/19",
        "/id/unit/2025/19/",
        "/id/UNIT/2025/19",
        "/id/unit/2025/%31%39",
        "/id/%75nit%2F2025%2F19",
        "/id/unit%252F2025%252F19",
    ],
)
def test_every_spelling_of_a_unit_leads_to_one_document(http: httpx.Client, path: str) -> None:
    response = http.get(path, headers={"accept": "text/turtle"})
    assert (response.status_code, response.headers["location"]) == (303, "/data/unit/2025/19.ttl")


@pytest.mark.parametrize(
    "name",
    [
        "platform/C-Thai-Nguyen",
        "platform/C-Thái-Nguyên",
        "platform/c-tha\u0301i-nguye\u0302n",
        "platform/C-Thái Nguyên",
        "platform/c-thai-nguyen//",
    ],
)
def test_vietnamese_spellings_lead_to_the_ascii_name(http: httpx.Client, name: str) -> None:
    response = http.get(f"/id/{name}", headers={"accept": "text/turtle"})
    assert (response.status_code, response.headers["location"]) == (303, "/data/platform/c-thai-nguyen.ttl")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/data/UNIT/2025/19.ttl", "/data/unit/2025/19.ttl"),
        ("/data/unit/2025/19.TTL", "/data/unit/2025/19.ttl"),
        ("/data/unit/2025/19/", "/data/unit/2025/19"),
        ("/page/Platform/C-Thái-Nguyên", "/page/platform/c-thai-nguyen"),
    ],
)
def test_other_spellings_of_a_document_move_once(http: httpx.Client, path: str, target: str) -> None:
    response = http.get(path)
    assert (response.status_code, response.headers["location"]) == (308, target)
    assert http.get(target).status_code == 200


# Documents


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_the_same_triples(http: httpx.Client, name: str) -> None:
    documents = {extension: http.get(f"/data/{name}.{extension}") for extension in FORMATS}
    for extension, response in documents.items():
        assert response.status_code == 200
        assert response.headers["content-type"] == FORMATS[extension]
    turtle = Graph().parse(data=documents["ttl"].content, format="turtle")
    assert len(turtle) > 1
    assert isomorphic(turtle, Graph().parse(data=documents["nt"].content, format="nt"))
    assert isomorphic(turtle, Graph().parse(data=documents["rdf"].content, format="xml"))
    assert isomorphic(turtle, read_json_ld(documents["json"].text))
    assert documents["json"].content == documents["jsonld"].content


def test_a_document_has_every_triple_of_its_thing(http: httpx.Client) -> None:
    node = URIRef(f"{BASE}id/unit/2025/19")
    query = {"query": f"CONSTRUCT {{ {node.n3()} ?p ?o }} WHERE {{ {node.n3()} ?p ?o }}", "format": "nt"}
    said = Graph().parse(data=http.get("/sparql", params=query).text, format="nt")
    shown = Graph().parse(data=http.get("/data/unit/2025/19.nt").text, format="nt")
    assert set(said) <= set(shown)


def test_a_document_holds_the_words_of_its_evidence(http: httpx.Client) -> None:
    document = http.get("/data/observation/c-thai-nguyen/installs/2022-08.json").json()
    evidence = only(document["hasEvidence"])
    words = [selector["exact"] for selector in evidence["hasSelector"] if "exact" in selector]
    assert words == [{"vi": "ứng dụng C-Thai Nguyen"}]
    assert evidence["hasSource"]["label"] == {"vi": "Bài viết về C-Thai Nguyen"}


def test_json_is_flat_with_arrays_labels_by_language_and_references(http: httpx.Client) -> None:
    document = http.get("/data/unit/2025/19.json").json()
    assert document["id"] == f"{BASE}id/unit/2025/19"
    assert document["type"] == ["Province"]
    assert document["label"] == {"vi": "Thái Nguyên", "en": "Thai Nguyen"}
    assert document["altLabel"] == {"vi": ["Tỉnh Thái Nguyên"], "en": ["Thai Nguyen Province"]}
    assert document["code"] == "19"
    assert document["population"] == 1_799_489
    assert document["areaKm2"] == "8375.21"
    assert document["validFrom"] == "2025-07-01"
    assert only(document["partOf"]) == {
        "id": f"{BASE}id/country/vn",
        "type": ["Country"],
        "label": {"vi": "Việt Nam", "en": "Viet Nam"},
    }
    version = only(document["hasVersion"])
    assert only(version["officialName"]["vi"]) == "Tỉnh Thái Nguyên"
    assert only(version["legalBasis"])["label"] == {"vi": "Nghị quyết 202/2025/QH15"}


def test_a_date_with_a_precision_of_its_own_says_its_datatype(http: httpx.Client) -> None:
    document = http.get("/data/platform/c-thai-nguyen.json").json()
    assert only(document["launchDate"]) == {"@value": "2021-12", "type": "xsd:gYearMonth"}


def test_a_document_without_extension_is_negotiated(http: httpx.Client) -> None:
    response = http.get("/data/unit/2025/19", headers={"accept": "text/turtle"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert response.headers["content-location"] == "/data/unit/2025/19.ttl"
    assert "Accept" in response.headers["vary"]


def test_an_extension_that_is_no_format_is_404(http: httpx.Client) -> None:
    assert http.get("/data/unit/2025/19.xls").status_code == 404


def test_links_lead_to_the_other_formats_and_to_the_thing(http: httpx.Client) -> None:
    link = http.get("/data/unit/2025/19.ttl").headers["link"]
    assert f'<{BASE}id/unit/2025/19>; rel="canonical"' in link
    assert '</data/unit/2025/19.json>; rel="alternate"; type="application/json"' in link
    assert '</page/unit/2025/19>; rel="alternate"; type="text/html"' in link
    assert '</ontology>; rel="describedby"' in link
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in link
    assert "text/turtle" not in link


@pytest.mark.parametrize("path", ["/data/unit/2025/19.json", "/data/unit/2025/19.ttl", "/page/unit/2025/19"])
def test_a_document_with_its_entity_tag_is_304(http: httpx.Client, path: str) -> None:
    first = http.get(path)
    assert first.headers["cache-control"] == "public, no-cache"
    again = http.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_each_format_language_and_thing_has_a_tag_of_its_own(http: httpx.Client) -> None:
    paths = [f"/data/unit/2025/19.{extension}" for extension in FORMATS]
    paths += ["/page/unit/2025/19", "/page/unit/2025/19?lang=en", "/data/unit/2004/19.json"]
    tags = [http.get(path).headers["etag"] for path in paths]
    assert len(set(tags)) == len(paths)


@pytest.mark.parametrize("path", ["/id/unit/2025/19", "/data/unit/2025/19.json", "/page/unit/2025/19"])
def test_head_is_as_get_and_options_names_the_methods(http: httpx.Client, path: str) -> None:
    got, headed = http.get(path), http.head(path)
    assert headed.content == b""
    assert headed.status_code == got.status_code
    assert headed.headers.get("etag") == got.headers.get("etag")
    options = http.options(path)
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


# Pages


def test_a_page_is_vietnamese_first_and_english_on_request(http: httpx.Client) -> None:
    page = http.get("/page/unit/2025/19")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-language"] == "vi"
    assert '<html lang="vi">' in page.text
    assert "Thông tin" in page.text
    english = http.get("/page/unit/2025/19?lang=en")
    assert english.headers["content-language"] == "en"
    assert "<h1>Thai Nguyen</h1>" in english.text
    by_header = http.get("/page/unit/2025/19", headers={"accept-language": "en-GB,vi;q=0.5"})
    assert by_header.headers["content-language"] == "en"
    assert "Accept-Language" in by_header.headers["vary"]


def test_a_page_shows_labels_words_of_sources_and_links_to_the_formats(http: httpx.Client) -> None:
    page = http.get("/page/platform/c-thai-nguyen").text
    assert "<blockquote" in page
    assert "ứng dụng C-Thai Nguyen" in page
    assert '<a href="/page/unit/2025/19">Thái Nguyên</a>' in page
    assert "ứng dụng công dân" in page
    assert 'href="/data/platform/c-thai-nguyen.ttl"' in page
    assert "trên 207.963,5" in page
    assert "tháng 8/2022" in page


def test_an_unknown_language_is_400(http: httpx.Client) -> None:
    response = http.get("/page/unit/2025/19?lang=xx")
    assert (response.status_code, problem_type(response)) == (400, "bad-request")


# The vocabulary


def test_the_ontology_is_a_page_or_rdf(http: httpx.Client) -> None:
    page = http.get("/ontology", headers={"accept": "text/html"})
    assert '<h3 id="Province">' in page.text
    for extension, media_type in FORMATS.items():
        if extension == "json":
            continue
        named = http.get(f"/ontology.{extension}")
        asked = http.get("/ontology", headers={"accept": media_type})
        assert named.content == asked.content
        assert asked.headers["content-location"] == f"/ontology.{extension}"
        graph = Graph().parse(data=named.content, format=media_type.partition(";")[0])
        assert (URIRef(f"{BASE}ontology#Province"), None, None) in graph


def test_the_context_is_served_as_json_ld(http: httpx.Client) -> None:
    response = http.get("/context.jsonld")
    assert response.headers["content-type"] == "application/ld+json"
    assert response.content == CONTEXT.read_bytes()


# Behind a public address


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("public")
    home = SnapshotHome(folder / "home")
    publish_quads(home, quads_of())
    with run_server(home, folder / "log", public_base="https://data.example/kg/", workers=1) as running:
        wait_until(lambda: is_ready(running))
        yield running


def test_addresses_are_below_the_public_base(public: Server) -> None:
    with public.client() as client:
        redirect = client.get("/id/unit/2025/19", headers={"accept": "text/html"})
        assert redirect.headers["location"] == "https://data.example/kg/page/unit/2025/19"
        page = client.get("/page/unit/2025/19").text
        assert 'href="/kg/page/country/vn"' in page
        assert "<https://data.example/kg/sparql>" in client.get("/sparql").text
