"""Loading a dump into memory, so that every process that does it gives the same bytes for the same query."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, Store, parse

_MERGE: Final = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def load_dump(path: Path) -> Store:
    """Load compressed N-Quads: the named graphs, and their merge as default graph.

    Two processes that load one dump hold it in the same order, and with the labels that the dump gives
    to blank nodes. The merge is what the store on disk has as well: Oxigraph's own union counts a triple
    once for each of its graphs. IRIs and language tags are not checked again: the build wrote what a
    store had read.

    Raises:
        OSError: if it cannot be read.
        SyntaxError: if it is no N-Quads.

    """
    plain, with_blank_nodes = _divide(gzip.decompress(path.read_bytes()))
    store = Store()
    # The quickest way by far, without Python's objects, but it gives blank nodes new labels, at random.
    store.bulk_load(plain, RdfFormat.N_QUADS, lenient=True)
    del plain
    store.update(_MERGE)
    quads = parse(with_blank_nodes, RdfFormat.N_QUADS, rename_blank_nodes=False, lenient=True)
    store.bulk_extend(both for quad in quads for both in (quad, _in_default_graph(quad)))
    return store


def _divide(lines: bytes) -> tuple[bytes, bytes]:
    """Part the lines without blank nodes from those with; a few whose literals look so are among these."""
    plain: list[bytes] = []
    others: list[bytes] = []
    done = 0
    for start in sorted(set(_with_blank_nodes(lines))):
        end = lines.find(b"\n", start) + 1 or len(lines)
        plain.append(lines[done:start])
        others.append(lines[start:end])
        done = end
    plain.append(lines[done:])
    return b"".join(plain), b"".join(others)


def _with_blank_nodes(lines: bytes) -> Iterator[int]:
    """Give where lines begin that may have a blank node; searching bytes is quicker than going by line."""
    if lines.startswith(b"_:"):
        yield 0
    for mark in (b"\n_:", b" _:"):
        at = lines.find(mark)
        while at >= 0:
            yield lines.rfind(b"\n", 0, at + 1) + 1
            at = lines.find(mark, at + 1)


def _in_default_graph(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)
