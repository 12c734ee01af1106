"""What follows from the data by rule; it goes into a named graph of its own (DESIGN decision 5).

Two steps. The rules of `graph.build.rules` are SPARQL and run on Oxigraph over what the files state:
chains of `partOf`, successions from transfers, and the like. Then the hierarchies of the ontology are
applied to the statements and to what the rules gave: superclasses (RDF Semantics, rdfs9),
super-properties (rdfs7), inverse and symmetric properties (OWL 2 RL, prp-inv and prp-symp). What a
file states already is not inferred again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import QueryTriples, RdfFormat, Store

from graph.build.rules import Rule
from graph.build.schema import Schema
from graph.cache import ContentCache, key_of
from graph.model import ntriples
from graph.model.namespaces import GRAPH, PREFIXES, RDF

INFERRED = GRAPH["inferred"]

_TYPE = ntriples.token(RDF["type"])
_VERSION = "1"


def infer(stated: dict[str, bytes], schema: Schema, rules: Iterable[Rule], cache: ContentCache) -> bytes:
    """Give what follows from the statements, as sorted N-Triples.

    Args:
        stated: the texts of the graphs whose statements count, under the hashes of their content.
        schema: the hierarchies of the ontology.
        rules: the SPARQL rules.
        cache: keeps, for each text and schema, what the hierarchies give of it.

    """
    by_rules = apply_rules(stated.values(), rules)
    schema_key = key_of(repr(schema), _VERSION)
    found: set[bytes] = set(ntriples.lines_of(by_rules))
    found.update(entailed(by_rules, schema))
    for key, text in stated.items():
        kept = cache.get("entailed", key_of(schema_key, key))
        if kept is None:
            kept = ntriples.joined(entailed(text, schema))
            cache.put("entailed", key_of(schema_key, key), kept)
        found.update(ntriples.lines_of(kept))
    for text in stated.values():
        found.difference_update(ntriples.lines_of(text))
    return ntriples.joined(found)


def apply_rules(stated: Iterable[bytes], rules: Iterable[Rule]) -> bytes:
    """Give what the rules construct, as sorted N-Triples.

    Only triples with a predicate that some rule reads are loaded.
    """
    rules = tuple(rules)
    read = {ntriples.token(predicate).encode() for rule in rules for predicate in rule.reads}
    needed: set[bytes] = set()
    for text in stated:
        needed.update(line for line in ntriples.lines_of(text) if line.split(b" ", 2)[1] in read)
    store = Store()
    store.bulk_load(b"".join(needed), RdfFormat.N_TRIPLES)
    found: list[bytes] = []
    for rule in rules:
        result = store.query(rule.construct, prefixes=PREFIXES)
        if not isinstance(result, QueryTriples):
            raise TypeError(f"the rule {rule.name} is no CONSTRUCT query")
        found += ntriples.lines_of(result.serialize(format=RdfFormat.N_TRIPLES) or b"")
    return ntriples.joined(found)


def entailed(text: bytes, schema: Schema) -> Iterator[bytes]:
    """Go through the lines that the hierarchies give for each triple of a text by itself."""
    types = {cls: above for cls, above in schema.super_classes.items() if above}
    properties = _property_entailments(schema)
    for subject, predicate, value in ntriples.split(text):
        if predicate == _TYPE:
            for cls in types.get(value, ()):
                yield ntriples.line(subject, _TYPE, cls)
        elif predicate in properties:
            same_way, other_way = properties[predicate]
            for above in same_way:
                yield ntriples.line(subject, above, value)
            if not value.startswith('"'):
                for inverse in other_way:
                    yield ntriples.line(value, inverse, subject)


def _property_entailments(schema: Schema) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give for each property the properties that hold too, in its direction and in the other one.

    The inverse of a super-property and the super-properties of an inverse are followed as well, until
    nothing new comes.
    """
    result: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for start in {*schema.super_properties, *schema.inverses}:
        seen: set[tuple[str, bool]] = set()
        pending = [(start, True)]
        while pending:
            term, forward = pending.pop()
            if (term, forward) in seen:
                continue
            seen.add((term, forward))
            pending += ((above, forward) for above in schema.super_properties.get(term, ()))
            pending += ((inverse, not forward) for inverse in schema.inverses.get(term, ()))
        seen.discard((start, True))
        result[start] = (
            tuple(sorted(term for term, forward in seen if forward)),
            tuple(sorted(term for term, forward in seen if not forward)),
        )
    return result
