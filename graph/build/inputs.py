"""The files that a build reads, each with the hash that stands for its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import graph
from graph.problems import Problems

_PACKAGE = Path(graph.__file__).parent


@dataclass(frozen=True)
class InputFile:
    """A file: its name as problems and manifests show it, where it lies, its size and its SHA-256."""

    name: str
    path: Path
    size: int
    sha256: str


@dataclass(frozen=True)
class Project:
    """The folders that a build reads.

    Attributes:
        data: has ``tables/`` and ``sources/``.
        ontology: the Turtle files of the vocabulary and of the concept schemes.
        shapes: the SHACL files.
        queries: the documented queries.

    """

    data: Path = _PACKAGE / "data"
    ontology: Path = _PACKAGE.parent / "ontology"
    shapes: Path = _PACKAGE.parent / "shapes"
    queries: Path = _PACKAGE.parent / "docs" / "queries"

    @property
    def tables(self) -> Path:
        """The folder of the tables."""
        return self.data / "tables"

    @property
    def sources(self) -> Path:
        """The folder of the TriG units."""
        return self.data / "sources"


@dataclass(frozen=True)
class Inputs:
    """All input files of a project, by the folder they belong to, each folder in the order of names."""

    tables: tuple[InputFile, ...]
    sources: tuple[InputFile, ...]
    ontology: tuple[InputFile, ...]
    shapes: tuple[InputFile, ...]
    queries: tuple[InputFile, ...]

    def all(self) -> tuple[InputFile, ...]:
        """Give all files in the order of their names."""
        folders = (self.tables, self.sources, self.ontology, self.shapes, self.queries)
        return tuple(sorted(chain.from_iterable(folders), key=lambda file: file.name))


def collect(project: Project, problems: Problems) -> Inputs:
    """Find and hash the files of a project; folders that are not there are reported."""
    return Inputs(
        tables=_files(project.tables, "tables", "**/*.csv", problems),
        sources=_files(project.sources, "sources", "*.trig", problems),
        ontology=_files(project.ontology, "ontology", "*.ttl", problems),
        shapes=_files(project.shapes, "shapes", "*.ttl", problems),
        queries=_files(project.queries, "queries", "*.rq", problems),
    )


def _files(folder: Path, label: str, pattern: str, problems: Problems) -> tuple[InputFile, ...]:
    if not folder.is_dir():
        problems.report(label, 0, "", vi=f"không có thư mục {folder}", en=f"the folder {folder} is not there")
    files: list[InputFile] = []
    for path in sorted(folder.glob(pattern)):
        content = path.read_bytes()
        name = f"{label}/{path.relative_to(folder).as_posix()}"
        files.append(InputFile(name, path, len(content), hashlib.sha256(content).hexdigest()))
    return tuple(sorted(files, key=lambda file: file.name))
