"""The diagrams of the ontology: which classes stand where, and which properties lead from one to another.

What they show is checked against the ontology by the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.model.namespaces import OA, VNDX


@dataclass(frozen=True)
class Placed:
    """A class in a cell of a grid."""

    cls: str
    column: int
    row: int


@dataclass(frozen=True)
class Relation:
    """A property that leads from one class to another, or back to the same."""

    predicate: str
    source: str
    target: str


@dataclass(frozen=True)
class Diagram:
    """A diagram; classes and properties are IRIs, titles and summaries in Vietnamese and English."""

    name: str
    title: tuple[str, str]
    summary: tuple[str, str]
    classes: Sequence[Placed]
    relations: Sequence[Relation]


def _at(cls: str, column: int, row: int) -> Placed:
    return Placed(VNDX[cls].value, column, row)


def _leads(prop: str, source: str, target: str) -> Relation:
    return Relation(VNDX[prop].value, VNDX[source].value, VNDX[target].value)


DIAGRAMS: Final = (
    Diagram(
        "units",
        ("Đơn vị hành chính qua thời gian", "Administrative units in time"),
        (
            "Biến động nêu đơn vị nào kết thúc, đơn vị nào ra đời, phần nào chuyển đi đâu, theo văn bản nào.",
            "A change says which units end, which come into being, what passes to which, and by what act.",
        ),
        (
            _at("UnitVersion", 0, 0),
            _at("AdministrativeUnit", 1, 0),
            _at("UnitChange", 2, 0),
            _at("Transfer", 1, 1),
            _at("Document", 2, 1),
        ),
        (
            _leads("hasVersion", "AdministrativeUnit", "UnitVersion"),
            _leads("partOf", "AdministrativeUnit", "AdministrativeUnit"),
            _leads("dissolvedUnit", "UnitChange", "AdministrativeUnit"),
            _leads("createdUnit", "UnitChange", "AdministrativeUnit"),
            _leads("transfer", "UnitChange", "Transfer"),
            _leads("fromUnit", "Transfer", "AdministrativeUnit"),
            _leads("toUnit", "Transfer", "AdministrativeUnit"),
            _leads("legalBasis", "UnitChange", "Document"),
        ),
    ),
    Diagram(
        "activities",
        ("Văn bản, chương trình, nền tảng", "Documents, programmes, platforms"),
        (
            "Ai ban hành văn bản, văn bản mở ra chương trình nào, nền tảng nào phục vụ, ra mắt khi nào.",
            "Who issued a document, what it set going, which platforms serve that, and when they began.",
        ),
        (
            _at("Person", 0, 0),
            _at("Document", 1, 0),
            _at("Programme", 2, 0),
            _at("Membership", 0, 1),
            _at("Organisation", 1, 1),
            _at("Platform", 2, 1),
            _at("AdministrativeUnit", 1, 2),
            _at("Event", 2, 2),
        ),
        (
            _leads("signer", "Document", "Person"),
            _leads("adopts", "Document", "Programme"),
            _leads("issuer", "Document", "Organisation"),
            _leads("member", "Membership", "Person"),
            _leads("organisation", "Membership", "Organisation"),
            _leads("operator", "Platform", "Organisation"),
            _leads("servesProgramme", "Platform", "Programme"),
            _leads("launchedAt", "Platform", "Event"),
            _leads("organiser", "Event", "Organisation"),
            _leads("place", "Event", "AdministrativeUnit"),
            _leads("jurisdiction", "Organisation", "AdministrativeUnit"),
        ),
    ),
    Diagram(
        "figures",
        ("Số liệu, mục tiêu, bằng chứng", "Figures, targets, evidence"),
        (
            "Mục tiêu và số liệu gặp nhau ở cùng chỉ số; mỗi điều được nêu gắn với đoạn chữ của nguồn.",
            "Targets and figures meet in the indicator; whatever is stated is tied to the words of a source.",
        ),
        (
            _at("Document", 0, 0),
            _at("Target", 1, 0),
            _at("Indicator", 2, 0),
            _at("Source", 0, 1),
            _at("Evidence", 1, 1),
            _at("Observation", 2, 1),
            _at("Conflict", 1, 2),
            _at("AdministrativeUnit", 2, 2),
        ),
        (
            _leads("setBy", "Target", "Document"),
            _leads("indicator", "Target", "Indicator"),
            _leads("indicator", "Observation", "Indicator"),
            _leads("hasEvidence", "Target", "Evidence"),
            _leads("hasEvidence", "Observation", "Evidence"),
            Relation(OA["hasSource"].value, VNDX["Evidence"].value, VNDX["Source"].value),
            _leads("conflictingStatement", "Conflict", "Observation"),
            _leads("about", "Observation", "AdministrativeUnit"),
        ),
    ),
)
