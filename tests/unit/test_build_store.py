"""The store: named graphs and their merge, written anew or made from an earlier one."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.build.store_writer import StoreBase, write_store

A, B, ONTOLOGY = "https://e.org/a", "https://e.org/b", "https://e.org/ontology"
XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def triple(subject: str, value: str) -> bytes:
    return f"<https://e.org/{subject}> <https://e.org/p> {value} .\n".encode()


ONE = {
    A: triple("s1", '"1"') + triple("s2", '"hai"@vi'),
    B: triple("s1", '"1"') + triple("s3", "<https://e.org/s1>"),
    ONTOLOGY: triple("s4", "_:ontology-c14n0"),
}


def quads(path: Path) -> set[Quad]:
    return set(Store.read_only(str(path)))


def count(path: Path, graph: NamedNode | DefaultGraph) -> int:
    return sum(1 for _ in Store.read_only(str(path)).quads_for_pattern(None, None, None, graph))


def test_the_default_graph_has_what_two_graphs_state_once(tmp_path: Path) -> None:
    assert write_store(tmp_path / "store", ONE) == 4
    assert count(tmp_path / "store", DefaultGraph()) == 4
    assert [count(tmp_path / "store", NamedNode(graph)) for graph in ONE] == [2, 2, 1]


def test_blank_nodes_keep_their_labels(tmp_path: Path) -> None:
    write_store(tmp_path / "store", ONE)
    blank = {str(quad.object) for quad in quads(tmp_path / "store") if str(quad.object).startswith("_:")}
    assert blank == {"_:ontology-c14n0"}


CHANGES = {
    "a line goes": {**ONE, A: triple("s1", '"1"')},
    "a line goes that another graph has": {**ONE, A: triple("s2", '"hai"@vi')},
    "a line comes": {**ONE, B: ONE[B] + triple("s9", '"x y . <z>"')},
    "a line comes that another graph has": {**ONE, A: ONE[A] + triple("s3", "<https://e.org/s1>")},
    "a graph goes": {A: ONE[A], ONTOLOGY: ONE[ONTOLOGY]},
    "a graph comes": {**ONE, "https://e.org/c": triple("s5", '"5"')},
    "a blank node goes": {**ONE, ONTOLOGY: triple("s4", '"no node"')},
    "a blank node comes": {**ONE, A: ONE[A] + triple("s9", "_:shapes-c14n1")},
    "everything changes": {A: triple("s7", '"7"')},
    "two forms of one value": {**ONE, A: ONE[A] + triple("n", f'"05"^^<{XSD_INTEGER}>')},
}


@pytest.mark.parametrize("after", CHANGES.values(), ids=CHANGES.keys())
def test_a_store_made_from_an_earlier_one_holds_the_same(tmp_path: Path, after: dict[str, bytes]) -> None:
    before = {**ONE, "https://e.org/n": triple("n", f'"5"^^<{XSD_INTEGER}>')}
    after = {**after, "https://e.org/n": before["https://e.org/n"]}
    write_store(tmp_path / "before", before)
    changed = {g: before.get(g, b"") for g in {*before, *after} if before.get(g) != after.get(g)}
    updated = write_store(tmp_path / "updated", after, StoreBase(tmp_path / "before", changed))
    assert updated == write_store(tmp_path / "anew", after)
    assert quads(tmp_path / "updated") == quads(tmp_path / "anew")
    write_store(tmp_path / "again", before)
    assert quads(tmp_path / "before") == quads(tmp_path / "again")
