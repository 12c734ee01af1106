"""The gate: all that the files state, against all shapes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from graph.cache import ContentCache
from graph.processes import worker_pool
from graph.progress import Stage
from graph.validation.chunks import Chunk, divide
from graph.validation.kept_results import Finding, KeptResults, all_results
from graph.validation.results import Report
from graph.validation.statements import Statements
from graph.validation.targets import read_targets, shapes_of_nodes

# Below this many chunks, starting processes takes longer than they save.
_FEW = 4


class Gate:
    """Validates a dataset in chunks.

    Args:
        shapes: the shapes graph, as N-Triples.
        cache: keeps results from one validation to the next.
        workers: how many processes validate.

    """

    def __init__(self, shapes: bytes, cache: ContentCache, workers: int) -> None:
        self._shapes = shapes
        self._kept = KeptResults(cache, hashlib.sha256(shapes).hexdigest())
        self._workers = workers

    def validate(self, statements: Statements, stage: Stage, only: Collection[str] | None = None) -> Report:
        """Validate statements.

        Args:
            statements: all that is stated, the ontology's hierarchies included.
            stage: told of each chunk.
            only: the nodes to look at, as N-Triples terms; None looks at every target of a shape.

        Raises:
            ShapesError: if the shapes are wrong.

        """
        nodes = shapes_of_nodes(read_targets(self._shapes), statements)
        if only is not None:
            nodes = {node: shapes for node, shapes in nodes.items() if node in only}
        chunks = list(divide(nodes))
        stage.expect(len(chunks))
        findings: list[Finding] = []
        missing: list[Chunk] = []
        for chunk in chunks:
            finding = self._kept.get(chunk, statements)
            if finding is None:
                missing.append(chunk)
            else:
                findings.append(finding)
                stage.advance(cached=True)
        for chunk, finding in self._run(missing, statements):
            self._kept.put(chunk, statements, finding)
            findings.append(finding)
            stage.advance()
        return Report.of(all_results(findings), len(nodes))

    def _run(self, chunks: Sequence[Chunk], statements: Statements) -> Iterator[tuple[Chunk, Finding]]:
        if not chunks:
            return
        # pySHACL takes half a second to import, which a build without changes does not need.
        from graph.validation.chunk_worker import ChunkValidator, begin, work  # noqa: PLC0415

        if len(chunks) <= _FEW or self._workers == 1:
            validator = ChunkValidator(self._shapes, statements)
            for chunk in chunks:
                yield chunk, validator.validate(chunk.assignment())
            return
        with tempfile.TemporaryDirectory(prefix="vndx-") as folder:
            file = Path(folder, "statements.nt")
            file.write_bytes(statements.text[:])
            arguments = (self._shapes, file, dict(statements.places))
            with worker_pool(self._workers, begin, arguments) as pool:
                largest_first = sorted(chunks, key=len, reverse=True)
                assignments = (chunk.assignment() for chunk in largest_first)
                yield from zip(largest_first, pool.map(work, assignments), strict=True)
