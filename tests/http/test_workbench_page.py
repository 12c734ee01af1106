"""`/sparql` for browsers, seen from outside: who gets the page, who gets answers, and what is on it."""

from __future__ import annotations

import json
import re
import uuid

import httpx
import pytest
from server_support import Server

BROWSERS = {
    "Chromium": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Lynx": "text/html, text/plain, text/css, text/sgml, */*;q=0.01",
}
CLIENTS = {
    "curl": "*/*",
    "none": "",
    "SPARQLWrapper": "application/sparql-results+json,application/json,text/javascript",
    "rdflib": "application/sparql-results+xml,application/rdf+xml;q=0.8,*/*;q=0.5",
    "Jena": "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/csv;q=0.5, */*;q=.1",
    "Comunica": "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,text/turtle;q=0.6,"
    "application/sparql-results+json;q=0.8,application/sparql-results+xml;q=0.7,text/html;q=0.2",
    "equally fond of both": "text/html, application/sparql-results+json",
    "fonder of pages, but able to read answers": "text/html, text/csv;q=0.9",
    "xhtml only": "application/xhtml+xml, */*;q=0.5",
}
QUERY = 'SELECT ?x ?n { VALUES (?x ?n) { ("một"@vi 1) (<https://w3id.org/vndx/id/unit/2025/19> 2) } }'
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BROWSER = BROWSERS["Chromium"]


def ask(http: httpx.Client, query: str, accept: str = BROWSER, **parameters: str) -> httpx.Response:
    return http.get("/sparql", params={"query": query, **parameters}, headers={"accept": accept})


def is_page(response: httpx.Response) -> bool:
    return response.headers["content-type"] == "text/html; charset=utf-8"


# Who gets what


@pytest.mark.parametrize("accept", BROWSERS.values(), ids=BROWSERS)
def test_a_browser_that_follows_a_link_gets_the_page(http: httpx.Client, accept: str) -> None:
    response = ask(http, QUERY, accept)
    assert response.status_code == 200
    assert is_page(response)
    assert {"Accept", "Accept-Language"} <= set(response.headers["vary"].split(", "))


@pytest.mark.parametrize("accept", CLIENTS.values(), ids=CLIENTS)
def test_any_other_client_gets_an_answer(http: httpx.Client, accept: str) -> None:
    response = ask(http, QUERY, accept)
    assert response.status_code == 200
    assert not is_page(response)
    assert "Accept" in response.headers["vary"].split(", ")
    assert "19" in response.text


@pytest.mark.parametrize("name", ["json", "csv"])
def test_a_browser_that_names_a_format_gets_an_answer(http: httpx.Client, name: str) -> None:
    assert not is_page(ask(http, QUERY, format=name))
    by_suffix = http.get(f"/sparql.{name}", params={"query": QUERY}, headers={"accept": BROWSER})
    assert not is_page(by_suffix)


def test_a_form_that_is_posted_gets_an_answer(http: httpx.Client) -> None:
    assert not is_page(http.post("/sparql", data={"query": QUERY}, headers={"accept": BROWSER}))


def test_head_has_the_type_of_get(http: httpx.Client) -> None:
    response = http.head("/sparql", params={"query": QUERY}, headers={"accept": BROWSER})
    assert (response.status_code, is_page(response), response.content) == (200, True, b"")


def test_who_follows_a_query_by_its_id_is_told_how_long_the_server_took(http: httpx.Client) -> None:
    identity = {"query-id": str(uuid.uuid4())}
    followed = http.get("/sparql", params={"query": QUERY}, headers=identity)
    assert re.fullmatch(r"query;dur=\d+\.\d", followed.headers["server-timing"])
    assert "server-timing" not in ask(http, QUERY, "*/*").headers


# The page without scripts


def test_the_page_has_the_query_and_its_answer_as_a_table(http: httpx.Client) -> None:
    page = ask(http, QUERY, lang="en").text
    assert "VALUES (?x ?n)" in page
    assert '<span lang="vi">một</span>' in page
    assert re.search(r'<a href="/page/unit/2025/19\?lang=en"[^>]*>[^<]*Nguy[eê]n[^<]*</a>', page)
    assert '<td class="numeric"><span>1</span></td>' in page
    assert "2 rows" in page
    assert "format=csv" in page


def test_an_answer_to_ask_is_a_word(http: httpx.Client) -> None:
    assert '<p class="yes-no">Đúng</p>' in ask(http, "ASK {}").text
    assert '<p class="yes-no">No</p>' in ask(http, "ASK { FILTER(false) }", lang="en").text


def test_a_constructed_graph_is_a_table_of_triples(http: httpx.Client) -> None:
    page = ask(http, 'CONSTRUCT { <http://e/s> <http://e/p> "o" } {}').text
    assert '<th scope="col">predicate</th>' in page
    assert '<a href="http://e/s" rel="external">http://e/s</a>' in page
    assert "format=ttl" in page


def test_a_large_answer_shows_its_first_rows_and_says_so(http: httpx.Client) -> None:
    page = ask(http, "SELECT * { ?s <http://e/p> ?o } LIMIT 1000", lang="en").text
    assert "1,000 rows; shown here are the first 200" in page
    assert page.count("<tr>") == 201
    assert (
        "A large answer; shown here are the first 200 rows"
        in ask(http, "SELECT * { ?s ?p ?o }", lang="en").text
    )


def test_a_mistake_is_told_at_the_form_with_its_place(http: httpx.Client) -> None:
    response = ask(http, "SELECT *\nWHERE { ?s ?p", lang="en")
    assert (response.status_code, is_page(response)) == (400, True)
    assert "line 2, column 14" in response.text
    assert 'aria-invalid="true"' in response.text
    assert "WHERE { ?s ?p" in response.text


def test_a_link_to_a_slow_query_opens_soon_and_the_form_waits_for_it(wide_server: Server) -> None:
    with wide_server.client(timeout=30) as http:
        opened = ask(http, ENDLESS, lang="en")
        assert (opened.status_code, "Press “Run query”" in opened.text) == (200, True)
        waited = ask(http, ENDLESS, lang="en", timeout="4")
        assert waited.status_code == 503
        assert "stopped after 4 s" in waited.text


def test_the_form_says_how_long_it_waits_and_keeps_the_dataset(http: httpx.Client) -> None:
    page = ask(http, QUERY, **{"default-graph-uri": "http://e/g"}).text
    assert '<input type="hidden" name="timeout" value="2">' in page
    assert '<input type="hidden" name="default-graph-uri" value="http://e/g" data-dataset>' in page
    assert "default-graph-uri=http%3A%2F%2Fe%2Fg" in page


def test_markup_in_queries_and_answers_is_text(http: httpx.Client) -> None:
    attack = "</script><script>alert(1)</script>"
    page = ask(http, f'SELECT ("{attack}" AS ?x) {{}}').text
    assert attack not in page
    link = ask(http, 'SELECT (IRI("javascript:alert(1)") AS ?x) {}').text
    assert 'href="javascript' not in link


def test_the_page_brings_small_answers_for_its_scripts(http: httpx.Client) -> None:
    found = re.search(
        r'<script type="application/json" id="embedded-answer">(.*?)</script>', ask(http, QUERY).text
    )
    assert found is not None
    brought = json.loads(found[1])
    assert len(json.loads(brought["body"])["results"]["bindings"]) == 2
    assert "embedded-answer" not in ask(http, "SELECT * { ?s ?p ?o } LIMIT 5000").text


# Without a query, and what the editor asks for


def test_the_page_without_a_query_is_kept_by_its_tag(http: httpx.Client) -> None:
    first = http.get("/sparql", headers={"accept": BROWSER})
    known = {"accept": BROWSER, "if-none-match": first.headers["etag"]}
    assert (first.status_code, http.get("/sparql", headers=known).status_code) == (200, 304)


def test_examples_are_links_that_open_them(built: httpx.Client) -> None:
    page = built.get("/sparql", params={"lang": "en"}, headers={"accept": BROWSER}).text
    links = re.findall(r'href="(/sparql\?query=[^"]+)"', page)
    assert len(links) > 20
    assert all("lang=en" in link for link in links)
    assert "Which provinces lack a DTI rank in a year?" in page


def test_completion_has_terms_in_the_language_and_what_goes_with_what(built: httpx.Client) -> None:
    response = built.get("/sparql/completion.json", params={"lang": "en"})
    assert response.headers["content-language"] == "en"
    content = response.json()
    labels = {term["name"]: term["label"] for term in content["properties"]}
    assert labels["vndx:code"] == "code"
    assert "vndx:code" in content["used"]["vndx:Province"]
    assert {"vndx:Province", "vndx:Commune"} <= {term["name"] for term in content["classes"]}
    assert any(term.get("group") for term in content["concepts"])
    assert content["prefixes"]["vndx"] == "https://w3id.org/vndx/ontology#"


def test_completion_is_kept_by_its_tag_and_differs_by_language(built: httpx.Client) -> None:
    first, other = (built.get("/sparql/completion.json", params={"lang": lang}) for lang in ("vi", "en"))
    assert first.headers["etag"] != other.headers["etag"]
    again = built.get("/sparql/completion.json", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_completion_in_an_unknown_language_is_400(built: httpx.Client) -> None:
    assert built.get("/sparql/completion.json", params={"lang": "fr"}).status_code == 400
