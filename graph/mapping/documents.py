"""The policy documents of the country and the provinces: resolutions, decisions, plans, laws ..."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graph.mapping import agent_register, unit_register
from graph.mapping.agent_register import AgentRegister
from graph.mapping.document_index import (
    NATIONAL_COLUMNS,
    NATIONAL_TABLE,
    PROVINCIAL_COLUMNS,
    PROVINCIAL_TABLE,
    DocumentIndex,
    policy_documents,
)
from graph.mapping.document_labels import label_en, label_vi
from graph.mapping.document_row import DocumentReader, DocumentRow
from graph.mapping.evidence import state_evidence
from graph.mapping.periods import state_period
from graph.mapping.reader import TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import UnitRegister
from graph.model import iris
from graph.model.language import language_of
from graph.model.namespaces import SKOS, VNDX

_UNKNOWN_ERA: Final = {
    "vi": "Không rõ văn bản ban hành trước hay sau ngày 01/7/2025; tỉnh được ghi theo danh mục 63 tỉnh.",
    "en": "Not known whether issued before or after 1 July 2025; the province is that of the register of 63.",
}


def map_national_documents(tables: TableSet, sink: GraphSink) -> None:
    """Map the documents of the Party's centre, the National Assembly, the Government and the ministries."""
    _map_table(tables, sink, NATIONAL_TABLE, NATIONAL_COLUMNS)


def map_provincial_documents(tables: TableSet, sink: GraphSink) -> None:
    """Map the documents of provincial party committees, councils and people's committees."""
    _map_table(tables, sink, PROVINCIAL_TABLE, PROVINCIAL_COLUMNS)


def _map_table(tables: TableSet, sink: GraphSink, name: str, columns: tuple[str, ...]) -> None:
    """Map one document table."""
    index = tables.once(policy_documents)
    register = tables.once(AgentRegister.from_tables)
    reader = DocumentReader(tables.once(UnitRegister.from_tables), tables.problems)
    for row in tables.table(name, columns):
        document = reader.read(row)
        if document:
            _state(sink, document, register)
            _state_references(sink, document, index)
            state_evidence(sink, document.node, row)


def _state(sink: GraphSink, document: DocumentRow, register: AgentRegister) -> None:
    """State what a row says of its document itself."""
    row, node, title = document.row, document.node, document.title
    sink.origin(node, file_of(row.table), row.line)
    sink.type(node, document.kind.node)
    sink.add(node, VNDX["documentType"], document.kind.type_concept)
    if row.cells.get("doc_class"):
        sink.add(node, VNDX["documentClass"], iris.concept("document-class", row["doc_class"]))
    year = document.issued.text[:4] if document.issued else ""
    sink.label(
        node,
        vi=label_vi(row["type"], row["number"], document.place, year, title.title),
        en=label_en(document.kind.en, row["number"], document.place, year),
    )
    sink.text(node, VNDX["number"], row["number"])
    sink.text(node, VNDX["title"], title.title, language_of(title.title))
    sink.text(node, SKOS["editorialNote"], title.remark, "vi")
    issuers = register.bodies_in(row, "issuer")
    for issuer in issuers.linked:
        sink.add(node, VNDX["issuer"], issuer.node)
    for printed in issuers.unread:
        sink.text(node, VNDX["issuerAsPrinted"], printed)
    sink.date(node, VNDX["issueDate"], document.issued)
    sink.date(node, VNDX["effectiveDate"], document.effective)
    sink.add(node, VNDX["jurisdiction"], document.jurisdiction.unit)
    if document.jurisdiction.era_unknown:
        for language, note in _UNKNOWN_ERA.items():
            sink.text(node, SKOS["editorialNote"], note, language)
    sink.text(node, VNDX["periodAsPrinted"], row["period"], "vi")
    if document.period:
        sink.add(node, VNDX["period"], state_period(sink, document.period.main))
        for horizon in document.period.horizons:
            sink.add(node, VNDX["orientationPeriod"], state_period(sink, horizon))
    sink.text(node, VNDX["mainTargetsAsPrinted"], row.cells.get("main_targets", "").strip(), "vi")


def _state_references(sink: GraphSink, document: DocumentRow, index: DocumentIndex) -> None:
    """State which documents a document carries out or replaces: known ones as nodes, others as printed."""
    for column, related, as_printed in (
        ("implements", VNDX["implements"], VNDX["implementsAsPrinted"]),
        ("supersedes", VNDX["supersedes"], VNDX["supersedesAsPrinted"]),
    ):
        printed = document.row.listed(column) if column in document.row.cells else []
        for number in printed:
            target = index.find(number, province=document.place, by=document.issued)
            if target and target != document.node:
                sink.add(document.node, related, target)
            else:
                sink.text(document.node, as_printed, number)


def _table_mapping(
    name: str, map_table: Callable[[TableSet, GraphSink], None], title_vi: str, title_en: str
) -> TableMapping:
    """Give the mapping of one document table; both need both, as documents refer across the tables."""
    inputs = (NATIONAL_TABLE, PROVINCIAL_TABLE, *agent_register.INPUTS, *unit_register.INPUTS)
    return TableMapping(
        name=name,
        graph=iris.graph("table", name.rpartition("/")[2]),
        inputs=tuple(dict.fromkeys(inputs)),
        map=map_table,
        title_vi=title_vi,
        title_en=title_en,
        credits=("Public web pages; each document names the page that it was read on",),
    )


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    _table_mapping(
        NATIONAL_TABLE,
        map_national_documents,
        "Văn bản của Trung ương về chuyển đổi số",
        "National documents on digital transformation",
    ),
    _table_mapping(
        PROVINCIAL_TABLE,
        map_provincial_documents,
        "Văn bản của các tỉnh, thành phố về chuyển đổi số",
        "Provincial documents on digital transformation",
    ),
)
