"""Indicators that only the tables name: one concept for all wordings of one measure.

A printed name that ontology/concepts.ttl knows is that concept. Any other is minted here, in
`graph/register/indicators`; `policy/indicator_aliases.csv` says which printed names measure the same, so that
the targets of provinces can be compared with each other and with the figures that answer them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.concept_index import ConceptIndex, concept_index
from graph.mapping.reader import Row, Table, TableSet, file_of
from graph.mapping.row_reader import RowReader, SeenKeys, makes_key
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.model import iris
from graph.model.namespaces import CONCEPT, SKOS, VNDX
from graph.model.text import fold, slug

ALIASES: Final = "policy/indicator_aliases"
_ALIAS_COLUMNS: Final = ("printed", "indicator", "note")
_NAMES: Final = (("policy/targets", "indicator"), ("policy/platform_metrics", "metric"))
_LONGEST_SLUG: Final = 80

INPUTS: Final = (ALIASES, *(table for table, _ in _NAMES))
"""The tables that name indicators, and the one that brings their names together."""


def indicator_iri(name: str) -> NamedNode:
    """Give the IRI of an indicator that is known by its printed name: its slug, cut at 80 characters."""
    return CONCEPT[f"indicator/{slug(name)[:_LONGEST_SLUG].strip('-')}"]


class IndicatorNames:
    """Finds the indicator that a printed name means."""

    def __init__(self, concepts: ConceptIndex, aliases: Table) -> None:
        self._concepts = concepts
        self._canonical = {
            fold(row["printed"]): row["indicator"] for row in aliases if makes_key(row["indicator"])
        }

    @classmethod
    def from_tables(cls, tables: TableSet) -> IndicatorNames:
        """Make it from the table of aliases; for `TableSet.once`."""
        return cls(tables.once(concept_index), tables.table(ALIASES, _ALIAS_COLUMNS))

    def canonical(self, printed: str) -> str:
        """Give the name under which a printed name's indicator is known, or the slug of its concept."""
        return self._canonical.get(fold(printed), printed)

    def is_declared(self, printed: str) -> bool:
        """Say whether the ontology's schemes declare the indicator: then it is not minted."""
        return self._concepts.find("indicator", self.canonical(printed)) is not None

    def node(self, printed: str) -> NamedNode:
        """Give the indicator of a printed name."""
        canonical = self.canonical(printed)
        return self._concepts.find("indicator", canonical) or indicator_iri(canonical)


def map_indicators(tables: TableSet, sink: GraphSink) -> None:
    """Mint the indicators that tables name, and give every indicator the names by which it is printed."""
    names = tables.once(IndicatorNames.from_tables)
    _check_aliases(tables)
    labels: dict[NamedNode, str] = {}
    for row, printed in _printed_names(tables):
        node, canonical = names.node(printed), names.canonical(printed)
        if not names.is_declared(printed):
            if fold(labels.setdefault(node, canonical)) != fold(canonical):
                _report_collision(RowReader(row, tables.problems), labels[node], printed)
                continue
            sink.origin(node, file_of(row.table), row.line)
            sink.type(node, VNDX["Indicator"])
            sink.add(node, SKOS["inScheme"], CONCEPT["indicator"])
            sink.label(node, vi=labels[node])
        if printed not in {canonical, labels.get(node)}:
            sink.text(node, SKOS["altLabel"], printed, "vi")


def _printed_names(tables: TableSet) -> Iterator[tuple[Row, str]]:
    """Give every name of an indicator that a table prints; its own mapping reports those without letters."""
    for name, column in _NAMES:
        for row in tables.table(name, (column,)):
            if makes_key(row[column]):
                yield row, row[column]


def _check_aliases(tables: TableSet) -> None:
    """Report aliases that are listed twice, and those that lead to another alias instead of an indicator."""
    rows = tables.table(ALIASES, _ALIAS_COLUMNS)
    printed, seen = {fold(row["printed"]) for row in rows}, SeenKeys()
    for row in rows:
        reader = RowReader(row, tables.problems)
        seen.check(reader, "printed")
        canonical = reader.named("indicator")
        if fold(canonical) in printed:
            reader.wrong(
                "indicator",
                vi=f"{canonical!r} lại là một tên gọi khác: ghi tên chỉ số mà nó dẫn tới",
                en=f"{canonical!r} is an alias itself: write the indicator that it leads to",
            )


def _report_collision(reader: RowReader, other: str, printed: str) -> None:
    """Report two names whose keys are equal, as long keys are cut."""
    column = dict(_NAMES)[reader.row.table]
    reader.wrong(
        column,
        vi=f"tên {printed!r} và {other!r} cho cùng một mã chỉ số: đổi phần đầu của một trong hai tên",
        en=f"the names {printed!r} and {other!r} give one indicator key: change the beginning of one of them",
    )


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name="register/indicators",
        graph=iris.graph("register", "indicators"),
        inputs=INPUTS,
        map=map_indicators,
        title_vi="Các chỉ số mà chỉ các bảng nêu tên",
        title_en="Indicators that only the tables name",
    ),
)
