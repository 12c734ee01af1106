"""The pages of the vocabulary: every term has its place, and leads to the data that uses it."""

from __future__ import annotations

import re
import shlex
from html import unescape

import httpx
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SKOS

ONTOLOGY = "https://w3id.org/vndx/ontology#"
SHAPES = "https://w3id.org/vndx/shapes#"
SH = "http://www.w3.org/ns/shacl#"
PAGE = {"accept": "text/html"}


def rdf(built: httpx.Client, path: str) -> Graph:
    return Graph().parse(data=built.get(f"{path}.nt").text, format="nt")


def anchors(page: str) -> set[str]:
    return {unescape(found) for found in re.findall(r'\bid="([^"]+)"', page)}


def links(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page)]


def local_names(graph: Graph, namespace: str, *kinds: URIRef) -> set[str]:
    subjects = {str(node) for kind in kinds for node in graph.subjects(RDF.type, kind)}
    return {iri.removeprefix(namespace) for iri in subjects if iri.startswith(namespace)}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_class_and_property_has_its_place_on_the_page(built: httpx.Client, lang: str) -> None:
    page = built.get(f"/ontology?lang={lang}", headers=PAGE)
    assert page.headers["content-language"] == lang
    terms = local_names(
        rdf(built, "/ontology"), ONTOLOGY, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty
    )
    assert "Province" in terms
    assert terms <= anchors(page.text)


@pytest.mark.parametrize("path", ["/ontology", "/concepts", "/shapes", "/docs", "/docs/schemas"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_links_within_a_page_lead_somewhere_and_no_place_has_two_contents(
    built: httpx.Client, path: str, lang: str
) -> None:
    page = built.get(f"{path}?lang={lang}", headers=PAGE).text
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))
    within = {link[1:] for link in links(page) if link.startswith("#")}
    assert within <= anchors(page)


def test_links_between_the_pages_of_the_vocabulary_lead_to_places_that_exist(built: httpx.Client) -> None:
    pages = {
        path: built.get(path, headers=PAGE).text for path in ("/ontology", "/concepts", "/shapes", "/docs")
    }
    for page in pages.values():
        for link in links(page):
            path, _, fragment = link.partition("#")
            if fragment and path in pages:
                assert fragment in anchors(pages[path]), link


@pytest.mark.parametrize("path", ["/ontology", "/concepts"])
def test_every_query_for_what_uses_a_term_is_answered(built: httpx.Client, path: str) -> None:
    page = built.get(path, headers=PAGE).text
    queries = {link for link in links(page) if link.startswith("/sparql?query=")}
    assert len(queries) > 100
    for query in queries:
        answer = built.get(query, headers={"accept": "text/csv"})
        assert answer.status_code == 200, query


def test_a_term_in_use_has_examples_that_lead_to_entities(built: httpx.Client) -> None:
    page = built.get("/ontology", headers=PAGE).text
    province = page[page.index('id="Province"') :]
    examples = [link for link in links(province[: province.index("</section>")]) if link.startswith("/page/")]
    assert examples
    for example in examples:
        assert built.get(example, headers=PAGE).status_code == 200


def test_every_concept_has_its_row_and_leads_to_its_page(built: httpx.Client) -> None:
    page = built.get("/concepts", headers=PAGE).text
    graph = rdf(built, "/concepts")
    concepts = {str(node) for node in graph.subjects(SKOS.inScheme, None)}
    assert len(concepts) > 100
    named = set(links(page))
    for concept in concepts:
        assert f"/page/{concept.removeprefix('https://w3id.org/vndx/')}" in named
    first = next(link for link in links(page) if link.startswith("/page/concept/unit-type/"))
    assert built.get(first, headers=PAGE).status_code == 200


@pytest.mark.parametrize("path", ["/ontology", "/concepts", "/shapes"])
def test_a_browser_gets_a_page_and_others_rdf(built: httpx.Client, path: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = built.get(path, headers={"accept": browser})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert built.get(path).headers["content-type"].startswith("text/turtle")
    assert (
        built.get(path, headers={"accept": "application/ld+json"}).headers["content-location"]
        == f"{path}.jsonld"
    )
    assert built.get(path, headers={**PAGE, "if-none-match": page.headers["etag"]}).status_code == 304


def test_the_concepts_as_rdf_have_their_schemes(built: httpx.Client) -> None:
    graph = rdf(built, "/concepts")
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(graph.objects(None, SKOS.inScheme)) <= schemes


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_shape_has_its_place_with_its_message(built: httpx.Client, lang: str) -> None:
    page = built.get(f"/shapes?lang={lang}", headers=PAGE).text
    graph = rdf(built, "/shapes")
    shapes = local_names(graph, SHAPES, URIRef(f"{SH}NodeShape"), URIRef(f"{SH}PropertyShape"))
    assert len(shapes) > 300
    assert shapes <= anchors(page)
    text = unescape(page)
    for node in shapes:
        for message in graph.objects(URIRef(SHAPES + node), URIRef(f"{SH}message")):
            if getattr(message, "language", None) == lang:
                assert str(message) in text


def test_the_command_that_validates_finds_what_the_page_says_it_finds(built: httpx.Client) -> None:
    page = unescape(built.get("/shapes", headers=PAGE).text)
    command, body = re.search(r"<pre[^>]*>(curl [^\n]+) <<'END'\n(.*?)END</pre>", page, re.DOTALL).groups()  # type: ignore[union-attr]
    words = shlex.split(command)
    assert words[1:3] == ["-H", "Content-Type: text/turtle"]
    report = built.post(words[-1], content=body.encode(), headers={"content-type": "text/turtle"}).json()
    assert any(found["path"] == f"{ONTOLOGY}platformKind" for found in report["results"])


def test_a_page_of_the_vocabulary_needs_no_index_of_uses(http: httpx.Client) -> None:
    """A snapshot without its VoID description, or without shapes, is shown without counts and rules."""
    for path in ("/ontology", "/concepts", "/shapes"):
        assert http.get(path, headers=PAGE).status_code == 200
