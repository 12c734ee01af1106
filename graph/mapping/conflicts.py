"""Contradictions: what two pages say differently, as two claims and the conflict that links them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.concept_index import concept_index
from graph.mapping.document_index import NATIONAL_TABLE, PROVINCIAL_TABLE, policy_documents
from graph.mapping.events import COLUMNS as EVENT_COLUMNS
from graph.mapping.events import EVENTS, event_node
from graph.mapping.evidence import MAX_QUOTE
from graph.mapping.platforms import PLATFORMS, PlatformIndex
from graph.mapping.reader import TableSet, file_of
from graph.mapping.row_reader import RowReader, SeenKeys, makes_key
from graph.mapping.sink import GraphSink
from graph.mapping.source_pages import pages_of_conflict
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import INPUTS as UNIT_INPUTS
from graph.mapping.unit_register import UnitRegister, UnknownUnitError
from graph.model import iris
from graph.model.language import language_of
from graph.model.namespaces import SKOS, VNDX

CONFLICTS: Final = "policy/contradictions"
_COLUMNS: Final = (
    "subject",
    "subject_vi",
    "about",
    "kind",
    "claim_a",
    "source_a",
    "claim_b",
    "source_b",
    "title_b",
    "preferred",
    "note",
)
_ADDRESS: Final = re.compile(r"https?://\S+")
_SIDES: Final = ("a", "b")
# Readings that only seem to differ are both true; of the others at least one is in doubt.
_APPARENT: Final = "apparent"


@dataclass(frozen=True)
class Subject:
    """What a row's claims are about, in words and as nodes."""

    vi: str
    en: str
    nodes: tuple[NamedNode, ...]


def map_conflicts(tables: TableSet, sink: GraphSink) -> None:
    """Map contradictions.csv."""
    seen = SeenKeys()
    for row in tables.table(CONFLICTS, _COLUMNS):
        reader = RowReader(row, tables.problems)
        seen.check(reader, "subject")
        kind = reader.concept("kind", "conflict-kind", tables.once(concept_index))
        reader.one_of("preferred", (*_SIDES, ""))
        for side, page in zip(_SIDES, pages_of_conflict(row), strict=True):
            _check_claim(reader, f"claim_{side}")
            _check_page(reader, f"source_{side}", page)
        about = tuple(_about(reader, tables))
        if kind is not None and not reader.failed:
            # A subject in English has its Vietnamese wording in a column of its own.
            subject = Subject(
                row["subject_vi"] or row["subject"], row["subject"] if row["subject_vi"] else "", about
            )
            _state(reader, subject, kind, sink)


def _check_claim(reader: RowReader, column: str) -> None:
    """Report a claim that is missing or longer than the graph may hold."""
    claim = reader.filled(column)
    if len(claim) > MAX_QUOTE:
        reader.wrong(
            column,
            vi=f"nội dung dài {len(claim)} ký tự, tối đa {MAX_QUOTE}",
            en=f"the claim has {len(claim)} characters, at most {MAX_QUOTE} are allowed",
        )


def _check_page(reader: RowReader, column: str, page: str) -> None:
    """Report a source that is no web address."""
    if not _ADDRESS.fullmatch(page):
        reader.wrong(
            column,
            vi=f"{page!r} không phải địa chỉ http(s)",
            en=f"{page!r} is no http(s) address",
        )


def _about(reader: RowReader, tables: TableSet) -> Iterator[NamedNode]:
    """Give the nodes that the cell ``about`` names: ``document/57-nq-tw-2024; province/2025/Khánh Hòa``."""
    for reference in reader.row.listed("about"):
        kind, _, key = reference.partition("/")
        look_up = _LOOK_UPS.get(kind)
        node = look_up(key, tables) if look_up and key else None
        if node:
            yield node
        else:
            reader.wrong(
                "about",
                vi=f"không tìm thấy {reference!r}: ghi document/<doc_id>, platform/<platform_id>, "
                "event/<event_id>, indicator/<khái niệm>, province/<2004|2025>/<tên> hoặc page/<địa chỉ>",
                en=f"nothing is known as {reference!r}: write document/<doc_id>, platform/<platform_id>, "
                "event/<event_id>, indicator/<concept>, province/<2004|2025>/<name> or page/<address>",
            )


def _province(key: str, tables: TableSet) -> NamedNode | None:
    """Give the province that ``2025/Khánh Hòa`` names, or None."""
    era, _, name = key.partition("/")
    if era not in iris.ERAS:
        return None
    try:
        return tables.once(UnitRegister.from_tables).unit_of_province(name, era=era)
    except UnknownUnitError:
        return None


def _events(tables: TableSet) -> dict[str, NamedNode]:
    """Give the node of each event by its identifier."""
    rows = tables.table(EVENTS, EVENT_COLUMNS)
    return {row["event_id"]: event_node(row) for row in rows if makes_key(row["key"] or row["event_id"])}


_LOOK_UPS: Final[dict[str, Callable[[str, TableSet], NamedNode | None]]] = {
    "document": lambda key, tables: tables.once(policy_documents).by_id(key),
    "platform": lambda key, tables: tables.once(PlatformIndex.from_tables).by_id(key),
    "event": lambda key, tables: tables.once(_events).get(key),
    "indicator": lambda key, tables: tables.once(concept_index).find("indicator", key),
    "province": _province,
    "page": lambda key, _tables: iris.source_page(key) if _ADDRESS.fullmatch(key) else None,
}


def _state(reader: RowReader, subject: Subject, kind: NamedNode, sink: GraphSink) -> None:
    """State the conflict of one row, and its two claims."""
    row = reader.row
    conflict = iris.named("conflict", row["subject"])
    sink.origin(conflict, file_of(row.table), row.line)
    sink.type(conflict, VNDX["Conflict"])
    sink.label(conflict, vi=subject.vi, en=subject.en)
    sink.add(conflict, VNDX["conflictKind"], kind)
    for node in subject.nodes:
        sink.add(conflict, VNDX["about"], node)
    sink.text(conflict, SKOS["note"], row["note"], language_of(row["note"]))
    status = iris.concept("status", "stated" if row["kind"] == _APPARENT else "disputed")
    for side, page in zip(_SIDES, pages_of_conflict(row), strict=True):
        text, claim = row[f"claim_{side}"], iris.keyed("claim", row["subject"], side)
        sink.origin(claim, file_of(row.table), row.line)
        sink.type(claim, VNDX["Claim"])
        sink.label(claim, vi=f"{subject.vi}: {text}", en=f"{subject.en}: {text}" if subject.en else "")
        sink.text(claim, VNDX["statement"], text, language_of(text))
        sink.add(claim, VNDX["claimKind"], iris.concept("claim-kind", "statement"))
        sink.add(claim, VNDX["status"], status)
        sink.text(claim, SKOS["note"], row["note"], language_of(row["note"]))
        sink.add(claim, VNDX["statedIn"], iris.source_page(page))
        for node in subject.nodes:
            sink.add(claim, VNDX["about"], node)
        sink.add(conflict, VNDX["conflictingStatement"], claim)
        if row["preferred"] == side:
            sink.add(conflict, VNDX["preferred"], claim)


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name=CONFLICTS,
        graph=iris.graph("table", "contradictions"),
        inputs=tuple(
            dict.fromkeys((CONFLICTS, NATIONAL_TABLE, PROVINCIAL_TABLE, PLATFORMS, EVENTS, *UNIT_INPUTS))
        ),
        map=map_conflicts,
        title_vi="Những điều các nguồn nói khác nhau",
        title_en="What sources say differently",
        credits=("The web pages named by vndx:statedIn of each claim",),
    ),
)
