"""Turtle written one way: sorted triples, and prefixes in the order of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import RdfFormat, Triple, parse, serialize

from graph.model import ntriples


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Give triples as Turtle; the same triples are the same text if blank nodes keep their labels.

    pyoxigraph declares prefixes in an order that changes from run to run, so they are written here.
    """
    lines = ntriples.canonical(triples)
    ordered = [quad.triple for quad in parse(lines, RdfFormat.N_TRIPLES, rename_blank_nodes=False)]
    text = serialize(ordered, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    return head.encode() + text.split(b"\n", len(prefixes))[-1]
