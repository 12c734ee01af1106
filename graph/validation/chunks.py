"""Dividing the nodes to be validated into chunks that change little when the data changes little."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.validation.assignment import Assignment
from graph.validation.statements import Statements

_MEAN_SIZE = 512
_LARGEST = 2048


@dataclass(frozen=True)
class Chunk:
    """Nodes that are validated together, sorted, with the shapes that each is a target of."""

    shapes_of: tuple[tuple[str, tuple[str, ...]], ...]

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.shapes_of)

    def assignment(self) -> Assignment:
        """Give the nodes of each shape."""
        nodes: dict[str, list[str]] = {}
        for node, shapes in self.shapes_of:
            for shape in shapes:
                nodes.setdefault(shape, []).append(node)
        return dict(sorted(nodes.items()))

    def digest(self, statements: Statements) -> str:
        """Give a hash of the nodes, of their shapes, and of everything stated of them."""
        digest = hashlib.sha256()
        for node, shapes in self.shapes_of:
            digest.update(f"{node} {' '.join(shapes)}\n".encode())
            digest.update(statements.block(node))
        return digest.hexdigest()


def divide(shapes_of_nodes: Mapping[str, tuple[str, ...]]) -> Iterator[Chunk]:
    """Divide nodes into chunks.

    A chunk ends behind a node whose hash says so, so that nodes that come or go move no border but
    their own; neighbours by IRI stay together, as they tend to refer to the same nodes.
    """
    pending: list[tuple[str, tuple[str, ...]]] = []
    for node in sorted(shapes_of_nodes):
        pending.append((node, shapes_of_nodes[node]))
        if zlib.crc32(node.encode()) % _MEAN_SIZE == 0 or len(pending) >= _LARGEST:
            yield Chunk(tuple(pending))
            pending = []
    if pending:
        yield Chunk(tuple(pending))
