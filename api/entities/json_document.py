"""Entity JSON: one document that is plain JSON and, through the context, the same triples as the Turtle.

Flat keys, arrays where there can be many, labels by language, references as ``{id, type, label}``. A
node is written in full where it is first met and as a reference elsewhere (JSON-LD 1.1, section 4).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, Triple

from api.entities.json_ld import JsonLdContext, Term
from graph.model.namespaces import RDF, SKOS, VNDX, XSD
from graph.query.lookups import Node

_TYPE: Final = RDF["type"].value
_LABEL: Final = SKOS["prefLabel"].value
_OWN: Final = VNDX.iri
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
        document["@included"] = others
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
        # Nodes and predicates as texts: terms are made anew by each access, and are slow to compare.
        self._facts: dict[str, dict[str, list[Any]]] = {}
        for triple in triples:
            name = _name(triple.subject)
            facts = self._facts.get(name)
            if facts is None:
                facts = self._facts[name] = {}
            predicate = triple.predicate.value
            if predicate in facts:
                facts[predicate].append(triple.object)
            else:
                facts[predicate] = [triple.object]
        self._written: set[str] = set()
        # What a node is referred to by, which may stand in many places of a document.
        self._references: dict[str, dict[str, Any]] = {}

    def node(self, node: Node) -> dict[str, Any]:
        """Write a node with all its facts, or as a reference if it has been written already."""
        return self._node(_name(node))

    def not_written(self) -> list[dict[str, Any]]:
        """Write the nodes that have facts and have not been written, by name."""
        return [self._node(name) for name in sorted(self._facts) if name not in self._written]

    def _node(self, name: str) -> dict[str, Any]:
        facts = self._facts.get(name, {})
        if name in self._written:
            reference = self._references.get(name)
            if reference is None:
                reference = self._references[name] = self._reference(name, facts)
            return reference
        self._written.add(name)
        written = self._identity(name, facts)
        if labels := facts.get(_LABEL):
            self._add(written, _LABEL, labels)
        rest = [found for found in facts if found not in (_TYPE, _LABEL)]
        if not rest:
            return written
        others: dict[str, Any] = {}
        # Own properties first: what they lead to is written in full there, and as a reference elsewhere.
        for predicate in sorted(rest, key=lambda found: (not found.startswith(_OWN), found)):
            self._add(others, predicate, facts[predicate])
        return written | dict(sorted(others.items()))

    def _identity(self, name: str, facts: Mapping[str, list[Any]]) -> dict[str, Any]:
        written: dict[str, Any] = {"id": name}
        if types := facts.get(_TYPE):
            written["type"] = sorted(self._context.type_name(found.value) for found in types)
        return written

    def _reference(self, name: str, facts: Mapping[str, list[Any]]) -> dict[str, Any]:
        """Write a node as a reference; it holds no other, so that they cannot go round in circles."""
        written = self._identity(name, facts)
        if labels := [label for label in facts.get(_LABEL, ()) if isinstance(label, Literal)]:
            self._add(written, _LABEL, labels)
        return written

    def _add(self, written: dict[str, Any], predicate: str, values: list[Any]) -> None:
        term = self._context.term(predicate)
        if not term.by_language:
            self._add_values(written, term, values)
            return
        texts: dict[str, list[str]] = {}
        others: list[Any] = []
        for value in values:
            if isinstance(value, Literal) and (language := value.language):
                texts.setdefault(language, []).append(value.value)
            else:
                others.append(value)
        if texts:
            written[term.key] = _by_language(texts, many=term.many)
        if others:
            self._add_values(written, self._context.untyped(predicate), others)

    def _add_values(self, written: dict[str, Any], term: Term, values: list[Any]) -> None:
        ordered = sorted(values, key=_order) if len(values) > 1 else values
        shown = [self._value(term, value) for value in ordered]
        written[term.key] = shown if term.many or len(shown) > 1 else shown[0]

    def _value(self, term: Term, value: Any) -> Any:
        if not isinstance(value, Literal):
            return self._node(_name(value))
        text = value.value
        if value.language:
            return {"@value": text, "@language": value.language}
        datatype = value.datatype.value
        fits = datatype == term.datatype or (not term.datatype and not term.references)
        if fits and datatype == _INTEGER and _is_plain_integer(text):
            return int(text)
        if fits and datatype == _BOOLEAN and text in ("true", "false"):
            return text == "true"
        if datatype == (term.datatype or _STRING) and not term.references:
            return text
        written = {"@value": text}
        return written if datatype == _STRING else written | {"type": self._context.compact(datatype)}


def _name(node: Any) -> str:
    """Give the IRI of a node, or its blank node label with ``_:``."""
    return str(node) if isinstance(node, BlankNode) else node.value


def _order(value: Any) -> tuple[bool, str, str]:
    """Give what values are ordered by: nodes first, then by text and language."""
    is_literal = isinstance(value, Literal)
    return is_literal, value.value, (value.language or value.datatype.value) if is_literal else ""


def _by_language(texts: Mapping[str, list[str]], *, many: bool) -> dict[str, Any]:
    # Vietnamese first, then by the tag.
    ordered = sorted(texts.items(), key=lambda found: (found[0] != "vi", found[0]))
    return {tag: sorted(found) if many or len(found) > 1 else found[0] for tag, found in ordered}


def _is_plain_integer(lexical: str) -> bool:
    number = int(lexical)
    return abs(number) < _SAFE_INTEGER and str(number) == lexical
