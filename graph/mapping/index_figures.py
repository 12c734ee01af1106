"""Reading the index tables: typed figures, each with the IRI of its observation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.concept_index import ConceptIndex, concept_index
from graph.mapping.reader import Row, TableSet
from graph.mapping.row_reader import ERA_OF_BASIS, RowReader
from graph.mapping.sink import parse_decimal
from graph.mapping.source_pages import addresses_in_note
from graph.mapping.unit_register import UnitRegister
from graph.model import iris
from graph.model.dates import PartialDate

DTI: Final = "dti/dti"
OTHER_INDICES: Final = "dti/other_indices"
DTI_DERIVED: Final = "dti/dti_derived"

_KEY_COLUMNS: Final = (
    "year",
    "province_name_canonical",
    "indicator",
    "value_kind",
    "value",
    "source_url",
    "source_note",
)
_COLUMNS: Final = (*_KEY_COLUMNS, "conflict", "basis", "n_sources", "status")
_DERIVED_COLUMNS: Final = (*_KEY_COLUMNS, "check_against_dti_csv")

_ADDRESS: Final = re.compile(r"https?://\S+")
_YEAR: Final = re.compile(r"20\d\d")
_GRADE: Final = re.compile(r"[A-E]")
_STATUSES: Final = ("stated", "derived", "disputed", "doubtful")
_KINDS: Final = ("rank", "score", "grade")
# dti_derived.csv has no basis: all its years (2020 to 2023) were published for the 63 provinces only.
_BASIS_OF_DERIVED: Final = "63"
# A score is in points unless the column ``unit`` says otherwise (one page prints percent).
_UNIT_OF_SCORES: Final = "điểm"


@dataclass(frozen=True)
class Figure:
    """One row of an index table, read: exactly one of rank, score and grade is given.

    Attributes:
        row: the row.
        key: what it measures: year, register era, unit code, indicator and kind of value.
        unit: the province.
        indicator: the indicator's concept.
        basis: of how many provinces the index was published, "63" or "34".
        status: stated, derived, disputed or doubtful.
        rank: the rank, 1..basis.
        score: the score.
        unit_of_score: the unit of the score.
        grade: the grade, A to E.

    """

    row: Row
    key: tuple[str, ...]
    unit: NamedNode
    indicator: NamedNode
    basis: str
    status: str
    rank: int | None = None
    score: Decimal | None = None
    unit_of_score: NamedNode | None = None
    grade: str = ""

    @property
    def value(self) -> tuple[int | None, Decimal | None, str]:
        """What is printed, for comparison: equal for "0.482" and "0.4820"."""
        return self.rank, self.score, self.grade

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of all pages that state the figure, the first one first."""
        return (self.row["source_url"], *addresses_in_note(self.row["source_note"]))


@dataclass(frozen=True)
class Reading:
    """A figure and the IRI of its observation."""

    figure: Figure
    node: NamedNode


def read_dti(tables: TableSet) -> tuple[Reading, ...]:
    """Read dti.csv; bad rows are reported and left out. For `TableSet.once`, like its neighbours."""
    return tuple(_identified(_figures(tables, DTI, _COLUMNS), "dti", tables))


def read_other_indices(tables: TableSet) -> tuple[Reading, ...]:
    """Read other_indices.csv."""
    return tuple(_identified(_figures(tables, OTHER_INDICES, _COLUMNS), "other-indices", tables))


def read_dti_derived(tables: TableSet) -> tuple[Reading, ...]:
    """Read dti_derived.csv."""
    return tuple(_identified(_figures(tables, DTI_DERIVED, _DERIVED_COLUMNS), "dti-derived", tables))


def _figures(tables: TableSet, table: str, columns: tuple[str, ...]) -> Iterator[Figure]:
    """Give the rows of a table that are well formed; report the others."""
    concepts, register = tables.once(concept_index), tables.once(UnitRegister.from_tables)
    for row in tables.table(table, columns):
        figure = _figure(RowReader(row, tables.problems), concepts, register)
        if figure:
            yield figure


def _figure(reader: RowReader, concepts: ConceptIndex, register: UnitRegister) -> Figure | None:
    """Read one row; None when something is wrong with it."""
    row, derived = reader.row, reader.row.table == DTI_DERIVED
    year = PartialDate(row["year"]) if _YEAR.fullmatch(row["year"]) else None
    if year is None:
        reader.wrong(
            "year",
            vi=f"{row['year']!r} không phải năm: ghi bốn chữ số, 20xx",
            en=f"{row['year']!r} is no year: write four digits, 20xx",
        )
    indicator = reader.concept("indicator", "indicator", concepts, _indicator_slug(row))
    basis = _BASIS_OF_DERIVED if derived else reader.one_of("basis", ERA_OF_BASIS)
    era = ERA_OF_BASIS.get(basis, "")
    unit = reader.province("province_name_canonical", register, era=era, dates=(year,))
    status = "derived" if derived else reader.one_of("status", _STATUSES)
    kind = reader.one_of("value_kind", _KINDS)
    rank, score, unit_of_score, grade = None, None, None, ""
    if kind == "rank" and basis in ERA_OF_BASIS:
        rank = reader.whole_number("value", 1, int(basis))
    elif kind == "score":
        score = reader.number("value", parse_decimal)
        printed_unit = reader.optional("unit") or _UNIT_OF_SCORES
        unit_of_score = reader.concept("unit", "unit-of-measure", concepts, printed_unit)
    elif kind == "grade":
        grade = row["value"]
        if not _GRADE.fullmatch(grade):
            reader.wrong("value", vi=f"{grade!r} không phải hạng A đến E", en=f"{grade!r} is no grade A to E")
    _check_sources(reader)
    if not derived and bool(row["conflict"]) != (status == "disputed"):
        reader.wrong(
            "conflict",
            vi="dòng có nội dung ở cột conflict thì status phải là disputed, và ngược lại",
            en="a row with a conflict must have the status disputed, and only such a row",
        )
    if reader.failed or unit is None or indicator is None:
        return None
    era, code = unit.value.split("/")[-2:]
    key = (row["year"], era, code, indicator.value.rpartition("/")[2], kind)
    return Figure(row, key, unit, indicator, basis, status, rank, score, unit_of_score, grade)


def _indicator_slug(row: Row) -> str:
    """Give the name of an indicator's concept: those of the DTI tables are parts of the DTI."""
    name = row["indicator"]
    return name if row.table == OTHER_INDICES or name == "dti" else f"dti-{name}"


def _check_sources(reader: RowReader) -> None:
    """Report a page that has no address, and a count of sources that is not the number of pages named."""
    row = reader.row
    if not _ADDRESS.fullmatch(row["source_url"]):
        reader.wrong(
            "source_url",
            vi=f"{row['source_url']!r} không phải địa chỉ http(s)",
            en=f"{row['source_url']!r} is no http(s) address",
        )
    named = 1 + len(addresses_in_note(row["source_note"]))
    if "n_sources" in row.cells and row["n_sources"] != str(named):
        reader.wrong(
            "n_sources",
            vi=f"ghi {row['n_sources']!r} nguồn nhưng dòng nêu {named} trang",
            en=f"{row['n_sources']!r} sources are counted, but the row names {named} pages",
        )


def _identified(figures: Iterable[Figure], table: str, tables: TableSet) -> Iterator[Reading]:
    """Give each figure its IRI; a further reading of one key has a digest of page and value behind it."""
    by_key: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        earlier = by_key[figure.key]
        path = figure.key
        if earlier:
            if not _may_stand_beside(figure, earlier, tables):
                continue
            path = (*path, iris.digest(figure.row["source_url"], figure.row["value"])[:8])
        earlier.append(figure)
        yield Reading(figure, iris.keyed("observation", table, *path))


def _may_stand_beside(figure: Figure, earlier: list[Figure], tables: TableSet) -> bool:
    """Say whether a further row for one key is another reading of it; report it if it is a duplicate.

    Printed readings differ and say so. Derived ones may agree: two pages can lead to one value.
    """
    reader = RowReader(figure.row, tables.problems)
    first = earlier[0].row.line
    derived = figure.row.table == DTI_DERIVED
    same = [other for other in earlier if other.value == figure.value]
    if any(not derived or other.row["source_url"] == figure.row["source_url"] for other in same):
        reader.wrong(
            "value",
            vi=f"số liệu này đã có ở dòng {first}: thêm trang nguồn vào source_note (also: ...) của dòng đó",
            en=f"line {first} has this figure: add the page to its source_note (also: ...)",
        )
    elif not derived and any(other.status != "disputed" for other in (*earlier, figure)):
        reader.wrong(
            "conflict",
            vi=f"dòng {first} ghi giá trị khác cho cùng số liệu: ghi cột conflict ở cả hai dòng",
            en=f"line {first} has another value for the same figure: fill the column conflict of both rows",
        )
    return not reader.failed
