"""The formats that query answers and documents are written in, with their media types and names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class AnswerKind(StrEnum):
    """What a query gives: solutions or a boolean (SELECT, ASK), or a graph (CONSTRUCT, DESCRIBE)."""

    SOLUTIONS = "solutions"
    GRAPH = "graph"


@dataclass(frozen=True)
class Format:
    """One way to write an answer.

    Attributes:
        name: the short name, also the value of ``?format=``: ``json``, ``ttl`` ...
        title: what people call it.
        kind: which answers can be written in it.
        media_type: the registered media type.
        extension: of files and of document addresses.
        aliases: other media types that clients ask for it by.
        names: other values of ``?format=``, as clients send them.
        is_xml: whether characters that XML 1.0 forbids cannot be written in it.
        iri: the IRI of the format in the W3C list of file formats, used in service descriptions.

    """

    name: str
    title: str
    kind: AnswerKind
    media_type: str
    extension: str
    iri: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_xml: bool = False

    @property
    def media_types(self) -> tuple[str, ...]:
        """All media types that mean this format, the registered one first."""
        return (self.media_type, *self.aliases)


_W3C = "http://www.w3.org/ns/formats/"

JSON: Final = Format(
    "json",
    "SPARQL JSON",
    AnswerKind.SOLUTIONS,
    "application/sparql-results+json",
    "srj",
    _W3C + "SPARQL_Results_JSON",
    ("application/json",),
    ("srj", "sparql-results+json"),
)
XML: Final = Format(
    "xml",
    "SPARQL XML",
    AnswerKind.SOLUTIONS,
    "application/sparql-results+xml",
    "srx",
    _W3C + "SPARQL_Results_XML",
    ("application/xml", "text/xml"),
    ("srx", "sparql-results+xml"),
    is_xml=True,
)
CSV: Final = Format("csv", "CSV", AnswerKind.SOLUTIONS, "text/csv", "csv", _W3C + "SPARQL_Results_CSV")
TSV: Final = Format(
    "tsv",
    "TSV",
    AnswerKind.SOLUTIONS,
    "text/tab-separated-values",
    "tsv",
    _W3C + "SPARQL_Results_TSV",
)

TURTLE: Final = Format(
    "ttl",
    "Turtle",
    AnswerKind.GRAPH,
    "text/turtle",
    "ttl",
    _W3C + "Turtle",
    ("application/x-turtle",),
    ("turtle", "n3"),
)
NTRIPLES: Final = Format(
    "nt",
    "N-Triples",
    AnswerKind.GRAPH,
    "application/n-triples",
    "nt",
    _W3C + "N-Triples",
    names=("ntriples", "n-triples"),
)
RDF_XML: Final = Format(
    "rdf",
    "RDF/XML",
    AnswerKind.GRAPH,
    "application/rdf+xml",
    "rdf",
    _W3C + "RDF_XML",
    ("application/xml", "text/xml"),
    ("xml", "rdfxml", "rdf+xml", "rdf-xml"),
    is_xml=True,
)
JSON_LD: Final = Format(
    "jsonld",
    "JSON-LD",
    AnswerKind.GRAPH,
    "application/ld+json",
    "jsonld",
    _W3C + "JSON-LD",
    ("application/json",),
    ("json-ld", "json"),
)
NQUADS: Final = Format(
    "nq",
    "N-Quads",
    AnswerKind.GRAPH,
    "application/n-quads",
    "nq",
    _W3C + "N-Quads",
    names=("nquads", "n-quads"),
)
TRIG: Final = Format("trig", "TriG", AnswerKind.GRAPH, "application/trig", "trig", _W3C + "TriG")

# In the order of the server's preference, which decides between formats a client likes equally.
SOLUTION_FORMATS: Final = (JSON, XML, CSV, TSV)
GRAPH_FORMATS: Final = (TURTLE, JSON_LD, NTRIPLES, RDF_XML, NQUADS, TRIG)


def format_named(name: str, kind: AnswerKind) -> Format | None:
    """Give the format of a kind of answer by its short name, another name of it, or its media type."""
    wanted = name.strip().lower().replace(" ", "+")
    for candidate in SOLUTION_FORMATS if kind is AnswerKind.SOLUTIONS else GRAPH_FORMATS:
        if wanted in (candidate.name, *candidate.names, *candidate.media_types):
            return candidate
    return None
