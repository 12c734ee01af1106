"""Results of earlier validations, kept with what they depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from graph.cache import ContentCache, code_digest, key_of
from graph.validation.chunks import Chunk
from graph.validation.results import Result
from graph.validation.statements import Statements
from graph.validation.trace import Reads

_KIND = "shacl"


@dataclass(frozen=True)
class Finding:
    """What running a chunk gave: the results, and what was read beyond the chunk."""

    results: tuple[Result, ...]
    reads: Reads


@dataclass(frozen=True)
class _Kept:
    finding: Finding
    digest: str


_ADAPTER = TypeAdapter(_Kept)


class KeptResults:
    """Keeps findings by chunk.

    Args:
        cache: where they lie.
        shapes_digest: of the shapes graph.

    """

    def __init__(self, cache: ContentCache, shapes_digest: str) -> None:
        self._cache = cache
        code = code_digest([Path(__file__).parent])
        self._base = key_of(_KIND, code, version("pyshacl"), version("rdflib"), shapes_digest)

    def get(self, chunk: Chunk, statements: Statements) -> Finding | None:
        """Give the finding of a chunk if it and all that was read for it are still the same."""
        content = self._cache.get(_KIND, self._key(chunk, statements))
        if content is None:
            return None
        kept = _ADAPTER.validate_json(content)
        return kept.finding if kept.finding.reads.digest(statements) == kept.digest else None

    def put(self, chunk: Chunk, statements: Statements, finding: Finding) -> None:
        """Keep the finding of a chunk."""
        kept = _Kept(finding, finding.reads.digest(statements))
        self._cache.put(_KIND, self._key(chunk, statements), _ADAPTER.dump_json(kept))

    def _key(self, chunk: Chunk, statements: Statements) -> str:
        return key_of(self._base, chunk.digest(statements))


def all_results(findings: Sequence[Finding]) -> list[Result]:
    """Give the results of all findings."""
    return [result for finding in findings for result in finding.results]
