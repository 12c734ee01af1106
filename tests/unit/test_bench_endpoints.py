"""Requests to the servers of the bench."""

from urllib.parse import parse_qsl, urlsplit

from bench.peers.base import Endpoint
from bench.queries.model import cache_busting_suffix

PLAIN = "SELECT ?s { ?s ?p ?o }"
NAMED = "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"
ENDPOINT = Endpoint(80, "/sparql", "urn:merge", ("urn:a", "urn:b&c"))


def _parameters(target: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(target).query)


def test_a_query_with_graph_names_the_named_graphs_and_others_do_not() -> None:
    default = ("default-graph-uri", "urn:merge")
    names = [("named-graph-uri", "urn:a"), ("named-graph-uri", "urn:b&c")]

    assert _parameters(ENDPOINT.target(PLAIN)) == [default, ("query", PLAIN)]
    assert _parameters(ENDPOINT.target(NAMED)) == [default, *names, ("query", NAMED)]


def test_a_query_about_every_graph_names_none() -> None:
    target = ENDPOINT.target(NAMED, every_graph=True)

    assert _parameters(target) == [("default-graph-uri", "urn:merge"), ("query", NAMED)]


def test_a_server_with_a_default_graph_gets_the_query_alone() -> None:
    assert _parameters(Endpoint(80, "/query").target(NAMED)) == [("query", NAMED)]


def test_the_query_comes_last_so_that_a_comment_can_follow() -> None:
    target = ENDPOINT.target(NAMED) + cache_busting_suffix("cold 1") + "7"

    assert _parameters(target)[-1] == ("query", NAMED + "\n# cold 1-7")
