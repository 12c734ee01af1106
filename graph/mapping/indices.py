"""The Digital Transformation Index and other indices of provinces, as observations.

Every figure keeps its own page, its basis (63 or 34 provinces) and its doubts. Figures that follow from
printed ones, by arithmetic or as what is left over, live in graphs of their own. Ranks may tie; what is
missing in a year was not seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.concept_index import concept_index
from graph.mapping.index_figures import (
    DTI,
    DTI_DERIVED,
    OTHER_INDICES,
    Reading,
    read_dti,
    read_dti_derived,
    read_other_indices,
)
from graph.mapping.periods import Span, state_period
from graph.mapping.reader import TableSet, file_of
from graph.mapping.row_reader import RowReader
from graph.mapping.sink import GraphSink, parse_decimal
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import INPUTS as UNIT_INPUTS
from graph.model import iris
from graph.model.language import language_of
from graph.model.namespaces import SKOS, VNDX

_NEW: Final = "new"
_AGREES: Final = "agrees with dti.csv"
_DISAGREES: Final = re.compile(r"DISAGREES with dti\.csv: (?P<value>\d+(?:\.\d+)?)")


def map_dti(tables: TableSet, sink: GraphSink) -> None:
    """Map dti.csv: the Digital Transformation Index, its pillars and component indices."""
    _state_stated(tables.once(read_dti), sink, tables)


def map_other_indices(tables: TableSet, sink: GraphSink) -> None:
    """Map the rows of other_indices.csv that pages state: PCI, ICT Index, PII, cyber-security grades ..."""
    readings = tables.once(read_other_indices)
    _state_stated((reading for reading in readings if reading.figure.status != "derived"), sink, tables)


def map_other_indices_derived(tables: TableSet, sink: GraphSink) -> None:
    """Map the rows of other_indices.csv that follow from a page without being printed (by complement)."""
    for reading in tables.once(read_other_indices):
        if reading.figure.status == "derived":
            _state_derived(reading, sink)


def map_dti_derived(tables: TableSet, sink: GraphSink) -> None:
    """Map dti_derived.csv: values that follow by arithmetic, checked against the printed ones."""
    printed = _by_key(tables.once(read_dti))
    for key, derived in _by_key(tables.once(read_dti_derived)).items():
        sound = [reading for reading in derived if _check_is_true(reading, printed.get(key, []), tables)]
        for reading in sound:
            _state_derived(reading, sink)
        _state_conflict_if_any([*printed.get(key, []), *sound], sink, tables, sound)


def _by_key(readings: Iterable[Reading]) -> dict[tuple[str, ...], list[Reading]]:
    """Put together the readings of one figure."""
    by_key: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        by_key[reading.figure.key].append(reading)
    return by_key


def _state_stated(readings: Iterable[Reading], sink: GraphSink, tables: TableSet) -> None:
    """State printed figures, and a conflict for each key that has more than one reading."""
    for rivals in _by_key(readings).values():
        for reading in rivals:
            row, node = reading.figure.row, reading.node
            _state(reading, VNDX["Observation"], sink)
            sink.text(node, SKOS["editorialNote"], row["conflict"], language_of(row["conflict"]))
            note = row["source_note"].partition("also:")[0].strip(" ;")
            sink.text(node, SKOS["note"], note, language_of(note))
        _state_conflict_if_any(rivals, sink, tables, rivals)


def _state_derived(reading: Reading, sink: GraphSink) -> None:
    """State a figure that follows from printed ones, and how."""
    _state(reading, VNDX["DerivedObservation"], sink)
    sink.text(reading.node, VNDX["derivation"], reading.figure.row["source_note"].removeprefix("derived: "))


def _state(reading: Reading, observation_class: NamedNode, sink: GraphSink) -> None:
    """State what printed and derived figures have in common."""
    figure, node, row = reading.figure, reading.node, reading.figure.row
    sink.origin(node, file_of(row.table), row.line)
    sink.type(node, observation_class)
    sink.add(node, VNDX["indicator"], figure.indicator)
    sink.add(node, VNDX["about"], figure.unit)
    sink.add(node, VNDX["period"], state_period(sink, Span(row["year"], row["year"])))
    sink.text(node, VNDX["comparator"], "=")
    if figure.rank is not None:
        sink.integer(node, VNDX["rank"], figure.rank)
        sink.integer(node, VNDX["outOf"], int(figure.basis))
    if figure.score is not None:
        sink.decimal(node, VNDX["value"], figure.score)
    if figure.unit_of_score is not None:
        sink.add(node, VNDX["unitOfMeasure"], figure.unit_of_score)
    sink.text(node, VNDX["grade"], figure.grade)
    sink.add(node, VNDX["basis"], iris.concept("basis", f"provinces-{figure.basis}"))
    sink.add(node, VNDX["status"], iris.concept("status", figure.status))
    for page in figure.pages:
        sink.add(node, VNDX["statedIn"], iris.source_page(page))
    sink.integer(node, VNDX["sourceCount"], len(figure.pages))


def _check_is_true(reading: Reading, printed: list[Reading], tables: TableSet) -> bool:
    """Say whether what a derived row says of the printed figure is so; report it if not."""
    reader = RowReader(reading.figure.row, tables.problems)
    claim = reader.row["check_against_dti_csv"]
    values = {rival.figure.value for rival in printed}
    disagrees = _DISAGREES.fullmatch(claim)
    if disagrees:
        other = parse_decimal(disagrees["value"])
        so = reading.figure.value not in values and any(other in (rank, score) for rank, score, _ in values)
    elif claim == _AGREES:
        so = reading.figure.value in values
    else:
        so = claim == _NEW and not values
    if not so:
        reader.wrong(
            "check_against_dti_csv",
            vi=f"{claim!r} không đúng: dti.csv có {len(values)} giá trị cho số liệu này; "
            f"ghi {_NEW!r}, {_AGREES!r} hoặc 'DISAGREES with dti.csv: <giá trị>'",
            en=f"{claim!r} is not so: dti.csv has {len(values)} value(s) for this figure; "
            f"write {_NEW!r}, {_AGREES!r} or 'DISAGREES with dti.csv: <value>'",
        )
    return so


def _state_conflict_if_any(
    rivals: list[Reading], sink: GraphSink, tables: TableSet, noted: list[Reading]
) -> None:
    """State a conflict if readings of one figure differ; the rows of ``noted`` say what is known of it."""
    if len({rival.figure.value for rival in rivals}) < 2 or not noted:
        return
    figure = noted[0].figure
    row, concepts = figure.row, tables.once(concept_index)
    conflict = iris.keyed("conflict", row.table.rpartition("/")[2], *figure.key)
    year, province = row["year"], row["province_name_canonical"]
    sink.origin(conflict, file_of(row.table), row.line)
    sink.type(conflict, VNDX["Conflict"])
    vi, en = (concepts.label(figure.indicator, language) for language in ("vi", "en"))
    sink.label(
        conflict,
        vi=f"{vi[:1].upper()}{vi[1:]}, {province}, {year}: các giá trị khác nhau",
        en=f"{en[:1].upper()}{en[1:]}, {province}, {year}: values that differ",
    )
    sink.add(conflict, VNDX["conflictKind"], iris.concept("conflict-kind", "disagreement"))
    sink.add(conflict, VNDX["about"], figure.unit)
    for rival in rivals:
        sink.add(conflict, VNDX["conflictingStatement"], rival.node)
    for reading in noted:
        note = reading.figure.row.cells.get("conflict", "") or reading.figure.row["source_note"]
        sink.text(conflict, SKOS["note"], note, language_of(note))


_CREDITS: Final = ("The web pages named by vndx:statedIn of each figure",)

MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name=DTI,
        graph=iris.graph("table", "dti"),
        inputs=(DTI, *UNIT_INPUTS),
        map=map_dti,
        title_vi="Chỉ số chuyển đổi số (DTI) cấp tỉnh, 2020–2024",
        title_en="Digital Transformation Index (DTI) of the provinces, 2020–2024",
        credits=_CREDITS,
    ),
    TableMapping(
        name=DTI_DERIVED,
        graph=iris.graph("table", "dti-derived"),
        inputs=(DTI, DTI_DERIVED, *UNIT_INPUTS),
        map=map_dti_derived,
        title_vi="Giá trị DTI suy ra bằng phép tính từ các số đã in",
        title_en="DTI values that follow by arithmetic from printed ones",
        credits=_CREDITS,
    ),
    TableMapping(
        name=OTHER_INDICES,
        graph=iris.graph("table", "other-indices"),
        inputs=(OTHER_INDICES, *UNIT_INPUTS),
        map=map_other_indices,
        title_vi="Các chỉ số khác của các tỉnh: PCI, ICT Index, PII, an toàn thông tin mạng ...",
        title_en="Other indices of the provinces: PCI, ICT Index, PII, cyber security ...",
        credits=_CREDITS,
    ),
    TableMapping(
        name=f"{OTHER_INDICES} (derived)",
        graph=iris.graph("table", "other-indices-derived"),
        inputs=(OTHER_INDICES, *UNIT_INPUTS),
        map=map_other_indices_derived,
        title_vi="Xếp hạng suy ra bằng phần còn lại của danh sách đã in",
        title_en="Grades that follow as what is left over of printed lists",
        credits=_CREDITS,
    ),
)
