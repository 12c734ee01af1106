"""The catalogue of the dataset as triples (DCAT 3): distributions with check sums, versions, services.

What the catalogue graph says of titles, licences and credits is not said again here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph.description.void_graph import DATASET
from graph.model import iris
from graph.model.namespaces import (
    BASE,
    DCAT,
    DCTERMS,
    GRAPH,
    OWL,
    PREFIXES,
    RDF,
    SH,
    VNDX,
    VOID,
    XSD,
    Namespace,
)

FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
CATALOG: Final = NamedNode(BASE + "catalog")
LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")

DESCRIPTION: Final = {
    "vi": "Nghị quyết của Đảng và văn bản khác, chương trình, nền tảng, sự kiện, chỉ tiêu và số liệu về "
    "chuyển đổi số của các tỉnh, thành phố Việt Nam, cùng mọi đơn vị hành chính theo thời gian; "
    "mỗi số liệu dẫn tới câu chữ của nguồn.",
    "en": "Party resolutions and other documents, programmes, platforms, events, targets and figures on how "
    "Vietnam's provinces go digital, with all administrative units over time; every figure leads to the "
    "words of the source that states it.",
}
KEYWORDS: Final = (
    ("chuyển đổi số", "vi"),
    ("đơn vị hành chính", "vi"),
    ("nghị quyết", "vi"),
    ("administrative units", "en"),
    ("digital transformation", "en"),
    ("Vietnam", "en"),
)

_IANA: Final = "https://www.iana.org/assignments/media-types/"
_COMPRESSIONS: Final = {"gz": "application/gzip", "zst": "application/zstd"}
_MEDIA_TYPES: Final = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "nt": "application/n-triples",
}


@dataclass(frozen=True)
class DumpFile:
    """A file to download: its name below ``/dumps/``, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str

    @property
    def media_type(self) -> str:
        """The media type of what is compressed in it."""
        return _MEDIA_TYPES[self.name.rsplit(".", 2)[1]]

    @property
    def compression(self) -> str:
        """The media type of the compressed file."""
        return _COMPRESSIONS[self.name.rsplit(".", 1)[1]]

    @property
    def described(self) -> NamedNode:
        """What it is a distribution of: a named graph, or the whole dataset."""
        graph = self.name.removeprefix("graphs/").removesuffix(".nt.gz")
        return GRAPH[graph] if self.name.startswith("graphs/") else DATASET


@dataclass(frozen=True)
class Version:
    """A snapshot, and when it was made, if that is to be said."""

    id: str
    created: datetime | None = None


@dataclass(frozen=True)
class CatalogueFacts:
    """What the catalogue says beyond what stands in the graph.

    Attributes:
        root: where the service is, without a slash at its end.
        version: the snapshot that is described.
        triples: the size of its default graph, None if unknown.
        files: its dumps.
        earlier: the snapshots before it that can still be had, the latest first.

    """

    root: str
    version: Version
    triples: int | None
    files: Sequence[DumpFile]
    earlier: Sequence[Version] = ()


DESCRIPTION_PREFIXES: Final = {
    **PREFIXES,
    "foaf": FOAF.iri,
    "spdx": SPDX.iri,
    "void-ext": "http://ldf.fi/void-ext#",
}


def catalogue_triples(facts: CatalogueFacts) -> Iterator[Triple]:
    """Go through the triples of the catalogue."""
    yield from _catalogue(facts)
    yield from _dataset(facts)
    yield from _versions(facts)
    for file in facts.files:
        yield from _distribution(file, facts.root)
    yield from _services(facts.root)


def prefix_triples() -> Iterator[Triple]:
    """Go through the prefixes, declared as SHACL has it (section 5.2.1), each with an IRI."""
    ontology = NamedNode(BASE + "ontology")
    for name, namespace in sorted(PREFIXES.items()):
        node = NamedNode(f"{BASE}catalog#prefix-{name}")
        yield Triple(ontology, SH["declare"], node)
        yield Triple(node, SH["prefix"], Literal(name))
        yield Triple(node, SH["namespace"], Literal(namespace, datatype=XSD["anyURI"]))


def _catalogue(facts: CatalogueFacts) -> Iterator[Triple]:
    publisher = NamedNode(f"{CATALOG.value}#publisher")
    yield Triple(CATALOG, RDF["type"], DCAT["Catalog"])
    yield Triple(CATALOG, DCTERMS["title"], Literal("Danh mục dữ liệu của VNDX", language="vi"))
    yield Triple(CATALOG, DCTERMS["title"], Literal("The data catalogue of VNDX", language="en"))
    for language, text in DESCRIPTION.items():
        yield Triple(CATALOG, DCTERMS["description"], Literal(text, language=language))
    yield Triple(CATALOG, DCTERMS["license"], LICENCE)
    yield Triple(CATALOG, DCTERMS["publisher"], publisher)
    yield Triple(CATALOG, FOAF["homepage"], NamedNode(f"{facts.root}/"))
    yield Triple(CATALOG, DCAT["dataset"], DATASET)
    yield Triple(publisher, RDF["type"], FOAF["Agent"])
    yield Triple(publisher, FOAF["name"], Literal("VNDX"))
    yield from _languages(CATALOG)


def _dataset(facts: CatalogueFacts) -> Iterator[Triple]:
    yield Triple(DATASET, RDF["type"], DCAT["Dataset"])
    yield Triple(DATASET, RDF["type"], VOID["Dataset"])
    for language, text in DESCRIPTION.items():
        yield Triple(DATASET, DCTERMS["description"], Literal(text, language=language))
    for word, language in KEYWORDS:
        yield Triple(DATASET, DCAT["keyword"], Literal(word, language=language))
    yield Triple(DATASET, DCTERMS["publisher"], NamedNode(f"{CATALOG.value}#publisher"))
    yield Triple(DATASET, DCTERMS["spatial"], iris.country())
    yield Triple(DATASET, DCAT["landingPage"], NamedNode(f"{facts.root}/"))
    yield Triple(DATASET, VOID["sparqlEndpoint"], NamedNode(f"{facts.root}/sparql"))
    yield Triple(DATASET, VOID["uriSpace"], Literal(BASE))
    yield Triple(DATASET, VOID["vocabulary"], NamedNode(VNDX.iri))
    for feature in ("N-Quads", "N-Triples", "RDF_XML", "TriG", "Turtle"):
        yield Triple(DATASET, VOID["feature"], NamedNode(f"http://www.w3.org/ns/formats/{feature}"))
    if facts.triples is not None:
        yield Triple(DATASET, VOID["triples"], _integer(facts.triples))
    yield from _languages(DATASET)


def _versions(facts: CatalogueFacts) -> Iterator[Triple]:
    current = facts.version
    if not current.id:
        return
    yield Triple(DATASET, DCAT["version"], Literal(current.id))
    yield Triple(DATASET, OWL["versionInfo"], Literal(current.id))
    if current.created:
        yield Triple(DATASET, DCTERMS["modified"], _time(current.created))
    yield Triple(DATASET, DCAT["hasCurrentVersion"], _version(current))
    versions = (current, *facts.earlier)
    for version, before in zip(versions, (*facts.earlier, None), strict=True):
        node = _version(version)
        yield Triple(DATASET, DCAT["hasVersion"], node)
        yield Triple(node, RDF["type"], DCAT["Dataset"])
        yield Triple(node, DCAT["isVersionOf"], DATASET)
        yield Triple(node, DCAT["version"], Literal(version.id))
        yield Triple(node, DCTERMS["license"], LICENCE)
        yield Triple(node, DCAT["landingPage"], NamedNode(f"{facts.root}/dumps/{version.id}/"))
        if version.created:
            yield Triple(node, DCTERMS["issued"], _time(version.created))
        if before:
            yield Triple(node, DCAT["previousVersion"], _version(before))


def _version(version: Version) -> NamedNode:
    return NamedNode(f"{DATASET.value}/version/{version.id}")


def _distribution(file: DumpFile, root: str) -> Iterator[Triple]:
    node = NamedNode(f"{BASE}dumps/{file.name}")
    checksum = NamedNode(f"{node.value}#checksum")
    yield Triple(CATALOG, DCAT["dataset"], file.described)
    yield Triple(file.described, RDF["type"], DCAT["Dataset"])
    yield Triple(file.described, DCAT["distribution"], node)
    yield Triple(file.described, VOID["dataDump"], node)
    yield Triple(node, RDF["type"], DCAT["Distribution"])
    yield Triple(node, DCTERMS["title"], Literal(file.name))
    yield Triple(node, DCTERMS["format"], Literal(file.media_type))
    yield Triple(node, DCAT["mediaType"], NamedNode(_IANA + file.media_type))
    yield Triple(node, DCAT["compressFormat"], NamedNode(_IANA + file.compression))
    yield Triple(node, DCAT["downloadURL"], NamedNode(f"{root}/dumps/{file.name}"))
    yield Triple(node, DCAT["accessURL"], NamedNode(f"{root}/dumps/"))
    yield Triple(node, DCAT["byteSize"], Literal(str(file.size), datatype=XSD["nonNegativeInteger"]))
    yield Triple(node, SPDX["checksum"], checksum)
    yield Triple(checksum, RDF["type"], SPDX["Checksum"])
    yield Triple(checksum, SPDX["algorithm"], SPDX["checksumAlgorithm_sha256"])
    yield Triple(checksum, SPDX["checksumValue"], Literal(file.sha256, datatype=XSD["hexBinary"]))


def _services(root: str) -> Iterator[Triple]:
    described = (
        ("sparql", "/sparql", "/sparql", "SPARQL", "https://www.w3.org/TR/sparql11-protocol/"),
        ("api", "/api/v1", "/openapi.json", "HTTP API", "https://spec.openapis.org/oas/v3.1.0"),
    )
    for name, endpoint, description, title, standard in described:
        node = NamedNode(f"{CATALOG.value}#{name}")
        yield Triple(CATALOG, DCAT["service"], node)
        yield Triple(node, RDF["type"], DCAT["DataService"])
        yield Triple(node, DCTERMS["title"], Literal(f"VNDX: {title}"))
        yield Triple(node, DCTERMS["license"], LICENCE)
        yield Triple(node, DCTERMS["conformsTo"], NamedNode(standard))
        yield Triple(node, DCAT["endpointURL"], NamedNode(root + endpoint))
        yield Triple(node, DCAT["endpointDescription"], NamedNode(root + description))
        yield Triple(node, DCAT["servesDataset"], DATASET)


def _languages(node: NamedNode) -> Iterator[Triple]:
    for code in ("vie", "eng"):
        uri = f"http://publications.europa.eu/resource/authority/language/{code.upper()}"
        yield Triple(node, DCTERMS["language"], NamedNode(uri))


def _time(value: datetime) -> Literal:
    return Literal(value.isoformat(timespec="seconds"), datatype=XSD["dateTime"])


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD["integer"])
