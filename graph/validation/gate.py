"""The gate: all stated graphs against all shapes."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import ntriples
from graph.progress import Stage
from graph.validation.chunk_graph import ChunkGraph, Terms
from graph.validation.results import Report
from graph.validation.shape_runner import ShapeRunner, read_triples


def validate_graphs(
    stated: Mapping[str, bytes], shapes: bytes, origins: Mapping[str, tuple[str, int]], stage: Stage
) -> Report:
    """Validate the union of some graphs."""
    merged = ntriples.joined(line for text in stated.values() for line in ntriples.lines_of(text))
    outcome = ShapeRunner(shapes).run(ChunkGraph(read_triples(merged, Terms())))
    stage.advance()
    return Report.of(outcome.results, outcome.focus_nodes).located(origins)
