"""A plain full run of pySHACL, to compare with, and ways to break data on purpose."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable
from pathlib import Path

import pyshacl
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

from graph.build.catalogue import INFERRED_DESCRIPTION
from graph.build.vocabulary_units import SHAPES
from graph.description.void_graph import VOID_GRAPH
from graph.model import ntriples
from graph.validation.rdf_terms import Terms, token_of
from graph.validation.results import Result

Plain = tuple[str, str, str, str, str, str, frozenset[str]]


def stated_and_shapes(dump: Path) -> tuple[bytes, bytes]:
    """Read from an N-Quads dump what its files state, as one graph, and the shapes."""
    by_graph: dict[str, list[bytes]] = {}
    for line in gzip.decompress(dump.read_bytes()).splitlines():
        triple, _, graph = line.removesuffix(b" .").rpartition(b" <")
        by_graph.setdefault(graph[:-1].decode(), []).append(triple + b" .\n")
    shapes = b"".join(by_graph.pop(SHAPES.value))
    by_graph.pop(INFERRED_DESCRIPTION.graph)
    by_graph.pop(VOID_GRAPH.value)
    return ntriples.joined(line for lines in by_graph.values() for line in lines), shapes


def rdflib_graph(text: bytes) -> Graph:
    """Give an ordinary rdflib graph, lexical forms as they are."""
    graph = Graph()
    for triple in Terms().triples(text):
        graph.add(triple)  # type: ignore[arg-type]
    return graph


def plain_run(stated: bytes, shapes: bytes) -> set[Plain]:
    """Validate with `pyshacl.validate`, everything at once."""
    shapes_graph = rdflib_graph(shapes)
    _, report, _ = pyshacl.validate(rdflib_graph(stated), shacl_graph=shapes_graph, inplace=True)
    assert isinstance(report, Graph)
    return {_plain(report, node, shapes_graph) for node in report.objects(None, SH.result)}


def as_plain(results: Iterable[Result]) -> set[Plain]:
    """Give our results in the form of the plain run; a complex path is compared by the rest."""
    return {
        (
            result.severity.value,
            result.focus,
            result.path if result.path.startswith("<") and result.path.count("<") == 1 else "",
            result.value,
            result.shape,
            result.component,
            frozenset(text for _, text in result.messages),
        )
        for result in results
    }


def _plain(report: Graph, node: Node, shapes: Graph) -> Plain:
    def one(predicate: URIRef) -> Node | None:
        return next(report.objects(node, predicate), None)

    path, value, shape = one(SH.resultPath), one(SH.value), one(SH.sourceShape)
    while isinstance(shape, BNode):
        shape = min(shapes.subjects(None, shape), key=str)
    return (
        str(one(SH.resultSeverity)).removeprefix(str(SH)),
        _token(one(SH.focusNode)),
        f"<{path}>" if isinstance(path, URIRef) else "",
        _token(value),
        _token(shape),
        _token(one(SH.sourceConstraintComponent)),
        frozenset(str(message) for message in report.objects(node, SH.resultMessage)),
    )


def _token(node: Node | None) -> str:
    return "" if node is None else token_of(node)


# pySHACL 0.40 raises for sh:lessThan and sh:lessThanOrEquals where a date is none, with and without our gate.
_COMPARED = frozenset({"validFrom", "validTo", "start", "end", "rank", "outOf", "lowerBound", "upperBound"})


def broken(text: bytes, every: int, seed: int = 7) -> bytes:
    """Break one triple in so many, each in one of several ways that data goes wrong."""
    chance = random.Random(seed)  # noqa: S311
    lines = ntriples.lines_of(text)
    result = list(lines)
    for line in lines:
        if chance.randrange(every) == 0:
            result += _variants(line, chance)
            if chance.random() < 0.7:
                result.remove(line)
    return ntriples.joined(result)


def _variants(line: bytes, chance: random.Random) -> list[bytes]:
    """Give nothing (the triple is lost), or the triple with another value."""
    (quad,) = parse(line, RdfFormat.N_TRIPLES, rename_blank_nodes=False)
    start = f"{quad.subject} {quad.predicate}"
    values = [
        '"05"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"2025-13-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        '"a\\n\\"tricky\\" <http://e.org/> . text"',
        '"Another label"@en',
        '"Nhãn khác"@vi',
        "<https://w3id.org/vndx/id/nowhere>",
        "<https://w3id.org/vndx/ontology#Province>",
    ]
    if quad.predicate.value.rpartition("#")[2] in _COMPARED:
        values.remove('"2025-13-01"^^<http://www.w3.org/2001/XMLSchema#date>')
    if isinstance(quad.object, NamedNode):
        values.append(f'"{quad.object.value}"')
    return [f"{start} {value} .\n".encode() for value in chance.sample(values, chance.randrange(3))]
