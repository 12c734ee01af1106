"""The history of the register before 1 July 2025: dated versions of every unit, and the units that ended.

Every unit has its span and its versions here. Its class, code, labels, type and parent are stated here only
if it had ended when the register did; the others are stated from the tables of the units of 2025-06-30.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping import admin_tables
from graph.mapping.admin_tables import UNIT_HISTORY
from graph.mapping.legal_register import LegalRegister
from graph.mapping.reader import Row, TableSet
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import INPUTS, REFORM_DAY, RegisterEntry, UnitRegister
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_statements import (
    UnitFacts,
    VersionFacts,
    names_at_home,
    state_alternative_names,
    state_span,
    state_unit,
    state_version,
)
from graph.mapping.unit_types import TYPES, Level, type_word
from graph.model import iris
from graph.model.iris import ERA_2004
from graph.model.namespaces import SKOS

_LEVELS: Final = {level.value: level for level in Level}
_PARENT_LEVELS: Final = {Level.DISTRICT: Level.PROVINCE, Level.COMMUNE: Level.DISTRICT}
_WORDS: Final = {level: tuple(dict.fromkeys(map(type_word, TYPES[ERA_2004, level]))) for level in Level}
_EDITORIAL_NOTE: Final = SKOS["editorialNote"]
# Letters of the statistics office give units other codes; in 2015 three pairs of districts changed theirs.
_CODES_REASSIGNED: Final = re.compile(r"/TCTK-")


def map_history(tables: TableSet, sink: GraphSink) -> None:
    """State the versions of all units of the register before 1 July 2025, and the units that ended."""
    register = tables.once(UnitRegister.from_tables)
    acts = tables.once(LegalRegister.from_tables)
    homes = _home_names(tables)
    first_lines: dict[str, int] = {}
    readers = [UnitRow(row, tables.problems) for row in UNIT_HISTORY.read(tables)]
    bases = [_basis_of_sound(reader, acts, first_lines) for reader in readers]
    faulty = {reader.row["code"] for reader in readers if reader.failed}
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for reader, basis in zip(readers, bases, strict=True):
        row = reader.row
        if row["parent_code"] and not reader.failed and row["parent_code"] not in faulty:
            _check_parent(reader, register.entries(ERA_2004, row["parent_code"]))
        if not reader.failed:
            _state_version(sink, row, register, basis)
            by_unit[row["code"]].append(row)
    for code, rows in by_unit.items():
        rows.sort(key=lambda row: (row["valid_from"], row["valid_to"]))
        _check_overlaps(tables, rows)
        _state_unit(sink, code, rows, register, homes)


def _basis_of_sound(
    reader: UnitRow, acts: LegalRegister, first_lines: dict[str, int]
) -> tuple[NamedNode, ...]:
    """Check one row by itself, and give its legal basis."""
    row = reader.row
    level = _LEVELS.get(reader.one_of("level", _LEVELS))
    if level is None:
        return ()
    code = reader.code("code", level)
    reader.new_key("code", f"{code}@{row['valid_from']}", first_lines)
    reader.filled("name_vi")
    reader.filled("full_name_vi")
    reader.one_of("type", _WORDS[level])
    reader.day("valid_from")
    reader.day("valid_to")
    if not _is_stale(row):
        reader.must_precede("valid_from", "valid_to")
    if level is not Level.PROVINCE:
        reader.code("parent_code", _PARENT_LEVELS[level])
    elif row["parent_code"]:
        reader.wrong(
            "parent_code", vi="tỉnh không có đơn vị cấp trên", en="a province has no parent in this table"
        )
    return acts.basis(reader, "basis_from", row["valid_from"])


def _is_stale(row: Row) -> bool:
    """Say whether a row is an entry of no day that the table itself notes as a left-over of an export."""
    return bool(row["note"]) and row["valid_from"] == row["valid_to"]


def _check_parent(reader: UnitRow, parent: tuple[RegisterEntry, ...]) -> None:
    """Check that the parent of a row exists, and through all of the row's span."""
    row = reader.row
    code = row["parent_code"]
    if not parent:
        reader.wrong(
            "parent_code",
            vi=f"không có đơn vị cấp trên mã {code} trong bảng này",
            en=f"no unit of this table has the parent code {code}",
        )
        return
    reached, end = row["valid_from"], row["valid_to"] or REFORM_DAY
    for entry in parent:
        if entry.holds_on(reached):
            reached = entry.valid_to
    if reached < end:
        reader.wrong(
            "parent_code",
            vi=f"đơn vị cấp trên {code} không tồn tại suốt từ {row['valid_from'] or 'đầu'} đến {end}",
            en=f"the parent {code} does not exist all through from {row['valid_from'] or 'first'} to {end}",
        )


def _check_overlaps(tables: TableSet, rows: list[Row]) -> None:
    """Report versions of one unit that hold on the same day."""
    for before, after in pairwise(rows):
        if after["valid_from"] < (before["valid_to"] or REFORM_DAY):
            UnitRow(after, tables.problems).wrong(
                "valid_from",
                vi=f"{after['valid_from']} trước khi dòng {before.line} hết hiệu lực ({before['valid_to']})",
                en=f"{after['valid_from']} is before line {before.line} ends ({before['valid_to']})",
            )


def _state_version(sink: GraphSink, row: Row, register: UnitRegister, basis: tuple[NamedNode, ...]) -> None:
    """State one dated version, with the note of a row that is doubtful."""
    code = row["code"]
    entry = next(e for e in register.entries(ERA_2004, code) if e.valid_from == row["valid_from"])
    version = iris.unit_version(ERA_2004, code, row["valid_from"])
    facts = VersionFacts(
        unit=iris.unit(ERA_2004, code),
        version=version,
        official_name=row["full_name_vi"],
        name=row["name_vi"],
        unit_type=entry.unit_type,
        part_of=iris.unit(ERA_2004, row["parent_code"]) if row["parent_code"] else iris.country(),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"] or REFORM_DAY,
        legal_basis=basis,
    )
    state_version(sink, facts, row)
    sink.text(version, _EDITORIAL_NOTE, row["note"], "en")
    if _CODES_REASSIGNED.search(row["basis_from"]):
        sink.text(
            version,
            _EDITORIAL_NOTE,
            "Văn bản căn cứ chỉ điều chỉnh mã, không đổi đơn vị: ngay trước đó mã này là của đơn vị khác.",
            "vi",
        )
        sink.text(
            version,
            _EDITORIAL_NOTE,
            "The act that this is based on re-assigned codes and changed no unit: just before, "
            "the code was that of another one.",
            "en",
        )


def _state_unit(
    sink: GraphSink, code: str, rows: list[Row], register: UnitRegister, homes: dict[str, frozenset[str]]
) -> None:
    """State the span of a unit and the names it had; of a unit that ended, all the rest too."""
    unit = iris.unit(ERA_2004, code)
    held = [row for row in rows if not _is_stale(row)] or rows
    latest = held[-1]
    state_span(sink, unit, held[0]["valid_from"], latest["valid_to"] or REFORM_DAY)
    at_home = homes.get(code)
    if at_home is None:
        entry = next(e for e in register.entries(ERA_2004, code) if e.valid_from == latest["valid_from"])
        parent = latest["parent_code"]
        facts = UnitFacts(
            unit=unit,
            level=entry.level,
            era=ERA_2004,
            code=code,
            official_name=latest["full_name_vi"],
            name=latest["name_vi"],
            unit_type=entry.unit_type,
            part_of=iris.unit(ERA_2004, parent) if parent else iris.country(),
        )
        state_unit(sink, facts, latest)
        at_home = frozenset({latest["full_name_vi"].casefold()})
    names = dict.fromkeys(row[column] for row in rows for column in ("name_vi", "full_name_vi"))
    state_alternative_names(sink, unit, (name for name in names if name.casefold() not in at_home))
    for vi, en in _gaps(held):
        sink.text(unit, _EDITORIAL_NOTE, vi, "vi")
        sink.text(unit, _EDITORIAL_NOTE, en, "en")


def _gaps(held: list[Row]) -> Iterator[tuple[str, str]]:
    """Say where the register has no unit of a code for a while: what bears it next may be another one."""
    for before, after in pairwise(held):
        end, start = before["valid_to"], after["valid_from"]
        if end < start:
            names = before["full_name_vi"], after["full_name_vi"]
            vi = (
                f"Danh mục không có đơn vị nào mang mã này từ {end} đến trước {start}; sau đó mã có thể "
                f"đã được cấp lại: {names[0]}, rồi {names[1]}."
            )
            en = (
                f"The register has no unit of this code from {end} until {start}; the code may have been "
                f"given again then: {names[0]}, then {names[1]}."
            )
            yield vi, en


def _home_names(tables: TableSet) -> dict[str, frozenset[str]]:
    """Give the names of the units that another table labels, by code: their case plays no part."""
    return {
        row["code"]: frozenset(name.casefold() for name in names_at_home(row))
        for spec in (
            admin_tables.PROVINCES_PRE2025,
            admin_tables.DISTRICTS_PRE2025,
            admin_tables.COMMUNES_PRE2025,
        )
        for row in spec.read(tables)
    }


MAPPINGS: Final = (
    TableMapping(
        name=UNIT_HISTORY.name,
        graph=iris.graph("table", "unit-history-2004-2025"),
        inputs=(
            *INPUTS,
            admin_tables.PROVINCES_PRE2025.name,
            admin_tables.DISTRICTS_PRE2025.name,
            admin_tables.COMMUNES_PRE2025.name,
            admin_tables.LEGAL_DOCUMENTS.name,
        ),
        map=map_history,
        title_vi="Lịch sử đơn vị hành chính Việt Nam, 31/8/2004–30/6/2025",
        title_en="History of the administrative units of Viet Nam, 2004-08-31 to 2025-06-30",
        credits=(
            "General Statistics Office of Viet Nam: register of units, via daohoangson/dvhcvn",
            "daohoangson/dvhcvn-historical-data: states of the register since 2004",
        ),
    ),
)
