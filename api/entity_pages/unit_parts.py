"""What lies in a unit: the communes of a province or a district, the districts of a province until 2025."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.days import last_day
from api.entity_pages.facts import Facts, Link
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import VNDX
from graph.model.text import fold
from graph.query.lookups import Plan

_HAS_PART: Final = VNDX["hasPart"]
_TYPE: Final = VNDX["unitType"]
_TO: Final = VNDX["validTo"]
_DISTRICT: Final = VNDX["District"]
_UNIT: Final = VNDX["AdministrativeUnit"]
# Those of a town are given first, as in the registers.
_TYPES: Final = ("phuong", "thi-tran", "xa", "dac-khu")


@dataclass(frozen=True)
class Part:
    """A unit in another one.

    Attributes:
        link: to it.
        valid_to: the first day on which it was no longer there, if it ended before the unit that it lay in.

    """

    link: Link
    valid_to: str = ""

    @property
    def last_day(self) -> str:
        """Its last day, empty if it still is."""
        return last_day(self.valid_to)


@dataclass(frozen=True)
class PartGroup:
    """Units of one type, or of one district.

    Attributes:
        title: the type or the district.
        is_unit: whether the title is a unit.
        parts: those that were there at the end, or are there today.
        former: those that ended before.

    """

    title: Link
    is_unit: bool
    parts: Sequence[Part]
    former: Sequence[Part]


@dataclass(frozen=True)
class PartsContent:
    """What the section shows.

    Attributes:
        valid_to: the first day on which the unit was no longer there, empty if it still is.
        groups: by type or by district.
        communes: how many units of the lowest level lie in it, without those that ended before.
        query: that finds the same.

    """

    valid_to: str
    groups: Sequence[PartGroup]
    communes: int
    query: str

    @property
    def last_day(self) -> str:
        """Its last day, empty if it still is."""
        return last_day(self.valid_to)


def plan_parts(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the units in a unit."""
    node = subject.description.node
    facts = Facts(subject.language)
    yield from facts.read([node], _HAS_PART, _TO)
    parts = facts.nodes(node, _HAS_PART)
    if not parts:
        return None
    yield from facts.name(parts)
    districts = [part for part in parts if _DISTRICT in facts.classes(part)]
    ended = facts.value(node, _TO)
    if districts:
        yield from facts.read(districts, _HAS_PART)
        communes = facts.all_nodes(districts, _HAS_PART)
        yield from facts.read(communes, _TO)
        yield from facts.name(communes)
        groups = [
            _group(facts, link, facts.nodes(district, _HAS_PART), ended, is_unit=True)
            for link, district in _sorted(facts, districts)
        ]
    else:
        yield from facts.read(parts, *((_TYPE, _TO) if ended else (_TYPE,)))
        by_type: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
        for part in parts:
            kind = facts.node(part, _TYPE)
            if kind is not None:
                by_type[kind].append(part)
        yield from facts.name(by_type)
        groups = [
            _group(facts, facts.link(kind), by_type[kind], ended, is_unit=False)
            for kind in sorted(by_type, key=lambda found: _type_order(found.value.rpartition("/")[2]))
        ]
    content = PartsContent(ended, groups, sum(len(group.parts) for group in groups), _query(node))
    title = (
        ("Các huyện và xã trực thuộc", "Districts and communes in it")
        if districts
        else ("Các xã, phường trực thuộc", "Communes in it")
    )
    return Section("parts", title, "unit/parts.html", content)


def _group(facts: Facts, title: Link, nodes: Iterable[NamedNode], ended: str, *, is_unit: bool) -> PartGroup:
    parts: list[Part] = []
    former: list[Part] = []
    for link, node in _sorted(facts, nodes):
        until = facts.value(node, _TO)
        is_former = bool(until) and (not ended or until < ended)
        (former if is_former else parts).append(Part(link, until if is_former else ""))
    return PartGroup(title, is_unit, parts, former)


def _sorted(facts: Facts, nodes: Iterable[NamedNode]) -> list[tuple[Link, NamedNode]]:
    """Give units with their links, by name, so far as their types are the same."""
    links = [(facts.link(node), node) for node in nodes]
    return sorted(links, key=lambda found: (fold(found[0].text), found[0].text, found[0].path))


def _type_order(kind: str) -> tuple[int, str]:
    return (_TYPES.index(kind) if kind in _TYPES else len(_TYPES), kind)


def _query(unit: NamedNode) -> str:
    return f"""PREFIX vndx: <{VNDX.iri}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?part ?name ?code ?validTo WHERE {{
  ?part a {_UNIT} ; vndx:partOfTransitive {unit} ; skos:prefLabel ?name ; vndx:code ?code .
  FILTER(LANG(?name) = "vi")
  OPTIONAL {{ ?part vndx:validTo ?validTo }}
}}
ORDER BY ?code
"""
