"""The acts that made, changed and ended administrative units, as documents (ELI legal resources)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.admin_tables import LEGAL_DOCUMENTS, PROVINCES_2025
from graph.mapping.document_index import NATIONAL_TABLE, PROVINCIAL_TABLE, policy_documents
from graph.mapping.document_labels import label_en, label_vi
from graph.mapping.legal_register import REGISTER_BEGINS, Act, LegalRegister
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_types import Level
from graph.model import agents, iris
from graph.model.dates import PartialDate
from graph.model.namespaces import DCTERMS, VNDX

_STATISTICAL_REGISTER: Final = "GSO register date"
"""How the table's column ``source`` begins where ``effective`` is the day of the register, not of the act."""


@dataclass(frozen=True)
class ActKind:
    """What the ending of an act's number says: what it is and who issued it."""

    ending: re.Pattern[str]
    document_class: str
    document_type: str
    issuer: str
    vi: str
    en: str


# In the order in which they are tried. The register also has misprinted endings (NDD-CP, NĐ/CP, NBTVQH).
_KINDS: Final = tuple(
    ActKind(re.compile(ending), *rest)
    for ending, *rest in (
        (r"NQ-CP$", "Resolution", "nghi-quyet", "Chính phủ", "Nghị quyết", "Resolution"),
        (r"N(?:Đ|DD)[-/]CP$", "Decree", "nghi-dinh", "Chính phủ", "Nghị định", "Decree"),
        (
            r"[UN]BTVQH[0-9]*$",
            "Resolution",
            "nghi-quyet",
            "Ủy ban Thường vụ Quốc hội",
            "Nghị quyết",
            "Resolution",
        ),
        (r"/QH[0-9]+$", "Resolution", "nghi-quyet", "Quốc hội", "Nghị quyết", "Resolution"),
        (r"QĐ-TTg$", "Decision", "quyet-dinh", "Thủ tướng Chính phủ", "Quyết định", "Decision"),
        (
            r"-NQ/TW$",
            "PartyResolution",
            "nghi-quyet-cua-dang",
            "Ban Chấp hành Trung ương Đảng",
            "Nghị quyết",
            "Resolution",
        ),
        (r"/TCTK-\w+$", "OfficialLetter", "cong-van", "Tổng cục Thống kê", "Công văn", "Official letter"),
        (r"/CTK-\w+$", "OfficialLetter", "cong-van", "Cục Thống kê", "Công văn", "Official letter"),
    )
)
_LAW: Final = ActKind(re.compile(r"/QH[0-9]+$"), "Law", "luat", "Quốc hội", "Luật", "Law")


def map_legal_documents(tables: TableSet, sink: GraphSink) -> None:
    """State each act of the table: number, kind, issuer, title, dates, and the province it is about.

    Acts that a policy table has too are labelled and described there; of them only what it lacks is stated.
    """
    provinces = {row["code"] for row in PROVINCES_2025.read(tables)}
    described = tables.once(policy_documents)
    sound: dict[int, bool] = {}
    for row in LEGAL_DOCUMENTS.read(tables):
        sound[row.line] = _is_sound(UnitRow(row, tables.problems), provinces)
    for act in tables.once(LegalRegister.from_tables):
        rows = [row for row in act.rows if sound[row.line]]
        if not rows:
            continue
        titles = sorted({row["title"] for row in rows}, key=lambda title: (-len(title), title))
        sink.origin(act.iri, file_of(rows[0].table), rows[0].line)
        if act.iri not in described:
            _state_act(sink, act, titles[0])
            titles.pop(0)
        for other in titles:
            sink.text(act.iri, DCTERMS["alternative"], other, "vi")
        for row in rows:
            _state_dates(sink, act.iri, row, described=act.iri in described)
            if row["province_code_2025"]:
                sink.add(act.iri, VNDX["jurisdiction"], iris.unit(iris.ERA_2025, row["province_code_2025"]))


def _is_sound(reader: UnitRow, provinces: set[str]) -> bool:
    """Check a row; report what is wrong."""
    number = reader.filled("number")
    title = reader.filled("title")
    issued, effective = reader.day("issued"), reader.day("effective")
    if issued and effective and effective < issued:
        reader.wrong(
            "effective",
            vi=f"ngày hiệu lực {effective} trước ngày ban hành {issued}",
            en=f"the effective date {effective} is before the date of issue {issued}",
        )
    if number and kind_of(number, title) is None:
        reader.wrong(
            "number",
            vi=f"không nhận ra loại văn bản từ số hiệu {number!r}, ví dụ đúng: 932/NQ-UBTVQH13",
            en=f"the number {number!r} does not show the kind of act; 932/NQ-UBTVQH13 would",
        )
    if reader.row["province_code_2025"]:
        code = reader.code("province_code_2025", Level.PROVINCE)
        if code and code not in provinces:
            reader.wrong(
                "province_code_2025",
                vi=f"không có tỉnh mã {code} trong danh mục 2025",
                en=f"no province has the code {code} in the 2025 register",
            )
    return not reader.failed


def kind_of(number: str, title: str) -> ActKind | None:
    """Tell from an act's number, and of acts of the National Assembly from the title, what it is."""
    if _LAW.ending.search(number) and title.casefold().startswith("luật"):
        return _LAW
    return next((kind for kind in _KINDS if kind.ending.search(number)), None)


def _state_act(sink: GraphSink, act: Act, title: str) -> None:
    """State what an act is: its label, number, kind, issuer and title."""
    kind = kind_of(act.number, title)
    if kind is None:
        return
    node = act.iri
    sink.type(node, VNDX[kind.document_class])
    vi, en = _qualifiers(act.qualifier)
    sink.label(
        node,
        vi=label_vi(kind.vi, act.number, "", vi, _without_kind(title, kind)),
        en=label_en(kind.en, act.number, "", en),
    )
    sink.text(node, VNDX["number"], act.number)
    sink.add(node, VNDX["documentType"], iris.concept("document-type", kind.document_type))
    sink.add(node, VNDX["issuer"], agents.organisation(kind.issuer))
    sink.text(node, VNDX["title"], title, "vi")


def _without_kind(title: str, kind: ActKind) -> str:
    """Give a title without the kind of act at its beginning, which the label has already."""
    return title[len(kind.vi) :].strip() if title.startswith(f"{kind.vi} ") else title


def _state_dates(sink: GraphSink, node: NamedNode, row: Row, *, described: bool) -> None:
    """State the dates of an act; the day on which the register has its changes is no date of the act itself.

    Acts from before the register was drawn up are entered under its first day, which says nothing of them.
    An act that is described elsewhere has its issue date there.
    """
    issued, effective = row["issued"], row["effective"]
    if issued and not described:
        sink.date(node, VNDX["issueDate"], PartialDate(issued))
    if not row["source"].startswith(_STATISTICAL_REGISTER):
        sink.date(node, VNDX["effectiveDate"], PartialDate(effective) if effective else None)
    elif effective and effective != REGISTER_BEGINS:
        sink.date(node, VNDX["registerDate"], PartialDate(effective))


def _qualifiers(qualifier: str) -> tuple[str, str]:
    """Give what sets acts of one number apart as labels print it, in Vietnamese and in English."""
    if len(qualifier) > 4:
        year, month, day = qualifier.split("-")
        return f"{day}/{month}/{year}", qualifier
    return qualifier, qualifier


MAPPINGS: Final = (
    TableMapping(
        name=LEGAL_DOCUMENTS.name,
        graph=iris.graph("table", "legal-documents"),
        inputs=(LEGAL_DOCUMENTS.name, PROVINCES_2025.name, NATIONAL_TABLE, PROVINCIAL_TABLE),
        map=map_legal_documents,
        title_vi="Văn bản thành lập, điều chỉnh và sắp xếp đơn vị hành chính, 2003–2026",
        title_en="Acts that made, changed and ended administrative units, 2003–2026",
        credits=(
            "General Statistics Office of Viet Nam: register of units, via daohoangson/dvhcvn",
            "Resolutions 1654 to 1687/NQ-UBTVQH15 of the Standing Committee of the National Assembly",
        ),
    ),
)
