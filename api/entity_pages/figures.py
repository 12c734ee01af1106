"""The pages of observations and targets: the figure large, in words, and beside it what else was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.entity_pages.evidence import plan_evidence
from api.entity_pages.facts import Text
from api.entity_pages.figure_rows import MOST_ROWS, FigureRow, plan_figures, plan_rows, plan_same_measure
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

_TOLD: Final = frozenset(
    VNDX[name]
    for name in (
        *("about", "indicator", "value", "lowerBound", "upperBound", "rank", "outOf", "grade", "comparator"),
        *(
            "unitOfMeasure",
            "asOf",
            "period",
            "deadline",
            "status",
            "basis",
            "conflictsWith",
            "valueAsPrinted",
        ),
        *("setBy", "derivation", "statedIn", "hedge", "hasEvidence", "sourceCount"),
    )
)


@dataclass(frozen=True)
class FigureContent:
    """A figure as its own page shows it.

    Attributes:
        row: the figure with its evidence.
        printed: the value as the source prints it.
        derivation: how it was computed, for a derived one.
        set_by: the documents that set a target.
        notes: on the status, in words.

    """

    row: FigureRow
    printed: str
    derivation: str
    set_by: tuple[Reference, ...]
    notes: tuple[Text, ...]


def plan_figure(subject: PageSubject) -> Plan[Section | None]:
    """Plan the figure itself, in words and large, with the words of its sources."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    (figure,) = yield from plan_figures(subject, (node,))
    (row,) = yield from plan_rows(subject, (figure,))
    documents = facts.nodes(node, VNDX["setBy"])
    yield from plan_names(facts, documents)
    content = FigureContent(
        row,
        facts.value(node, VNDX["valueAsPrinted"]),
        facts.value(node, VNDX["derivation"]),
        tuple(Reference(namer.name(found), path_of(found.value)) for found in documents),
        tuple(facts.texts(node, SKOS["note"])),
    )
    title = ("Mục tiêu", "Target") if figure.is_target else ("Số liệu", "Figure")
    return Section("figure", title, "entity/figure.html", content, properties=_TOLD | {SKOS["note"]})


def plan_beside(subject: PageSubject) -> Plan[Section | None]:
    """Plan what else was measured or aimed at of the same thing by the same indicator."""
    facts, node = subject.facts, subject.node
    about, indicator = facts.node(node, VNDX["about"]), facts.node(node, VNDX["indicator"])
    if about is None or indicator is None:
        return None
    nodes = yield from plan_same_measure(about, indicator)
    figures = yield from plan_figures(subject, nodes)
    if len(figures) < 2:
        return None
    rows = yield from plan_rows(subject, figures[:MOST_ROWS])
    title = ("Cùng số đo: các lần và nguồn khác", "Same measure: other times and sources")
    return Section(
        "beside",
        title,
        "entity/figures.html",
        {"rows": rows, "column": "", "total": len(figures), "series": ()},
    )


def plan_claim(subject: PageSubject) -> Plan[Section | None]:
    """Plan what a claim says, with the words of its sources and who makes it."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    yield from plan_evidence(facts, facts.nodes(node, VNDX["hasEvidence"]))
    claimants = facts.nodes(node, VNDX["claimant"])
    about = facts.nodes(node, VNDX["about"])
    yield from plan_names(facts, (*claimants, *about))
    content = {
        "statement": facts.text(node, VNDX["statement"]),
        "claimants": [Reference(namer.name(found), path_of(found.value)) for found in claimants],
        "about": [Reference(namer.name(found), path_of(found.value)) for found in about],
    }
    shown = frozenset(VNDX[name] for name in ("statement", "claimant", "about"))
    return Section("claim", ("Nhận định", "Claim"), "entity/claim.html", content, properties=shown)
