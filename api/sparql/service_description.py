"""The SPARQL 1.1 Service Description, made from what is being served."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from graph.model.namespaces import DCTERMS, PREFIXES, RDF, SD, VOID
from graph.query.engine import NamedGraphEntry
from graph.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format
from graph.query.writers import GRAPH_WRITERS

_LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_SHOWN_PREFIXES: Final = ("dcterms", "rdf", "sd", "void")


@dataclass(frozen=True)
class ServiceFacts:
    """What the description says of a service.

    Attributes:
        endpoint: its address.
        graphs: its named graphs.
        triples: the size of its default graph, None if unknown.
        federates: whether SERVICE may call another server.

    """

    endpoint: str
    graphs: Sequence[NamedGraphEntry]
    triples: int | None
    federates: bool


def describe_service(service: ServiceFacts, rdf_format: Format) -> bytes:
    """Write the description of a service."""
    prefixes = {name: PREFIXES[name] for name in _SHOWN_PREFIXES}
    written = serialize(_description(service), format=GRAPH_WRITERS[rdf_format.name], prefixes=prefixes)
    return written or b""


def _description(facts: ServiceFacts) -> Iterator[Triple]:
    service, dataset, default = (BlankNode(name) for name in ("service", "dataset", "default"))
    yield Triple(service, RDF["type"], SD["Service"])
    yield Triple(service, SD["endpoint"], NamedNode(facts.endpoint))
    yield Triple(service, SD["supportedLanguage"], SD["SPARQL11Query"])
    yield Triple(service, SD["feature"], SD["UnionDefaultGraph"])
    if facts.federates:
        yield Triple(service, SD["feature"], SD["BasicFederatedQuery"])
    yield Triple(service, DCTERMS["license"], _LICENCE)
    for found in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        yield Triple(service, SD["resultFormat"], NamedNode(found.iri))
    yield Triple(service, SD["defaultDataset"], dataset)
    yield Triple(dataset, RDF["type"], SD["Dataset"])
    yield Triple(dataset, SD["defaultGraph"], default)
    yield Triple(default, RDF["type"], SD["Graph"])
    if facts.triples is not None:
        yield Triple(default, VOID["triples"], Literal(facts.triples))
    for number, entry in enumerate(facts.graphs):
        named, content = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        yield Triple(dataset, SD["namedGraph"], named)
        yield Triple(named, RDF["type"], SD["NamedGraph"])
        yield Triple(named, SD["name"], NamedNode(entry.iri))
        if entry.triples is not None:
            yield Triple(named, SD["graph"], content)
            yield Triple(content, RDF["type"], SD["Graph"])
            yield Triple(content, VOID["triples"], Literal(entry.triples))
