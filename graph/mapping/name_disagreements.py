"""Names of 2025 communes that official lists spell in different ways: claims, and a conflict of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.admin_tables import COMMUNES_2025, NAME_DISAGREEMENTS_2025, UNIT_CHANGES_2026
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_checks import latest_of_2025
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_statements import names_at_home, state_alternative_names
from graph.mapping.unit_types import Level
from graph.model import iris
from graph.model.iris import ERA_2025
from graph.model.namespaces import DCTERMS, SKOS, VNDX


@dataclass(frozen=True)
class NameList:
    """A list of unit names that the table compares: its column, its key, and its name."""

    column: str
    key: str
    vi: str
    en: str

    @property
    def source(self) -> NamedNode:
        """Give the IRI of the list as a source."""
        return iris.named("source", self.key)


_LISTS: Final = (
    NameList(
        "tl_v3.0.2",
        "vietnamese-provinces-database-3-0-2",
        "thanglequoc/vietnamese-provinces-database, bản 3.0.2",
        "thanglequoc/vietnamese-provinces-database, version 3.0.2",
    ),
    NameList(
        "nso_scrape_2026_02",
        "nso-register-2026-02",
        "Danh mục đơn vị hành chính của Cục Thống kê, đọc tháng 02/2026",
        "Register of units of the National Statistics Office, read in February 2026",
    ),
    NameList(
        "nso_conversion_table",
        "nso-conversion-table",
        "Bảng chuyển đổi mã đơn vị hành chính cấp xã của Cục Thống kê",
        "Conversion table of commune codes of the National Statistics Office",
    ),
    NameList(
        "1027_CTK",
        "1027-ctk-cscl",
        "Công văn 1027/CTK-CSCL, danh mục mã số cấp xã",
        "Official letter 1027/CTK-CSCL, codes of communes",
    ),
)


def map_name_disagreements(tables: TableSet, sink: GraphSink) -> None:
    """State each spelling as an alternative name and a claim of its lists, and the conflict of the claims."""
    for name_list in _LISTS:
        _state_list(sink, name_list)
    communes = {row["code"]: row for row in COMMUNES_2025.read(tables)}
    first_lines: dict[str, int] = {}
    for row in NAME_DISAGREEMENTS_2025.read(tables):
        reader = UnitRow(row, tables.problems)
        code = reader.new_key("code", reader.code("code", Level.COMMUNE), first_lines)
        commune = communes.get(code)
        if Level.COMMUNE.has_code(code):
            _check_chosen(reader, commune)
        spellings: dict[str, list[NameList]] = defaultdict(list)
        for name_list in _LISTS:
            spellings[reader.filled(name_list.column)].append(name_list)
        _check_spellings(reader, set(spellings))
        if commune is None or reader.failed:
            continue
        unit = iris.unit(ERA_2025, code)
        latest = latest_of_2025(commune, tables, Level.COMMUNE)
        known = {*names_at_home(commune), latest.official_name}
        state_alternative_names(sink, unit, sorted(set(spellings) - known))
        _state_conflict(sink, row, unit, dict(spellings))


def _check_chosen(reader: UnitRow, commune: Row | None) -> None:
    """Check that the commune exists, and that its table has the spelling that this row calls chosen."""
    code, chosen = reader.row["code"], reader.row["chosen"]
    if commune is None:
        reader.wrong(
            "code",
            vi=f"danh mục 2025 không có đơn vị cấp xã mã {code}",
            en=f"the 2025 register has no commune of code {code}",
        )
    elif commune["full_name_vi"] != chosen:
        reader.wrong(
            "chosen",
            vi=f"{chosen!r} khác danh mục 2025: {commune['full_name_vi']!r}",
            en=f"{chosen!r} differs from the 2025 register: {commune['full_name_vi']!r}",
        )


def _check_spellings(reader: UnitRow, spellings: set[str]) -> None:
    """Check that the lists do disagree, and that the chosen spelling is one of theirs."""
    if len(spellings) < 2:
        reader.wrong(
            "chosen",
            vi="các danh mục không khác nhau: bỏ dòng này",
            en="the lists do not disagree: leave this row out",
        )
    elif reader.row["chosen"] not in spellings:
        reader.wrong(
            "chosen",
            vi=f"{reader.row['chosen']!r} không có trong danh mục nào của dòng này",
            en=f"{reader.row['chosen']!r} is in none of the lists of this row",
        )


def _state_list(sink: GraphSink, name_list: NameList) -> None:
    """State a list of names as a source."""
    source = name_list.source
    sink.type(source, VNDX["Source"])
    sink.label(source, vi=name_list.vi, en=name_list.en)
    sink.text(source, DCTERMS["language"], "vi")


def _state_conflict(sink: GraphSink, row: Row, unit: NamedNode, spellings: dict[str, list[NameList]]) -> None:
    """State the claims of a row, one for each spelling, and their conflict."""
    chosen = row["chosen"]
    conflict = iris.keyed("conflict", "unit-name", ERA_2025, row["code"])
    sink.origin(conflict, file_of(row.table), row.line)
    sink.type(conflict, VNDX["Conflict"])
    sink.label(
        conflict,
        vi=f"Tên của {chosen}: các danh mục viết khác nhau",
        en=f"Name of {chosen}: official lists differ",
    )
    sink.add(conflict, VNDX["about"], unit)
    sink.add(conflict, VNDX["conflictKind"], iris.concept("conflict-kind", "disagreement"))
    vi, en = _difference(set(spellings))
    sink.text(conflict, SKOS["note"], vi, "vi")
    sink.text(conflict, SKOS["note"], en, "en")
    for spelling, lists in spellings.items():
        claim = iris.keyed("claim", "unit-name", ERA_2025, row["code"], iris.digest(spelling))
        sink.origin(claim, file_of(row.table), row.line)
        sink.type(claim, VNDX["Claim"])
        sink.label(claim, vi=f"Tên là “{spelling}”", en=f"The name is “{spelling}”")
        sink.add(claim, VNDX["claimKind"], iris.concept("claim-kind", "naming"))
        sink.add(claim, VNDX["about"], unit)
        sink.text(claim, VNDX["statement"], spelling, "vi")
        for name_list in lists:
            sink.add(claim, VNDX["statedIn"], name_list.source)
        sink.add(conflict, VNDX["conflictingStatement"], claim)
        if spelling == chosen:
            sink.add(conflict, VNDX["preferred"], claim)


def _difference(spellings: set[str]) -> tuple[str, str]:
    """Say what the spellings of a name differ in, in Vietnamese and in English."""
    listed = " / ".join(sorted(spellings))
    if len({_letters(spelling) for spelling in spellings}) == 1:
        return (
            f"Chỉ khác vị trí đặt dấu thanh: {listed}.",
            f"Only the placement of the tone differs: {listed}.",
        )
    return f"Khác chữ: {listed}.", f"The letters differ: {listed}."


def _letters(spelling: str) -> tuple[str, ...]:
    """Give the words of a name with their marks in no order, so that only their placement is lost."""
    decomposed = unicodedata.normalize("NFD", spelling)
    return tuple("".join(sorted(word)) for word in decomposed.split())


MAPPINGS: Final = (
    TableMapping(
        name=NAME_DISAGREEMENTS_2025.name,
        graph=iris.graph("table", "name-disagreements-2025"),
        inputs=(NAME_DISAGREEMENTS_2025.name, COMMUNES_2025.name, UNIT_CHANGES_2026.name),
        map=map_name_disagreements,
        title_vi="Tên đơn vị hành chính cấp xã năm 2025 mà các danh mục viết khác nhau",
        title_en="Names of 2025 communes on which official lists differ",
        credits=(
            "National Statistics Office of Viet Nam: register, conversion table, letter 1027/CTK-CSCL",
            "thanglequoc/vietnamese-provinces-database (MIT)",
        ),
    ),
)
