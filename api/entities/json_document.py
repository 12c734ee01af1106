"""Entity JSON: one document that is plain JSON and, through the context, the same triples as the Turtle.

Flat keys, arrays where there can be many, labels by language, references as ``{id, type, label}``. A
node is written in full where it is first met and as a reference elsewhere (JSON-LD 1.1, section 4).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.entities.json_ld import JsonLdContext, Term
from graph.model.namespaces import RDF, SKOS, VNDX, XSD
from graph.query.lookups import Node

_TYPE: Final = RDF["type"]
_LABEL: Final = SKOS["prefLabel"]
_STRING: Final = XSD["string"].value
_INTEGER: Final = XSD["integer"].value
_BOOLEAN: Final = XSD["boolean"].value
# Beyond this, readers that hold numbers as doubles would change an integer.
_SAFE_INTEGER: Final = 2**53


def json_document(root: Node, triples: Iterable[Triple], context: JsonLdContext) -> dict[str, Any]:
    """Give the document of a node with all the triples; ``@included`` has those it does not lead to."""
    writer = NodeWriter(triples, context)
    document = {"@context": context.iri} | writer.node(root)
    if others := writer.not_written():
        document["@included"] = [writer.node(other) for other in others]
    return document


def json_bytes(document: Mapping[str, Any]) -> bytes:
    """Write a document as UTF-8."""
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


class NodeWriter:
    """Writes nodes as JSON objects, each in full the first time.

    Args:
        triples: what is known of all nodes.
        context: how properties are written.

    """

    def __init__(self, triples: Iterable[Triple], context: JsonLdContext) -> None:
        self._context = context
        self._facts: dict[Node, dict[NamedNode, list[Any]]] = {}
        for triple in triples:
            subject = triple.subject
            if isinstance(subject, NamedNode | BlankNode):
                facts = self._facts.get(subject)
                if facts is None:
                    facts = self._facts[subject] = {}
                facts.setdefault(triple.predicate, []).append(triple.object)
        self._written: set[Node] = set()

    def node(self, node: Node) -> dict[str, Any]:
        """Write a node with all its facts, or as a reference if it has been written already."""
        facts = self._facts.get(node, {})
        if node in self._written:
            return self._reference(node, facts)
        self._written.add(node)
        written = self._identity(node, facts)
        if labels := facts.get(_LABEL):
            self._add(written, _LABEL, labels)
        others: dict[str, Any] = {}
        # Own properties first: what they lead to is written in full there, and as a reference elsewhere.
        rest = [found for found in facts if found not in (_TYPE, _LABEL)]
        for predicate in sorted(rest, key=lambda found: (found not in VNDX, found.value)):
            self._add(others, predicate, facts[predicate])
        return written | dict(sorted(others.items()))

    def not_written(self) -> list[Node]:
        """Give the nodes that have facts and have not been written, by name."""
        return sorted((node for node in self._facts if node not in self._written), key=str)

    def _identity(self, node: Node, facts: Mapping[NamedNode, list[Any]]) -> dict[str, Any]:
        written: dict[str, Any] = {"id": str(node) if isinstance(node, BlankNode) else node.value}
        if types := facts.get(_TYPE):
            written["type"] = sorted(self._context.type_name(found.value) for found in types)
        return written

    def _reference(self, node: Node, facts: Mapping[NamedNode, list[Any]]) -> dict[str, Any]:
        """Write a node as a reference; it holds no other, so that they cannot go round in circles."""
        written = self._identity(node, facts)
        if labels := [label for label in facts.get(_LABEL, ()) if isinstance(label, Literal)]:
            self._add(written, _LABEL, labels)
        return written

    def _add(self, written: dict[str, Any], predicate: NamedNode, values: list[Any]) -> None:
        term = self._context.term(predicate)
        if not term.by_language:
            self._add_values(written, term, values)
            return
        texts = [value for value in values if isinstance(value, Literal) and value.language]
        if texts:
            written[term.key] = _by_language(texts, many=term.many)
        if len(texts) < len(values):
            others = [value for value in values if value not in texts]
            self._add_values(written, self._context.untyped(predicate), others)

    def _add_values(self, written: dict[str, Any], term: Term, values: list[Any]) -> None:
        ordered = sorted(values, key=str) if len(values) > 1 else values
        shown = [self._value(term, value) for value in ordered]
        written[term.key] = shown if term.many or len(shown) > 1 else shown[0]

    def _value(self, term: Term, value: Any) -> Any:
        if isinstance(value, NamedNode | BlankNode):
            return self.node(value)
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        fits = datatype == term.datatype or (not term.datatype and not term.references)
        if fits and datatype == _INTEGER and _is_plain_integer(value.value):
            return int(value.value)
        if fits and datatype == _BOOLEAN and value.value in ("true", "false"):
            return value.value == "true"
        if datatype == (term.datatype or _STRING) and not term.references:
            return value.value
        written = {"@value": value.value}
        return written if datatype == _STRING else written | {"type": self._context.compact(datatype)}


def _by_language(texts: list[Literal], *, many: bool) -> dict[str, Any]:
    by_language: dict[str, list[str]] = {}
    for text in texts:
        by_language.setdefault(text.language or "", []).append(text.value)
    # Vietnamese first, then by the tag.
    ordered = sorted(by_language.items(), key=lambda found: (found[0] != "vi", found[0]))
    return {tag: sorted(found) if many or len(found) > 1 else found[0] for tag, found in ordered}


def _is_plain_integer(lexical: str) -> bool:
    number = int(lexical)
    return abs(number) < _SAFE_INTEGER and str(number) == lexical
