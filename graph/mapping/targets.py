"""Targets: what documents promise, for which unit, in which measure, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.concept_index import concept_index
from graph.mapping.document_index import NATIONAL_TABLE, PROVINCIAL_TABLE, policy_documents
from graph.mapping.evidence import has_sound_evidence, state_evidence
from graph.mapping.indicators import ALIASES, IndicatorNames
from graph.mapping.reader import TableSet, file_of
from graph.mapping.row_reader import ERA_OF_BASIS, RowReader, SeenKeys
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import INPUTS as UNIT_INPUTS
from graph.mapping.unit_register import UnitRegister
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.namespaces import VNDX
from graph.model.quantity import parse_number, parse_range

TARGETS: Final = "policy/targets"
_COLUMNS: Final = (
    "target_id",
    "doc_number",
    "doc_title",
    "doc_id",
    "province",
    "province_system",
    "indicator",
    "comparator",
    "value",
    "unit",
    "deadline_year",
    "source_url",
    "published_date",
    "quote",
    "more_sources",
)
_TOP, _RANGE = "top", "range"
_COMPARATORS: Final = ("=", ">", ">=", "<", "<=", "~", _TOP, _RANGE)
_YEAR: Final = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Amount:
    """How much a target asks for: a value, a rank to be within, or a range."""

    comparator: str
    value: Decimal | None = None
    rank: int | None = None
    bounds: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Target:
    """A row of targets.csv, read."""

    indicator: NamedNode
    amount: Amount
    unit_of_measure: NamedNode
    about: NamedNode
    deadline: PartialDate | None
    set_by: NamedNode | None


@dataclass(frozen=True)
class _Issue:
    """When a provincial document was issued, and under which system of provinces."""

    era: str
    date: PartialDate | None


def map_targets(tables: TableSet, sink: GraphSink) -> None:
    """Map targets.csv."""
    seen = SeenKeys()
    for row in tables.table(TARGETS, _COLUMNS):
        reader = RowReader(row, tables.problems)
        seen.check(reader, "target_id")
        target = _read(reader, tables)
        sound = has_sound_evidence(row, tables.problems)
        if target and sound and not reader.failed:
            _state(reader, target, sink)


def _read(reader: RowReader, tables: TableSet) -> Target | None:
    """Read one row; None when something is wrong with it."""
    row = reader.row
    name = reader.named("indicator")
    amount = _amount(reader)
    unit_of_measure = reader.concept("unit", "unit-of-measure", tables.once(concept_index))
    if row["deadline_year"] and not _YEAR.fullmatch(row["deadline_year"]):
        reader.wrong(
            "deadline_year",
            vi=f"hạn {row['deadline_year']!r} không phải năm: ghi bốn chữ số, 20xx",
            en=f"the deadline {row['deadline_year']!r} is no year: write four digits, 20xx",
        )
    reader.one_of("province_system", (*ERA_OF_BASIS, ""))
    issue = tables.once(_issues).get(row["doc_id"], _Issue("", None))
    about = reader.province(
        "province",
        tables.once(UnitRegister.from_tables),
        era=ERA_OF_BASIS.get(row["province_system"], "") or issue.era,
        dates=(issue.date, reader.known_date("published_date")),
    )
    set_by = _set_by(reader, tables)
    if amount is None or unit_of_measure is None or about is None or reader.failed:
        return None
    deadline = PartialDate(row["deadline_year"]) if row["deadline_year"] else None
    indicator = tables.once(IndicatorNames.from_tables).node(name)
    return Target(indicator, amount, unit_of_measure, about, deadline, set_by)


def _amount(reader: RowReader) -> Amount | None:
    """Read comparator and value: "top 15" is a rank of at most 15, a range has two bounds."""
    comparator = reader.one_of("comparator", _COMPARATORS)
    if comparator == _TOP:
        rank = reader.whole_number("value", 1)
        return Amount("<=", rank=rank) if rank else None
    if comparator == _RANGE:
        bounds = reader.parsed("value", parse_range, "ghi khoảng, số nhỏ trước, như 15-20")
        return Amount(_RANGE, bounds=bounds) if bounds else None
    value = reader.number("value", parse_number)
    return Amount(comparator, value=value) if value is not None else None


def _issues(tables: TableSet) -> dict[str, _Issue]:
    """Give system of provinces and issue date of each provincial document, by its identifier."""
    issues = {}
    for row in tables.table(PROVINCIAL_TABLE, ("doc_id", "province_system", "issue_date")):
        issued = RowReader(row, tables.problems).known_date("issue_date")
        issues[row["doc_id"]] = _Issue(ERA_OF_BASIS.get(row["province_system"], ""), issued)
    return issues


def _set_by(reader: RowReader, tables: TableSet) -> NamedNode | None:
    """Find the document that sets a target; an identifier must exist, a number may stay unresolved."""
    row, documents = reader.row, tables.once(policy_documents)
    if not row["doc_id"]:
        return documents.find(
            row["doc_number"], province=row["province"], by=reader.known_date("published_date")
        )
    document = documents.by_id(row["doc_id"])
    if document is None:
        reader.wrong(
            "doc_id",
            vi=f"hai bảng văn bản không có mã {row['doc_id']!r}",
            en=f"neither table of documents has the identifier {row['doc_id']!r}",
        )
    return document


def _state(reader: RowReader, target: Target, sink: GraphSink) -> None:
    """State the target of one row."""
    row, amount = reader.row, target.amount
    node = iris.named("target", row["target_id"])
    sink.origin(node, file_of(row.table), row.line)
    sink.type(node, VNDX["Target"])
    sink.label(node, vi=_label(reader))
    sink.add(node, VNDX["indicator"], target.indicator)
    sink.add(node, VNDX["about"], target.about)
    sink.text(node, VNDX["comparator"], amount.comparator)
    if amount.rank is not None:
        sink.integer(node, VNDX["rank"], amount.rank)
    if amount.value is not None:
        sink.decimal(node, VNDX["value"], amount.value)
    if amount.bounds:
        sink.decimal(node, VNDX["lowerBound"], amount.bounds[0])
        sink.decimal(node, VNDX["upperBound"], amount.bounds[1])
        sink.text(node, VNDX["valueAsPrinted"], row["value"])
    sink.add(node, VNDX["unitOfMeasure"], target.unit_of_measure)
    sink.date(node, VNDX["deadline"], target.deadline)
    if target.set_by:
        sink.add(node, VNDX["setBy"], target.set_by)
    else:
        printed = " ".join(part for part in (row["doc_number"], row["doc_title"]) if part)
        sink.text(node, VNDX["setByAsPrinted"], printed)
    sink.add(node, VNDX["status"], iris.concept("status", "stated"))
    state_evidence(sink, node, row)


def _label(reader: RowReader) -> str:
    """Give a label: the measure as printed, what is asked for, and by when."""
    row = reader.row
    comparator = {"=": "", _TOP: "nhóm ", _RANGE: "", "~": "khoảng "}.get(
        row["comparator"], f"{row['comparator']} "
    )
    unit = row["unit"] if row["unit"].startswith("%") else f" {row['unit']}"
    deadline = f" ({row['deadline_year']})" if row["deadline_year"] else ""
    value = row["value"].replace(".", ",")
    return f"{row['indicator']}: {comparator}{value}{unit}{deadline}"


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name=TARGETS,
        graph=iris.graph("table", "targets"),
        inputs=tuple(dict.fromkeys((TARGETS, NATIONAL_TABLE, PROVINCIAL_TABLE, ALIASES, *UNIT_INPUTS))),
        map=map_targets,
        title_vi="Mục tiêu chuyển đổi số mà các văn bản đặt ra",
        title_en="Digital transformation targets that documents set",
        credits=("The web pages named by vndx:statedIn of each target",),
    ),
)
