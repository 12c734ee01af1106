"""DESCRIBE gives what is said of things, and what the things named there are called."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, parse

from graph.query.errors import ResultTooLargeError
from graph.query.evaluation import evaluate
from graph.query.formats import GRAPH_FORMATS, AnswerKind, Format, format_named
from graph.query.requests import QueryRequest

PREFIXES = """
PREFIX : <http://e/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
DATA = (
    PREFIXES
    + """
GRAPH :first {
  :app a :Platform ; skos:prefLabel "Ứng dụng"@vi ; :operator :office ; :part [ :place :hall ] .
  :office skos:prefLabel "Sở"@vi , "Office"@en ; rdfs:label "Sở"@vi ; :near :app ; :head :person .
  :person skos:prefLabel "Người"@vi .
  :hall skos:prefLabel "Hội trường"@vi .
}
GRAPH :second {
  :app :operator :office .
  :office skos:prefLabel "Sở"@vi , "Another name"@en .
  :Platform rdfs:label "Nền tảng"@vi .
}
"""
)


class Collected:
    """Takes an answer."""

    def __init__(self) -> None:
        self.content = b""

    def head(self, kind: AnswerKind, _: Format) -> None:
        self.kind = kind

    def data(self, chunk: bytes) -> None:
        self.content += chunk


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    for quad in parse(DATA, RdfFormat.TRIG):
        made.add(quad)
        made.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    return made


def answer(store: Store, query: str, name: str = "nt", max_bytes: int = 100_000, **request: object) -> bytes:
    taken = Collected()
    wanted = QueryRequest(PREFIXES + query, graph=format_named(name, AnswerKind.GRAPH), **request)  # type: ignore[arg-type]
    evaluate(store, wanted, taken, max_bytes=max_bytes)
    return taken.content


def labels(store: Store, query: str, **request: object) -> dict[str, list[str]]:
    """Give the labels in a description by the local name of what has them."""
    found: dict[str, list[str]] = {}
    for triple in triples(store, query, **request):
        if "abel" in triple.predicate.value:
            found.setdefault(str(triple.subject)[len("<http://e/") : -1], []).append(triple.object.value)
    return {name: sorted(values) for name, values in found.items()}


def triples(store: Store, query: str, **request: object) -> list[Triple]:
    return [quad.triple for quad in parse(answer(store, query, **request), RdfFormat.N_TRIPLES)]


def test_the_labels_of_neighbours_follow_in_every_language(store: Store) -> None:
    assert labels(store, "DESCRIBE :app") == {
        "app": ["Ứng dụng"],
        "office": ["Another name", "Office", "Sở", "Sở"],
        "Platform": ["Nền tảng"],
        "hall": ["Hội trường"],
    }


def test_nothing_else_is_said_of_neighbours(store: Store) -> None:
    described = triples(store, "DESCRIBE :app")
    assert {triple.predicate.value for triple in described if str(triple.subject) == "<http://e/office>"} == {
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2000/01/rdf-schema#label",
    }
    assert not any("person" in str(triple) for triple in described)


def test_no_triple_comes_twice(store: Store) -> None:
    for query in ("DESCRIBE :app", "DESCRIBE :app :office :person", "DESCRIBE ?s { ?s :operator|:near ?o }"):
        described = triples(store, query)
        assert len(described) == len(set(described))


def test_labels_are_those_of_the_default_graph_that_was_chosen(store: Store) -> None:
    assert labels(store, "DESCRIBE :app FROM :second")["office"] == ["Another name", "Sở"]
    assert labels(store, "DESCRIBE :app FROM :first FROM :second")["office"] == [
        *("Another name", "Office", "Sở", "Sở"),
    ]
    chosen = labels(store, "DESCRIBE :app FROM :first", default_graphs=("http://e/second",))
    assert chosen["office"] == ["Another name", "Sở"]
    assert labels(store, "DESCRIBE :app FROM NAMED :first") == {}


@pytest.mark.parametrize(
    "query", ["describe<http://e/app>", "VERSION '1.2' DESCRIBE:app", "DESCRIBE ?x { ?x a :Platform }"]
)
def test_a_description_is_known_however_it_is_written(store: Store, query: str) -> None:
    assert "office" in labels(store, query)


def test_a_constructed_graph_is_only_what_was_asked_for(store: Store) -> None:
    assert labels(store, "CONSTRUCT { :app :operator ?o } WHERE { :app :operator ?o }") == {}


@pytest.mark.parametrize("name", [found.name for found in GRAPH_FORMATS])
def test_every_format_has_the_whole_description(store: Store, name: str) -> None:
    written = answer(store, "DESCRIBE :office", name)
    read = {quad.triple for quad in parse(written, RdfFormat.from_media_type(media_type_of(name)))}
    assert read == set(triples(store, "DESCRIBE :office"))


def media_type_of(name: str) -> str:
    found = format_named(name, AnswerKind.GRAPH)
    assert found is not None
    return found.media_type


def test_a_description_that_is_too_large_is_an_error_and_not_cut(store: Store) -> None:
    size = len(answer(store, "DESCRIBE :app"))
    assert len(answer(store, "DESCRIBE :app", max_bytes=size)) == size
    with pytest.raises(ResultTooLargeError):
        answer(store, "DESCRIBE :app", max_bytes=size - 1)


def test_what_is_unknown_has_an_empty_description(store: Store) -> None:
    assert answer(store, "DESCRIBE :nobody") == b""
