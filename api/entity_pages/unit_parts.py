"""What lies in a unit: the communes of a province or a district, the districts of a province until 2025."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.collections.versions import parts_on
from api.entity_pages.days import last_day
from api.entity_pages.facts import Facts, Link
from api.entity_pages.rounds import looked_up
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import VNDX
from graph.model.text import fold
from graph.query.lookups import Plan

_HAS_PART: Final = VNDX["hasPart"]
_SHOWN: Final = frozenset({_HAS_PART})
_INCOMING: Final = frozenset({"partOf"})
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
        title: the type or the district; without a text if all units are in one group.
        parts: those that were there at the end, or are there today.
        former: those that ended before.
        valid_to: the first day on which the district was no longer there, if it ended before the province.

    """

    title: Link
    parts: Sequence[Part]
    former: Sequence[Part] = ()
    valid_to: str = ""

    @property
    def last_day(self) -> str:
        """The last day of the district, empty if it did not end before the province."""
        return last_day(self.valid_to)


@dataclass(frozen=True)
class PartsContent:
    """What the section shows.

    Attributes:
        valid_to: the first day on which the unit was no longer there, empty if it still is.
        groups: by type or by district.
        districts: how many districts lie in it, without those that ended before.
        communes: how many communes lie in it, without those that ended before.
        query: that finds the same.

    """

    valid_to: str
    groups: Sequence[PartGroup]
    districts: int
    communes: int
    query: str

    @property
    def last_day(self) -> str:
        """Its last day, empty if it still is."""
        return last_day(self.valid_to)


def plan_parts(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the units in a unit."""
    node = subject.description.node
    facts = subject.facts
    yield from facts.read([node], _HAS_PART, _TO)
    parts, ended = facts.nodes(node, _HAS_PART), facts.value(node, _TO)
    if not parts:
        return (yield from _plan_parts_at_the_end(node, ended, facts))
    yield from facts.name(parts)
    districts = [part for part in parts if _DISTRICT in facts.classes(part)]
    if districts:
        groups = yield from _by_district(facts, districts, ended)
        title = ("Các huyện và xã trực thuộc", "Districts and communes in it")
    else:
        groups = yield from _by_type(facts, parts, ended)
        title = ("Các xã, phường trực thuộc", "Communes in it")
    content = PartsContent(
        ended,
        groups,
        districts=sum(not group.valid_to for group in groups) if districts else 0,
        communes=sum(len(group.parts) for group in groups),
        query=_query(node),
    )
    return Section("parts", title, "unit/parts.html", content, properties=_SHOWN, incoming=_INCOMING)


def _plan_parts_at_the_end(node: NamedNode, ended: str, facts: Facts) -> Plan[Section | None]:
    """Plan the section for a unit whose parts have all lain elsewhere since: those of its last day."""
    if not ended:
        return None
    parts = yield from looked_up(parts_on((node,), last_day(ended)))
    if not parts:
        return None
    yield from facts.name(parts)
    are_districts = any(_DISTRICT in facts.classes(part) for part in parts)
    group = PartGroup(Link(""), [Part(link) for link, _ in _sorted(facts, parts)])
    number = len(parts)
    content = PartsContent(
        ended,
        [group],
        number if are_districts else 0,
        0 if are_districts else number,
        _query_on_last_day(node, last_day(ended)),
    )
    title = ("Các đơn vị trực thuộc vào ngày cuối", "What was in it on its last day")
    return Section("parts", title, "unit/parts.html", content, properties=_SHOWN, incoming=_INCOMING)


def _by_district(facts: Facts, districts: Iterable[NamedNode], ended: str) -> Plan[list[PartGroup]]:
    known = list(districts)
    yield from facts.read(known, _HAS_PART, _TO)
    communes = facts.all_nodes(known, _HAS_PART)
    yield from facts.read(communes, _TO)
    yield from facts.name(communes)
    groups = []
    for link, district in _sorted(facts, known):
        until = facts.value(district, _TO)
        groups.append(
            PartGroup(
                link,
                *_present_and_former(facts, facts.nodes(district, _HAS_PART), ended),
                until if _is_former(until, ended) else "",
            )
        )
    return groups


def _by_type(facts: Facts, parts: Sequence[NamedNode], ended: str) -> Plan[list[PartGroup]]:
    yield from facts.read(parts, *((_TYPE, _TO) if ended else (_TYPE,)))
    by_type: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for part in parts:
        kind = facts.node(part, _TYPE)
        if kind is not None:
            by_type[kind].append(part)
    yield from facts.name(by_type)
    return [
        PartGroup(facts.link(kind).capital, *_present_and_former(facts, by_type[kind], ended))
        for kind in sorted(by_type, key=lambda found: _type_order(found.value.rpartition("/")[2]))
    ]


def _present_and_former(
    facts: Facts, nodes: Iterable[NamedNode], ended: str
) -> tuple[list[Part], list[Part]]:
    parts: list[Part] = []
    former: list[Part] = []
    for link, node in _sorted(facts, nodes):
        until = facts.value(node, _TO)
        if _is_former(until, ended):
            former.append(Part(link, until))
        else:
            parts.append(Part(link))
    return parts, former


def _is_former(until: str, ended: str) -> bool:
    """Say whether what was there until before a day ended before what it lay in."""
    return bool(until) and (not ended or until < ended)


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


def _query_on_last_day(unit: NamedNode, day: str) -> str:
    return f"""PREFIX vndx: <{VNDX.iri}>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

SELECT ?part ?name WHERE {{
  ?version vndx:partOf {unit} ; vndx:versionOf ?part ; vndx:officialName ?name .
  OPTIONAL {{ ?version vndx:validFrom ?from }}
  OPTIONAL {{ ?version vndx:validTo ?to }}
  FILTER(!BOUND(?from) || ?from <= "{day}"^^xsd:date)
  FILTER(!BOUND(?to) || ?to > "{day}"^^xsd:date)
}}
ORDER BY ?name
"""
