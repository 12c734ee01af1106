"""The totals that each commune resolution states: a check of the table of communes, and observations.

Each of the 34 resolutions says how many communes its province has from 1 July 2025, and how many of each
type. If the communes of the table do not add up to that, one of the two is wrong.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.mapping.admin_tables import COMMUNES_2025, LEGAL_DOCUMENTS, PROVINCES_2025, RESOLUTION_TOTALS
from graph.mapping.legal_register import LegalRegister
from graph.mapping.reader import TableSet, file_of
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import REFORM_DAY
from graph.mapping.unit_row import UnitRow
from graph.mapping.unit_types import Level
from graph.model import iris
from graph.model.dates import PartialDate
from graph.model.iris import ERA_2025
from graph.model.namespaces import PROV, SKOS, VNDX


@dataclass(frozen=True)
class Total:
    """A column of totals: the type of communes it counts (all of them if empty), and its indicator."""

    column: str
    unit_type: str
    vi: str
    en: str

    @property
    def slug(self) -> str:
        """Give the key of the indicator."""
        return self.indicator.value.rpartition("/")[2]

    @property
    def indicator(self) -> NamedNode:
        """Give the IRI of the indicator."""
        return iris.concept("indicator", self.vi)


_TOTALS: Final = (
    Total("total", "", "Số đơn vị hành chính cấp xã", "Number of commune-level units"),
    Total("phuong", "phường", "Số phường", "Number of wards (phường)"),
    Total("xa", "xã", "Số xã", "Number of communes (xã)"),
    Total("dac_khu", "đặc khu", "Số đặc khu", "Number of special zones (đặc khu)"),
)
_UNIT_OF_MEASURE: Final = iris.concept("unit-of-measure", "administrative-unit")
_STATED: Final = iris.concept("status", "stated")
_MOST_COMMUNES: Final = 1000


def map_resolution_totals(tables: TableSet, sink: GraphSink) -> None:
    """Check the communes of 1 July 2025 against the totals, and state the totals as observations."""
    for total in _TOTALS:
        _state_indicator(sink, total)
    acts = tables.once(LegalRegister.from_tables)
    provinces = {row["code"] for row in PROVINCES_2025.read(tables)}
    counted = Counter((row["parent_province_code"], row["type"]) for row in COMMUNES_2025.read(tables))
    first_lines: dict[str, int] = {}
    for row in RESOLUTION_TOTALS.read(tables):
        reader = UnitRow(row, tables.problems)
        code = reader.new_key("province_code", reader.code("province_code", Level.PROVINCE), first_lines)
        if Level.PROVINCE.has_code(code) and code not in provinces:
            reader.wrong(
                "province_code",
                vi=f"không có tỉnh mã {code} trong danh mục 2025",
                en=f"no province has the code {code} in the 2025 register",
            )
        reader.filled("resolution")
        basis = acts.basis(reader, "resolution", "")
        values = {total: reader.whole_number(total.column, 0, _MOST_COMMUNES) for total in _TOTALS}
        if reader.failed:
            continue
        for total, value in values.items():
            here = sum(
                number
                for (province, unit_type), number in counted.items()
                if province == code and total.unit_type in ("", unit_type)
            )
            if value is not None and value != here:
                reader.wrong(
                    total.column,
                    vi=f"{row['resolution']} ghi {value}, nhưng bảng {file_of(COMMUNES_2025.name)} có {here}",
                    en=f"{row['resolution']} states {value}, but {file_of(COMMUNES_2025.name)} has {here}",
                )
            elif value is not None:
                node = _state_observation(sink, total, code, value)
                sink.origin(node, file_of(row.table), row.line)
                for document in basis:
                    sink.add(node, PROV["wasDerivedFrom"], document)
    _report_missing(tables, provinces - set(first_lines))


def _state_indicator(sink: GraphSink, total: Total) -> None:
    """State the indicator of a column of totals."""
    node = total.indicator
    sink.type(node, VNDX["Indicator"])
    sink.label(node, vi=total.vi, en=total.en)
    sink.add(node, SKOS["inScheme"], NamedNode(node.value.rpartition("/")[0]))


def _state_observation(sink: GraphSink, total: Total, code: str, value: int) -> NamedNode:
    """State one total of a province and give its node."""
    node = iris.keyed("observation", total.slug, REFORM_DAY, ERA_2025, code)
    sink.type(node, VNDX["Observation"])
    sink.add(node, VNDX["indicator"], total.indicator)
    sink.add(node, VNDX["about"], iris.unit(ERA_2025, code))
    sink.date(node, VNDX["asOf"], PartialDate(REFORM_DAY))
    sink.decimal(node, VNDX["value"], Decimal(value))
    sink.add(node, VNDX["comparator"], Literal("="))
    sink.add(node, VNDX["unitOfMeasure"], _UNIT_OF_MEASURE)
    sink.add(node, VNDX["status"], _STATED)
    return node


def _report_missing(tables: TableSet, codes: set[str]) -> None:
    """Report provinces without totals: their communes would go unchecked."""
    for code in sorted(codes):
        tables.problems.report(
            file_of(RESOLUTION_TOTALS.name),
            0,
            "province_code",
            vi=f"thiếu dòng của tỉnh mã {code}",
            en=f"the row of the province {code} is missing",
        )


MAPPINGS: Final = (
    TableMapping(
        name=RESOLUTION_TOTALS.name,
        graph=iris.graph("table", "resolution-totals"),
        inputs=(RESOLUTION_TOTALS.name, COMMUNES_2025.name, PROVINCES_2025.name, LEGAL_DOCUMENTS.name),
        map=map_resolution_totals,
        title_vi="Số đơn vị hành chính cấp xã của mỗi tỉnh theo 34 nghị quyết năm 2025",
        title_en="Numbers of commune-level units of each province as the 34 resolutions of 2025 state them",
        credits=("Resolutions 1654 to 1687/NQ-UBTVQH15 of the Standing Committee of the National Assembly",),
    ),
)
