"""Rows of tables of figures: each with what it says, its doubts, and the words of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.evidence import Quotation, SourceView, plan_evidence, quotations, sources_of
from api.entity_pages.facts import Text
from api.entity_pages.figure_words import Figure
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject
from graph.model.namespaces import VNDX
from graph.query.lookups import LinkPage, Plan

MOST_ROWS: Final = 60
_EVIDENCE: Final = VNDX["hasEvidence"]


@dataclass(frozen=True)
class FigureRow:
    """A figure in a table.

    Attributes:
        figure: what it says.
        path: its page.
        about: what it is about.
        indicator: what is measured.
        quotations: the words of sources that state it.
        sources: those that state it without words being kept.
        opposed: what contradicts it.
        is_here: whether the page is about this very figure.

    """

    figure: Figure
    path: str
    about: Reference
    indicator: Reference
    quotations: Sequence[Quotation] = ()
    sources: Sequence[SourceView] = ()
    opposed: Sequence[Reference] = ()
    is_here: bool = False


def plan_figures(subject: PageSubject, nodes: Iterable[NamedNode]) -> Plan[list[Figure]]:
    """Plan figures in words, the latest first; no evidence is looked up."""
    wanted = tuple(dict.fromkeys(nodes))
    yield from plan_names(subject.facts, wanted)
    return sorted((subject.namer.figure(node) for node in wanted), key=_order)


def plan_rows(subject: PageSubject, figures: Sequence[Figure]) -> Plan[list[FigureRow]]:
    """Plan figures with their evidence, in the order given."""
    facts, namer = subject.facts, subject.namer
    evidence = [e for figure in figures for e in facts.nodes(figure.node, _EVIDENCE)]
    stated_in = [s for figure in figures for s in facts.nodes(figure.node, VNDX["statedIn"])]
    yield from plan_evidence(facts, evidence, stated_in)
    opposed = [o for figure in figures for o in facts.nodes(figure.node, VNDX["conflictsWith"])]
    yield from plan_names(facts, opposed)
    return [
        FigureRow(
            figure,
            path_of(figure.node.value),
            _reference(figure.about, figure.about_name),
            _reference(figure.indicator, figure.indicator_name.capital),
            quotations(facts, namer, facts.nodes(figure.node, _EVIDENCE)),
            sources_of(facts, namer, figure.node),
            [
                Reference(namer.name(o), path_of(o.value))
                for o in facts.nodes(figure.node, VNDX["conflictsWith"])
            ],
            figure.node == subject.node,
        )
        for figure in figures
    ]


def plan_same_measure(about: NamedNode, indicator: NamedNode, limit: int = 400) -> Plan[list[NamedNode]]:
    """Plan which figures and targets measure the same of the same thing; none are missed below ``limit``."""
    of_thing = yield LinkPage(about, VNDX["about"], limit=limit)
    of_indicator = yield LinkPage(indicator, VNDX["indicator"], limit=limit)
    here = {t.subject for t in of_thing}
    return [t.subject for t in of_indicator if t.subject in here and isinstance(t.subject, NamedNode)]


def _reference(node: NamedNode | None, name: Text) -> Reference:
    return Reference(name, path_of(node.value) if node else "")


def _order(figure: Figure) -> tuple[str, tuple[int, ...], str, str]:
    """Sort by indicator, then the latest first: digits are turned round, so that more comes first."""
    turned = tuple(-ord(character) for character in figure.moment)
    return figure.indicator_name.text, turned or (0,), figure.about_name.text, figure.node.value
