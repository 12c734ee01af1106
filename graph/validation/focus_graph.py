"""The data graph that shapes are run on: all statements, read when they are asked for, and traced.

pySHACL reads a graph millions of times by a handful of methods; here each is a look-up in a dictionary
that is filled, subject by subject, from the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from rdflib import Graph, URIRef
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from graph.validation.namespaces import MemoNamespaces
from graph.validation.rdf_terms import Terms, Triple, token_of
from graph.validation.statements import Statements
from graph.validation.trace import Trace

Block = dict[Node, list[Node]]


@lru_cache(maxsize=256)
def _prepared(query: str) -> Any:
    """Parse the query of a SPARQL constraint once, not once for each focus node."""
    return prepareQuery(query)


class FocusGraph(Graph):
    """A read-only graph over statements; nothing is in its rdflib store.

    Args:
        statements: the whole data.
        terms: makes the terms.
        focus: the subjects whose reads need not be traced, as N-Triples terms.

    """

    def __init__(self, statements: Statements, terms: Terms, focus: Collection[str] = ()) -> None:
        super().__init__(bind_namespaces="none")
        self.namespace_manager = MemoNamespaces(self)
        self.trace = Trace()
        self._statements = statements
        self._terms = terms
        self._own = set(focus)
        self._blocks: dict[Node, tuple[str, Block]] = {}

    def __len__(self) -> int:
        """Count the triples; rdflib asks only whether there are any."""
        return len(self._statements.places)

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a SPARQL query; see `rdflib.Graph.query`."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """Give the objects of triples with this subject and predicate; see `rdflib.Graph.objects`."""
        # Exact types: rdflib's are abstract base classes, whose isinstance takes a microsecond.
        if type(predicate) is not URIRef or subject is None or type(subject) is list or unique:
            return super().objects(subject, predicate, unique)
        return iter(self._values(subject, predicate))

    def predicate_objects(self, subject: Any = None, unique: bool = False) -> Any:
        """Give (predicate, object) of the triples of a subject; see `rdflib.Graph`."""
        if subject is None or unique:
            return super().predicate_objects(subject, unique)
        block = self._whole_block(subject)
        return ((predicate, value) for predicate, values in block.items() for value in values)

    def triples(self, triple: Any) -> Any:
        """Give the triples that match a pattern; see `rdflib.Graph.triples`."""
        subject, predicate, value = triple
        if isinstance(predicate, Path):
            return ((s, predicate, o) for s, o in predicate.eval(self, subject, value))
        if subject is not None:
            return self._of_subject(subject, predicate, value)
        if predicate is None:
            return self._everything(value)
        if value is not None:
            return self._of_value(predicate, value)
        return self._of_predicate(predicate)

    def _of_subject(self, subject: Node, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        if predicate is not None:
            found: Block = {predicate: self._values(subject, predicate)}
        else:
            found = self._whole_block(subject)
        for each, values in found.items():
            yield from ((subject, each, given) for given in values if value is None or given == value)

    def _of_value(self, predicate: Node, value: Node) -> Iterator[Triple]:
        predicate_token, value_token = token_of(predicate), token_of(value)
        self.trace.inverse.setdefault(predicate_token, set()).add(value_token)
        for subject in self._statements.subjects(predicate_token, value_token):
            yield self._terms[subject], predicate, value

    def _of_predicate(self, predicate: Node) -> Iterator[Triple]:
        token = token_of(predicate)
        self.trace.scans.add(token)
        for subject, value in self._statements.pairs(token):
            yield self._terms[subject], predicate, self._terms[value]

    def _everything(self, value: Node | None) -> Iterator[Triple]:
        self.trace.scans.add("")
        for triple in self._terms.triples(self._statements.everything()):
            if value is None or triple[2] == value:
                yield triple

    def _values(self, subject: Node, predicate: Node) -> list[Node]:
        token, block = self._block(subject)
        if token not in self._own:
            self.trace.values.setdefault(token_of(predicate), set()).add(token)
        return block.get(predicate, [])

    def _whole_block(self, subject: Node) -> Block:
        token, block = self._block(subject)
        if token not in self._own:
            self.trace.blocks.add(token)
        return block

    def _block(self, subject: Node) -> tuple[str, Block]:
        known = self._blocks.get(subject)
        if known is None:
            token = token_of(subject)
            block: Block = {}
            for _, predicate, value in self._terms.triples(self._statements.block(token)):
                block.setdefault(predicate, []).append(value)
            known = self._blocks[subject] = (token, block)
        return known
