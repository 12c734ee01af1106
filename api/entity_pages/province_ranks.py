"""The ranks of a province by year and index, with what each is based on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode

from api.charts.ranks import Mark, RankPanel, RankPoint, draw, spans_of
from api.entity_pages.citations import BACKING, Citation, cite, merged
from api.entity_pages.facts import Facts, Link, Text
from api.entity_pages.province_scope import Member
from api.entity_pages.province_things import plan_figures
from api.entity_pages.sections import PageSubject, Section
from graph.model import iris
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

_DTI: Final = iris.concept("indicator", "dti")
_PILLARS: Final = tuple(
    iris.concept("indicator", f"dti-digital-{name}") for name in ("government", "economy", "society")
)
_INDICATOR: Final = VNDX["indicator"]
_RANK: Final = VNDX["rank"]
_OUT_OF: Final = VNDX["outOf"]
_PERIOD: Final = VNDX["period"]
_AS_OF: Final = VNDX["asOf"]
_COMPARATOR: Final = VNDX["comparator"]
_STATUS: Final = VNDX["status"]
_HEDGE: Final = VNDX["hedge"]
_PRINTED: Final = VNDX["valueAsPrinted"]
_DERIVATION: Final = VNDX["derivation"]
_CONFLICTS: Final = VNDX["conflictsWith"]
_BASIS: Final = VNDX["basis"]
_METHOD: Final = VNDX["methodDocument"]
_ISSUED: Final = VNDX["issueDate"]
_NOTES: Final = (SKOS["note"], SKOS["editorialNote"])
_OF_RANKS: Final = (
    *(_OUT_OF, _PERIOD, _AS_OF, _COMPARATOR, _STATUS, _HEDGE, _PRINTED, _DERIVATION, _CONFLICTS, _BASIS),
    *(*_NOTES, *BACKING),
)
_TARGET: Final = VNDX["Target"]
_YEAR: Final = re.compile(r"\d{4}")
_BASES: Final = {"provinces-63": 63, "provinces-34": 34}
_RELIABILITY: Final = (Mark.STATED, Mark.DERIVED, Mark.DOUBTFUL, Mark.DISPUTED)


@dataclass(frozen=True)
class Rank:
    """A rank that a source states, or that is derived from what one states.

    Attributes:
        links: to the figures that say it, each of a source of its own.
        member: the number of the province in the scope of the page.
        year: that was evaluated, None if none is stated.
        time: what is known of the time instead.
        rank: 1 is best.
        out_of: how many were ranked, None if unknown.
        mark: how far it can be relied on.
        printed: the words for it, if they say more than the number.
        derivation: how it was derived.
        notes: of those who entered it.
        conflicts: figures that say otherwise.
        citations: its sources.

    """

    links: Sequence[Link]
    member: int
    year: int | None
    time: str
    rank: int
    out_of: int | None
    mark: Mark
    printed: str
    derivation: str
    notes: Sequence[Text]
    conflicts: Sequence[Link]
    citations: Sequence[Citation]


@dataclass(frozen=True)
class RankedIndex:
    """An index with the ranks in it.

    Attributes:
        link: to the index.
        name: the fragment by which its rows are linked to.
        ranks: the latest year first.
        panel: its chart; None if there are too few ranks of a year and a basis to draw one.

    """

    link: Link
    name: str
    ranks: Sequence[Rank]
    panel: RankPanel | None


@dataclass(frozen=True)
class RanksContent:
    """What the section shows.

    Attributes:
        scope: whose ranks.
        main: the Digital Transformation Index and its pillars, and what is below them.
        others: other indices.
        marks: the marks that occur in the charts, besides that of a rank that is simply stated.
        changes: years from which on the Digital Transformation Index has another method, with its document.
        query: that finds the same.

    """

    scope: Sequence[Member]
    main: Sequence[RankedIndex]
    others: Sequence[RankedIndex]
    marks: Sequence[Mark]
    changes: Sequence[tuple[int, Link]]
    query: str


def plan_ranks(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the ranks of a province and of those that it succeeds."""
    things = yield from subject.once(plan_figures)
    scope, member_of, facts = things.scope, things.member_of, things.facts
    targets = things.of_class(_TARGET)
    ranked = [node for node in member_of if facts.value(node, _RANK) and node not in targets]
    if not ranked:
        return None
    yield from facts.read(ranked, *_OF_RANKS)
    citations = yield from cite(facts, ranked)
    conflicts = facts.all_nodes(ranked, _CONFLICTS)
    yield from facts.read(conflicts, _RANK, _OUT_OF, _PERIOD)
    indicators = facts.all_nodes(ranked, _INDICATOR)
    yield from facts.name([*indicators, *facts.all_nodes([*ranked, *conflicts], _PERIOD)])
    yield from facts.read([_DTI, *indicators], SKOS["broader"], _METHOD)
    documents = facts.all_nodes([_DTI, *indicators], _METHOD)
    yield from facts.read(documents, _ISSUED, VNDX["number"])
    yield from facts.name(documents)

    by_indicator: defaultdict[NamedNode, list[Rank]] = defaultdict(list)
    for node in ranked:
        indicator = facts.node(node, _INDICATOR)
        if indicator is not None:
            by_indicator[indicator].append(_rank(facts, node, member_of[node], citations[node]))
    main = [found for found in by_indicator if found == _DTI or _DTI in facts.nodes(found, SKOS["broader"])]
    first = (_DTI, *_PILLARS)
    main.sort(
        key=lambda found: (
            first.index(found) if found in first else len(first),
            -len(by_indicator[found]),
            str(found),
        )
    )
    others = sorted(set(by_indicator) - set(main), key=lambda found: (-len(by_indicator[found]), str(found)))
    points = {found: _points(facts, found, ranks) for found, ranks in by_indicator.items()}
    methods = _methods(facts, _DTI, _years(p for found in main for p in points[found]))
    drawn = _indices(facts, main, by_indicator, points, {year: doc.value for year, doc in methods.items()})
    drawn_others = _indices(facts, others, by_indicator, points, {})
    panels = [index.panel for index in (*drawn, *drawn_others) if index.panel]
    marks = {dot.point.mark for panel in panels for dot in panel.dots}
    content = RanksContent(
        scope=scope,
        main=drawn,
        others=drawn_others,
        marks=[mark for mark in (*_RELIABILITY[1:], Mark.BOUND) if mark in marks],
        changes=_changes(facts, methods),
        query=_query(scope),
    )
    title = ("Xếp hạng qua các năm", "Ranks through the years")
    return Section("ranks", title, "unit/ranks.html", content, things=frozenset(ranked))


def _indices(
    facts: Facts,
    indicators: Iterable[NamedNode],
    by_indicator: Mapping[NamedNode, list[Rank]],
    points: Mapping[NamedNode, list[RankPoint]],
    methods: Mapping[int, str],
) -> list[RankedIndex]:
    nodes = list(indicators)
    # Charts of one index and its pillars have the same axes, so that they can be compared.
    shared = spans_of(point for node in nodes for point in points[node])
    return [
        RankedIndex(
            facts.link(node).capital,
            node.value.rpartition("/")[2],
            _merged(by_indicator[node]),
            draw(points[node], shared if methods else spans_of(points[node]), methods)
            if _is_drawn(node, points[node])
            else None,
        )
        for node in nodes
    ]


def _is_drawn(indicator: NamedNode, points: Sequence[RankPoint]) -> bool:
    """Say whether a chart says more than its number: of the index and its pillars in any case."""
    if indicator == _DTI or indicator in _PILLARS:
        return bool(points)
    return len({point.year for point in points}) > 1


def _merged(ranks: Iterable[Rank]) -> list[Rank]:
    """Make one row of figures that say the same; the latest year comes first."""
    same: dict[tuple[object, ...], Rank] = {}
    for rank in ranks:
        key = (rank.member, rank.year, rank.time, rank.rank, rank.out_of, rank.mark)
        known = same.get(key)
        same[key] = rank if known is None else _together(known, rank)
    return sorted(same.values(), key=lambda r: (-(r.year or 0), r.member, r.rank, r.links[0].path))


def _together(one: Rank, other: Rank) -> Rank:
    return replace(
        one,
        links=[*one.links, *other.links],
        printed=one.printed or other.printed,
        derivation=one.derivation or other.derivation,
        notes=list(dict.fromkeys((*one.notes, *other.notes))),
        conflicts=list(dict.fromkeys((*one.conflicts, *other.conflicts))),
        citations=merged(one.citations, other.citations),
    )


def _rank(facts: Facts, node: NamedNode, member: int, citations: Sequence[Citation]) -> Rank:
    period = facts.link(found).text if (found := facts.node(node, _PERIOD)) else ""
    out_of = facts.value(node, _OUT_OF)
    status = facts.key(node, _STATUS)
    mark = Mark(status) if status in {known.value for known in _RELIABILITY} else Mark.STATED
    if facts.value(node, _COMPARATOR) not in {"", "="}:
        mark = Mark.BOUND
    basis = _BASES.get(facts.key(node, _BASIS))
    return Rank(
        links=[facts.link(node)],
        member=member,
        year=int(period) if _YEAR.fullmatch(period) else None,
        time=facts.value(node, _AS_OF) or period,
        rank=int(facts.value(node, _RANK)),
        out_of=int(out_of) if out_of else basis,
        mark=mark,
        printed=facts.value(node, _PRINTED) or facts.value(node, _HEDGE),
        derivation=facts.value(node, _DERIVATION),
        notes=[words for name in _NOTES if (words := facts.text(node, name))],
        conflicts=[_said_otherwise(facts, other) for other in facts.nodes(node, _CONFLICTS)],
        citations=citations,
    )


def _said_otherwise(facts: Facts, node: NamedNode) -> Link:
    """Give a figure by what it says; without a text if it is no rank."""
    rank, out_of = facts.value(node, _RANK), facts.value(node, _OUT_OF)
    period = facts.node(node, _PERIOD)
    text = f"{rank}/{out_of}" if rank and out_of else rank
    if text and period:
        text += f" ({facts.link(period).text})"
    return Link(text, facts.link(node).path)


def _points(facts: Facts, indicator: NamedNode, ranks: Iterable[Rank]) -> list[RankPoint]:
    """Give what can be drawn: one point for all figures that say the same of a year."""
    by_year: defaultdict[tuple[int, int, int], defaultdict[int, list[Mark]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for found in ranks:
        year, out_of = found.year, found.out_of
        if year is None or out_of is None or out_of not in _BASES.values():
            continue
        if 1 <= found.rank <= out_of:
            by_year[found.member, year, out_of][found.rank].append(found.mark)
    broader = (*facts.nodes(indicator, SKOS["broader"]), indicator)
    methods = _methods(facts, broader[0], {year for _, year, _ in by_year})
    points = []
    for (member, year, out_of), said in by_year.items():
        exact = {rank: marks for rank, marks in said.items() if set(marks) != {Mark.BOUND}}
        for rank, marks in (exact or said).items():
            mark = min(marks, key=[*_RELIABILITY, Mark.BOUND].index)
            # Several ranks of one year cannot all be right.
            mark = Mark.DISPUTED if len(exact) > 1 else mark
            method = methods[year].value if year in methods else ""
            points.append(RankPoint(member, year, rank, out_of, method, mark))
    return sorted(points, key=lambda p: (p.series, p.year, p.rank))


def _methods(facts: Facts, indicator: NamedNode, years: Iterable[int]) -> dict[int, NamedNode]:
    """Give the method of an index in each year: the latest decided by the end of the next one.

    The provinces are evaluated in the year after: decision 922/QĐ-BTTTT of May 2022 holds from the
    evaluation of 2021 on.
    """
    documents = facts.nodes(indicator, _METHOD)
    issued = sorted((facts.value(found, _ISSUED)[:4], found.value) for found in documents)
    methods = {}
    for year in years:
        before = [document for date, document in issued if date and int(date) <= year + 1]
        if before:
            methods[year] = NamedNode(before[-1])
    return methods


def _years(points: Iterable[RankPoint]) -> range:
    years = [point.year for point in points]
    return range(min(years), max(years) + 1) if years else range(0)


def _changes(facts: Facts, methods: Mapping[int, NamedNode]) -> list[tuple[int, Link]]:
    changes = []
    for year in sorted(methods):
        if year - 1 in methods and methods[year] != methods[year - 1]:
            link = facts.link(methods[year])
            number = facts.value(methods[year], VNDX["number"])
            changes.append((year, Link(number or link.text, link.path)))
    return changes


def _query(scope: Iterable[Member]) -> str:
    units = " ".join(f"<{member.node.value}>" for member in scope)
    return f"""PREFIX vndx: <{VNDX.iri}>
PREFIX skos: <{SKOS.iri}>

SELECT ?unit ?index ?year ?rank ?outOf ?status ?source WHERE {{
  VALUES ?unit {{ {units} }}
  ?figure vndx:about ?unit ; vndx:indicator/skos:prefLabel ?index ; vndx:rank ?rank .
  FILTER(LANG(?index) = "vi") FILTER NOT EXISTS {{ ?figure a vndx:Target }}
  OPTIONAL {{ ?figure vndx:outOf ?outOf }}
  OPTIONAL {{ ?figure vndx:period/skos:prefLabel ?year FILTER(LANG(?year) = "vi") }}
  OPTIONAL {{ ?figure vndx:status/skos:prefLabel ?status FILTER(LANG(?status) = "vi") }}
  OPTIONAL {{ ?figure vndx:statedIn ?source }}
}}
ORDER BY ?index ?year ?unit
"""
