"""The reform of 1 July 2025: what every new province and commune was made of, whole or in part.

One change makes one unit of the 2025 register: a reorganisation or, where the reform left the unit as it
was, a continuation of its two entries. A change has one transfer from each unit that gave to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.mapping.admin_tables import (
    COMMUNE_MERGERS,
    LEGAL_DOCUMENTS,
    PROVINCE_MERGERS,
    PROVINCES_PRE2025,
)
from graph.mapping.legal_register import LegalRegister
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.transfer_checks import check_complete, check_predecessors
from graph.mapping.unit_checks import LAST_DAY, UNCHANGED
from graph.mapping.unit_register import INPUTS, REFORM_DAY, RegisterEntry, UnitRegister
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_types import Level
from graph.model import iris
from graph.model.iris import ERA_2004, ERA_2025
from graph.model.namespaces import SKOS, VNDX, XSD

_OLD_LEVELS: Final = {"xã": Level.COMMUNE, "huyện": Level.DISTRICT}
_SHARES: Final = {share: iris.concept("share", share) for share in ("whole", "part")}
_KINDS: Final = {
    kind: iris.concept("transfer-kind", kind)
    for kind in (
        "merged",
        "part",
        "part_area",
        "part_area_all_population",
        "part_population",
        "all_area_part_population",
        UNCHANGED,
        "replaced",
        "remainder_or_part",
        "retyped",
        "renamed",
    )
}
_PROVINCE_KINDS: Final = {UNCHANGED: UNCHANGED, "merged": "merged", "merged_same_name": "merged"}
_USUAL_SOURCE: Final = "NSO conversion table"

_CHANGE_CLASSES: Final = {True: VNDX["Continuation"], False: VNDX["Reorganisation"]}
_TRANSFER_CLASS: Final = VNDX["Transfer"]
_TRANSFER: Final = VNDX["transfer"]
_FROM_UNIT: Final = VNDX["fromUnit"]
_TO_UNIT: Final = VNDX["toUnit"]
_SHARE: Final = VNDX["share"]
_KIND: Final = VNDX["transferKind"]
_CREATED: Final = VNDX["createdUnit"]
_DISSOLVED: Final = VNDX["dissolvedUnit"]
_LEGAL_BASIS: Final = VNDX["legalBasis"]
_EFFECTIVE: Final = VNDX["effectiveDate"]
_REFORM_DAY: Final = Literal(REFORM_DAY, datatype=XSD["date"])


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one former unit gave to one new unit: a checked row of a table of mergers."""

    row: Row
    old: RegisterEntry
    new: RegisterEntry
    share: str
    kind: str
    basis: tuple[NamedNode, ...]
    clause: str = ""
    note: str = ""
    editorial_note: str = ""


def map_province_mergers(tables: TableSet, sink: GraphSink) -> None:
    """State of what each of the 34 provinces was made; a province was always merged as a whole."""
    _map(tables, sink, _province_contributions)
    check_complete(tables, PROVINCE_MERGERS, ("old_code", "new_code"), Level.PROVINCE)
    check_predecessors(tables)


def map_commune_mergers(tables: TableSet, sink: GraphSink) -> None:
    """State of what each of the 3,321 communes was made, whole or in part."""
    _map(tables, sink, _commune_contributions)
    columns = ("old_commune_code", "new_commune_code")
    check_complete(tables, COMMUNE_MERGERS, columns, Level.COMMUNE)


def _map(
    tables: TableSet, sink: GraphSink, contributions_of: Callable[[TableSet], Iterator[Contribution]]
) -> None:
    """State the change of each new unit with its transfers."""
    changes: dict[str, list[Contribution]] = {}
    for contribution in contributions_of(tables):
        changes.setdefault(contribution.new.code, []).append(contribution)
    for code, contributions in changes.items():
        if _agree(tables, contributions):
            _state_change(sink, code, contributions)


def _province_contributions(tables: TableSet) -> Iterator[Contribution]:
    """Read the table of province mergers; every former province is in one row."""
    acts = tables.once(LegalRegister.from_tables)
    first_lines: dict[str, int] = {}
    for row in PROVINCE_MERGERS.read(tables):
        reader = UnitRow(row, tables.problems)
        reader.new_key("old_code", row["old_code"], first_lines)
        kind = _PROVINCE_KINDS.get(reader.one_of("relation", _PROVINCE_KINDS), "")
        old = _entry(reader, tables, "old_code", ERA_2004, Level.PROVINCE)
        new = _entry(reader, tables, "new_code", ERA_2025, Level.PROVINCE)
        _check_name(reader, "old_name_vi", old)
        _check_name(reader, "new_name_vi", new)
        _check_day(reader, kind)
        basis = acts.basis(reader, "legal_basis", row["effective_from"])
        if old and new and not reader.failed:
            yield Contribution(row, old, new, "whole", kind, basis)


def _commune_contributions(tables: TableSet) -> Iterator[Contribution]:
    """Read the table of commune mergers; some districts without communes became communes themselves."""
    acts = tables.once(LegalRegister.from_tables)
    first_lines: dict[str, int] = {}
    for row in COMMUNE_MERGERS.read(tables):
        reader = UnitRow(row, tables.problems)
        pair = f"{row['old_commune_code']} > {row['new_commune_code']}"
        reader.new_key("old_commune_code", pair, first_lines)
        share = reader.one_of("share", _SHARES)
        kind = reader.one_of("relation", _KINDS)
        old_level = _OLD_LEVELS.get(reader.one_of("old_level", _OLD_LEVELS), Level.COMMUNE)
        old = _entry(reader, tables, "old_commune_code", ERA_2004, old_level)
        new = _entry(reader, tables, "new_commune_code", ERA_2025, Level.COMMUNE)
        _check_day(reader, kind)
        basis = acts.basis(reader, "legal_basis", row["effective_from"])
        source = row["source"]
        if old and new and not reader.failed:
            yield Contribution(
                row,
                old,
                new,
                share,
                kind,
                basis,
                clause=row["legal_clause"],
                note=row["nso_note"],
                editorial_note="" if source == _USUAL_SOURCE else source,
            )


def _entry(reader: UnitRow, tables: TableSet, column: str, era: str, level: Level) -> RegisterEntry | None:
    """Give the unit of a cell as it was just before the reform, or just after it."""
    code = reader.code(column, level)
    if not level.has_code(code):
        return None
    register = tables.once(UnitRegister.from_tables)
    day = LAST_DAY if era == ERA_2004 else REFORM_DAY
    entry = register.entry_on(era, code, day)
    if entry is None:
        reader.wrong(
            column,
            vi=f"danh mục {era} không có đơn vị mã {code} vào ngày {day}",
            en=f"the register of {era} has no unit of code {code} on {day}",
        )
    return entry


def _check_name(reader: UnitRow, column: str, entry: RegisterEntry | None) -> None:
    """Check that a cell has the name that the register gives the unit."""
    name = reader.row[column]
    if entry and name != entry.official_name:
        reader.wrong(
            column,
            vi=f"{name!r} khác danh mục: {entry.official_name!r}",
            en=f"{name!r} differs from the register: {entry.official_name!r}",
        )


def _check_day(reader: UnitRow, kind: str) -> None:
    """Check that a change took effect with the reform; units left unchanged have no day."""
    day = reader.day("effective_from")
    right = "" if kind == UNCHANGED else REFORM_DAY
    if not reader.failed and day != right:
        reader.wrong(
            "effective_from",
            vi=f"{day!r} không hợp lệ, cần {right!r}",
            en=f"{day!r} is not right, {right!r} would be",
        )


def _agree(tables: TableSet, contributions: list[Contribution]) -> bool:
    """Check that the rows of one change name one basis and clause, and an unchanged unit one source only."""
    first = contributions[0]
    sound = True
    for contribution in contributions[1:]:
        reader = UnitRow(contribution.row, tables.problems)
        if (contribution.basis, contribution.clause) != (first.basis, first.clause):
            reader.wrong(
                "legal_basis",
                vi=f"căn cứ pháp lý khác với dòng {first.row.line} của cùng đơn vị mới",
                en=f"the legal basis differs from line {first.row.line}, which is of the same new unit",
            )
        if UNCHANGED in (contribution.kind, first.kind):
            reader.wrong(
                "relation",
                vi=f"đơn vị giữ nguyên không thể có thêm nguồn khác (dòng {first.row.line})",
                en=f"an unchanged unit cannot have another source as well (line {first.row.line})",
            )
        sound = sound and not reader.failed
    return sound


def _state_change(sink: GraphSink, code: str, contributions: list[Contribution]) -> None:
    """State the change that made one unit, and what each former unit gave to it."""
    first = contributions[0]
    new, file = first.new, file_of(first.row.table)
    continued = first.kind == UNCHANGED
    change, made = iris.unit_change(REFORM_DAY, code), new.unit
    sink.origin(change, file, first.row.line)
    sink.type(change, _CHANGE_CLASSES[continued])
    words = ("Giữ nguyên", "Continuation of") if continued else ("Sắp xếp thành", "Reorganisation into")
    year, month, day = REFORM_DAY.split("-")
    sink.label(
        change,
        vi=f"{words[0]} {new.official_name} ({day}/{month}/{year})",
        en=f"{words[1]} {new.name_en or new.official_name} ({REFORM_DAY})",
    )
    sink.add(change, _EFFECTIVE, _REFORM_DAY)
    for document in first.basis:
        sink.add(change, _LEGAL_BASIS, document)
    sink.text(change, VNDX["clause"], first.clause)
    if not continued:
        sink.add(change, _CREATED, made)
    for contribution in contributions:
        former = contribution.old.unit
        transfer = iris.transfer(change, contribution.old.code)
        sink.origin(transfer, file, contribution.row.line)
        sink.type(transfer, _TRANSFER_CLASS)
        sink.add(change, _TRANSFER, transfer)
        sink.add(transfer, _FROM_UNIT, former)
        sink.add(transfer, _TO_UNIT, made)
        sink.add(transfer, _SHARE, _SHARES[contribution.share])
        sink.add(transfer, _KIND, _KINDS[contribution.kind])
        sink.text(transfer, SKOS["note"], contribution.note, "vi")
        sink.text(transfer, SKOS["editorialNote"], contribution.editorial_note, "en")
        if contribution.share == "whole" and not continued:
            sink.add(change, _DISSOLVED, former)


MAPPINGS: Final = (
    TableMapping(
        name=PROVINCE_MERGERS.name,
        graph=iris.graph("table", "province-mergers"),
        inputs=(PROVINCE_MERGERS.name, PROVINCES_PRE2025.name, LEGAL_DOCUMENTS.name, *INPUTS),
        map=map_province_mergers,
        title_vi="Sáp nhập tỉnh từ 1/7/2025: 63 tỉnh cũ thành 34 tỉnh",
        title_en="Merger of provinces on 1 July 2025: 63 former provinces into 34",
        credits=(
            "National Statistics Office of Viet Nam: conversion workbook",
            "Resolution 60-NQ/TW: annex with the 34 provinces and their centres",
        ),
    ),
    TableMapping(
        name=COMMUNE_MERGERS.name,
        graph=iris.graph("table", "commune-mergers"),
        inputs=(COMMUNE_MERGERS.name, LEGAL_DOCUMENTS.name, *INPUTS),
        map=map_commune_mergers,
        title_vi="Sắp xếp đơn vị hành chính cấp xã từ 1/7/2025: xã cũ thành xã mới",
        title_en="Reorganisation of communes on 1 July 2025: former communes into new ones",
        credits=(
            "National Statistics Office of Viet Nam: conversion table of commune codes",
            "Resolutions 1654 to 1687/NQ-UBTVQH15 of the Standing Committee of the National Assembly",
        ),
    ),
)
