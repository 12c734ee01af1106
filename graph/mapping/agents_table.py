"""Organisations and people: the registers that label them, and the table of who was seen in which office."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.agent_register import (
    AGENTS_COLUMNS,
    AGENTS_TABLE,
    INPUTS,
    PERSON,
    AgentRegister,
    LinkedAgent,
    Mention,
)
from graph.mapping.document_index import DocumentIndex, policy_documents
from graph.mapping.document_row import read_date
from graph.mapping.evidence import has_sound_evidence, state_evidence
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.row_reader import RowReader, SeenKeys
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import UnitRegister
from graph.model import agents, iris
from graph.model.agent_english import english_name
from graph.model.agent_lists import AgentKind
from graph.model.dates import PartialDate
from graph.model.language import language_of
from graph.model.namespaces import ORG, SKOS, VNDX
from graph.problems import Problems

ISSUING_BODY: Final = "issuing_body"
KINDS: Final = (PERSON, ISSUING_BODY, "organisation")
_ISSUED: Final = re.compile(r"^cơ quan ban hành (?P<document>.+)$")
_SIGNED: Final = re.compile(r"\bký (?:\w+ )*?(?:số )?(?P<number>\d\w*(?:/\d{4})?[-/][A-ZĐ][^\s,;()]*)")
_SIGNATURE_ALONE: Final = re.compile(r"^Người ký\b")
_OFFICE: Final = re.compile(r"^(?P<office>.+?) \(ký .+\)$")
_CENTRAL_BODY: Final = re.compile(
    r"^(?:Bộ|Cục|Tổng cục|Ủy ban Quốc gia|Văn phòng (?:Chính phủ|Trung ương))\b"
    r"|^Ban Chỉ đạo (?:Trung ương|của Chính phủ)\b"
    r"|^(?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội)$"
    r"|^Ban (?:\w+ )+Trung ương(?: Đảng)?$"
    r"|^(?:Mặt trận Tổ quốc|Bảo hiểm xã hội) Việt Nam$|, (?:Bộ |Văn phòng Chính phủ)"
)
_DISTRICT_BODY: Final = re.compile(
    r"^(?:Chủ tịch )?Ủy ban nhân dân (?P<unit>(?:thành phố|thị xã|huyện|quận) .+)$"
)


def map_organisations(tables: TableSet, sink: GraphSink) -> None:
    """State every organisation that a table names: its labels, what it belongs to, and where it works."""
    register = tables.once(AgentRegister.from_tables)
    for node, mentions in register.mentions(AgentKind.ORGANISATION):
        name = _state_names(sink, node, mentions, tables.problems)
        sink.type(node, VNDX["Organisation"])
        sink.label(node, en=english_name(name))
        parent = agents.parent_name(name)
        if parent:
            sink.add(node, VNDX["parentOrganisation"], agents.organisation(parent))
        for mention in mentions:
            unit = _seat(name, mention, register)
            if unit:
                sink.add(node, VNDX["jurisdiction"], unit)


def map_people(tables: TableSet, sink: GraphSink) -> None:
    """State every person that a table names; where they hold office only if a row attests it."""
    register = tables.once(AgentRegister.from_tables)
    for node, mentions in register.mentions(AgentKind.PERSON):
        _state_names(sink, node, mentions, tables.problems)
        sink.type(node, VNDX["Person"])
        for mention in mentions:
            if mention.row.table == AGENTS_TABLE and mention.unit:
                sink.add(node, VNDX["jurisdiction"], mention.unit)


def map_organisations_people(tables: TableSet, sink: GraphSink) -> None:
    """Map the table of office holders, issuing bodies and other organisations, row by row."""
    register = tables.once(AgentRegister.from_tables)
    documents = tables.once(policy_documents)
    seen = SeenKeys()
    for row in tables.table(AGENTS_TABLE, AGENTS_COLUMNS):
        reader = RowReader(row, tables.problems)
        date = _read(reader, seen, tables.once(UnitRegister.from_tables))
        if not has_sound_evidence(row, tables.problems) or reader.failed:
            continue
        subject, body = register.of_entry(row)
        if row["kind"] == PERSON:
            _state_membership(sink, row, (subject, body), date)
            _state_signature(sink, row, subject, date, documents)
        elif row["kind"] == ISSUING_BODY:
            _state_issuing_body(sink, row, subject, date, documents)
        else:
            _state_organisation(sink, row, subject, body)


def _read(reader: RowReader, seen: SeenKeys, units: UnitRegister) -> PartialDate | None:
    """Check the cells of a row; give the date of the role."""
    seen.check(reader, "entry_id")
    reader.one_of("kind", KINDS)
    reader.filled("role")
    for column in ("name", "organisation"):
        if not agents.name_key(reader.row[column]):
            reader.wrong(column, vi="thiếu tên", en="a name is missing")
    date = read_date(reader, "role_date")
    reader.province("province", units, dates=[date])
    return date


def _state_names(sink: GraphSink, node: NamedNode, mentions: list[Mention], problems: Problems) -> str:
    """State the labels of an agent: its best spelling, and every other printed one; give the best."""
    spellings = Counter(mention.agent.name for mention in mentions)
    best = max(spellings, key=lambda name: (not name.isascii(), spellings[name], name))
    for mention in mentions:
        name, row = mention.agent.name, mention.row
        sink.origin(node, file_of(row.table), row.line)
        if not agents.same_spelling(best, name):
            problems.report(
                file_of(row.table),
                row.line,
                "",
                vi=f"hai tên khác nhau {best!r} và {name!r} cho cùng một khóa IRI: kiểm tra chính tả",
                en=f"two different names, {best!r} and {name!r}, have one IRI key: check the spelling",
            )
    sink.label(node, vi=best)
    for printed in {mention.agent.printed for mention in mentions} | set(spellings):
        if printed != best:
            sink.text(node, SKOS["altLabel"], printed, "vi")
    return best


def _seat(name: str, mention: Mention, register: AgentRegister) -> NamedNode | None:
    """Give the unit that an organisation is of, as its own name tells; None where it does not."""
    if _CENTRAL_BODY.search(name):
        return iris.country()
    province = mention.row.cells.get("province", "").strip()
    if agents.is_national(province):
        return None
    place = re.escape(province)
    typed = re.escape(agents.with_type_word(province))
    if re.search(rf"\b(?:{typed}|(?:Tỉnh ủy|Thành ủy|VNPT|Viettel) {place})(?!\w)|\({place}\)", name):
        return mention.unit
    district = _DISTRICT_BODY.match(name)
    return register.district_of(district["unit"], mention.row) if district else None


def _state_membership(
    sink: GraphSink, row: Row, agents_of_row: tuple[LinkedAgent, LinkedAgent], date: PartialDate | None
) -> None:
    """State that a person was seen in a role of a body."""
    person, body = agents_of_row
    membership = iris.keyed("membership", row["entry_id"])
    sink.origin(membership, file_of(row.table), row.line)
    sink.type(membership, VNDX["Membership"])
    sink.add(membership, VNDX["member"], person.node)
    sink.add(membership, VNDX["organisation"], body.node)
    sink.text(membership, VNDX["role"], row["role"], language_of(row["role"]))
    sink.date(membership, VNDX["attestedOn"], date)
    state_evidence(sink, membership, row)


def _state_signature(
    sink: GraphSink, row: Row, person: LinkedAgent, date: PartialDate | None, documents: DocumentIndex
) -> None:
    """State which document a role says the person signed, and in which office, where it says so."""
    signed = _SIGNED.search(row["role"])
    document = signed and documents.find(signed["number"], province=row["province"], issued=date)
    if not document:
        return
    sink.add(document, VNDX["signer"], person.node)
    office = _OFFICE.match(row["role"])
    if office and not _SIGNATURE_ALONE.match(row["role"]):
        sink.text(document, VNDX["signedAs"], office["office"], "vi")
    state_evidence(sink, document, row)


def _state_issuing_body(
    sink: GraphSink, row: Row, body: LinkedAgent, date: PartialDate | None, documents: DocumentIndex
) -> None:
    """State that a body issued the document that the row names by number or by title."""
    state_evidence(sink, body.node, row)
    issued = _ISSUED.match(row["role"])
    if not issued:
        return
    printed, province, issuer = issued["document"], row["province"], row["name"]
    document = documents.find(printed, province=province, issuer=issuer, issued=date)
    document = document or documents.titled(printed, province=province, issuer=issuer)
    if document:
        sink.add(document, VNDX["issuer"], body.node)
        state_evidence(sink, document, row)


def _state_organisation(sink: GraphSink, row: Row, subject: LinkedAgent, body: LinkedAgent) -> None:
    """State an organisation's place under another where the words say so, else that they are linked."""
    belongs = re.search(r"\bthuộc\b", f"{row['role']} {row['quote']}")
    sink.add(subject.node, VNDX["parentOrganisation"] if belongs else ORG["linkedTo"], body.node)
    sink.text(subject.node, SKOS["note"], row["role"], language_of(row["role"]))
    state_evidence(sink, subject.node, row)


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name="register/organisations",
        graph=iris.graph("register", "organisations"),
        inputs=INPUTS,
        map=map_organisations,
        title_vi="Các tổ chức mà các bảng nêu tên",
        title_en="The organisations that the tables name",
    ),
    TableMapping(
        name="register/people",
        graph=iris.graph("register", "people"),
        inputs=INPUTS,
        map=map_people,
        title_vi="Những người mà các bảng nêu tên",
        title_en="The people whom the tables name",
    ),
    TableMapping(
        name=AGENTS_TABLE,
        graph=iris.graph("table", "organisations-people"),
        inputs=INPUTS,
        map=map_organisations_people,
        title_vi="Người giữ chức vụ, cơ quan ban hành và tổ chức, theo từng trang nguồn",
        title_en="Office holders, issuing bodies and organisations, page by page",
        credits=("Public web pages; each row names the page that it was read on",),
    ),
)
