"""Platforms of the country and its provinces: citizen apps, operations centres, e-commerce floors ..."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping.agent_register import INPUTS as AGENT_INPUTS
from graph.mapping.agent_register import AgentRegister
from graph.mapping.concept_index import ConceptIndex, concept_index
from graph.mapping.evidence import has_sound_evidence, state_evidence
from graph.mapping.reader import Row, TableSet, file_of
from graph.mapping.row_reader import RowReader, SeenKeys, makes_key
from graph.mapping.sink import GraphSink
from graph.mapping.table_mapping import TableMapping
from graph.mapping.unit_register import UnitRegister
from graph.model import agents, iris
from graph.model.language import ENGLISH, VIETNAMESE, language_of
from graph.model.namespaces import SKOS, VNDX
from graph.model.text import fold

PLATFORMS: Final = "policy/platforms"
_COLUMNS: Final = (
    "platform_id",
    "key",
    "scope",
    "province",
    "name",
    "aliases",
    "kind",
    "operator",
    "operator_basis",
    "launch_date",
    "launch_date_precision",
    "users",
    "users_date",
    "users_date_precision",
    "website",
    "source_url",
    "published_date",
    "quote",
    "more_sources",
)
_WEB_ADDRESS: Final = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_NATIONAL: Final = "national"
_SCOPES: Final = (_NATIONAL, "provincial")


def platform_node(row: Row) -> NamedNode:
    """Give the IRI of the platform of a row: its ``key``, where a source text names it too, or its id."""
    return iris.named("platform", row.cells.get("key", "").strip() or row["platform_id"])


class PlatformIndex:
    """Finds platforms by identifier, or by any of their names."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._by_id: dict[str, NamedNode] = {}
        self._by_name: dict[tuple[str, str], set[NamedNode]] = defaultdict(set)
        for row in rows:
            # A row without a sound key is reported by its own mapping.
            if not makes_key(row["key"] or row["platform_id"]):
                continue
            node = platform_node(row)
            self._by_id.setdefault(row["platform_id"], node)
            for name in (row["name"], *row.listed("aliases")):
                self._by_name[_scope(row["province"]), fold(name)].add(node)

    @classmethod
    def from_tables(cls, tables: TableSet) -> PlatformIndex:
        """Make the index of platforms.csv; for `TableSet.once`."""
        return cls(tables.table(PLATFORMS, _COLUMNS))

    def by_id(self, platform_id: str) -> NamedNode | None:
        """Give the platform with an identifier of the table, or None."""
        return self._by_id.get(platform_id)

    def find(self, name: str, province: str) -> NamedNode | None:
        """Give the one platform of this name: one of the province comes before a national one."""
        for scope in dict.fromkeys((_scope(province), "")):
            found = self._by_name.get((scope, fold(name)), set())
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None


def _scope(province: str) -> str:
    """Give the key of a province; empty for the whole country."""
    return "" if agents.is_national(province) else fold(province)


def map_platforms(tables: TableSet, sink: GraphSink) -> None:
    """Map platforms.csv."""
    seen, seen_keys = SeenKeys(), SeenKeys()
    for row in tables.table(PLATFORMS, _COLUMNS):
        reader = RowReader(row, tables.problems)
        seen.check(reader, "platform_id")
        if row["key"]:
            seen_keys.check(reader, "key")
        _map_row(reader, sink, tables)


def _map_row(reader: RowReader, sink: GraphSink, tables: TableSet) -> None:
    """State the platform of one row, or report what is wrong with it."""
    row = reader.row
    concepts: ConceptIndex = tables.once(concept_index)
    name = reader.filled("name")
    kind = reader.concept("kind", "platform-kind", concepts)
    launched = reader.date("launch_date", "launch_date_precision")
    used = reader.date("users_date", "users_date_precision")
    coverage = reader.province(
        "province",
        tables.once(UnitRegister.from_tables),
        dates=(launched, used, reader.known_date("published_date")),
    )
    national = reader.one_of("scope", _SCOPES) == _NATIONAL
    if coverage is not None and national != (coverage == iris.country()):
        reader.wrong(
            "scope",
            vi="scope là national khi và chỉ khi tỉnh là 'Việt Nam'",
            en="the scope is national if, and only if, the province is 'Việt Nam'",
        )
    basis = None
    if row["operator"] or row["operator_basis"]:
        basis = reader.concept("operator_basis", "basis-of-statement", concepts)
    if row["website"] and not _WEB_ADDRESS.fullmatch(row["website"]):
        reader.wrong(
            "website",
            vi=f"{row['website']!r} không phải địa chỉ trang web",
            en=f"{row['website']!r} is no web address",
        )
    sound = has_sound_evidence(row, tables.problems)
    if reader.failed or not sound or kind is None or coverage is None:
        return
    node = platform_node(row)
    sink.origin(node, file_of(row.table), row.line)
    sink.type(node, VNDX["Platform"])
    sink.label(node, vi=name)
    for alias in row.listed("aliases"):
        if alias != name:
            sink.text(node, SKOS["altLabel"], alias, _language_of_alias(alias))
    sink.add(node, VNDX["platformKind"], kind)
    sink.add(node, VNDX["coverage"], coverage)
    for operator in tables.once(AgentRegister.from_tables).named_in(row, "operator").linked:
        sink.add(node, VNDX["operator"], operator.node)
    if basis is not None:
        sink.add(node, VNDX["operatorBasis"], basis)
    sink.date(node, VNDX["launchDate"], launched)
    sink.text(node, VNDX["usersAsPrinted"], row["users"], language_of(row["users"]))
    sink.date(node, VNDX["usersAsOf"], used)
    sink.uri(node, VNDX["website"], _web_address(row["website"]))
    state_evidence(sink, node, row)


def _web_address(printed: str) -> str:
    """Give a printed web address; a bare host gets http, which is what it means to a browser."""
    return f"http://{printed}" if printed and "://" not in printed else printed


def _language_of_alias(alias: str) -> str:
    """Give the language of an alias: English only for several English words; brands stay as they are."""
    return ENGLISH if " " in alias and language_of(alias) == ENGLISH else VIETNAMESE


MAPPINGS: Final[tuple[TableMapping, ...]] = (
    TableMapping(
        name=PLATFORMS,
        graph=iris.graph("table", "platforms"),
        inputs=tuple(dict.fromkeys((PLATFORMS, *AGENT_INPUTS))),
        map=map_platforms,
        title_vi="Các nền tảng số của cả nước và các tỉnh",
        title_en="Digital platforms of the country and the provinces",
        credits=("The web pages named by vndx:statedIn of each platform",),
    ),
)
