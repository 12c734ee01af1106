"""The namespaces of VNDX and of the vocabularies it reuses, as pyoxigraph terms."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

BASE: Final = "https://w3id.org/vndx/"


class Namespace:
    """A namespace IRI: ``VNDX["Province"]`` is the term in it."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getitem__(self, local: str) -> NamedNode:
        """Give the term with this local name."""
        return NamedNode(self.iri + local)

    def __contains__(self, node: NamedNode) -> bool:
        """Say whether a term lies in this namespace."""
        return node.value.startswith(self.iri)


VNDX = Namespace(BASE + "ontology#")
CONCEPT = Namespace(BASE + "concept/")
ID = Namespace(BASE + "id/")
GRAPH = Namespace(BASE + "graph/")

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
QB = Namespace("http://purl.org/linked-data/cube#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
TIME = Namespace("http://www.w3.org/2006/time#")
VOID = Namespace("http://rdfs.org/ns/void#")
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

# The prefixes that every Turtle file, query example and editor of this project uses.
PREFIXES: Final[dict[str, str]] = {
    "concept": CONCEPT.iri,
    "dcat": DCAT.iri,
    "dcterms": DCTERMS.iri,
    "eli": ELI.iri,
    "geo": GEO.iri,
    "graph": GRAPH.iri,
    "id": ID.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "qb": QB.iri,
    "qudt": QUDT.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "sd": SD.iri,
    "sh": SH.iri,
    "skos": SKOS.iri,
    "time": TIME.iri,
    "vndx": VNDX.iri,
    "void": VOID.iri,
    "vs": VS.iri,
    "xsd": XSD.iri,
}
