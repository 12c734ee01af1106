"""Writing the Oxigraph store of a snapshot: the named graphs, and their merge as default graph.

Oxigraph can show the union of the named graphs as default graph, but it gives a triple that stands in
two graphs twice. The RDF merge (RDF Semantics, section 4.1) has it once, so the merge is stored.

A store whose content differs little from that of an earlier snapshot is made from a copy of that one's,
which is a matter of hard links; whether the result has as many quads as it must is checked.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from graph.model import ntriples

_MOST_CHANGES = 50_000
"""Above this many lines that come or go, writing anew is faster than changing a copy."""

_BATCH = 200_000


@dataclass(frozen=True)
class StoreBase:
    """The store of an earlier snapshot.

    Attributes:
        path: its folder.
        changed: for each graph that is new, gone or different, its sorted N-Triples in that store;
            empty for a new graph.

    """

    path: Path
    changed: Mapping[str, bytes]


def write_store(path: Path, graphs: Mapping[str, bytes], base: StoreBase | None = None) -> int:
    """Write a store and give the size of its default graph in triples.

    Args:
        path: the folder to make.
        graphs: the sorted N-Triples of each named graph, by its IRI.
        base: the store of an earlier snapshot to start from, if there is one.

    Raises:
        OSError: if it cannot be written.

    """
    merge: set[bytes] = set()
    for text in graphs.values():
        merge.update(ntriples.lines_of(text))
    if base is None or not _updated(path, graphs, base, merge):
        _write_anew(path, graphs, merge)
    return len(merge)


def _write_anew(path: Path, graphs: Mapping[str, bytes], merge: Collection[bytes]) -> None:
    store = Store(path)
    with_blank_nodes: list[Quad] = []
    for graph, text in graphs.items():
        lines = ntriples.lines_of(text)
        with_blank_nodes += _quads(filter(_has_blank_node, lines), graph)
        _load(store, lines, NamedNode(graph))
    _load(store, merge, DefaultGraph())
    # bulk_load renames blank nodes; labels that change from build to build would change answers.
    store.bulk_extend([*with_blank_nodes, *map(_in_default_graph, with_blank_nodes)])
    store.optimize()
    store.flush()
    del store


def _load(store: Store, lines: Iterable[bytes], graph: NamedNode | DefaultGraph) -> None:
    """Load the lines without blank nodes into a graph, in batches, as a load is sorted in memory."""
    plain = (line for line in lines if not _has_blank_node(line))
    while batch := b"".join(islice(plain, _BATCH)):
        store.bulk_load(batch, RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)


def _updated(path: Path, graphs: Mapping[str, bytes], base: StoreBase, merge: Collection[bytes]) -> bool:
    """Make the store from the earlier one, and say whether that gave what it must give."""
    changes = {graph: _difference(old, graphs.get(graph, b"")) for graph, old in base.changed.items()}
    if sum(len(gone) + len(come) for gone, come in changes.values()) > _MOST_CHANGES:
        return False
    Store.read_only(str(base.path)).backup(path)
    store = Store(path)
    for graph, (gone, come) in changes.items():
        for quad in _quads(gone, graph):
            store.remove(quad)
        for quad in _quads((line for line in gone if line not in merge), graph):
            store.remove(_in_default_graph(quad))
        added = _quads(come, graph)
        store.extend([*added, *map(_in_default_graph, added)])
    store.flush()
    # Two lexical forms of one value are one quad in a store, so that removing one removes both.
    sound = len(store) == len(merge) + sum(map(ntriples.count, graphs.values()))
    del store
    if not sound:
        shutil.rmtree(path)
    return sound


def _difference(old: bytes, new: bytes) -> tuple[list[bytes], list[bytes]]:
    """Give the lines that go and those that come."""
    before, after = set(ntriples.lines_of(old)), set(ntriples.lines_of(new))
    return sorted(before - after), sorted(after - before)


def _has_blank_node(line: bytes) -> bool:
    return line.startswith(b"_:") or b"> _:" in line


def _in_default_graph(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _quads(lines: Iterable[bytes], graph: str) -> list[Quad]:
    nquads = ntriples.as_nquads(b"".join(lines), graph)
    return list(parse(nquads, RdfFormat.N_QUADS, rename_blank_nodes=False))
