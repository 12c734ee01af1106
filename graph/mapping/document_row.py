"""Reading the rows of the document tables into typed values; what is wrong is reported.

The province of a document is the unit as of its time. Where the table does not say which register that is,
the issue date tells; else the publication of the page that names the document, or the period that the
document plans for; else it is unknown, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.mapping.document_index import known_document
from graph.mapping.document_kinds import DOCUMENT_CLASSES, KINDS, DocumentKind, class_holds, document_kind
from graph.mapping.document_labels import PrintedTitle, read_title
from graph.mapping.evidence import has_sound_evidence
from graph.mapping.periods import PrintedPeriod, parse_period
from graph.mapping.reader import Row
from graph.mapping.row_reader import ERA_OF_BASIS, RowReader, SeenKeys
from graph.mapping.unit_register import REFORM_DAY, UnitRegister, UnknownUnitError
from graph.model import agents, iris
from graph.model.dates import PartialDate
from graph.model.iris import ERA_2004, ERA_2025
from graph.problems import Problems


@dataclass(frozen=True)
class Jurisdiction:
    """Where a document holds: the unit, and whether its register era could not be told."""

    unit: NamedNode
    era_unknown: bool = False


@dataclass(frozen=True)
class DocumentRow:
    """A row of a document table whose cells are all sound."""

    row: Row
    node: NamedNode
    kind: DocumentKind
    place: str
    title: PrintedTitle
    issued: PartialDate | None
    effective: PartialDate | None
    period: PrintedPeriod | None
    jurisdiction: Jurisdiction


class DocumentReader:
    """Reads the rows of a document table; what is wrong is reported, and the row left out.

    Args:
        units: the registers, for the province of a row.
        problems: where faults are reported.

    """

    def __init__(self, units: UnitRegister, problems: Problems) -> None:
        self._units = units
        self._problems = problems
        self._ids = SeenKeys()
        self._lines: dict[str, tuple[str, int]] = {}

    def read(self, row: Row) -> DocumentRow | None:
        """Give a row as typed values, or None if anything of it is wrong."""
        reader = RowReader(row, self._problems)
        self._ids.check(reader, "doc_id")
        if not agents.name_key(row["issuer"]):
            reader.wrong("issuer", vi="thiếu tên cơ quan ban hành", en="the issuing body is missing")
        issued = read_date(reader, "issue_date")
        effective = read_date(reader, "effective_date") if "effective_date" in row.cells else None
        if issued and effective and effective.last_day() < issued.first_day():
            reader.wrong(
                "effective_date",
                vi=f"ngày hiệu lực {effective.text} trước ngày ban hành {issued.text}",
                en=f"the effective date {effective.text} is before the issue date {issued.text}",
            )
        kind = _kind(reader)
        period = parse_period(row["period"])
        jurisdiction = self._jurisdiction(reader, issued, period)
        known = known_document(row)
        first = self._lines.setdefault(known.node.value, (row.table, row.line))
        if first != (row.table, row.line):
            reader.wrong(
                "number",
                vi=f"cùng số, năm và tỉnh với dòng {first[1]}: sửa lại, hoặc đặt khóa riêng ở cột 'key'",
                en=f"number, year and province are those of line {first[1]}: correct them, or give a 'key'",
            )
        sound = has_sound_evidence(row, self._problems)
        if reader.failed or not sound or kind is None or jurisdiction is None:
            return None
        return DocumentRow(
            row=row,
            node=known.node,
            kind=kind,
            place=known.province,
            title=read_title(row["title"]),
            issued=issued,
            effective=effective,
            period=period,
            jurisdiction=jurisdiction,
        )

    def _jurisdiction(
        self, reader: RowReader, issued: PartialDate | None, period: PrintedPeriod | None
    ) -> Jurisdiction | None:
        """Give the country of a national row, or the province as of the document's time."""
        if "province" not in reader.row.cells:
            return Jurisdiction(iris.country())
        system = reader.one_of("province_system", {"", *ERA_OF_BASIS})
        issued_in = _era_of(issued)
        era = ERA_OF_BASIS.get(system, "")
        if era and issued_in and era != issued_in:
            reader.wrong(
                "province_system",
                vi=f"hệ {system} tỉnh không hợp với ngày ban hành {reader.row['issue_date']}",
                en=f"the system of {system} provinces does not agree with the issue date "
                f"{reader.row['issue_date']}",
            )
        era, name = era or issued_in, reader.row["province"]
        in_both = self._is_in_both(name)
        if not era and in_both:
            era = _era_of_page(reader.row) or _era_of_period(period)
        unit = reader.province("province", self._units, era=era)
        return Jurisdiction(unit, era_unknown=in_both and not era) if unit else None

    def _is_in_both(self, province: str) -> bool:
        """Say whether both registers have a province of this name."""
        try:
            return all(self._units.unit_of_province(province, era=era) for era in iris.ERAS)
        except UnknownUnitError:
            return False


def read_date(reader: RowReader, column: str) -> PartialDate | None:
    """Read a date whose precision stands in a column of its own; one without the other is a fault."""
    text, precision = reader.row[column], reader.row[f"{column}_precision"]
    if bool(text) != bool(precision):
        missing = column if precision else f"{column}_precision"
        reader.wrong(
            missing,
            vi="ngày và độ chính xác (day, month, year) phải cùng có hoặc cùng trống",
            en="a date and its precision (day, month, year) must both be given, or neither",
        )
    return reader.date(column, f"{column}_precision")


def _kind(reader: RowReader) -> DocumentKind | None:
    """Read what kind of document a row is about."""
    printed = reader.one_of("type", KINDS)
    document_class = reader.optional("doc_class")
    if "doc_class" in reader.row.cells:
        reader.one_of("doc_class", DOCUMENT_CLASSES)
        if not reader.failed and not class_holds(document_class, printed):
            reader.wrong(
                "doc_class",
                vi=f"lớp {document_class!r} không có loại văn bản {printed!r}",
                en=f"the class {document_class!r} holds no document of the type {printed!r}",
            )
    return document_kind(printed, reader.row["number"], document_class)


def _era_of(date: PartialDate | None) -> str:
    """Give the register era in which a date lies wholly; empty if it lies in both, or there is none."""
    if date and date.last_day().isoformat() < REFORM_DAY:
        return ERA_2004
    return ERA_2025 if date and date.first_day().isoformat() >= REFORM_DAY else ""


def _era_of_page(row: Row) -> str:
    """Give the era of 2004 when the page that names the document was published in it; else nothing."""
    try:
        published = PartialDate(row["published_date"]) if row["published_date"] else None
    except ValueError:
        return ""
    return ERA_2004 if _era_of(published) == ERA_2004 else ""


def _era_of_period(period: PrintedPeriod | None) -> str:
    """Give the era that a plan's own period shows: over by 2025, or not begun before 2026; else nothing."""
    if period is None:
        return ""
    if period.main.end <= "2025" and period.main.start != "2025":
        return ERA_2004
    return ERA_2025 if period.main.start >= "2026" else ""
