"""Dated figures of platforms: users, downloads, reports handled ... as observations about the platform."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.concept_index import concept_index
from graph.mapping.evidence import has_sound_evidence, state_evidence
from graph.mapping.indicators import INPUTS as INDICATOR_INPUTS
from graph.mapping.indicators import IndicatorNames
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
_LAST_DAY_OF_DISTRICTS: Final = PartialDate("2025-06-30")


@dataclass(frozen=True)
class Metric:
    """A row of platform_metrics.csv, read."""

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
            _state(reader, metric, sink, tables)


def _read(reader: RowReader, tables: TableSet) -> Metric | None:
    """Read one row; None when something is wrong with it."""
    row = reader.row
    name = reader.named("metric")
    reader.named("platform")
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
    return Metric(indicator, value, hedged, unit, as_of, jurisdiction)


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


def _state(reader: RowReader, metric: Metric, sink: GraphSink, tables: TableSet) -> None:
    """State the observation of one row."""
    row = reader.row
    node = iris.keyed("observation", "platform-metrics", row["metric_id"])
    sink.origin(node, file_of(row.table), row.line)
    sink.type(node, VNDX["Observation"])
    sink.add(node, VNDX["indicator"], metric.indicator)
    for about in _platforms(reader, sink, tables):
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


def _platforms(reader: RowReader, sink: GraphSink, tables: TableSet) -> list[NamedNode]:
    """Give what a figure is about: one platform, two that the cell joins, or a node made from the name."""
    name, province = reader.row["platform"], reader.row["province"]
    index = tables.once(PlatformIndex.from_tables)
    found = index.find(name, province)
    if found:
        return [found]
    joined = [index.find(part, province) for part in name.split(_JOINED_BY)]
    known = [platform for platform in joined if platform is not None]
    if len(joined) > 1 and len(known) == len(joined):
        return known
    return [_minted(reader, name, sink)]


def _minted(reader: RowReader, name: str, sink: GraphSink) -> NamedNode:
    """State a platform, or a programme, of which nothing is known but the name."""
    programme = name.startswith(_PROGRAMME)
    node = iris.named("programme" if programme else "platform", name)
    sink.origin(node, file_of(reader.row.table), reader.row.line)
    sink.type(node, VNDX["Programme" if programme else "Platform"])
    sink.label(node, vi=name)
    sink.text(
        node,
        SKOS["editorialNote"],
        "Chỉ biết qua tên trong một số liệu; không có dòng riêng trong bảng.",
        "vi",
    )
    sink.text(
        node, SKOS["editorialNote"], "Known only by its name in a figure; no table row is about it.", "en"
    )
    if programme:
        sink.add(node, VNDX["programmeKind"], iris.concept("programme-kind", "programme"))
    state_evidence(sink, node, reader.row)
    return node


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name=METRICS,
        graph=iris.graph("table", "platform-metrics"),
        inputs=tuple(dict.fromkeys((METRICS, PLATFORMS, *INDICATOR_INPUTS, *UNIT_INPUTS))),
        map=map_platform_metrics,
        title_vi="Số liệu của các nền tảng số theo thời gian",
        title_en="Dated figures of digital platforms",
        credits=("The web pages named by vndx:statedIn of each figure",),
    ),
)
