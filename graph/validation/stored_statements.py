"""What a published store states, read as validation needs it, with other statements laid over it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from graph.model import ntriples
from graph.model.namespaces import GRAPH, SH
from graph.model.ntriples import token
from graph.validation.statements import Statements
from graph.validation.targets import Target

NOT_STATED: Final = frozenset(GRAPH[name] for name in ("inferred", "shapes", "void"))
"""The named graphs that the gate does not look at: what files state is in the others."""

_INFERRED: Final = GRAPH["inferred"]
_OBJECTS_OF: Final = token(SH["targetObjectsOf"])
_SUBJECT: Final = "<urn:x>"

Term = NamedNode | BlankNode | Literal


class GraphStatements:
    """What the files state, of a store that is opened read-only.

    Args:
        store: of a snapshot.

    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def block(self, subject: str) -> bytes:
        """Give the lines of a subject; empty for a blank node, as those sent are not those stored."""
        if not subject.startswith("<"):
            return b""
        found = self._store.quads_for_pattern(NamedNode(subject[1:-1]), None, None)
        return _lines(self._stated(found))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Give the subjects of triples with a predicate and an object."""
        if value.startswith("_:"):
            return []
        found = self._store.quads_for_pattern(None, NamedNode(predicate[1:-1]), _term(value))
        return sorted({str(quad.subject) for quad in self._stated(found)})

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        """Give (subject, object) of the triples with a predicate."""
        found = self._store.quads_for_pattern(None, NamedNode(predicate[1:-1]), None)
        return [(subject, value) for subject, _, value in ntriples.split(_lines(self._stated(found)))]

    def everything(self) -> bytes:
        """Give all lines."""
        return _lines(self._stated(self._store.quads_for_pattern(None, None, None)))

    def about(self, nodes: Collection[str], targets: Iterable[Target]) -> bytes:
        """Give what decides which shapes are for some nodes.

        That is their own lines, and those that lead to them with a property whose values a shape is for.
        """
        lines = [self.block(node) for node in nodes]
        for target in targets:
            if target.kind == _OBJECTS_OF:
                for node in nodes:
                    subjects = self.subjects(target.value, node)
                    lines += [ntriples.line(subject, target.value, node) for subject in subjects]
        return b"".join(lines)

    def without_inferred(self, triples: bytes) -> bytes:
        """Leave out the lines that follow by rule: no file may state them, but every document has them."""
        kept = b"".join(line for line in ntriples.lines_of(triples) if b"_:" not in line)
        quads = parse(kept, RdfFormat.N_TRIPLES)
        known = {
            f"{quad.triple} .\n".encode()
            for quad in quads
            if Quad(quad.subject, quad.predicate, quad.object, _INFERRED) in self._store
        }
        return b"".join(line for line in ntriples.lines_of(triples) if line not in known)

    def _stated(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in quads:
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in NOT_STATED:
                yield quad


class StoredStatements(Statements):
    """Statements laid over those of a store: a subject has the lines of both.

    Args:
        given: those laid over.
        stored: those of the store.

    """

    def __init__(self, given: Statements, stored: GraphStatements) -> None:
        super().__init__(given.text, given.places)
        self._given = given
        self._stored = stored

    def block(self, subject: str) -> bytes:
        """Give the lines of a subject; empty for a term that is no subject."""
        given, stored = self._given.block(subject), self._stored.block(subject)
        return ntriples.joined(ntriples.lines_of(given + stored)) if given and stored else given or stored

    def everything(self) -> bytes:
        """Give all lines."""
        return ntriples.joined(ntriples.lines_of(self._given.everything() + self._stored.everything()))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Give the subjects of triples with a predicate and an object."""
        return sorted({*self._given.subjects(predicate, value), *self._stored.subjects(predicate, value)})

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Go through (subject, object) of the triples with a predicate."""
        yield from sorted({*self._given.pairs(predicate), *self._stored.pairs(predicate)})


def _term(text: str) -> Term:
    """Read a term that is no blank node from its N-Triples form."""
    line = f"{_SUBJECT} {_SUBJECT} {text} .".encode()
    term = next(iter(parse(line, RdfFormat.N_TRIPLES))).object
    if not isinstance(term, NamedNode | BlankNode | Literal):
        raise TypeError(f"{text} is no RDF 1.1 term")
    return term


def _lines(quads: Iterable[Quad]) -> bytes:
    return ntriples.joined(f"{quad.triple} .\n".encode() for quad in quads)
