"""The cases of the SPARQL 1.1 Protocol test suite of the W3C, each by its name, sent byte for byte.

The suite's own example graphs are replaced by ours (tests/fixtures/service/documents.trig). This
endpoint is read-only, so an update that the suite has succeed is refused here and changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from server_support import Server

ONE, TWO, THREE = (f"http://example.org/data/{number}" for number in (1, 2, 3))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
BOOLEAN_TYPES = {"application/sparql-results+json", "application/sparql-results+xml"}
TABLE_TYPES = BOOLEAN_TYPES | {"text/csv", "text/tab-separated-values"}
GRAPH_TYPES = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}

BOTH_ARE_DOCUMENTS = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type . }}"
BOTH_ARE_NAMED = f"ASK {{ GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"
ALL_IN_THEIR_PLACES = BOTH_ARE_NAMED.replace("{", f"{{ <{THREE}> a ?type ", 1)
INSERT = f"INSERT {{ GRAPH <http://example.org/new> {{ ?s a <{ONE}> }} }} WHERE {{ ?s ?p ?o }}"


def encoded(*parameters: tuple[str, str]) -> str:
    """Encode name-value pairs as the suite does: a space is %20."""
    return urlencode(parameters, quote_via=quote, safe="")


@dataclass(frozen=True)
class Case:
    """A request of the suite; what comes back is `answer` or, without one, an error of the client."""

    name: str
    method: str = "POST"
    target: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | bytes | None = None
    answer: str = ""


def send(server: Server, case: Case) -> tuple[HTTPResponse, bytes]:
    """Send a request with no header that the case does not have, but Host and Content-Length."""
    address = urlsplit(server.base)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=20)
    body = case.body.encode() if isinstance(case.body, str) else case.body
    try:
        connection.putrequest(
            case.method, f"/sparql?{case.target}".removesuffix("?"), skip_accept_encoding=True
        )
        for name, value in case.headers.items():
            connection.putheader(name, value)
        if case.method != "GET":
            connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


QUERY_CASES = [
    Case("query_get", "GET", encoded(("query", "ASK {}"), ("default-graph-uri", ONE)), answer="true"),
    Case("query_post_form", target=encoded(("default-graph-uri", ONE)), headers=FORM,
         body=encoded(("query", "ASK {}")), answer="true"),
    Case("query_post_direct", headers=QUERY, body="ASK {}", answer="true"),
    Case("query_dataset_default_graphs_get", "GET",
         encoded(("query", BOTH_ARE_DOCUMENTS), ("default-graph-uri", ONE), ("default-graph-uri", TWO)),
         answer="true"),
    Case("query_dataset_default_graphs_post",
         target=encoded(("default-graph-uri", ONE), ("default-graph-uri", TWO)),
         headers=QUERY, body=BOTH_ARE_DOCUMENTS, answer="true"),
    Case("query_dataset_named_graphs_get", "GET",
         encoded(("query", BOTH_ARE_NAMED), ("named-graph-uri", ONE), ("named-graph-uri", TWO)),
         answer="true"),
    Case("query_dataset_named_graphs_post",
         target=encoded(("named-graph-uri", ONE), ("named-graph-uri", TWO)),
         headers=QUERY, body=BOTH_ARE_NAMED, answer="true"),
    Case("query_dataset_full",
         target=encoded(("default-graph-uri", THREE), ("named-graph-uri", ONE), ("named-graph-uri", TWO)),
         headers=QUERY, body=ALL_IN_THEIR_PLACES, answer="true"),
    Case("query_multiple_dataset", target=encoded(("named-graph-uri", ONE), ("named-graph-uri", TWO)),
         headers=QUERY, body=BOTH_ARE_NAMED.replace("{", f"FROM <{THREE}> {{", 1), answer="true"),
    Case("query_content_type_select", target=encoded(("default-graph-uri", ONE)), headers=QUERY,
         body="SELECT (1 AS ?value) {}", answer="table"),
    Case("query_content_type_ask", target=encoded(("default-graph-uri", ONE)), headers=QUERY,
         body="ASK {}", answer="boolean"),
    Case("query_content_type_describe", target=encoded(("default-graph-uri", ONE)), headers=QUERY,
         body="DESCRIBE <http://example.org/>", answer="graph"),
    Case("query_content_type_construct", target=encoded(("default-graph-uri", ONE)), headers=QUERY,
         body="CONSTRUCT { <s> <p> 1 } WHERE {}", answer="graph"),
]  # fmt: skip
BAD_QUERY_CASES = [
    Case("bad_query_method", "PUT", encoded(("query", "ASK {}"), ("default-graph-uri", ONE)), FORM),
    Case("bad_multiple_queries", "GET", encoded(("query", "ASK {}"), ("query", "SELECT * {}"))),
    Case("bad_query_wrong_media_type", headers={"Content-Type": "text/plain"}, body="ASK {}"),
    Case("bad_query_missing_form_type", body=encoded(("query", "ASK {}"))),
    Case("bad_query_missing_direct_type", body="ASK {}"),
    Case("bad_query_non_utf8", headers={"Content-Type": "application/sparql-query; charset=UTF-16"},
         body="ASK {}".encode("utf-16")),
    Case("bad_query_syntax", "GET", encoded(("query", "ASK {"))),
]  # fmt: skip
UPDATE_CASES = [
    Case("update_post_form", headers=FORM, body="update=CLEAR+ALL"),
    Case("update_post_direct", headers=UPDATE, body="CLEAR ALL"),
    Case("update_base_uri", headers=UPDATE, body=f"INSERT DATA {{ GRAPH <{ONE}> {{ <s> <p> <test> }} }}"),
    Case("update_dataset_default_graph", target=encoded(("using-graph-uri", ONE)), headers=UPDATE,
         body=f"CLEAR ALL ; {INSERT}"),
    Case("update_dataset_default_graphs",
         target=encoded(("using-graph-uri", ONE), ("using-graph-uri", TWO)), headers=UPDATE,
         body=f"DROP ALL ; {INSERT}"),
    Case("update_dataset_named_graphs",
         target=encoded(("using-named-graph-uri", ONE), ("using-named-graph-uri", TWO)), headers=UPDATE,
         body=f"DROP ALL ; {INSERT}"),
    Case("update_dataset_full", target=encoded(("using-graph-uri", ONE), ("using-named-graph-uri", TWO)),
         headers=UPDATE, body=f"DROP ALL ; {INSERT}"),
]  # fmt: skip
BAD_UPDATE_CASES = [
    Case("bad_update_get", "GET", encoded(("update", "CLEAR ALL"))),
    Case("bad_multiple_updates", headers=FORM,
         body=encoded(("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT"))),
    Case("bad_update_wrong_media_type", headers={"Content-Type": "text/plain"}, body="CLEAR NAMED"),
    Case("bad_update_missing_form_type", body=encoded(("update", "CLEAR NAMED"))),
    Case("bad_update_non_utf8", headers={"Content-Type": "application/sparql-update; charset=UTF-16"},
         body="CLEAR NAMED".encode("utf-16")),
    Case("bad_update_syntax", headers=FORM, body=encoded(("update", "CLEAR XYZ"))),
    Case("bad_update_dataset_conflict", target=encoded(("using-named-graph-uri", ONE)), headers=UPDATE,
         body=f"WITH <{TWO}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}"),
]  # fmt: skip


def by_name(case: Case) -> str:
    return case.name


def boolean(media_type: str, body: bytes) -> bool:
    if media_type == "application/sparql-results+json":
        value = json.loads(body)["boolean"]
        assert isinstance(value, bool)
        return value
    root = ElementTree.fromstring(body)  # noqa: S314 - it is our own
    return root.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == "true"


def assert_problem(response: HTTPResponse, body: bytes, *statuses: int) -> None:
    assert response.status in statuses, body
    assert response.headers["Content-Type"] == "application/problem+json"
    content = json.loads(body)
    assert content["status"] == response.status
    assert content["detail"]


@pytest.mark.parametrize("case", QUERY_CASES, ids=by_name)
def test_w3c_query(endpoint: Server, case: Case) -> None:
    response, body = send(endpoint, case)
    assert response.status == 200, body
    media_type = response.headers["Content-Type"].partition(";")[0]
    match case.answer:
        case "true":
            assert boolean(media_type, body) is True
        case "boolean":
            assert media_type in BOOLEAN_TYPES
        case "table":
            assert media_type in TABLE_TYPES
        case "graph":
            assert media_type in GRAPH_TYPES
            triples = list(parse(body, RdfFormat.from_media_type(media_type)))
            assert len(triples) == (1 if "CONSTRUCT" in str(case.body) else 0)


@pytest.mark.parametrize("case", BAD_QUERY_CASES, ids=by_name)
def test_w3c_bad_query(endpoint: Server, case: Case) -> None:
    response, body = send(endpoint, case)
    assert_problem(response, body, 400, 405, 415)


@pytest.mark.parametrize("case", UPDATE_CASES, ids=by_name)
def test_w3c_update_is_refused_as_read_only_and_changes_nothing(endpoint: Server, case: Case) -> None:
    def triples() -> str:
        query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
        return httpx.post(f"{endpoint.base}/sparql", data=query).text

    before = triples()
    response, body = send(endpoint, case)
    assert_problem(response, body, 403)
    assert json.loads(body)["type"].endswith("/problem/read-only")
    assert triples() == before
    assert int(before.split()[1]) > 20_000


@pytest.mark.parametrize("case", BAD_UPDATE_CASES, ids=by_name)
def test_w3c_bad_update(endpoint: Server, case: Case) -> None:
    response, body = send(endpoint, case)
    assert_problem(response, body, 400, 403, 415)


def test_every_case_of_the_suite_is_here() -> None:
    names = {case.name for case in (*QUERY_CASES, *BAD_QUERY_CASES, *UPDATE_CASES, *BAD_UPDATE_CASES)}
    assert len(names) == 34


# The suite asks for "true" only; these are the questions to which "true" would be wrong.

FALSE_CASES = [
    Case("one_default_graph_is_not_the_other", "GET",
         encoded(("query", BOTH_ARE_DOCUMENTS), ("default-graph-uri", ONE)), answer="false"),
    Case("default_graphs_are_not_named_graphs", "GET",
         encoded(("query", BOTH_ARE_NAMED), ("default-graph-uri", ONE), ("default-graph-uri", TWO)),
         answer="false"),
    Case("named_graphs_are_not_the_default_graph", "GET",
         encoded(("query", BOTH_ARE_DOCUMENTS), ("named-graph-uri", ONE), ("named-graph-uri", TWO)),
         answer="false"),
    Case("one_named_graph_is_not_the_other", headers=QUERY, target=encoded(("named-graph-uri", ONE)),
         body=BOTH_ARE_NAMED, answer="false"),
    Case("a_named_graph_is_not_in_the_default_graph", headers=QUERY,
         target=encoded(("default-graph-uri", ONE), ("named-graph-uri", TWO), ("named-graph-uri", THREE)),
         body=ALL_IN_THEIR_PLACES, answer="false"),
    Case("the_request_overrides_from", headers=QUERY, target=encoded(("default-graph-uri", ONE)),
         body=BOTH_ARE_DOCUMENTS.replace("{", f"FROM <{ONE}> FROM <{TWO}> {{", 1), answer="false"),
    Case("the_request_overrides_from_named", headers=QUERY, target=encoded(("named-graph-uri", ONE)),
         body=BOTH_ARE_NAMED.replace("{", f"FROM NAMED <{ONE}> FROM NAMED <{TWO}> {{", 1), answer="false"),
    Case("a_named_graph_of_the_request_leaves_no_from", headers=QUERY,
         target=encoded(("named-graph-uri", THREE)),
         body=BOTH_ARE_DOCUMENTS.replace("{", f"FROM <{ONE}> FROM <{TWO}> {{", 1), answer="false"),
]  # fmt: skip


@pytest.mark.parametrize("case", FALSE_CASES, ids=by_name)
def test_the_dataset_is_no_larger_than_asked_for(endpoint: Server, case: Case) -> None:
    response, body = send(endpoint, case)
    assert response.status == 200, body
    assert boolean(response.headers["Content-Type"], body) is False


def test_dataset_parameters_of_address_and_form_add_up(endpoint: Server) -> None:
    body = encoded(("query", BOTH_ARE_DOCUMENTS), ("default-graph-uri", TWO))
    case = Case("", target=encoded(("default-graph-uri", ONE)), headers=FORM, body=body)
    response, content = send(endpoint, case)
    assert boolean(response.headers["Content-Type"], content) is True


VALUES, AGAIN = "http://example.org/values", "http://example.org/values/again"
FORTY_TWO = "{ <http://example.org/value/integer> ?p ?o FILTER(?o = 42) }"


@pytest.mark.parametrize(
    ("dataset", "clauses"),
    [((), ""), ((VALUES, AGAIN), ""), ((), f"FROM <{VALUES}> FROM <{AGAIN}>")],
    ids=["no dataset", "default-graph-uri", "FROM"],
)
def test_a_triple_of_two_graphs_is_one_in_the_default_graph(
    endpoint: Server, dataset: tuple[str, ...], clauses: str
) -> None:
    """The default graph is the RDF merge of its graphs (SPARQL 1.1 Query, section 13.2.1), which is a set."""
    body = f"SELECT (COUNT(*) AS ?n) {clauses} {FORTY_TWO}"
    target = encoded(*(("default-graph-uri", iri) for iri in dataset), ("format", "csv"))
    response, content = send(endpoint, Case("", target=target, headers=QUERY, body=body))
    assert (response.status, content.split()) == (200, [b"n", b"1"])


def test_a_relative_iri_has_a_base(endpoint: Server) -> None:
    """The query's half of update_base_uri: what <test> means is for the service to say."""
    case = Case("", headers=QUERY, body="CONSTRUCT { <s> <p> <test> } WHERE {}")
    response, body = send(endpoint, case)
    (triple,) = parse(body, RdfFormat.from_media_type(response.headers["Content-Type"].partition(";")[0]))
    for iri in (triple.subject, triple.predicate, triple.object):
        assert urlsplit(str(iri).strip("<>")).scheme == "https"


def test_base_of_the_query_wins_over_the_base_of_the_service(endpoint: Server) -> None:
    case = Case("", headers=QUERY, body="BASE <http://example.org/data/> ASK { <1> a ?type }")
    response, body = send(endpoint, case)
    assert boolean(response.headers["Content-Type"], body) is True


def test_a_form_has_its_query_in_the_body_not_in_the_address(endpoint: Server) -> None:
    """Section 2.1.2 has all parameters of a form in the body; a POST without any body is no request."""
    case = Case("", target=encoded(("query", "ASK {}")))
    response, body = send(endpoint, case)
    assert_problem(response, body, 400, 415)
