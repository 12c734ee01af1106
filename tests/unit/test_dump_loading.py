"""Loading a dump: its graphs, their merge, and the same bytes from every process."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store, parse

from graph.query.dump import load_dump

EDGE_CASES = (
    b"_:first <http://e/p> <http://e/o> <http://e/g> .\n"
    b"<http://e/s> <http://e/p> _:value <http://e/g> .\n"
    b"_:first <http://e/p> _:first <http://e/h> .\n"
    b'<http://e/s> <http://e/p> "it says <x> _:no, <http://e/g> ." <http://e/g> .\n'
    b'<http://e/s> <http://e/q> "in both"@vi <http://e/g> .\n'
    b'<http://e/s> <http://e/q> "in both"@vi <http://e/h> .\n'
    b"_:last <http://e/q> <http://e/s> <http://e/h> .\n"
)
PRINT_ALL = """
import sys
from pathlib import Path
from pyoxigraph import QueryResultsFormat
from graph.query.dump import load_dump
store = load_dump(Path(sys.argv[1]))
for pattern in ("GRAPH ?g { ?s ?p ?o }", "?s ?p ?o", "?s ?p ?o . ?s ?q ?r"):
    query = f"SELECT * {{ {pattern} }}"
    sys.stdout.buffer.write(store.query(query).serialize(format=QueryResultsFormat.TSV))
"""


def written(folder: Path, lines: bytes) -> Path:
    path = folder / "dump.nq.gz"
    path.write_bytes(gzip.compress(lines))
    return path


def named(store: Store) -> set[object]:
    return {quad for quad in store if quad.graph_name != DefaultGraph()}


def test_named_graphs_are_what_the_dump_has_with_its_labels_of_blank_nodes(tmp_path: Path) -> None:
    store = load_dump(written(tmp_path, EDGE_CASES))
    assert named(store) == set(parse(EDGE_CASES, RdfFormat.N_QUADS, rename_blank_nodes=False))


def test_the_default_graph_has_each_triple_of_the_named_graphs_once(tmp_path: Path) -> None:
    store = load_dump(written(tmp_path, EDGE_CASES))
    default = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    triples = {quad.triple for quad in parse(EDGE_CASES, RdfFormat.N_QUADS, rename_blank_nodes=False)}
    assert len(default) == len(triples) == 6
    assert {quad.triple for quad in default} == triples


def test_a_last_line_without_its_end_is_read(tmp_path: Path) -> None:
    store = load_dump(written(tmp_path, EDGE_CASES.rstrip(b"\n")))
    assert store.contains_named_graph(NamedNode("http://e/h"))
    assert list(store.quads_for_pattern(BlankNode("last"), None, None))


@pytest.mark.parametrize("lines", [b"", b"_:a <http://e/p> _:b <http://e/g> .\n"])
def test_dumps_without_plain_lines_are_read(tmp_path: Path, lines: bytes) -> None:
    assert len(load_dump(written(tmp_path, lines))) == 2 * lines.count(b"\n")


def test_a_dump_that_is_no_nquads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError):
        load_dump(written(tmp_path, b"<http://e/s> <http://e/p> .\n"))


def test_two_processes_that_load_a_dump_give_the_same_bytes(tmp_path: Path) -> None:
    many = b"".join(
        b'<http://e/s%d> <http://e/p%d> "%d" <http://e/g%d> .\n' % (n % 700, n % 7, n, n % 3)
        for n in range(20_000)
    )
    blank = b"".join(
        b"<http://e/s%d> <http://e/b> _:b%d <http://e/g%d> .\n" % (n, n, n % 3) for n in range(500)
    )
    path = written(tmp_path, EDGE_CASES + many + blank)
    printed = [
        subprocess.run([sys.executable, "-c", PRINT_ALL, str(path)], capture_output=True, check=True).stdout
        for _ in range(3)
    ]
    assert printed[0].count(b"\n") > 100_000
    assert printed[0] == printed[1] == printed[2]
