"""Dated figures of platforms: users, downloads, reports handled ... as observations about the platform."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.concept_index import concept_index
from graph.mapping.evidence import has_sound_evidence, state_evidence
from graph.mapping.indicators import ALIASES, IndicatorNames
from graph.mapping.periods import parse_period, state_period
from graph.mapping.platforms import PLATFORMS, PlatformIndex
from graph.mapping.reader import TableSet, file_of
from graph.mapping.row_reader import RowReader, SeenKeys
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import INPUTS as UNIT_INPUTS
from graph.mapping.unit_register import UnitRegister
from graph.mapping.unit_types import Level
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.namespaces import SKOS, VNDX
from graph.model.quantity import HedgedUnit, parse_number, parse_unit

METRICS: Final = "policy/platform_metrics"
_COLUMNS: Final = (
    "metric_id",
    "province",
    "platform",
    "platform_kind",
    "metric",
    "value",
    "unit",
    "metric_date",
    "metric_date_precision",
    "place",
    "period",
    "source_url",
    "published_date",
    "quote",
    "more_sources",
)
_JOINED_BY: Final = " và "
_PROGRAMME: Final = "Chương trình "
_NOTES_ON_MINTED: Final = {
    "vi": "Chỉ biết qua tên trong một số liệu; không có dòng riêng trong bảng.",
    "en": "Known only by its name in a figure; no table row is about it.",
}
_LAST_DAY_OF_DISTRICTS: Final = PartialDate("2025-06-30")


@dataclass(frozen=True)
class Metric:
    """A row of platform_metrics.csv, read."""

    about: tuple[NamedNode, ...]
    kind_of_unlisted: NamedNode | None
    indicator: NamedNode
    value: Decimal
    hedged: HedgedUnit
    unit: NamedNode
    as_of: PartialDate | None
    jurisdiction: NamedNode


def map_platform_metrics(tables: TableSet, sink: GraphSink) -> None:
    """Map platform_metrics.csv."""
    seen = SeenKeys()
    for row in tables.table(METRICS, _COLUMNS):
        reader = RowReader(row, tables.problems)
        seen.check(reader, "metric_id")
        metric = _read(reader, tables)
        sound = has_sound_evidence(row, tables.problems)
        if metric and sound and not reader.failed:
            _state(reader, metric, sink)


def _read(reader: RowReader, tables: TableSet) -> Metric | None:
    """Read one row; None when something is wrong with it."""
    row = reader.row
    name = reader.named("metric")
    about, kind = _about(reader, tables)
    value = reader.number("value", parse_number)
    hedged = reader.parsed(
        "unit", parse_unit, "ghi đơn vị tính, và từ ước lượng trong ngoặc: 'tài khoản (hơn)'"
    )
    unit = None
    if hedged:
        unit = reader.concept("unit", "unit-of-measure", tables.once(concept_index), hedged.unit)
    as_of = reader.date("metric_date", "metric_date_precision")
    if row["period"] and parse_period(row["period"]) is None:
        reader.wrong(
            "period",
            vi=f"{row['period']!r} không phải khoảng thời gian: ghi 2021 hoặc 2024-2025",
            en=f"{row['period']!r} is no period: write 2021 or 2024-2025",
        )
    register = tables.once(UnitRegister.from_tables)
    jurisdiction = reader.province("province", register, dates=(as_of, reader.known_date("published_date")))
    if jurisdiction and row["place"]:
        jurisdiction = _place(reader, register, jurisdiction, as_of or _LAST_DAY_OF_DISTRICTS)
    if value is None or hedged is None or unit is None or jurisdiction is None or reader.failed:
        return None
    indicator = tables.once(IndicatorNames.from_tables).node(name)
    return Metric(about, kind, indicator, value, hedged, unit, as_of, jurisdiction)


def _about(reader: RowReader, tables: TableSet) -> tuple[tuple[NamedNode, ...], NamedNode | None]:
    """Find what a figure is about: one platform, two that the cell joins, or what only this table names.

    The second part of the answer is the kind of a platform that has no row of its own.
    """
    name, province = reader.named("platform"), reader.row["province"]
    index = tables.once(PlatformIndex.from_tables)
    found = [index.find(name, province)]
    if found == [None] and _JOINED_BY in name:
        found = [index.find(part, province) for part in name.split(_JOINED_BY)]
    known = tuple(platform for platform in found if platform is not None)
    if len(known) == len(found):
        if reader.row["platform_kind"]:
            reader.wrong(
                "platform_kind",
                vi="nền tảng đã có dòng trong bảng platforms: để trống ô này",
                en="the platform has a row in the table platforms: leave this cell empty",
            )
        return known, None
    if reader.failed or name.startswith(_PROGRAMME):
        return (), None
    if not reader.row["platform_kind"]:
        reader.wrong(
            "platform",
            vi=f"không có nền tảng {name!r}: thêm vào bảng platforms, hoặc ghi platform_kind",
            en=f"no platform {name!r} is known: add it to the table platforms, or fill platform_kind",
        )
        return (), None
    return (), reader.concept("platform_kind", "platform-kind", tables.once(concept_index))


def _place(
    reader: RowReader, register: UnitRegister, province: NamedNode, date: PartialDate
) -> NamedNode | None:
    """Give the district or commune of the province to which a figure is limited."""
    name = reader.row["place"]
    for level in (Level.DISTRICT, Level.COMMUNE):
        found = register.named(name, level, date, within=province)
        if len(found) == 1:
            return found[0]
    reader.wrong(
        "place",
        vi=f"không có đúng một đơn vị {name!r} trong tỉnh vào ngày đó: ghi cả loại, như 'huyện Lạc Thủy'",
        en=f"not exactly one unit {name!r} is in the province then: write its type too, as 'huyện Lạc Thủy'",
    )
    return None


def _state(reader: RowReader, metric: Metric, sink: GraphSink) -> None:
    """State the observation of one row."""
    row = reader.row
    node = iris.keyed("observation", "platform-metrics", row["metric_id"])
    sink.origin(node, file_of(row.table), row.line)
    sink.type(node, VNDX["Observation"])
    sink.add(node, VNDX["indicator"], metric.indicator)
    for about in metric.about or (_minted(reader, metric.kind_of_unlisted, sink),):
        sink.add(node, VNDX["about"], about)
    sink.add(node, VNDX["jurisdiction"], metric.jurisdiction)
    sink.decimal(node, VNDX["value"], metric.value)
    sink.text(node, VNDX["comparator"], metric.hedged.comparator)
    sink.text(node, VNDX["hedge"], metric.hedged.hedge, "vi")
    sink.add(node, VNDX["unitOfMeasure"], metric.unit)
    sink.date(node, VNDX["asOf"], metric.as_of)
    period = parse_period(row["period"])
    if period:
        sink.add(node, VNDX["period"], state_period(sink, period.main))
    sink.add(node, VNDX["status"], iris.concept("status", "stated"))
    state_evidence(sink, node, row)


def _minted(reader: RowReader, kind: NamedNode | None, sink: GraphSink) -> NamedNode:
    """State a platform, or a programme if it has no kind, of which little is known but the name."""
    name, class_name = reader.row["platform"], "Platform" if kind else "Programme"
    node = iris.named(class_name.lower(), name)
    sink.origin(node, file_of(reader.row.table), reader.row.line)
    sink.type(node, VNDX[class_name])
    sink.label(node, vi=name)
    if kind:
        sink.add(node, VNDX["platformKind"], kind)
    else:
        sink.add(node, VNDX["programmeKind"], iris.concept("programme-kind", "programme"))
    for language, note in _NOTES_ON_MINTED.items():
        sink.text(node, SKOS["editorialNote"], note, language)
    state_evidence(sink, node, reader.row)
    return node


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name=METRICS,
        graph=iris.graph("table", "platform-metrics"),
        inputs=tuple(dict.fromkeys((METRICS, PLATFORMS, ALIASES, *UNIT_INPUTS))),
        map=map_platform_metrics,
        title_vi="Số liệu của các nền tảng số theo thời gian",
        title_en="Dated figures of digital platforms",
        credits=("The web pages named by vndx:statedIn of each figure",),
    ),
)
