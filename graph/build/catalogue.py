"""The catalogue: what each named graph is, who is to be credited, and how large it is (DCAT, VoID)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from graph.build.units import GraphDescription, GraphKind
from graph.description.void_graph import DATASET, VOID_GRAPH
from graph.mapping.table_mapping import CC_BY_4_0
from graph.model import ntriples
from graph.model.namespaces import DCAT, DCTERMS, GRAPH, RDF, SD, SKOS, VNDX, VOID, XSD

CATALOGUE = GRAPH["catalogue"]

TITLE_VI = "VNDX: đồ thị tri thức mở về chuyển đổi số của các tỉnh Việt Nam"
TITLE_EN = "VNDX: the open knowledge graph of how Vietnam's provinces go digital"

CATALOGUE_DESCRIPTION = GraphDescription(
    graph=CATALOGUE.value,
    kind=GraphKind.SYSTEM,
    title_vi="Danh mục các đồ thị có tên",
    title_en="The catalogue of the named graphs",
    licence=CC_BY_4_0,
)
INFERRED_DESCRIPTION = GraphDescription(
    graph=GRAPH["inferred"].value,
    kind=GraphKind.SYSTEM,
    title_vi="Những điều suy ra theo quy tắc",
    title_en="What follows by rule",
    licence=CC_BY_4_0,
)
VOID_DESCRIPTION = GraphDescription(
    graph=VOID_GRAPH.value,
    kind=GraphKind.SYSTEM,
    title_vi="Thống kê lớp, thuộc tính và liên kết của các đồ thị khác (VoID)",
    title_en="Classes, properties and links of the other graphs, counted (VoID)",
    licence=CC_BY_4_0,
)


def describe(descriptions: Iterable[GraphDescription]) -> bytes:
    """Give the catalogue without the sizes, as sorted N-Triples: a function of the inputs' names alone."""
    triples = [
        Triple(DATASET, RDF["type"], DCAT["Dataset"]),
        Triple(DATASET, RDF["type"], VOID["Dataset"]),
        Triple(DATASET, DCTERMS["title"], Literal(TITLE_VI, language="vi")),
        Triple(DATASET, DCTERMS["title"], Literal(TITLE_EN, language="en")),
        Triple(DATASET, DCTERMS["license"], NamedNode(CC_BY_4_0)),
    ]
    for description in descriptions:
        triples += _describe(description)
    return ntriples.canonical(triples)


def measure(sizes: Mapping[str, int]) -> bytes:
    """Give the sizes of the named graphs, in triples, as sorted N-Triples."""
    return ntriples.canonical(
        Triple(NamedNode(graph), VOID["triples"], Literal(str(size), datatype=XSD["integer"]))
        for graph, size in sizes.items()
    )


def _describe(description: GraphDescription) -> Iterable[Triple]:
    node = NamedNode(description.graph)
    yield Triple(DATASET, VOID["subset"], node)
    yield Triple(node, RDF["type"], VNDX[description.kind])
    yield Triple(node, SD["name"], node)
    for language, title in (("vi", description.title_vi), ("en", description.title_en)):
        yield Triple(node, SKOS["prefLabel"], Literal(title, language=language))
        yield Triple(node, DCTERMS["title"], Literal(title, language=language))
    yield Triple(node, DCTERMS["license"], NamedNode(description.licence))
    for credit in description.credits:
        yield Triple(node, VNDX["credit"], Literal(credit))
    if description.kind is GraphKind.TABLE:
        for file in description.files:
            yield Triple(node, VNDX["tableFile"], Literal(file))
    if description.source:
        yield Triple(node, DCTERMS["source"], NamedNode(description.source))
