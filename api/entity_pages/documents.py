"""The pages of documents: what each adopts, implements, replaces and rests on, and what targets it sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.figure_rows import MOST_ROWS, FigureRow, plan_figures, plan_rows
from api.entity_pages.figure_words import Figure
from api.entity_pages.linked import MOST_READ, Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.properties import INCOMING
from api.entity_pages.sections import PageSubject, Section
from api.entity_pages.values import FactWriter
from api.pages.formatting import date_text
from graph.model.namespaces import VNDX
from graph.query.lookups import LinkPage, Plan

_AHEAD: Final = ("adopts", "implements", "basedOn", "supersedes")
_BACK: Final = ("adopts", "adoptedBy", "implements", "basedOn", "supersedes", "methodDocument")
_MOST_RELATED: Final = 60


@dataclass(frozen=True)
class Related:
    """Documents and other things that stand in one relation to a document."""

    title: str
    members: Sequence[Reference]


@dataclass(frozen=True)
class TargetRow:
    """A target with what was measured of it.

    Attributes:
        target: what was aimed at.
        outcomes: what was measured by the same indicator of the same thing, the latest first.

    """

    target: FigureRow
    outcomes: Sequence[FigureRow]


def plan_relations(subject: PageSubject) -> Plan[Section | None]:
    """Plan what a document adopts, implements, replaces and is based on, and what does so with it."""
    facts, namer = subject.facts, subject.namer
    ahead = {name: facts.nodes(subject.node, VNDX[name]) for name in _AHEAD}
    told = {n for found in ahead.values() for n in found}
    back = {name: [n for n in subject.linked.by(name)[:_MOST_RELATED] if n not in told] for name in _BACK}
    nodes = [n for found in (*ahead.values(), *back.values()) for n in found]
    if not nodes:
        return None
    yield from plan_names(facts, nodes)
    yield from facts.read(nodes, VNDX["issueDate"])
    writer = FactWriter(facts, namer)
    content = {
        "ahead": [
            Related(writer.label(VNDX[name]), _references(subject, found))
            for name, found in ahead.items()
            if found
        ],
        "back": [
            Related(INCOMING[name][subject.language != "vi"], _references(subject, found))
            for name, found in back.items()
            if found
        ],
    }
    # What has more links than were read keeps its place among the links, where the full list is.
    shown = frozenset(n for n in _BACK if len(subject.linked.by(n)) <= _MOST_RELATED)
    return Section(
        "relations",
        ("Quan hệ với văn bản khác", "How it relates to other documents"),
        "entity/relations.html",
        content,
        properties=frozenset(VNDX[name] for name in _AHEAD),
        incoming=shown,
    )


def plan_targets(subject: PageSubject) -> Plan[Section | None]:
    """Plan the targets that a document sets, each with what was measured since."""
    facts = subject.facts
    yield from plan_names(facts, subject.linked.by("setBy"))
    nodes = [node for node in subject.linked.by("setBy") if facts.has_class(node, VNDX["Target"])]
    targets = yield from plan_figures(subject, nodes[:MOST_ROWS])
    if not targets:
        return None
    outcomes = yield from _plan_outcomes(subject, targets)
    every = [*targets, *(figure for found in outcomes.values() for figure in found)]
    rows = yield from plan_rows(subject, every)
    by_node = {row.figure.node: row for row in rows}
    content = {
        "rows": [
            TargetRow(by_node[t.node], [by_node[o.node] for o in outcomes.get((t.about, t.indicator), ())])
            for t in targets
        ],
        "abouts": {t.about for t in targets},
        "total": len(nodes),
        "printed": facts.value(subject.node, VNDX["mainTargetsAsPrinted"]),
    }
    title = ("Mục tiêu đặt ra", "Targets it sets")
    return Section(
        "targets",
        title,
        "entity/targets.html",
        content,
        properties=frozenset({VNDX["mainTargetsAsPrinted"]}),
        incoming=frozenset({"setBy Target"}),
    )


_Measure = tuple[NamedNode | None, NamedNode | None]


def _plan_outcomes(subject: PageSubject, targets: Sequence[Figure]) -> Plan[dict[_Measure, list[Figure]]]:
    """Plan the observations of what targets aim at; indicators with very many figures are not searched."""
    wanted = {(target.about, target.indicator) for target in targets}
    about = {pair[0] for pair in wanted if pair[0] is not None}
    of_things: set[NamedNode] = set()
    for thing in sorted(about, key=str):
        links = yield LinkPage(thing, VNDX["about"], limit=2 * MOST_READ)
        of_things |= {t.subject for t in links if isinstance(t.subject, NamedNode)}
    found: list[NamedNode] = []
    for indicator in sorted({pair[1] for pair in wanted if pair[1] is not None}, key=str):
        links = yield LinkPage(indicator, VNDX["indicator"], limit=2 * MOST_READ)
        found += [t.subject for t in links if t.subject in of_things]
    figures = yield from plan_figures(subject, found)
    outcomes: defaultdict[_Measure, list[Figure]] = defaultdict(list)
    for figure in figures:
        if not figure.is_target and (figure.about, figure.indicator) in wanted:
            outcomes[figure.about, figure.indicator].append(figure)
    return outcomes


def _references(subject: PageSubject, nodes: Sequence[NamedNode]) -> list[Reference]:
    facts, namer = subject.facts, subject.namer
    dated = sorted(nodes, key=lambda n: (facts.value(n, VNDX["issueDate"]), n.value))
    return [
        Reference(
            namer.name(node),
            path_of(node.value),
            date_text(facts.value(node, VNDX["issueDate"]), subject.language),
        )
        for node in dated
    ]
