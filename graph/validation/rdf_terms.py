"""Between N-Triples terms and rdflib terms; lexical forms stay as the files have them."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from graph.model.ntriples import split
from graph.model.ntriples_terms import read_literal, write_literal

Triple = tuple[Node, Node, Node]


class Terms:
    """Makes rdflib terms of N-Triples terms, each once, and knows the way back."""

    def __init__(self) -> None:
        self._made: dict[str, Node] = {}

    def __getitem__(self, token: str) -> Node:
        """Give the rdflib term of an N-Triples term.

        Raises:
            ValueError: if it is none.

        """
        term = self._made.get(token)
        if term is None:
            term = self._made[token] = _term(token)
        return term

    def triples(self, text: bytes) -> Iterator[Triple]:
        """Go through the triples of an N-Triples text."""
        for subject, predicate, value in split(text):
            yield self[subject], self[predicate], self[value]


def _term(token: str) -> Node:
    if token.startswith("<"):
        return URIRef(token[1:-1])
    if token.startswith("_:"):
        return BNode(token[2:])
    text, language, datatype = read_literal(token)
    # rdflib would turn "05" into "5": what is validated is what the file says.
    kind = URIRef(datatype) if datatype else None
    return Literal(text, lang=language or None, datatype=kind, normalize=False)


def token_of(node: Node) -> str:
    """Give an rdflib term as an N-Triples term.

    Raises:
        TypeError: if it is no RDF 1.1 term.

    """
    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, BNode):
        return f"_:{node}"
    if isinstance(node, Literal):
        return write_literal(str(node), node.language or "", str(node.datatype or ""))
    raise TypeError(f"{node!r} is no RDF 1.1 term")
