"""Writing the Oxigraph store of a snapshot: the named graphs, and their merge as default graph.

Oxigraph can show the union of the named graphs as default graph, but it gives a triple that stands in
two graphs twice. The RDF merge (RDF Semantics, section 4.1) has it once, so the merge is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from graph.model import ntriples


def write_store(path: Path, graphs: Mapping[str, bytes]) -> int:
    """Write a store and give the size of its default graph in triples.

    Args:
        path: the folder to make.
        graphs: the sorted N-Triples of each named graph, by its IRI.

    Raises:
        OSError: if it cannot be written.

    """
    plain: list[bytes] = []
    with_blank_nodes: list[Quad] = []
    merge: set[bytes] = set()
    for graph, text in graphs.items():
        lines = ntriples.lines_of(text)
        merge.update(lines)
        named = [line for line in lines if _has_blank_node(line)]
        if named:
            lines = [line for line in lines if not _has_blank_node(line)]
            with_blank_nodes += _quads(named, graph)
        plain.append(ntriples.as_nquads(b"".join(lines), graph))
    store = Store(path)
    store.bulk_load(b"".join(plain), RdfFormat.N_QUADS, lenient=True)
    plain.clear()
    store.bulk_load(
        b"".join(line for line in merge if not _has_blank_node(line)), RdfFormat.N_TRIPLES, lenient=True
    )
    # bulk_load renames blank nodes; labels that change from build to build would change answers.
    store.bulk_extend(
        [
            *with_blank_nodes,
            *(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in with_blank_nodes),
        ]
    )
    store.optimize()
    store.flush()
    del store
    return len(merge)


def _has_blank_node(line: bytes) -> bool:
    return line.startswith(b"_:") or b"> _:" in line


def _quads(lines: list[bytes], graph: str) -> list[Quad]:
    nquads = ntriples.as_nquads(b"".join(lines), graph)
    return list(parse(nquads, RdfFormat.N_QUADS, rename_blank_nodes=False))
