"""Every entity keeps the contract of its documents: some of each class here, all of them nightly."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Store
from rdflib import Graph
from rdflib.compare import isomorphic
from server_support import Server
from walking import BASE, ENTITY_KINDS, MOST_BYTES, VOCABULARY, Walk, context, name_of

pytestmark = pytest.mark.snapshot

SEED = 20250701
OF_EACH_CLASS = 2
HUBS = 12
MOST_TOLD = 20
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# Parameters of constraint components, which SHACL takes as properties: no document could say more of them.
NOT_DESCRIBED = {f"{BASE}shapes#{name}" for name in ("notBefore", "notAfter", "among")}
# The endpoint describes itself.
NOT_DESCRIBED |= {f"{BASE}sparql"}


@pytest.fixture(scope="module")
def every(store: Store) -> list[str]:
    """Give the IRIs of all entities that have documents of their own, sorted."""
    return sorted(iri for iri in own_iris(store, "?s") if iri.startswith(ENTITY_KINDS) and "#" not in iri)


@pytest.fixture(scope="module")
def hubs(store: Store) -> list[str]:
    """Give the entities that most others link to."""
    query = (
        "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o FILTER(isIRI(?o)) } GROUP BY ?o ORDER BY DESC(?n) LIMIT 100"
    )
    found = [solution["o"].value for solution in store.query(query)]  # type: ignore[union-attr]
    return [iri for iri in found if iri.startswith(ENTITY_KINDS)][:HUBS]


@pytest.fixture(scope="module")
def widest(store: Store) -> list[str]:
    """Give the entities of which most is said."""
    query = "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY DESC(?n) LIMIT 100"
    found = [getattr(solution["s"], "value", "") for solution in store.query(query)]  # type: ignore[union-attr]
    return [iri for iri in found if iri.startswith(ENTITY_KINDS)][:HUBS]


@pytest.fixture(scope="module")
def sample(store: Store, every: list[str], hubs: list[str], widest: list[str]) -> list[str]:
    """Give some entities of each class, all hubs, and the entities of which most is said."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    known = set(every)
    for quad in store.quads_for_pattern(None, RDF_TYPE, None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and quad.subject.value in known:
            classes[str(quad.object)].append(quad.subject.value)
    drawn = random.Random(SEED)  # noqa: S311
    chosen = {
        iri
        for members in map(sorted, classes.values())
        for iri in drawn.sample(members, min(OF_EACH_CLASS, len(members)))
    }
    return sorted(chosen | set(hubs) | set(widest))


def test_some_entities_of_each_class_keep_the_contract(
    server: Server, store: Store, sample: list[str], every: list[str]
) -> None:
    walk = Walk(server.base, store)
    for iri in sample:
        walk.check(iri)
    assert walk.problems[:MOST_TOLD] == []
    assert walk.entities > 100
    assert not_described(walk.links, every, store) == []


def test_links_of_the_sample_lead_to_documents(server: Server, store: Store, sample: list[str]) -> None:
    walk = Walk(server.base, store)
    links = {o.value for iri in sample for o in objects(store, iri) if o.value.startswith(BASE)}
    for iri in random.Random(SEED).sample(sorted(links), 200):  # noqa: S311
        walk.check_link(iri)
    assert walk.problems[:MOST_TOLD] == []


def test_incoming_links_are_all_on_pages(
    server: Server, store: Store, hubs: list[str], widest: list[str]
) -> None:
    walk = Walk(server.base, store)
    for iri in [*hubs[:6], *widest[:6]]:
        walk.check_incoming(iri)
    assert walk.problems[:MOST_TOLD] == []


def test_hubs_answer_within_bounds(server: Server, store: Store, hubs: list[str]) -> None:
    walk = Walk(server.base, store)
    sizes = {iri: len(walk.get(f"/data/{name_of(iri)}.json").body) for iri in hubs}
    assert f"{BASE}id/country/vn" in sizes
    assert f"{BASE}concept/unit-type/xa" in sizes
    assert max(sizes.values()) < MOST_BYTES / 4


def test_another_reader_of_json_ld_finds_the_same_triples(
    server: Server, store: Store, sample: list[str]
) -> None:
    walk = Walk(server.base, store)
    for iri in sample[::10]:
        name = name_of(iri)
        document = json.loads(walk.get(f"/data/{name}.json").body) | {"@context": context()}
        turtle = Graph().parse(data=walk.get(f"/data/{name}.ttl").body, format="turtle")
        assert isomorphic(turtle, Graph().parse(data=json.dumps(document), format="json-ld")), iri


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_entity_keeps_the_contract(
    server: Server, store: Store, every: list[str], data: st.DataObject
) -> None:
    walk = Walk(server.base, store)
    walk.check(data.draw(st.sampled_from(every)))
    assert walk.problems == []


@pytest.mark.nightly
def test_every_entity_keeps_the_contract(server: Server, store: Store, every: list[str]) -> None:
    walk = Walk(server.base, store)
    for iri in every:
        walk.check(iri)
    kinds = Counter(problem.partition(": ")[2][:60] for problem in walk.problems)
    assert kinds == {}, walk.problems[:MOST_TOLD]
    assert not_described(walk.links, every, store) == []
    for iri in sorted(link for link in walk.links if not link.startswith(ENTITY_KINDS)):
        walk.check_link(iri)
    assert walk.problems[:MOST_TOLD] == []


@pytest.mark.nightly
def test_every_entity_has_all_its_incoming_links_on_pages(
    server: Server, store: Store, every: list[str]
) -> None:
    walk = Walk(server.base, store)
    for iri in every[:: max(1, len(every) // 5_000)]:
        walk.check_incoming(iri)
    assert walk.problems[:MOST_TOLD] == []


def test_every_own_iri_of_the_graph_is_described_where_it_leads(
    server: Server, store: Store, every: list[str]
) -> None:
    own = own_iris(store, "?s") | own_iris(store, "?p") | own_iris(store, "?o")
    assert not_described(own, every, store) == []
    walk = Walk(server.base, store)
    for iri in sorted({iri.partition("#")[0] for iri in own if not iri.startswith(ENTITY_KINDS)}):
        walk.check_link(iri)
    assert walk.problems == []


def own_iris(store: Store, place: str) -> set[str]:
    """Give the own IRIs that are subject, predicate or object (``?s``, ``?p``, ``?o``) of some triple."""
    own = f'FILTER(isIRI({place}) && STRSTARTS(STR({place}), "{BASE}"))'
    solutions = store.query(f"SELECT DISTINCT {place} {{ ?s ?p ?o {own} }}")
    return {solution[place[1:]].value for solution in solutions}  # type: ignore[union-attr]


def not_described(links: set[str], every: list[str], store: Store) -> list[str]:
    """Give the own IRIs whose document does not say anything of them."""
    documents = set(every)
    broken = [iri for iri in links if iri.startswith(ENTITY_KINDS) and iri.partition("#")[0] not in documents]
    fragments = (iri for iri in links if "#" in iri or iri.startswith(ENTITY_KINDS))
    broken += [
        iri for iri in fragments if not next(store.quads_for_pattern(NamedNode(iri), None, None), None)
    ]
    unknown = [iri for iri in links if not iri.startswith((*ENTITY_KINDS, *VOCABULARY))]
    return sorted({*broken, *unknown} - NOT_DESCRIBED)


def objects(store: Store, iri: str) -> list[NamedNode]:
    quads = store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
