"""Classes and labels kept in memory: the same as what is read from the store one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from service_support import quads_of

from api.entities.link_pages import Cursor
from graph.model.namespaces import BASE, RDF, SKOS, VNDX
from graph.query.lookups import LinkCounts, LinkPage, References
from graph.query.references import ReferenceTable
from graph.query.store_lookups import StoreLookups


@pytest.fixture
def store() -> Store:
    """A store as a snapshot has it: with the merge of the named graphs as default graph."""
    found = Store()
    odd = NamedNode(f"{BASE}id/place/odd")
    graph = NamedNode(f"{BASE}graph/odd")
    quads = [
        *quads_of(),
        Quad(odd, RDF["type"], VNDX["Place"], graph),
        Quad(odd, RDF["type"], NamedNode("https://schema.org/Place"), graph),
        Quad(odd, SKOS["prefLabel"], Literal('Nơi "lạ"\n\\ và\ttab', language="vi"), graph),
        Quad(odd, SKOS["prefLabel"], Literal("plain"), graph),
        Quad(odd, SKOS["prefLabel"], Literal(5), graph),
    ]
    found.extend([*quads, *(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads)])
    return found


def test_the_table_has_what_the_store_has(store: Store) -> None:
    subjects = {quad.subject for quad in store if isinstance(quad.subject, NamedNode)}
    lookup = References(tuple(sorted(subjects, key=str)))
    lookups = StoreLookups(store)
    one_by_one = lookups.answer(lookup)
    lookups.load_references()
    kept = lookups.answer(lookup)
    assert isinstance(one_by_one, list)
    assert isinstance(kept, list)
    assert len(kept) == len(one_by_one)
    assert set(kept) == set(one_by_one)
    assert lookups.answer(lookup) == kept


def test_a_node_of_which_nothing_is_known_has_no_triples(store: Store) -> None:
    assert list(ReferenceTable.load(store).triples([NamedNode("http://e/none")])) == []


def test_names_that_are_like_another_are_of_the_same_kind(store: Store) -> None:
    table = ReferenceTable.load(store)
    assert table.similar(f"{BASE}id/platform/c-thai-nguyn", 3) == [f"{BASE}id/platform/c-thai-nguyen"]
    assert table.similar(f"{BASE}id/unit/2004/19x", 3)[0] == f"{BASE}id/unit/2004/19"
    assert table.similar(f"{BASE}id/platform/", 3) == []


def test_counts_are_those_of_the_pages(store: Store) -> None:
    lookups = StoreLookups(store)
    country = NamedNode(f"{BASE}id/country/vn")
    counts = lookups.answer(LinkCounts(country))
    assert isinstance(counts, list)
    assert counts
    for predicate, number in counts:
        page = lookups.answer(LinkPage(country, predicate))
        assert isinstance(page, list)
        assert len(page) == number
        assert [t.subject.value for t in page] == sorted(t.subject.value for t in page)


@given(st.text(min_size=1), st.booleans())
def test_a_cursor_is_read_as_it_was_written(iri: str, before: bool) -> None:
    cursor = Cursor(before=iri) if before else Cursor(after=iri)
    assert Cursor.read(str(cursor)) == cursor


@given(st.text(max_size=40))
def test_any_other_text_is_no_cursor(text: str) -> None:
    try:
        found = Cursor.read(text)
    except ValueError:
        return
    assert bool(found.after) != bool(found.before)
