"""Every organisation and person that a table names: who is meant, and which rows name them.

Others look the agents of a row up here, so that a body or an office holder is one node in all tables:

    register = tables.once(AgentRegister.from_tables)
    links = register.named_in(row, "organisers")
    for agent in links.linked:          # kind, node, name, printed words, office
        ...
    links.unread                        # pieces that are no agent: keep them as printed

A person of a list is looked for, in this order: the office holder of that name whom a row of
``organisations_people`` attests on the same page; the one of the row's province; the one in central office.
Nobody else of that name is taken for them: then a new node stands for name and province.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.mapping import unit_register
from graph.mapping.admin_tables import LEGAL_DOCUMENTS, PROVINCES_2025, PROVINCES_PRE2025
from graph.mapping.document_index import (
    NATIONAL_COLUMNS,
    NATIONAL_TABLE,
    PROVINCIAL_COLUMNS,
    PROVINCIAL_TABLE,
)
from graph.mapping.legal_documents import kind_of
from graph.mapping.reader import Row, TableSet
from graph.mapping.row_reader import ERA_OF_BASIS, RowReader
from graph.mapping.unit_register import UnitRegister, UnknownUnitError
from graph.mapping.unit_types import Level
from graph.model import agents
from graph.model.agent_lists import AgentKind, PrintedAgent, is_unit_name, parse_agents, split_bodies
from graph.model.dates import PartialDate
from graph.model.text import fold
from graph.problems import Problems

AGENTS_TABLE: Final = "policy/organisations_people"
AGENTS_COLUMNS: Final = (
    "entry_id",
    "kind",
    "name",
    "role",
    "organisation",
    "province",
    "role_date",
    "role_date_precision",
    "source_url",
    "source_title",
    "published_date",
    "quote",
    "more_sources",
)
_LISTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("policy/platforms", ("operator",)),
    ("policy/events", ("organisers", "participants")),
)
INPUTS: Final = (
    NATIONAL_TABLE,
    PROVINCIAL_TABLE,
    AGENTS_TABLE,
    *(name for name, _ in _LISTS),
    LEGAL_DOCUMENTS.name,
    PROVINCES_PRE2025.name,
    *unit_register.INPUTS,
)
"""The tables that the register is made from."""

PERSON: Final = "person"
"""The ``kind`` of a row of organisations_people that is about an office holder."""

_DATE_COLUMNS: Final = {
    NATIONAL_TABLE: "issue_date",
    PROVINCIAL_TABLE: "issue_date",
    AGENTS_TABLE: "role_date",
    "policy/platforms": "launch_date",
    "policy/events": "date",
}
_LAST_DAY_OF_DISTRICTS: Final = PartialDate("2025-06-30")


@dataclass(frozen=True)
class LinkedAgent:
    """An agent that a row names: its node, and how the row prints it."""

    kind: AgentKind
    node: NamedNode
    name: str
    printed: str
    office: str = ""


@dataclass(frozen=True)
class AgentLinks:
    """The agents of a printed list, and the pieces of it that are none or cannot be told."""

    linked: tuple[LinkedAgent, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """That a row names an organisation or a person.

    Attributes:
        agent: who is named.
        row: the row.
        unit: the province of the row as of its time, the country, or None when it cannot be told.

    """

    agent: LinkedAgent
    row: Row
    unit: NamedNode | None


class AgentRegister:
    """An index of all organisations and people that the tables name."""

    def __init__(
        self, units: UnitRegister, provinces: frozenset[str], office_holders: tuple[Row, ...] = ()
    ) -> None:
        self.units = units
        self._provinces = provinces
        self._holders: dict[str, list[Row]] = defaultdict(list)
        for row in office_holders:
            self._holders[agents.name_key(row["name"])].append(row)
        self._mentions: dict[str, list[Mention]] = defaultdict(list)

    @classmethod
    def from_tables(cls, tables: TableSet) -> AgentRegister:
        """Make the register from the tables named in `INPUTS`; bad rows are reported by their own mapping."""
        rows = tables.table(AGENTS_TABLE, AGENTS_COLUMNS)
        units = tables.once(UnitRegister.from_tables)
        provinces = (*PROVINCES_PRE2025.read(tables), *PROVINCES_2025.read(tables))
        register = cls(
            units,
            frozenset(agents.name_key(province["name_vi"]) for province in provinces if province["name_vi"]),
            tuple(row for row in rows if row["kind"] == PERSON and row["name"]),
        )
        for row in tables.table(NATIONAL_TABLE, NATIONAL_COLUMNS):
            register._take(row, register.bodies_in(row, "issuer").linked)
        for row in tables.table(PROVINCIAL_TABLE, PROVINCIAL_COLUMNS):
            register._take(row, register.bodies_in(row, "issuer").linked)
        for row in rows:
            if agents.name_key(row["name"]) and agents.name_key(row["organisation"]):
                register._take(row, register.of_entry(row))
        for name, columns in _LISTS:
            for row in tables.table(name, (*columns, "province")):
                for column in columns:
                    register._take(row, register.named_in(row, column).linked)
        for row in LEGAL_DOCUMENTS.read(tables):
            kind = kind_of(row["number"], row["title"])
            if kind:
                register._take(row, (_organisation(kind.issuer, kind.issuer, ""),))
        return register

    def mentions(self, kind: AgentKind) -> Iterator[tuple[NamedNode, list[Mention]]]:
        """Go through all organisations, or all people, with the rows that name them."""
        for of_agent in self._mentions.values():
            if of_agent[0].agent.kind is kind:
                yield of_agent[0].agent.node, of_agent

    def named_in(self, row: Row, column: str) -> AgentLinks:
        """Give the agents of a cell that lists them: organisers, participants, operators."""
        listed = parse_agents(row[column], _province(row), self._provinces)
        linked = []
        unread = list(listed.unread)
        for printed in listed.agents:
            agent = self._link(printed, row)
            if agent:
                linked.append(agent)
            else:
                unread.append(printed.printed)
        return AgentLinks(tuple(linked), tuple(unread))

    def bodies_in(self, row: Row, column: str) -> AgentLinks:
        """Give the bodies of an issuer cell; a province without a body ("Tỉnh An Giang") is not linked."""
        printed = [name for name in split_bodies(row[column]) if agents.name_key(name)]
        units = tuple(name for name in printed if is_unit_name(name, self._provinces))
        bodies = (_organisation(name, name, _province(row)) for name in printed if name not in units)
        return AgentLinks(tuple(bodies), units)

    def of_entry(self, row: Row) -> tuple[LinkedAgent, ...]:
        """Give the agents of a row of organisations_people: the one it is about, then their organisation.

        Raises:
            ValueError: if the row's name or organisation has no letter or digit.

        """
        province = _province(row)
        body = _organisation(row["organisation"], row["organisation"], province)
        if row["kind"] == PERSON:
            name = row["name"]
            return LinkedAgent(AgentKind.PERSON, agents.person(name, province), name, name), body
        return _organisation(row["name"], row["name"], province), body

    def unit_of(self, row: Row) -> NamedNode | None:
        """Give the province of a row as of its time, the country for a national row, or None."""
        if "province" not in row.cells:
            return self.units.unit_of_province("Việt Nam")
        reader = RowReader(row, Problems())
        era = ERA_OF_BASIS.get(reader.optional("province_system"), "")
        dates = [_date(row, _DATE_COLUMNS.get(row.table, "")), _date(row, "published_date")]
        return reader.province("province", self.units, era=era, dates=dates)

    def district_of(self, name: str, row: Row) -> NamedNode | None:
        """Give the one district-level unit of the row's province with this name and type word, or None."""
        date = _date(row, _DATE_COLUMNS.get(row.table, "")) or _LAST_DAY_OF_DISTRICTS
        found = self.units.named(name.replace(" đảo ", " "), Level.DISTRICT, date, within=self.unit_of(row))
        return found[0] if len(found) == 1 else None

    def _take(self, row: Row, linked: tuple[LinkedAgent, ...]) -> None:
        """Note that a row names organisations and people, and the bodies they say they belong to."""
        unit = self.unit_of(row)
        for agent in linked:
            if agent.kind is AgentKind.UNIT or not agent.printed:
                continue
            self._mentions[agent.node.value].append(Mention(agent, row, unit))
            parent = agents.parent_name(agent.name) if agent.kind is AgentKind.ORGANISATION else ""
            if parent:
                self._take(row, (_organisation(parent, parent, ""),))

    def _link(self, printed: PrintedAgent, row: Row) -> LinkedAgent | None:
        """Find the node of an agent of a list."""
        if printed.kind is AgentKind.ORGANISATION:
            return _organisation(printed.name, printed.printed, _province(row))
        node = self._person(printed.name, row) if printed.kind is AgentKind.PERSON else None
        if printed.kind is AgentKind.UNIT:
            node = self._unit(printed.name, row)
        if node is None:
            return None
        return LinkedAgent(printed.kind, node, printed.name, printed.printed, printed.office)

    def _person(self, name: str, row: Row) -> NamedNode:
        """Find who is meant by a name in a row; see the module's description."""
        province = _province(row)
        holders = self._holders.get(agents.name_key(name), [])
        for fits in (
            [holder for holder in holders if holder["source_url"] == row["source_url"]],
            [holder for holder in holders if agents.name_key(_province(holder)) == agents.name_key(province)],
            [holder for holder in holders if agents.is_national(_province(holder))],
        ):
            nodes = {agents.person(holder["name"], _province(holder)).value for holder in fits}
            if len(nodes) == 1:
                return NamedNode(nodes.pop())
        return agents.person(name, province)

    def _unit(self, name: str, row: Row) -> NamedNode | None:
        """Find the unit that a list names for its authorities: the row's province, another, or a district."""
        province = _province(row)
        unit = self.unit_of(row)
        if fold(name) in {fold(province), fold(agents.with_type_word(province))}:
            return unit
        if fold(name).startswith("tinh ") or agents.name_key(name) in self._provinces:
            try:
                return self.units.unit_of_province(name, era=_era(unit))
            except UnknownUnitError:
                return None
        return self.district_of(name, row)


def _organisation(name: str, printed: str, province: str) -> LinkedAgent:
    """Give the link to an organisation."""
    canonical = agents.canonical_name(name, province)
    return LinkedAgent(AgentKind.ORGANISATION, agents.organisation(name, province), canonical, printed)


def _province(row: Row) -> str:
    """Give the province of a row; empty for a national one."""
    province = row.cells.get("province", "").strip()
    return "" if agents.is_national(province) else province


def _date(row: Row, column: str) -> PartialDate | None:
    """Give a date of a row, or None if it is empty or wrong."""
    text = row.cells.get(column, "").strip()
    try:
        return PartialDate(text) if text else None
    except ValueError:
        return None


def _era(unit: NamedNode | None) -> str:
    """Give the register era of a unit; empty for the country."""
    parts = unit.value.rsplit("/", 2) if unit else []
    return parts[1] if len(parts) == 3 and parts[1].isdecimal() else ""
