"""The JSON-LD context of VNDX, made from the ontology so that the two cannot drift apart.

``python -m graph.vocabulary.json_ld_context`` writes ``ontology/context.jsonld``, ``--check`` only says
whether it is up to date. The form is JSON-LD 1.1 (section 4, "Advanced Concepts"):

- the key of a term is its local name, and ``label`` stands for skos:prefLabel; a reused term whose local
  name another term has too goes by its compact IRI (``oa:start`` beside ``start``);
- an object property takes IRIs or nodes; a property of one datatype takes plain strings of it (decimals
  too, as a JSON number with a fraction would be read as an xsd:double); a property of several datatypes
  takes value objects; texts with a language are maps from language to text;
- a property that can have several values always has an array;
- keys of entity JSON that are no statements about the entity mean nothing (null).

The version is part of the address, ``/context/v1.jsonld``: within a version keys may come, but none changes
its meaning or goes away, so that a document that was saved can always be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeAlias

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef

from graph.model.namespaces import PREFIXES
from graph.vocabulary.files import CONTEXT, ONTOLOGY, REUSED_TERMS, read_turtle

Definition: TypeAlias = str | float | dict[str, str | list[str]] | None

VERSION: Final = 1
"""The version of the context: it rises when a key gets another meaning or goes away."""

PLAIN_KEYS: Final = ("figures", "incoming", "omitted")
"""The keys of entity JSON that are no statements: beside the description, for readers of plain JSON."""

_DCTERMS: Final = Namespace(PREFIXES["dcterms"])
_GEO: Final = Namespace(PREFIXES["geo"])
_OA: Final = Namespace(PREFIXES["oa"])
_VOID: Final = Namespace(PREFIXES["void"])

_KEYS: Final = {SKOS.prefLabel: "label"}
# What the other vocabularies do not say, or not in a form that a context can be made from.
_REUSED_RANGES: Final = {
    _DCTERMS.alternative: RDF.langString,
    _DCTERMS.title: RDF.langString,
    _GEO.lat: XSD.decimal,
    _GEO.long: XSD.decimal,
    _OA.end: XSD.integer,
    _OA.exact: RDF.langString,
    _OA.start: XSD.integer,
    _VOID.triples: XSD.integer,
    SKOS.altLabel: RDF.langString,
    SKOS.definition: RDF.langString,
    SKOS.editorialNote: RDF.langString,
    SKOS.note: RDF.langString,
    SKOS.prefLabel: RDF.langString,
}
_ONE_VALUE: Final = frozenset(
    {_GEO.lat, _GEO.long, _OA.end, _OA.exact, _OA.hasSource, _OA.start, _VOID.triples, SKOS.prefLabel}
)
# Prefixes that would hide the key "id", or that nothing in the entity JSON needs.
_NO_PREFIX: Final = frozenset({"concept", "graph", "id"})


def make_context(ontology: Graph, reused: Graph) -> dict[str, Definition]:
    """Give the context: the keywords, the prefixes, then a definition for each class and property.

    Args:
        ontology: the own terms.
        reused: the terms of other vocabularies that the data uses, each with its kind.

    Raises:
        ValueError: if two terms would have the same key, or one that is no term's.

    """
    context: dict[str, Definition] = {"@version": 1.1, "id": "@id", "type": "@type"}
    context |= {prefix: iri for prefix, iri in sorted(PREFIXES.items()) if prefix not in _NO_PREFIX}
    own, others = _terms(ontology), _terms(reused)
    names = Counter(_KEYS.get(term, _local_name(term)) for term in (*own, *others))
    terms: dict[str, Definition] = {}
    for term in own:
        _put(terms, _local_name(term), term, _definition(ontology, term))
    for term in others:
        key = _KEYS.get(term, _local_name(term))
        _put(terms, key if names[key] == 1 else _compact(term), term, _definition(reused, term))
    for key in PLAIN_KEYS:
        if key in terms:
            raise ValueError(f"the key {key!r} of entity JSON is no statement: rename the term of that name")
    return context | dict.fromkeys(PLAIN_KEYS) | dict(sorted(terms.items()))


def render(context: dict[str, Definition]) -> str:
    """Give the text of the context document, one term a line."""
    lines = ",\n".join(
        f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in context.items()
    )
    return f'{{\n  "version": {VERSION},\n  "@context": {{\n{lines}\n  }}\n}}\n'


def _put(terms: dict[str, Definition], key: str, term: URIRef, definition: Definition) -> None:
    if key in terms or key in PREFIXES:
        raise ValueError(f"the key {key!r} of {term} is taken in the JSON-LD context: rename the term")
    terms[key] = definition


def _terms(graph: Graph) -> list[URIRef]:
    """Give the classes and properties that a graph declares, in the order of their IRIs."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return sorted(
        {term for kind in kinds for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}
    )


def _definition(graph: Graph, term: URIRef) -> Definition:
    if (term, RDF.type, OWL.Class) in graph:
        return _compact(term)
    definition: dict[str, str | list[str]] = {"@id": _compact(term)}
    containers: list[str] = []
    range_ = graph.value(term, RDFS.range) or _REUSED_RANGES.get(term)
    if (term, RDF.type, OWL.ObjectProperty) in graph:
        definition["@type"] = "@id"
    elif range_ == RDF.langString:
        containers.append("@language")
    elif isinstance(range_, URIRef) and range_.startswith(str(XSD)) and range_ != XSD.string:
        definition["@type"] = _compact(range_)
    if (term, RDF.type, OWL.FunctionalProperty) not in graph and term not in _ONE_VALUE:
        containers.append("@set")
    if containers:
        definition["@container"] = containers[0] if len(containers) == 1 else containers
    return definition


def _local_name(term: URIRef) -> str:
    return _compact(term).partition(":")[2]


def _compact(term: URIRef) -> str:
    """Give the compact IRI of a term.

    Raises:
        ValueError: if its namespace has no prefix in `graph.model.namespaces`.

    """
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace) and prefix not in _NO_PREFIX:
            return f"{prefix}:{term.removeprefix(namespace)}"
    raise ValueError(f"the namespace of {term} has no prefix in graph/model/namespaces.py")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the context, or check it; give 0 when it is up to date in the end."""
    parser = argparse.ArgumentParser(
        prog="json_ld_context", description="Make ontology/context.jsonld from the ontology."
    )
    parser.add_argument("--check", action="store_true", help="write nothing, fail if it is out of date")
    options = parser.parse_args(arguments)
    wanted = render(make_context(read_turtle([ONTOLOGY]), read_turtle([REUSED_TERMS])))
    if CONTEXT.is_file() and CONTEXT.read_text(encoding="utf-8") == wanted:
        return 0
    if options.check:
        sys.stderr.write(f"{CONTEXT.name} is out of date: run python -m graph.vocabulary.json_ld_context\n")
        return 1
    CONTEXT.write_text(wanted, encoding="utf-8")
    sys.stdout.write(f"{CONTEXT.name} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
