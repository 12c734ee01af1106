"""The formats of entity documents, and writing triples in the syntaxes of RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.model.namespaces import PREFIXES

# Names below these have slashes, which no prefix can shorten.
_HIERARCHICAL: Final = frozenset({"concept", "graph", "id"})


@dataclass(frozen=True)
class DocumentFormat:
    """A format of documents; ``writer`` is None for those that are no syntax of RDF alone."""

    extension: str
    title: str
    media_type: str
    writer: RdfFormat | None


TRIG: Final = DocumentFormat("trig", "TriG", "application/trig", RdfFormat.TRIG)
TABLE: Final = DocumentFormat("csv", "CSV", "text/csv", None)
DOCUMENT_FORMATS: Final = (
    DocumentFormat("json", "JSON", "application/json", None),
    DocumentFormat("jsonld", "JSON-LD", "application/ld+json", None),
    DocumentFormat("ttl", "Turtle", "text/turtle", RdfFormat.TURTLE),
    DocumentFormat("nt", "N-Triples", "application/n-triples", RdfFormat.N_TRIPLES),
    DocumentFormat("rdf", "RDF/XML", "application/rdf+xml", RdfFormat.RDF_XML),
    TRIG,
    TABLE,
)
"""In the order of the preference of the server."""


def format_of(extension: str) -> DocumentFormat | None:
    """Give the format with an extension."""
    return next((found for found in DOCUMENT_FORMATS if found.extension == extension.lower()), None)


def write_triples(triples: Iterable[Triple] | Iterable[Quad], writer: RdfFormat) -> bytes:
    """Write triples with the prefixes that they use.

    All IRIs are absolute: against a base, pyoxigraph would also write prefixes relative
    (``<//schema.org/>``), which readers of a fragment, or without the base, cannot resolve.
    """
    found: list[Triple] | list[Quad] = list(triples)  # type: ignore[assignment]
    iris = {iri for triple in found for iri in _iris(triple)}
    used = {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if prefix not in _HIERARCHICAL and any(iri.startswith(namespace) for iri in iris)
    }
    return serialize(found, format=writer, prefixes=used) or b""


def _iris(triple: Triple | Quad) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value
