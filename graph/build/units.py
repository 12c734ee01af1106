"""Units of a build: the triples of one named graph, made from files and cached under their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.cache import ContentCache, key_of
from graph.problems import Problems

GRAPH_TEXTS = "graphs"
"""The kind of cache entry that keeps the sorted N-Triples of a graph under their SHA-256."""


class GraphKind(StrEnum):
    """What a named graph holds; the value is the class of its description in the ontology."""

    TABLE = "TableGraph"
    SOURCE = "SourceGraph"
    SYSTEM = "SystemGraph"


@dataclass(frozen=True)
class GraphDescription:
    """What the catalogue says of a named graph.

    Attributes:
        graph: the graph's IRI.
        kind: what it holds.
        title_vi: its title in Vietnamese.
        title_en: its title in English.
        licence: the IRI of its licence.
        credits: who is to be credited, one line each.
        files: the files it was made of, as problems name them.
        source: the IRI of the source text it models, if it models one.

    """

    graph: str
    kind: GraphKind
    title_vi: str
    title_en: str
    licence: str
    credits: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    source: str = ""


Origins = Mapping[str, tuple[str, int]]
"""For the IRI of a subject, the file and the line that state it."""


@dataclass(frozen=True)
class Content:
    """What a unit holds: sorted N-Triples, and where the subjects come from."""

    triples: bytes
    origins: Origins = field(default_factory=dict)


@dataclass(frozen=True)
class UnitPlan:
    """A unit to be made.

    Attributes:
        name: as messages show it.
        description: of its named graph.
        key: a hash of everything that its content depends on.
        make: makes the content, and reports what is wrong in the input files.

    """

    name: str
    description: GraphDescription
    key: str
    make: Callable[[Problems], Content]


@dataclass(frozen=True)
class Unit:
    """A unit that was made, now or in an earlier build."""

    name: str
    description: GraphDescription
    key: str
    content: Content

    @property
    def graph(self) -> str:
        """The IRI of the named graph."""
        return self.description.graph

    @property
    def triples(self) -> bytes:
        """The sorted N-Triples."""
        return self.content.triples


def realise(plan: UnitPlan, cache: ContentCache, problems: Problems) -> tuple[Unit, bool]:
    """Make a unit, or take it from the cache.

    A unit with problems is never kept: the next build has to find them again.

    Returns:
        The unit, and whether it came from the cache.

    """
    kept = _load(plan, cache)
    if kept is not None:
        return Unit(plan.name, plan.description, plan.key, kept), True
    found = Problems()
    content = plan.make(found)
    problems.extend(found)
    if not len(found):
        _keep(plan, content, cache)
    return Unit(plan.name, plan.description, plan.key, content), False


def _load(plan: UnitPlan, cache: ContentCache) -> Content | None:
    digest = cache.get("units", plan.key)
    origins = cache.get("origins", plan.key)
    triples = cache.get(GRAPH_TEXTS, digest.decode()) if digest else None
    if triples is None or origins is None:
        return None
    decoded: dict[str, list[tuple[str, int]]] = json.loads(origins)
    by_subject = {subject: (file, line) for file, places in decoded.items() for subject, line in places}
    return Content(triples, by_subject)


def _keep(plan: UnitPlan, content: Content, cache: ContentCache) -> None:
    by_file: dict[str, list[tuple[str, int]]] = {}
    for subject, (file, line) in content.origins.items():
        by_file.setdefault(file, []).append((subject, line))
    cache.put("origins", plan.key, json.dumps(by_file, ensure_ascii=False).encode())
    digest = hashlib.sha256(content.triples).hexdigest()
    cache.put(GRAPH_TEXTS, digest, content.triples)
    cache.put("units", plan.key, digest.encode())


def unit_key(kind: str, name: str, code: str, hashes: list[str]) -> str:
    """Give the key of a unit that is made by this code from files with these hashes."""
    return key_of("unit", kind, name, code, *hashes)
