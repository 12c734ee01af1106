"""The check that nothing stands in a text unit without the words that state it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode

from graph.model.namespaces import OA, VNDX
from graph.problems import Problems
from graph.texts.unit_index import UnitIndex

# What needs no evidence of its own: it describes the text and its words, or only names what facts refer to.
_WITHOUT_EVIDENCE: Final = frozenset(
    {
        OA["TextPositionSelector"],
        OA["TextQuoteSelector"],
        VNDX["Conflict"],
        VNDX["Evidence"],
        VNDX["Indicator"],
        VNDX["Period"],
        VNDX["SourceText"],
    }
)


def check_coverage(index: UnitIndex, evidences: Sequence[NamedNode], problems: Problems) -> int:
    """Check that every node has evidence of this unit and names the source, and that no evidence is idle.

    Args:
        index: the unit's statements.
        evidences: the evidences that the unit describes.
        problems: where a node without evidence, an evidence that no node has, a reference to an
            evidence that the unit lacks, or a missing ``vndx:statedIn`` is reported.

    Returns:
        How many nodes have evidence.

    """
    unit = index.unit
    known = frozenset(evidences)
    used: set[NamedNode] = set()
    covered = 0
    for node in index.subjects():
        line = unit.line_of(node)
        named = index.nodes(node, VNDX["hasEvidence"])
        used.update(named)
        covered += not known.isdisjoint(named)
        for evidence in named:
            if evidence not in known:
                problems.report(
                    unit.file,
                    line,
                    "vndx:hasEvidence",
                    vi=f"{node.value}: đơn vị này không mô tả bằng chứng {evidence.value}",
                    en=f"{node.value}: this unit does not describe the evidence {evidence.value}",
                )
        if not _WITHOUT_EVIDENCE.isdisjoint(index.classes(node)):
            continue
        if known.isdisjoint(named):
            problems.report(
                unit.file,
                line,
                "vndx:hasEvidence",
                vi=f"{node.value}: không có bằng chứng nào từ {unit.source.value}",
                en=f"{node.value}: there is no evidence of it from {unit.source.value}",
            )
        if unit.source not in index.nodes(node, VNDX["statedIn"]):
            problems.report(
                unit.file,
                line,
                "vndx:statedIn",
                vi=f"{node.value}: thiếu vndx:statedIn {unit.source.value}",
                en=f"{node.value}: vndx:statedIn {unit.source.value} is missing",
            )
    for evidence in evidences:
        if evidence not in used:
            problems.report(
                unit.file,
                unit.line_of(evidence),
                "vndx:hasEvidence",
                vi=f"{evidence.value}: không nút nào dùng bằng chứng này",
                en=f"{evidence.value}: no node has this evidence",
            )
    return covered
