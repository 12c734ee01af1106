"""Events: launches, conferences, digital transformation days, rankings announced, signings ..."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.mapping.agent_register import INPUTS as AGENT_INPUTS
from graph.mapping.agent_register import AgentRegister
from graph.mapping.concept_index import concept_index
from graph.mapping.evidence import has_sound_evidence, state_evidence
from graph.mapping.platforms import PlatformIndex
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.row_reader import RowReader, SeenKeys
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import REFORM_DAY, UnitRegister, UnknownUnitError
from graph.mapping.unit_types import Level
from graph.model import iris
from graph.model.agent_lists import AgentKind
from graph.model.dates import PartialDate
from graph.model.namespaces import VNDX, XSD

EVENTS: Final = "policy/events"
COLUMNS: Final = (
    "event_id",
    "key",
    "name",
    "kind",
    "province",
    "date",
    "date_precision",
    "date_basis",
    "recurrence",
    "place",
    "organisers",
    "participants",
    "launches",
    "source_url",
    "published_date",
    "quote",
    "more_sources",
)
_EVENT, _ANNUAL_DAY, _PLANNED, _UNKNOWN = "event", "annual_day", "planned", "unknown"
_BASES: Final = (_EVENT, _ANNUAL_DAY, _PLANNED, _UNKNOWN)
_RECURRENCE: Final = re.compile(r"--(?P<month>\d{2})-(?P<day>\d{2})")
_LEAP_YEAR: Final = "2024"
_LAST_DAY_OF_DISTRICTS: Final = PartialDate("2025-06-30")
_FIRST_DAY_OF_REFORM: Final = PartialDate(REFORM_DAY)


@dataclass(frozen=True)
class Event:
    """A row of events.csv, read."""

    name: str
    kind: NamedNode
    date: PartialDate | None
    basis: str
    recurs_on: str
    jurisdiction: NamedNode
    launches: tuple[NamedNode, ...]


def event_node(row: Row) -> NamedNode:
    """Give the IRI of the event of a row: its ``key``, where a source text names it too, or its id."""
    return iris.named("event", row["key"] or row["event_id"])


def map_events(tables: TableSet, sink: GraphSink) -> None:
    """Map events.csv."""
    seen, seen_keys = SeenKeys(), SeenKeys()
    for row in tables.table(EVENTS, COLUMNS):
        reader = RowReader(row, tables.problems)
        seen.check(reader, "event_id")
        if row["key"]:
            seen_keys.check(reader, "key")
        event = _read(reader, tables)
        sound = has_sound_evidence(row, tables.problems)
        if event and sound and not reader.failed:
            _state(row, event, sink, tables)


def _read(reader: RowReader, tables: TableSet) -> Event | None:
    """Read one row; None when something is wrong with it."""
    name = reader.filled("name")
    kind = reader.concept("kind", "event-kind", tables.once(concept_index))
    date = reader.date("date", "date_precision")
    basis = reader.one_of("date_basis", _BASES)
    recurs_on = reader.row["recurrence"]
    if recurs_on:
        reader.parsed("recurrence", _check_recurrence, "ghi ngày hằng năm có thật, dạng --MM-DD")
    if not reader.failed:
        _check_basis(reader, basis, date)
    jurisdiction = reader.province(
        "province",
        tables.once(UnitRegister.from_tables),
        dates=(date, reader.known_date("published_date")),
    )
    launches = tuple(_platforms(reader, tables.once(PlatformIndex.from_tables)))
    if reader.failed or kind is None or jurisdiction is None:
        return None
    return Event(name, kind, date, basis, recurs_on, jurisdiction, launches)


def _platforms(reader: RowReader, index: PlatformIndex) -> Iterator[NamedNode]:
    """Give the platforms that an event launches, by their identifiers."""
    for platform_id in reader.row.listed("launches"):
        platform = index.by_id(platform_id)
        if platform:
            yield platform
        else:
            reader.wrong(
                "launches",
                vi=f"bảng platforms không có mã {platform_id!r}",
                en=f"the table platforms has no identifier {platform_id!r}",
            )


def _check_recurrence(text: str) -> None:
    """Check a day of every year, an xsd:gMonthDay.

    Raises:
        ValueError: if it is none.

    """
    match = _RECURRENCE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no day of every year: write --MM-DD")
    PartialDate(f"{_LEAP_YEAR}-{match['month']}-{match['day']}").first_day()


def _check_basis(reader: RowReader, basis: str, date: PartialDate | None) -> None:
    """Report a basis that does not fit: what happened or is planned has a date, an annual day recurs."""
    if (basis in {_EVENT, _PLANNED}) != (date is not None):
        reader.wrong(
            "date_basis",
            vi=f"date_basis {basis!r} không khớp: chỉ sự kiện đã xảy ra hoặc dự kiến mới có ngày",
            en=f"the date_basis {basis!r} does not fit: what happened (event) or is planned has a date",
        )
    if basis == _ANNUAL_DAY and not reader.row["recurrence"]:
        reader.wrong(
            "recurrence",
            vi="ngày hằng năm cần cột recurrence, dạng --MM-DD",
            en="an annual day needs its recurrence, as --MM-DD",
        )


def _state(row: Row, event: Event, sink: GraphSink, tables: TableSet) -> None:
    """State the event of one row."""
    node = event_node(row)
    sink.origin(node, file_of(row.table), row.line)
    sink.type(node, VNDX["Event"])
    sink.label(node, vi=event.name)
    sink.add(node, VNDX["eventKind"], event.kind)
    sink.date(node, VNDX["startDate"], event.date)
    sink.add(node, VNDX["dateBasis"], iris.concept("date-basis", event.basis))
    if event.recurs_on:
        sink.add(node, VNDX["recursOn"], Literal(event.recurs_on, datatype=XSD["gMonthDay"]))
    sink.add(node, VNDX["jurisdiction"], event.jurisdiction)
    sink.text(node, VNDX["placeAsPrinted"], row["place"], "vi")
    place = _unit_of_place(row["place"], event, tables.once(UnitRegister.from_tables))
    if place:
        sink.add(node, VNDX["place"], place)
    for platform in event.launches:
        sink.add(node, VNDX["launches"], platform)
        sink.add(platform, VNDX["launchedAt"], node)
    _state_agents(row, node, sink, tables.once(AgentRegister.from_tables))
    state_evidence(sink, node, row)


def _state_agents(row: Row, node: NamedNode, sink: GraphSink, register: AgentRegister) -> None:
    """State who organised, led and attended; a list that names others too is kept as printed."""
    organisers = register.named_in(row, "organisers")
    for agent in organisers.linked:
        # A person in the list of organisers stands behind "chủ trì:", in the chair.
        led = agent.kind is AgentKind.PERSON
        sink.add(node, VNDX["ledBy" if led else "organiser"], agent.node)
    if organisers.unread:
        sink.text(node, VNDX["organisersAsPrinted"], row["organisers"], "vi")
    participants = register.named_in(row, "participants")
    for agent in participants.linked:
        sink.add(node, VNDX["participant"], agent.node)
    if participants.unread:
        sink.text(node, VNDX["participantsAsPrinted"], row["participants"], "vi")


def _unit_of_place(place: str, event: Event, register: UnitRegister) -> NamedNode | None:
    """Give the unit that a printed place exactly names, or None: "Hà Nội", "huyện Bắc Trà My", "TP. Pleiku".

    "Huế" is the city within the province of Thừa Thiên Huế as long as there is one, else a province.
    """
    if not place:
        return None
    date = event.date
    if date is None:  # an undated event is of the register that its province is of
        date = _LAST_DAY_OF_DISTRICTS if "/2004/" in event.jurisdiction.value else _FIRST_DAY_OF_REFORM
    if event.jurisdiction != iris.country():
        for level in (Level.DISTRICT, Level.COMMUNE):
            found = register.named(place, level, date, within=event.jurisdiction)
            if len(found) == 1:
                return found[0]
    try:
        return register.unit_of_province(place, date)
    except UnknownUnitError:
        return None


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name=EVENTS,
        graph=iris.graph("table", "events"),
        inputs=AGENT_INPUTS,
        map=map_events,
        title_vi="Sự kiện về chuyển đổi số của cả nước và các tỉnh",
        title_en="Digital transformation events of the country and the provinces",
        credits=("The web pages named by vndx:statedIn of each event",),
    ),
)
