"""What follows from the data by rule; it goes into a named graph of its own (DESIGN decision 5).

Two steps. The rules of `graph.build.rules` are SPARQL and run on Oxigraph over what the files state:
chains of `partOf`, successions from transfers, and the like. Then the hierarchies of the ontology are
applied to the statements and to what the rules gave: superclasses (RDF Semantics, rdfs9),
super-properties (rdfs7), inverse and symmetric properties (OWL 2 RL, prp-inv and prp-symp). What a
file states already is not inferred again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph
from pyoxigraph import QueryTriples, RdfFormat, Store

from graph.build.filtered import FilteredLines
from graph.build.rules import Rule
from graph.build.schema import Schema
from graph.cache import ContentCache, key_of
from graph.model import ntriples
from graph.model.namespaces import GRAPH, PREFIXES, RDF

INFERRED = GRAPH["inferred"]

_TYPE = ntriples.token(RDF["type"])
_VERSION = "1"


def infer(stated: Mapping[str, bytes], schema: Schema, rules: Sequence[Rule], cache: ContentCache) -> bytes:
    """Give what follows from the statements, as sorted N-Triples.

    Args:
        stated: the texts of the graphs whose statements count, under their SHA-256.
        schema: the hierarchies of the ontology.
        rules: the SPARQL rules.
        cache: keeps what the rules give, and what the hierarchies give of each text.

    """
    by_rules = _kept_by_rules(stated, rules, cache)
    schema_key = key_of(repr(schema), _VERSION)
    found: set[bytes] = set(ntriples.lines_of(by_rules))
    found.update(entailed(by_rules, schema))
    for digest, text in stated.items():
        key = key_of(schema_key, digest)
        kept = cache.get("entailed", key)
        if kept is None:
            kept = ntriples.joined(entailed(text, schema))
            cache.put("entailed", key, kept)
        found.update(ntriples.lines_of(kept))
    for text in stated.values():
        found.difference_update(ntriples.lines_of(text))
    return b"".join(sorted(found))


def _kept_by_rules(stated: Mapping[str, bytes], rules: Sequence[Rule], cache: ContentCache) -> bytes:
    """Apply the rules, unless all that they read is as it was."""
    lines = FilteredLines(reads(rules), cache)
    needed = [lines.of(digest, text) for digest, text in stated.items()]
    digests = (hashlib.sha256(text).hexdigest() for text in needed)
    key = key_of("rules", _VERSION, pyoxigraph.__version__, *(rule.construct for rule in rules), *digests)
    kept = cache.get("rules", key)
    if kept is None:
        kept = apply_rules(needed, rules)
        cache.put("rules", key, kept)
    return kept


def reads(rules: Iterable[Rule]) -> set[str]:
    """Give the predicates that some rule reads, as N-Triples terms."""
    return {ntriples.token(predicate) for rule in rules for predicate in rule.reads}


def apply_rules(stated: Iterable[bytes], rules: Sequence[Rule]) -> bytes:
    """Give what the rules construct, as sorted N-Triples.

    Args:
        stated: the texts of some graphs, or of them the lines that the rules read.
        rules: the rules; they see only triples with predicates that one of them declares.

    """
    lines = FilteredLines(reads(rules), ContentCache(None))
    store = Store()
    for text in stated:
        store.bulk_load(lines.of("", text), RdfFormat.N_TRIPLES)
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
