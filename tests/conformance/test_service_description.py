"""SPARQL 1.1 Service Description: the three cases of the W3C, and that every promise in it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from answer_support import media_type, problem
from pyshacl import validate
from rdflib import Graph, Namespace, Node, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, VOID
from server_support import Server, is_ready, run_server, wait_until
from service_support import publish_quads, quads_of

from graph.snapshots.home import SnapshotHome

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
RDF_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
# The W3C's list of file formats, and the media types that their specifications register.
SOLUTION_TYPES = {
    FORMATS.SPARQL_Results_JSON: "application/sparql-results+json",
    FORMATS.SPARQL_Results_XML: "application/sparql-results+xml",
    FORMATS.SPARQL_Results_CSV: "text/csv",
    FORMATS.SPARQL_Results_TSV: "text/tab-separated-values",
}
GRAPH_TYPES = {
    FORMATS.Turtle: "text/turtle",
    FORMATS["N-Triples"]: "application/n-triples",
    FORMATS.RDF_XML: "application/rdf+xml",
    FORMATS["JSON-LD"]: "application/ld+json",
    FORMATS["N-Quads"]: "application/n-quads",
    FORMATS.TriG: "application/trig",
}
# Sections 3.2 to 3.4 of the recommendation as shapes: classes, domains, ranges and how many.
SCHEMA = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

[] a sh:NodeShape ; sh:targetClass sd:Service ; sh:targetSubjectsOf sd:endpoint ; sh:class sd:Service ;
  sh:property [ sh:path sd:endpoint ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sd:supportedLanguage ; sh:minCount 1 ;
      sh:in ( sd:SPARQL10Query sd:SPARQL11Query sd:SPARQL11Update ) ] ,
    [ sh:path sd:feature ; sh:in ( sd:DereferencesURIs sd:UnionDefaultGraph sd:RequiresDataset
      sd:EmptyGraphs sd:BasicFederatedQuery ) ] ,
    [ sh:path sd:resultFormat ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sd:defaultEntailmentRegime ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sd:defaultDataset ; sh:minCount 1 ; sh:maxCount 1 ; sh:class sd:Dataset ] .
[] a sh:NodeShape ; sh:targetClass sd:Dataset ; sh:targetSubjectsOf sd:namedGraph , sd:defaultGraph ;
  sh:class sd:Dataset ;
  sh:property [ sh:path sd:defaultGraph ; sh:minCount 1 ; sh:maxCount 1 ; sh:class sd:Graph ] ,
    [ sh:path sd:namedGraph ; sh:minCount 1 ; sh:class sd:NamedGraph ] .
[] a sh:NodeShape ; sh:targetClass sd:NamedGraph ; sh:targetSubjectsOf sd:name , sd:graph ;
  sh:class sd:NamedGraph ;
  sh:property [ sh:path sd:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sd:graph ; sh:minCount 1 ; sh:maxCount 1 ; sh:class sd:Graph ] .
[] a sh:NodeShape ; sh:targetClass sd:Graph ;
  sh:property [ sh:path void:triples ; sh:maxCount 1 ; sh:datatype xsd:integer ; sh:minInclusive 0 ] .
"""
TERMS = {
    *("Service", "Dataset", "Graph", "NamedGraph", "GraphCollection", "EntailmentRegime"),
    *("endpoint", "feature", "supportedLanguage", "languageExtension", "resultFormat", "inputFormat"),
    *("defaultDataset", "availableGraphs", "defaultGraph", "namedGraph", "name", "graph"),
    *("defaultEntailmentRegime", "defaultSupportedEntailmentProfile", "extensionFunction"),
    *("extensionAggregate", "propertyFeature", "entailmentRegime", "supportedEntailmentProfile"),
    *("SPARQL10Query", "SPARQL11Query", "SPARQL11Update"),
    *("DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"),
}


def described(client: httpx.Client, accept: str = "text/turtle") -> Graph:
    response = client.get("/sparql", headers={"accept": accept})
    return Graph().parse(data=response.content, format=RDF_TYPES[media_type(response)])


@pytest.fixture
def description(client: httpx.Client) -> Graph:
    return described(client)


def the(graph: Graph, subject: Node | None, predicate: Node) -> Node:
    (value,) = graph.objects(subject, predicate)
    return value


def count(client: httpx.Client, pattern: str, **dataset: str) -> int:
    params = {"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", "format": "csv", **dataset}
    return int(client.get("/sparql", params=params).text.split()[1])


# The cases of the W3C


@pytest.mark.parametrize("accept", ["", "*/*", "application/rdf+xml", "text/turtle;q=0.5, */*;q=0.1"])
def test_returns_rdf(client: httpx.Client, accept: str) -> None:
    assert (None, RDF.type, SD.Service) in described(client, accept)


def test_has_endpoint_triple(description: Graph, endpoint: Server) -> None:
    assert the(description, None, SD.endpoint) == URIRef(f"{endpoint.base}/sparql")


def test_conforms_to_schema(description: Graph) -> None:
    conforms, _, report = validate(description, shacl_graph=Graph().parse(data=SCHEMA, format="turtle"))
    assert conforms, report


def test_the_schema_refuses_what_is_no_description(description: Graph) -> None:
    """Of the test above: the shapes must be able to fail."""
    shapes = Graph().parse(data=SCHEMA, format="turtle")
    for subject, predicate in ((None, SD.endpoint), (None, SD.name), (None, SD.defaultGraph)):
        broken = Graph() + description
        broken.remove((subject, predicate, None))
        assert not validate(broken, shacl_graph=shapes)[0]


def test_only_terms_of_the_vocabulary_are_used(description: Graph) -> None:
    used = {str(node) for triple in description for node in triple if str(node).startswith(str(SD))}
    assert used <= {str(SD) + name for name in TERMS}


# How it is asked for


def test_every_format_describes_the_same_service(client: httpx.Client) -> None:
    graphs = [described(client, accept) for accept in RDF_TYPES]
    assert all(isomorphic(graphs[0], graph) for graph in graphs)


@pytest.mark.parametrize(("name", "expected"), [("ttl", "text/turtle"), ("jsonld", "application/ld+json")])
def test_its_format_can_be_named(client: httpx.Client, name: str, expected: str) -> None:
    browser = {"accept": "text/html,*/*;q=0.8"}
    assert media_type(client.get("/sparql", params={"format": name}, headers=browser)) == expected


def test_other_parameters_do_not_hide_it(client: httpx.Client) -> None:
    assert media_type(client.get("/sparql", params={"timeout": "5", "x": "y"})) == "text/turtle"


def test_no_accepted_format_is_406(client: httpx.Client) -> None:
    for accept in ("image/png", "text/csv", "application/sparql-results+json"):
        problem(client.get("/sparql", headers={"accept": accept}), 406, "not-acceptable")


def test_the_same_description_is_304(client: httpx.Client) -> None:
    tag = client.get("/sparql").headers["etag"]
    assert client.get("/sparql", headers={"if-none-match": tag}).status_code == 304
    other = {"if-none-match": tag, "accept": "application/rdf+xml"}
    assert client.get("/sparql", headers=other).status_code == 200


# What it promises


def test_each_result_format_can_be_had(client: httpx.Client, description: Graph) -> None:
    promised = set(description.objects(None, SD.resultFormat))
    assert promised == SOLUTION_TYPES.keys() | GRAPH_TYPES.keys()
    for iri in promised:
        of_graph = iri in GRAPH_TYPES
        query = "CONSTRUCT WHERE { ?s a ?type }" if of_graph else "SELECT * { ?s a ?type }"
        expected = GRAPH_TYPES[iri] if of_graph else SOLUTION_TYPES[iri]
        response = client.get("/sparql", params={"query": query}, headers={"accept": expected})
        assert media_type(response) == expected


def test_it_speaks_sparql_11_query_and_no_update(description: Graph) -> None:
    assert set(description.objects(None, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert list(description.objects(None, SD.inputFormat)) == []


def test_the_default_graph_is_the_union_as_it_says(client: httpx.Client, description: Graph) -> None:
    features = set(description.objects(None, SD.feature))
    assert SD.UnionDefaultGraph in features
    union = count(client, "{ SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }")
    assert count(client, "?s ?p ?o") == union
    assert SD.RequiresDataset not in features
    assert SD.DereferencesURIs not in features


def test_federation_is_no_feature_as_long_as_no_server_may_be_called(
    client: httpx.Client, description: Graph
) -> None:
    assert SD.BasicFederatedQuery not in set(description.objects(None, SD.feature))
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    problem(client.get("/sparql", params={"query": query}), 403, "service-refused")


def test_each_named_graph_is_there_with_its_number_of_triples(
    client: httpx.Client, description: Graph
) -> None:
    rows = client.get(
        "/sparql",
        params={
            "query": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
            "format": "json",
        },
    ).json()["results"]["bindings"]
    counted = {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    stated = {
        str(name): int(str(the(description, the(description, named, SD.graph), VOID.triples)))
        for named, name in description.subject_objects(SD.name)
    }
    assert len(counted) > 8
    assert stated == counted


def test_the_default_graph_has_its_number_of_triples(client: httpx.Client, description: Graph) -> None:
    default = the(description, None, SD.defaultGraph)
    assert int(str(the(description, default, VOID.triples))) == count(client, "?s ?p ?o")


# It is made from what is being served, where it is being served


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("proxy")
    home = SnapshotHome(folder / "home")
    publish_quads(home, quads_of()[:10])
    settings = {"public_base": "https://vndx.example/kg/", "follow_seconds": 0.1, "workers": 1}
    settings["service_origins"] = "https://a.example"
    with run_server(home, folder / "log", **settings) as running:
        wait_until(lambda: is_ready(running))
        yield running


def test_the_endpoint_is_where_the_world_sees_it(behind_a_proxy: Server) -> None:
    with behind_a_proxy.client(headers={"host": "evil.example"}) as client:
        assert the(described(client), None, SD.endpoint) == URIRef("https://vndx.example/kg/sparql")


def test_federation_is_a_feature_where_servers_may_be_called(behind_a_proxy: Server) -> None:
    with behind_a_proxy.client() as client:
        assert SD.BasicFederatedQuery in set(described(client).objects(None, SD.feature))


def test_another_snapshot_has_another_description(behind_a_proxy: Server) -> None:
    documents = quads_of(Path(__file__).parents[1] / "fixtures" / "service" / "documents.trig")
    with behind_a_proxy.client() as client:
        before = client.get("/sparql")
        publish_quads(behind_a_proxy.home, documents)
        wait_until(lambda: client.get("/sparql").headers["etag"] != before.headers["etag"])
        names = {str(name) for name in described(client).objects(None, SD.name)}
        assert names == {quad.graph_name.value for quad in documents if hasattr(quad.graph_name, "value")}
