"""A documented query as RDF, in the way that SPARQL editors look for examples.

SHACL's classes of SPARQL executables carry the query, whose prefixes the ontology declares (SHACL,
section 5.2.1); ``rdfs:comment`` says what it asks, ``schema:keywords`` its category, ``schema:target``
the endpoint, as in the example collections of SIB and in the editors made for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.examples.query_file import DocumentedQuery, QueryForm
from graph.model import iris
from graph.model.namespaces import BASE, RDF, RDFS, SCHEMA, SH, SKOS

ONTOLOGY: Final = NamedNode(BASE + "ontology")
"""Declares the prefixes (``sh:declare``) that every query may use."""

ENDPOINT: Final = NamedNode(BASE + "sparql")

_CLASSES: Final = {
    QueryForm.SELECT: SH["SPARQLSelectExecutable"],
    QueryForm.ASK: SH["SPARQLAskExecutable"],
}


def query_iri(name: str) -> NamedNode:
    """Give the IRI of a documented query from the name of its file."""
    return iris.named("query", name)


def query_triples(query: DocumentedQuery) -> Iterator[Triple]:
    """Go through the triples that publish a query."""
    node = query_iri(query.name)
    yield Triple(node, RDF["type"], SH["SPARQLExecutable"])
    yield Triple(node, RDF["type"], _CLASSES[query.form])
    yield Triple(node, SH[query.form], Literal(query.text))
    yield Triple(node, SH["prefixes"], ONTOLOGY)
    yield Triple(node, SCHEMA["keywords"], Literal(query.category))
    yield Triple(node, SCHEMA["target"], ENDPOINT)
    for language, question, answer in (
        ("vi", query.question_vi, query.answer_vi),
        ("en", query.question_en, query.answer_en),
    ):
        yield Triple(node, SKOS["prefLabel"], Literal(question, language=language))
        yield Triple(node, RDFS["comment"], Literal(f"{question} {answer}", language=language))
