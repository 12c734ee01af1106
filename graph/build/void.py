"""The description of a snapshot for machines: VoID and DCAT, in Turtle."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from graph.build.catalogue import CATALOGUE, DATASET
from graph.build.dataset import BuildDataset
from graph.model import ntriples
from graph.model.namespaces import BASE, DCAT, DCTERMS, PREFIXES, RDF, VNDX, VOID, XSD
from graph.snapshots.manifest import DumpEntry

SPDX_SHA256 = NamedNode("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
_CHECKSUM = "http://spdx.org/rdf/terms#"
_MEDIA_TYPES = {".nq.gz": "application/n-quads", ".trig.gz": "application/trig"}


def void_turtle(dataset: BuildDataset, snapshot_id: str, size: int, dumps: Sequence[DumpEntry]) -> bytes:
    """Give the description of a snapshot: the catalogue, its id, its size, its classes and its dumps.

    Args:
        dataset: what it holds.
        snapshot_id: its id, stated as its version.
        size: triples in its default graph.
        dumps: its dumps.

    """
    triples = [quad.triple for quad in parse(dataset.graphs[CATALOGUE.value], RdfFormat.N_TRIPLES)]
    triples += [
        Triple(DATASET, DCAT["version"], Literal(snapshot_id)),
        Triple(DATASET, VOID["triples"], _integer(size)),
        Triple(DATASET, VOID["uriSpace"], Literal(BASE)),
    ]
    for name, number in dataset.class_counts.items():
        part = NamedNode(f"{DATASET.value}/class/{name}")
        triples += [
            Triple(DATASET, VOID["classPartition"], part),
            Triple(part, VOID["class"], VNDX[name]),
            Triple(part, VOID["entities"], _integer(number)),
        ]
    for dump in dumps:
        triples += _distribution(dump)
    prefixes = {**PREFIXES, "spdx": _CHECKSUM}
    ordered = [q.triple for q in parse(ntriples.canonical(triples), RdfFormat.N_TRIPLES)]
    return serialize(ordered, format=RdfFormat.TURTLE, prefixes=prefixes) or b""


def _distribution(dump: DumpEntry) -> list[Triple]:
    location = NamedNode(f"{BASE}dumps/{dump.file}")
    checksum = NamedNode(f"{location.value}#checksum")
    suffix = dump.file[dump.file.index(".") :]
    return [
        Triple(DATASET, DCAT["distribution"], location),
        Triple(DATASET, VOID["dataDump"], location),
        Triple(location, RDF["type"], DCAT["Distribution"]),
        Triple(location, DCTERMS["format"], Literal(_MEDIA_TYPES[suffix])),
        Triple(location, DCAT["byteSize"], _integer(dump.bytes)),
        Triple(location, NamedNode(_CHECKSUM + "checksum"), checksum),
        Triple(checksum, NamedNode(_CHECKSUM + "algorithm"), SPDX_SHA256),
        Triple(checksum, NamedNode(_CHECKSUM + "checksumValue"), Literal(dump.sha256)),
    ]


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD["integer"])
