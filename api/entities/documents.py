"""The formats of entity documents, and writing a description in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from api.entities.description import Description
from api.entities.json_document import json_bytes, json_document
from api.entities.json_ld import JsonLdContext
from graph.model.namespaces import PREFIXES

# Names below these have slashes, which no prefix can shorten.
_HIERARCHICAL: Final = frozenset({"concept", "graph", "id"})


@dataclass(frozen=True)
class DocumentFormat:
    """A format of documents; ``writer`` is None for the entity JSON, which is written by its context."""

    extension: str
    title: str
    media_type: str
    writer: RdfFormat | None


DOCUMENT_FORMATS: Final = (
    DocumentFormat("json", "JSON", "application/json", None),
    DocumentFormat("jsonld", "JSON-LD", "application/ld+json", None),
    DocumentFormat("ttl", "Turtle", "text/turtle", RdfFormat.TURTLE),
    DocumentFormat("nt", "N-Triples", "application/n-triples", RdfFormat.N_TRIPLES),
    DocumentFormat("rdf", "RDF/XML", "application/rdf+xml", RdfFormat.RDF_XML),
)
"""In the order of the preference of the server."""


def format_of(extension: str) -> DocumentFormat | None:
    """Give the format with an extension."""
    return next((found for found in DOCUMENT_FORMATS if found.extension == extension.lower()), None)


def write_document(
    description: Description, document_format: DocumentFormat, context: JsonLdContext
) -> bytes:
    """Write a description; the triples are the same in every format."""
    if document_format.writer is None:
        return json_bytes(json_document(description.node, description.triples, context))
    return write_triples(description.triples, document_format.writer)


def write_triples(triples: Iterable[Triple], writer: RdfFormat) -> bytes:
    """Write triples with the prefixes that they use.

    All IRIs are absolute: against a base, pyoxigraph would also write prefixes relative
    (``<//schema.org/>``), which readers of a fragment, or without the base, cannot resolve.
    """
    found = list(triples)
    iris = {iri for triple in found for iri in _iris(triple)}
    used = {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if prefix not in _HIERARCHICAL and any(iri.startswith(namespace) for iri in iris)
    }
    return serialize(found, format=writer, prefixes=used) or b""


def _iris(triple: Triple) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value
