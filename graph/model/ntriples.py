"""Graphs as sorted N-Triples: the one form in which the build keeps, compares and hashes them.

The lines are what Oxigraph's serializer writes (single spaces, UTF-8, lexical forms as given); they are
sorted by code point and each stands once, so equal graphs are equal texts (RDF 1.1 N-Triples).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

_END = b" .\n"


def canonical(triples: Iterable[Triple]) -> bytes:
    """Give triples without blank nodes as sorted N-Triples."""
    return joined(lines_of(_serialized(triples, RdfFormat.N_TRIPLES)))


def canonical_graph(quads: Iterable[Quad], graph: str) -> bytes:
    """Give the quads of one named graph, without blank nodes, as sorted N-Triples."""
    nquads = _serialized(quads, RdfFormat.N_QUADS)
    return joined(lines_of(nquads.replace(f" <{graph}> .\n".encode(), _END)))


def canonical_with_blank_nodes(triples: Iterable[Triple], prefix: str) -> bytes:
    """Give triples as sorted N-Triples with blank nodes named by RDFC-1.0.

    Args:
        triples: of one graph.
        prefix: put before every label, so that two graphs of one dataset share no blank node.

    """
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    named: list[Triple] = []
    for quad in dataset:
        subject, value = quad.subject, quad.object
        if isinstance(subject, BlankNode):
            subject = BlankNode(prefix + subject.value)
        if isinstance(value, BlankNode):
            value = BlankNode(prefix + value.value)
        named.append(Triple(subject, quad.predicate, value))
    return canonical(named)


def joined(lines: Iterable[bytes]) -> bytes:
    """Give N-Triples lines, in any order and more than once, as a sorted text."""
    return b"".join(sorted(set(lines)))


def lines_of(text: bytes) -> list[bytes]:
    """Give the lines of a text, with their line ends."""
    return text.splitlines(keepends=True)


def count(text: bytes) -> int:
    """Count the triples of a text."""
    return text.count(b"\n")


def split(text: bytes) -> Iterator[tuple[str, str, str]]:
    """Go through the triples as N-Triples terms: subject, predicate, object."""
    for line in text.decode().split("\n"):
        if line:
            subject, predicate, rest = line.split(" ", 2)
            yield subject, predicate, rest[:-2]


def line(subject: str, predicate: str, value: str) -> bytes:
    """Give one line from three N-Triples terms."""
    return f"{subject} {predicate} {value} .\n".encode()


def as_nquads(text: bytes, graph: str) -> bytes:
    """Give the N-Quads of a text in a named graph; the order stays sorted within the graph."""
    return text.replace(_END, f" <{graph}> .\n".encode())


def token(node: NamedNode) -> str:
    """Give an IRI as an N-Triples term."""
    return f"<{node.value}>"


def _serialized(statements: Iterable[Triple] | Iterable[Quad], rdf_format: RdfFormat) -> bytes:
    text = serialize(statements, format=rdf_format)
    assert text is not None, "without an output file, the serializer gives the text"  # noqa: S101
    return text
