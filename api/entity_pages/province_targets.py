"""What a province has set out to reach, beside what was observed of the same indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.citations import BACKING, Citation, cite, merged
from api.entity_pages.facts import Facts, Link, Text
from api.entity_pages.province_scope import Member
from api.entity_pages.province_things import plan_figures
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

_INDICATOR: Final = VNDX["indicator"]
_DEADLINE: Final = VNDX["deadline"]
_SET_BY: Final = VNDX["setBy"]
_SET_BY_PRINTED: Final = VNDX["setByAsPrinted"]
_NUMBER: Final = VNDX["number"]
_UNIT: Final = VNDX["unitOfMeasure"]
_STATUS: Final = VNDX["status"]
_PERIOD: Final = VNDX["period"]
_AS_OF: Final = VNDX["asOf"]
_TARGET: Final = VNDX["Target"]
_QUANTITY: Final = tuple(
    VNDX[name]
    for name in (
        *("comparator", "value", "lowerBound", "upperBound", "rank", "outOf", "grade"),
        "valueAsPrinted",
    )
)
_OF_TARGETS: Final = (
    *(*_QUANTITY, _UNIT, _STATUS, _DEADLINE, _SET_BY, _SET_BY_PRINTED, _PERIOD, _AS_OF),
    *BACKING,
)
_OUTCOMES: Final = 3
_SEEN: Final = 5


@dataclass(frozen=True)
class Quantity:
    """A value as it is set or observed; of value, bounds, rank and grade one is given."""

    comparator: str
    value: str
    lower: str
    upper: str
    rank: str
    out_of: str
    grade: str
    unit: Text
    printed: str


@dataclass(frozen=True)
class Outcome:
    """What was observed of an indicator.

    Attributes:
        links: to the figures that say it, each of a source of its own.
        member: the number of the province in the scope of the page.
        time: for which it holds; empty if no source says.
        quantity: what was observed.
        status: the key of the concept: ``stated``, ``derived``, ``doubtful`` or ``disputed``.

    """

    links: Sequence[Link]
    member: int
    time: str
    quantity: Quantity
    status: str


@dataclass(frozen=True)
class TargetRow:
    """A target.

    Attributes:
        links: to the target, and to what other sources say of the same one.
        indicator: what is to be reached.
        member: the number of the province in the scope of the page.
        quantity: what is to be reached.
        deadline: by when; empty if none is set.
        set_by: the document, by its number; None if only its name is printed or none is known.
        set_by_printed: the name as printed.
        status: as of `Outcome`.
        outcomes: the latest of what was observed of the same indicator, the latest first.
        more: how many there are besides.
        citations: the sources of the target.

    """

    links: Sequence[Link]
    indicator: Link
    member: int
    quantity: Quantity
    deadline: str
    set_by: Link | None
    set_by_printed: str
    status: str
    outcomes: Sequence[Outcome]
    more: int
    citations: Sequence[Citation]


@dataclass(frozen=True)
class TargetsContent:
    """What the section shows.

    Attributes:
        scope: whose targets.
        targets: by deadline.
        observed: of how many of them an outcome is known.
        query: that finds the same.

    """

    scope: Sequence[Member]
    targets: Sequence[TargetRow]
    observed: int
    query: str

    @property
    def first(self) -> Sequence[TargetRow]:
        """Those that are seen at once: the ones with an outcome, or the earliest where there is none."""
        found = [row for row in self.targets if row.outcomes] or self.targets
        return found[:_SEEN]

    @property
    def others(self) -> Sequence[TargetRow]:
        """Those that open on demand."""
        seen = {id(row) for row in self.first}
        return [row for row in self.targets if id(row) not in seen]


def plan_targets(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the targets of a province and of those that it succeeds."""
    things = yield from subject.once(plan_figures)
    scope, member_of, facts = things.scope, things.member_of, things.facts
    targets = things.of_class(_TARGET)
    if not targets:
        return None
    indicators = set(facts.all_nodes(targets, _INDICATOR))
    others = [node for node in member_of if node not in targets]
    figures = [node for node in others if not indicators.isdisjoint(facts.nodes(node, _INDICATOR))]
    yield from facts.read([*targets, *figures], *_OF_TARGETS)
    citations = yield from cite(facts, targets)
    documents = facts.all_nodes(targets, _SET_BY)
    yield from facts.read(documents, _NUMBER)
    yield from facts.name([*indicators, *documents, *facts.all_nodes([*targets, *figures], _UNIT, _PERIOD)])
    observed: defaultdict[NamedNode, list[Outcome]] = defaultdict(list)
    for node in figures:
        for indicator in facts.nodes(node, _INDICATOR):
            observed[indicator].append(_outcome(facts, node, member_of[node]))
    latest = {
        indicator: sorted(_merged_outcomes(found), key=lambda o: (o.time, -o.member), reverse=True)
        for indicator, found in observed.items()
    }
    rows = _merged(_row(facts, node, member_of[node], latest, citations[node]) for node in targets)
    rows.sort(key=lambda row: (row.deadline or "9999", row.indicator.text, row.member, row.links[0].path))
    content = TargetsContent(scope, rows, sum(bool(row.outcomes) for row in rows), _query(scope))
    title = ("Mục tiêu và kết quả", "Targets and outcomes")
    return Section("targets", title, "unit/targets.html", content, things=frozenset(targets))


def _row(
    facts: Facts,
    node: NamedNode,
    member: int,
    observed: Mapping[NamedNode, Sequence[Outcome]],
    citations: Sequence[Citation],
) -> TargetRow:
    indicator, document = facts.node(node, _INDICATOR), facts.node(node, _SET_BY)
    latest = observed.get(indicator, ()) if indicator else ()
    set_by = facts.link(document) if document else None
    number = facts.value(document, _NUMBER) if document else ""
    return TargetRow(
        links=[facts.link(node)],
        indicator=facts.link(indicator).capital if indicator else facts.link(node),
        member=member,
        quantity=_quantity(facts, node),
        deadline=facts.value(node, _DEADLINE),
        set_by=Link(number, set_by.path) if set_by and number else set_by,
        set_by_printed=facts.value(node, _SET_BY_PRINTED),
        status=facts.key(node, _STATUS),
        outcomes=latest[:_OUTCOMES],
        more=max(0, len(latest) - _OUTCOMES),
        citations=citations,
    )


def _merged(rows: Iterable[TargetRow]) -> list[TargetRow]:
    """Make one row of those that tell of the same target of the same document."""
    same: dict[tuple[object, ...], TargetRow] = {}
    for row in rows:
        document = row.set_by.path if row.set_by else row.set_by_printed
        key = (row.indicator.path, row.member, row.deadline, row.status, document, _meaning(row.quantity))
        known = same.get(key)
        same[key] = row if known is None else _together(known, row)
    return list(same.values())


def _merged_outcomes(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Make one of those that say the same of the same time, each of a source of its own."""
    same: dict[tuple[object, ...], Outcome] = {}
    for found in outcomes:
        key = (found.member, found.time, found.status, _meaning(found.quantity))
        known = same.get(key)
        same[key] = replace(known, links=[*known.links, *found.links]) if known else found
    return list(same.values())


def _together(one: TargetRow, other: TargetRow) -> TargetRow:
    return replace(one, links=[*one.links, *other.links], citations=merged(one.citations, other.citations))


def _meaning(quantity: Quantity) -> Quantity:
    comparator = "" if quantity.comparator == "=" else quantity.comparator
    return replace(quantity, comparator=comparator, printed="", unit=Text(""))


def _outcome(facts: Facts, node: NamedNode, member: int) -> Outcome:
    period = facts.node(node, _PERIOD)
    time = facts.value(node, _AS_OF) or (facts.link(period).text if period else "")
    return Outcome([facts.link(node)], member, time, _quantity(facts, node), facts.key(node, _STATUS))


def _quantity(facts: Facts, node: NamedNode) -> Quantity:
    unit = facts.node(node, _UNIT)
    link = facts.link(unit) if unit else None
    comparator, value, lower, upper, rank, out_of, grade, printed = (facts.value(node, p) for p in _QUANTITY)
    return Quantity(
        *(comparator, value, lower, upper, rank, out_of, grade),
        unit=Text(link.text, link.language) if link else Text(""),
        printed=printed,
    )


def _query(scope: Iterable[Member]) -> str:
    units = " ".join(f"<{member.node.value}>" for member in scope)
    return f"""PREFIX vndx: <{VNDX.iri}>
PREFIX skos: <{SKOS.iri}>

SELECT ?target ?indicator ?comparator ?value ?rank ?unit ?deadline ?document WHERE {{
  VALUES ?province {{ {units} }}
  ?target a vndx:Target ; vndx:about ?province ; vndx:indicator/skos:prefLabel ?indicator .
  FILTER(LANG(?indicator) = "vi")
  OPTIONAL {{ ?target vndx:comparator ?comparator }}
  OPTIONAL {{ ?target vndx:value ?value }}
  OPTIONAL {{ ?target vndx:rank ?rank }}
  OPTIONAL {{ ?target vndx:unitOfMeasure/skos:prefLabel ?unit FILTER(LANG(?unit) = "vi") }}
  OPTIONAL {{ ?target vndx:deadline ?deadline }}
  OPTIONAL {{ ?target vndx:setBy ?document }}
}}
ORDER BY ?deadline ?indicator
"""
