"""The description of the dataset as RDF: VoID with partitions and linksets, DCAT, prefixes, examples."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from pyoxigraph import RdfFormat, Triple, parse, serialize

from graph.description.dcat import (
    DESCRIPTION_PREFIXES,
    CatalogueFacts,
    catalogue_triples,
    prefix_triples,
)
from graph.description.turtle import turtle
from graph.description.void_graph import VOID_GRAPH
from graph.model import ntriples
from graph.model.namespaces import GRAPH, RDF, SKOS, VNDX
from graph.query.lookups import GraphContents, Plan

_CATALOGUE: Final = GRAPH["catalogue"]
_EXAMPLES: Final = GRAPH["examples"]


@dataclass(frozen=True)
class DescriptionFormat:
    """A format of the description."""

    extension: str
    media_type: str
    writer: RdfFormat


DESCRIPTION_FORMATS: Final = (
    DescriptionFormat("ttl", "text/turtle", RdfFormat.TURTLE),
    DescriptionFormat("jsonld", "application/ld+json", RdfFormat.JSON_LD),
    DescriptionFormat("nt", "application/n-triples", RdfFormat.N_TRIPLES),
    DescriptionFormat("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
)
"""In the order of the preference of the server."""


def plan_description(*, whole: bool) -> Plan[list[Triple]]:
    """Plan what the graph says of itself.

    Args:
        whole: with partitions, linksets and the example queries, or the named graphs alone.

    """
    graphs = (_CATALOGUE, VOID_GRAPH, _EXAMPLES) if whole else (_CATALOGUE,)
    found: list[Triple] = []
    for graph in graphs:
        found += yield GraphContents(graph)
    return found


def description_triples(stated: list[Triple], facts: CatalogueFacts, *, whole: bool) -> list[Triple]:
    """Give the triples of the description: what the graph states, and what the files and addresses add."""
    triples = [*stated, *catalogue_triples(facts)]
    return [*triples, *prefix_triples()] if whole else triples


def write_description(triples: list[Triple], writer: RdfFormat) -> bytes:
    """Write the description; the same triples are the same bytes."""
    if writer is RdfFormat.TURTLE:
        return turtle(triples, DESCRIPTION_PREFIXES)
    text = ntriples.canonical(triples)
    if writer is RdfFormat.N_TRIPLES:
        return text
    ordered = [quad.triple for quad in parse(text, RdfFormat.N_TRIPLES)]
    return serialize(ordered, format=writer) or b""


@dataclass(frozen=True)
class GraphCredit:
    """What the catalogue says of a named graph: titles by language, licence, who is to be credited."""

    iri: str
    titles: dict[str, str]
    licence: str
    credits: tuple[str, ...]


def graph_credits(stated: list[Triple]) -> dict[str, GraphCredit]:
    """Give the named graphs of the catalogue, by IRI."""
    kinds = {VNDX[name] for name in ("TableGraph", "SourceGraph", "SystemGraph")}
    graphs = sorted(str(t.subject)[1:-1] for t in stated if t.object in kinds and t.predicate == RDF["type"])
    said: defaultdict[str, list[Triple]] = defaultdict(list)
    for triple in stated:
        said[str(triple.subject)[1:-1]].append(triple)
    found: dict[str, GraphCredit] = {}
    for iri in graphs:
        own = said[iri]
        texts = [t.object for t in own if t.predicate == SKOS["prefLabel"]]
        licences = [t.object for t in own if t.predicate.value.endswith("/license")]
        named = sorted(t.object.value for t in own if t.predicate == VNDX["credit"])  # type: ignore[union-attr]
        found[iri] = GraphCredit(
            iri,
            {text.language or "": text.value for text in texts},  # type: ignore[union-attr]
            str(licences[0])[1:-1] if licences else "",
            tuple(named),
        )
    return found
