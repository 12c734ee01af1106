"""The names of the files in the folder of dumps of a snapshot."""

from __future__ import annotations

from typing import Final

from graph.model.namespaces import GRAPH

SUMS: Final = "SHA256SUMS"
"""The file of check sums, in the form that ``sha256sum -c`` reads."""

GRAPHS: Final = "graphs"
"""The folder of the dumps of single graphs."""


def graph_file(graph: str) -> str:
    """Give the name of the dump of one graph: ``graphs/table/dti.nt.gz``.

    Raises:
        ValueError: if it is no named graph of ours.

    """
    name = graph.removeprefix(GRAPH.iri)
    if name == graph:
        raise ValueError(f"<{graph}> is no named graph of ours")
    return f"{GRAPHS}/{name}.nt.gz"
