"""Where the vocabulary's files are, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rdflib import Graph

FOLDER: Final = Path(__file__).parents[2] / "ontology"
ONTOLOGY: Final = FOLDER / "vndx.ttl"
CONCEPTS: Final = FOLDER / "concepts.ttl"
REUSED_TERMS: Final = FOLDER / "reused_terms.ttl"
CONTEXT: Final = FOLDER / "context.jsonld"
SCHEMAS: Final = FOLDER / "json-schemas.json"
SHAPES: Final = FOLDER.parent / "shapes"


def read_turtle(paths: Iterable[Path]) -> Graph:
    """Give the union of some Turtle files, with no prefixes but theirs.

    Raises:
        OSError: if a file cannot be read.

    """
    graph = Graph(bind_namespaces="none")
    for path in paths:
        graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
    return graph
