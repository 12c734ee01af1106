"""The process that validates chunks: shapes and statements are read once, then chunk after chunk."""

from __future__ import annotations

import mmap
from pathlib import Path

from graph.validation.assignment import Assignment
from graph.validation.kept_results import Finding
from graph.validation.shape_runner import ShapeRunner
from graph.validation.statements import Statements


class ChunkValidator:
    """Validates chunks of one dataset."""

    def __init__(self, shapes: bytes, statements: Statements) -> None:
        self._runner = ShapeRunner(shapes)
        self._statements = statements

    def validate(self, assignment: Assignment) -> Finding:
        """Run shapes on the nodes of a chunk.

        Raises:
            ShapesError: if pySHACL fails on a shape.

        """
        results, graph = self._runner.run(self._statements, assignment)
        return Finding(tuple(results), graph.trace.reads())


# One worker process validates one dataset; the pool gives no other way to hand it over.
_validator: ChunkValidator | None = None


def begin(shapes: bytes, file: Path, places: dict[str, tuple[int, int]]) -> None:
    """Prepare a worker process for a dataset in a file of sorted N-Triples."""
    global _validator  # noqa: PLW0603
    with file.open("rb") as text:
        mapped = mmap.mmap(text.fileno(), 0, access=mmap.ACCESS_READ)
    _validator = ChunkValidator(shapes, Statements(mapped, places))


def work(assignment: Assignment) -> Finding:
    """Validate a chunk in a worker process."""
    if _validator is None:
        raise RuntimeError("the worker process was not begun with a dataset")
    return _validator.validate(assignment)
