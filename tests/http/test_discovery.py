"""What programs find a dataset by: VoID, DCAT, schema.org, sitemap, robots.txt, llms.txt."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import httpx
import pytest
from pyoxigraph import RdfFormat, Store, parse
from server_support import Server

# What the SPARQL editor of SIB sends to an endpoint when it is opened.
EDITOR_VOID = """
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype WHERE {
  { ?cp void:class ?subjectClass ; void:propertyPartition ?pp . ?pp void:property ?prop .
    OPTIONAL {
      { ?pp void:classPartition [ void:class ?objectClass ] }
      UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] } } }
  UNION { ?ls void:subjectsTarget [ void:class ?subjectClass ] ; void:linkPredicate ?prop ;
    void:objectsTarget [ void:class ?objectClass ] }
}"""
EDITOR_PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }
ORDER BY ?prefix"""
EDITOR_EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
} ORDER BY ?sq"""
VNDX = "https://w3id.org/vndx/ontology#"
FORMATS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}


def select(client: httpx.Client, query: str) -> list[dict[str, str]]:
    headers = {"Accept": "application/sparql-results+json"}
    answer = client.get("/sparql", params={"ac": "1", "query": query}, headers=headers)
    assert answer.status_code == 200, answer.text
    bindings = answer.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in binding.items()} for binding in bindings]


def test_an_editor_learns_classes_properties_and_what_they_lead_to(built: httpx.Client) -> None:
    rows = select(built, EDITOR_VOID)
    found = {(r["subjectClass"], r["prop"], r.get("objectClass", r.get("objectDatatype"))) for r in rows}
    assert (f"{VNDX}Province", f"{VNDX}code", "http://www.w3.org/2001/XMLSchema#string") in found
    assert (f"{VNDX}Claim", f"{VNDX}about", f"{VNDX}Province") in found


def test_an_editor_learns_the_prefixes(built: httpx.Client) -> None:
    prefixes = {row["prefix"]: row["namespace"] for row in select(built, EDITOR_PREFIXES)}
    assert prefixes["vndx"] == VNDX
    assert prefixes["skos"] == "http://www.w3.org/2004/02/skos/core#"


def test_an_editor_learns_the_examples_and_each_can_be_run(built: httpx.Client) -> None:
    queries = {row["sq"]: row["query"] for row in select(built, EDITOR_EXAMPLES)}
    assert len(queries) > 30
    for query in queries.values():
        assert built.get("/sparql", params={"query": query}).status_code == 200


def test_partitions_count_what_a_query_counts(built: httpx.Client) -> None:
    query = f"""
    PREFIX void: <http://rdfs.org/ns/void#>
    SELECT ?stated (COUNT(DISTINCT ?s) AS ?counted) WHERE {{
      ?part void:class <{VNDX}Province> ; void:entities ?stated . ?s a <{VNDX}Province> }} GROUP BY ?stated"""
    (row,) = select(built, query)
    assert row["stated"] == row["counted"]


@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog"])
def test_every_format_has_the_same_triples(built: httpx.Client, path: str) -> None:
    graphs = []
    for name, (media_type, rdf_format) in FORMATS.items():
        by_accept = built.get(path, headers={"Accept": media_type})
        by_name = built.get(path, params={"format": name})
        assert by_accept.status_code == by_name.status_code == 200
        assert by_accept.headers["content-type"].startswith(media_type)
        assert by_accept.content == by_name.content
        graphs.append(set(parse(by_name.content, rdf_format)))
    assert graphs[0]
    assert all(graph == graphs[0] for graph in graphs)


def test_the_description_is_the_same_bytes_each_time_and_is_not_sent_twice(built: httpx.Client) -> None:
    first, second = built.get("/.well-known/void"), built.get("/.well-known/void")
    assert first.content == second.content
    known = built.get("/.well-known/void", headers={"If-None-Match": first.headers["etag"]})
    assert known.status_code == 304


def test_the_catalogue_says_where_the_dumps_are_and_they_are_there(
    built: httpx.Client, built_server: Server
) -> None:
    store = Store()
    store.load(built.get("/catalog").content, RdfFormat.TURTLE)
    query = """
    PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
    SELECT ?dataset ?url ?size ?sum WHERE {
      ?dataset dcat:distribution ?file . ?file dcat:downloadURL ?url ; dcat:byteSize ?size ;
        spdx:checksum/spdx:checksumValue ?sum }"""
    rows = list(store.query(query))  # type: ignore[call-overload]
    assert {row["dataset"].value for row in rows} >= {
        "https://w3id.org/vndx/id/dataset/vndx",
        "https://w3id.org/vndx/graph/source/sample",
    }
    for row in rows:
        assert row["url"].value.startswith(built_server.base + "/dumps/")
        found = built.head(row["url"].value, headers={"Accept-Encoding": "identity"})
        assert found.headers["content-length"] == row["size"].value
        assert found.headers["etag"] == f'"{row["sum"].value}"'


def test_the_catalogue_names_licence_version_services_and_credits(built: httpx.Client) -> None:
    text = built.get("/catalog").text
    for term in ("dcat:hasCurrentVersion", "dcat:endpointURL", "vndx:credit", "dcterms:license"):
        assert term in text


def test_what_is_not_asked_for_rightly_is_a_400(built: httpx.Client) -> None:
    for path in ("/catalog?format=docx", "/catalog?formats=ttl", "/dumps/?page=2"):
        answer = built.get(path)
        assert answer.status_code == 400
        assert answer.json()["errors"]


def test_a_format_that_cannot_be_had_is_a_406(built: httpx.Client) -> None:
    answer = built.get("/catalog", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["available"]


def test_dataset_search_engines_find_name_licence_and_downloads(built: httpx.Client) -> None:
    document = built.get("/dataset.jsonld").json()
    (dataset,) = [node for node in document["@graph"] if node["@type"] == "Dataset"]
    assert 50 <= len(dataset["description"]) <= 5000
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert all(part["contentUrl"].startswith("http") for part in dataset["distribution"])
    json.dumps(document, ensure_ascii=False).encode()


def test_the_sitemap_leads_to_pages_that_are_there(built: httpx.Client, built_server: Server) -> None:
    robots = built.get("/robots.txt").text
    assert f"Sitemap: {built_server.base}/sitemap.xml" in robots
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    parts = [e.text or "" for e in ET.fromstring(built.get("/sitemap.xml").text).iter(name)]  # noqa: S314
    assert parts == [f"{built_server.base}/sitemap-{part}.xml" for part in ("pages", "1")]
    own, pages = (
        [e.text or "" for e in ET.fromstring(built.get(part).text).iter(name)]  # noqa: S314
        for part in parts
    )
    for page in own:
        assert built.get(page, headers={"Accept": "text/html"}).status_code == 200, page
    assert len(pages) == built_server.home.get(built.get("/dumps/").json()["snapshot"]).manifest().entities
    for page in pages[:: max(1, len(pages) // 20)]:
        assert built.get(page, headers={"Accept": "text/html"}).status_code == 200
    assert built.get("/sitemap-2.xml").status_code == 404


def test_llms_txt_has_five_queries_that_work(built: httpx.Client) -> None:
    answer = built.get("/llms.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    queries = re.findall(r"```sparql\n(.*?)```", answer.text, re.DOTALL)
    assert len(queries) == 5
    for query in queries:
        assert built.get("/sparql", params={"query": query}).status_code == 200
    for address in re.findall(r"\]\((http[^)]+)\)", answer.text):
        assert built.get(address).status_code == 200


@pytest.mark.parametrize(
    "path", ["/.well-known/void", "/catalog", "/dataset.jsonld", "/sitemap.xml", "/llms.txt"]
)
def test_head_has_the_headers_of_get(built: httpx.Client, path: str) -> None:
    got, head = built.get(path), built.head(path)
    assert head.content == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["access-control-allow-origin"] == "*"


def test_a_snapshot_without_dumps_has_an_empty_list(http: httpx.Client) -> None:
    assert http.get("/dumps/").json()["items"] == []
    assert http.get("/dumps/vndx.nq.gz").status_code == 404
