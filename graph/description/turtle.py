"""Turtle written one way: sorted triples, and prefixes in the order of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import RdfFormat, Triple, parse, serialize

from graph.model import ntriples


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Give triples without blank nodes as Turtle; the same triples are the same text.

    pyoxigraph declares prefixes in an order that changes from run to run, so they are written here.
    """
    ordered = [quad.triple for quad in parse(ntriples.canonical(triples), RdfFormat.N_TRIPLES)]
    text = serialize(ordered, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    return head.encode() + text.split(b"\n", len(prefixes))[-1]
