"""The manifest of a snapshot: what it holds, of which files it was made, by what, and how long it took."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

MANIFEST_FORMAT = 1
"""Raised when a snapshot is laid out in another way, so that older code refuses what it cannot read."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GraphEntry(_Part):
    """A named graph: its IRI, its size in triples and the SHA-256 of its sorted N-Triples."""

    iri: str
    triples: int
    sha256: str


class InputEntry(_Part):
    """A file that the snapshot was made of, its path below the project, its size and its SHA-256."""

    file: str
    bytes: int
    sha256: str


class DumpEntry(_Part):
    """A dump, with the SHA-256 of the compressed file and of what is in it."""

    file: str
    bytes: int
    sha256: str
    content_bytes: int
    content_sha256: str


class StageEntry(_Part):
    """A stage of the build: its name, how long it took, and how many of its parts came from the cache."""

    name: str
    seconds: float
    parts: int = 0
    cached: int = 0


class ValidationEntry(_Part):
    """The outcome of SHACL validation: focus nodes looked at, and results by severity."""

    conforms: bool
    focus_nodes: int
    violations: int
    warnings: int
    infos: int


class Manifest(_Part):
    """What is known of a snapshot.

    Everything up to ``dumps`` is a function of the input files; ``created`` and what follows it
    belong to the run that made the snapshot and are not part of its id.

    Attributes:
        format: `MANIFEST_FORMAT`.
        id: 16 hexadecimal digits, drawn from the content.
        content_sha256: of the list of named graphs, each with the SHA-256 of its sorted N-Triples.
        index_sha256: of the rows of the full-text index.
        triples: triples in all named graphs, what was inferred included.
        distinct_triples: the size of the default graph, which is the merge of the named graphs.
        entities: entities in the full-text index.
        graphs: the named graphs, by IRI.
        classes: for each class of the ontology, how many nodes have it.
        inputs: the files, by path.
        dumps: the dumps.
        created: when the snapshot was made, in UTC.
        stages: how long each stage took, in seconds; store, index and dumps ran beside validation.
        peak_memory_bytes: the largest resident memory of the build process and its workers together.
        size_bytes: what the snapshot takes on disk.
        validation: the outcome of SHACL validation.
        tools: versions of Python and of the libraries that made it.

    """

    format: int
    id: str
    content_sha256: str
    index_sha256: str
    triples: int
    distinct_triples: int
    entities: int
    graphs: tuple[GraphEntry, ...]
    classes: dict[str, int]
    inputs: tuple[InputEntry, ...]
    dumps: tuple[DumpEntry, ...]
    created: datetime
    stages: tuple[StageEntry, ...]
    peak_memory_bytes: int
    size_bytes: int
    validation: ValidationEntry
    tools: dict[str, str]


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        OSError: if the file cannot be read.
        ValueError: if it is no manifest, or of a format that this version does not know.

    """
    manifest = Manifest.model_validate_json(path.read_bytes())
    if manifest.format != MANIFEST_FORMAT:
        raise ValueError(
            f"{path} has the format {manifest.format}, but this vndx reads {MANIFEST_FORMAT}: build again"
        )
    return manifest


def manifest_bytes(manifest: Manifest) -> bytes:
    """Give a manifest as UTF-8 JSON, indented."""
    return (manifest.model_dump_json(indent=2) + "\n").encode()
