"""The description of a snapshot for machines: VoID and DCAT, in Turtle, with addresses below the base."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import RdfFormat, Triple, parse

from graph.build.catalogue import CATALOGUE
from graph.build.dataset import BuildDataset
from graph.build.files_writer import WrittenFiles
from graph.description.dcat import (
    DESCRIPTION_PREFIXES,
    CatalogueFacts,
    DumpFile,
    Version,
    catalogue_triples,
    prefix_triples,
)
from graph.description.turtle import turtle
from graph.model.namespaces import BASE
from graph.snapshots.manifest import DumpEntry


def void_turtle(dataset: BuildDataset, snapshot_id: str, written: WrittenFiles) -> bytes:
    """Give the description of a snapshot: catalogue, partitions, dumps and the prefixes of its queries.

    Args:
        dataset: what it holds.
        snapshot_id: its id, stated as its version.
        written: its files.

    """
    facts = CatalogueFacts(
        root=BASE.rstrip("/"),
        version=Version(snapshot_id),
        triples=written.distinct_triples,
        files=dump_files(written.dumps),
    )
    stated = dataset.graphs[CATALOGUE.value] + written.void
    triples: list[Triple] = [quad.triple for quad in parse(stated, RdfFormat.N_TRIPLES)]
    return turtle([*triples, *catalogue_triples(facts), *prefix_triples()], DESCRIPTION_PREFIXES)


def dump_files(entries: Sequence[DumpEntry]) -> list[DumpFile]:
    """Give the dumps of a manifest as the catalogue describes them."""
    return [DumpFile(entry.file, entry.bytes, entry.sha256) for entry in entries]
