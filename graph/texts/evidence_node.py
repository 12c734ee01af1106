"""An evidence as a node of a unit: the IRI made of its offsets, and the TriG block that describes it."""

from __future__ import annotations

from pyoxigraph import NamedNode

from graph.model import iris
from graph.model.namespaces import BASE


def evidence_iri(unit: str, start: int, end: int) -> NamedNode:
    """Give the IRI of the evidence of a unit that quotes the code points from start to end."""
    return iris.keyed("evidence", unit, f"{start}-{end}")


def evidence_block(unit: str, exact: str, start: int, end: int) -> str:
    """Give the TriG block of an evidence, as the units in graph/data/sources have it.

    Args:
        unit: the unit's name, e.g. ``002``.
        exact: the words, as they stand in the text.
        start: their 0-based offset in code points.
        end: the offset behind them.

    """
    node = evidence_iri(unit, start, end).value.removeprefix(BASE)
    source = iris.keyed("source", unit).value.removeprefix(BASE)
    words = exact.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return (
        f"<{node}> a vndx:Evidence ; oa:hasSource <{source}> ; "
        f"oa:hasSelector <{node}#quote> , <{node}#position> .\n"
        f'<{node}#quote> a oa:TextQuoteSelector ; oa:exact "{words}"@vi .\n'
        f"<{node}#position> a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .\n"
    )
