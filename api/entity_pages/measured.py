"""What was measured, aimed at and claimed about a thing that is no administrative unit."""

from __future__ import annotations

from typing import Final

from api.entity_pages.evidence import plan_evidence, quotations, sources_of
from api.entity_pages.figure_rows import MOST_ROWS, plan_figures, plan_rows
from api.entity_pages.figure_words import FIGURE_CLASSES
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from api.entity_pages.series import series_of
from graph.model.namespaces import VNDX
from graph.query.lookups import Plan

_FIGURES_ABOUT: Final = frozenset({"about Observation", "about Target"})
_CLAIMS_ABOUT: Final = frozenset({"about Claim"})
_SAID: Final = tuple(VNDX[n] for n in ("statement", "claimant", "hasEvidence", "statedIn", "status"))


def plan_measured(subject: PageSubject) -> Plan[Section | None]:
    """Plan the figures about a thing: as dots over time where there are several, and as a table."""
    yield from plan_names(subject.facts, subject.linked.by("about"))
    nodes = [n for n in subject.linked.by("about") if subject.facts.has_class(n, *FIGURE_CLASSES)]
    if not nodes:
        return None
    figures = yield from plan_figures(subject, nodes)
    rows = yield from plan_rows(subject, figures[:MOST_ROWS])
    content = {
        "rows": rows,
        "column": "indicator",
        "total": len(figures),
        "series": series_of(figures, lambda figure: figure.short),
    }
    return Section(
        "figures",
        ("Số liệu và mục tiêu", "Figures and targets"),
        "entity/figures.html",
        content,
        incoming=_FIGURES_ABOUT,
    )


def plan_claims(subject: PageSubject) -> Plan[Section | None]:
    """Plan what is claimed about a thing, each claim with its words and who makes it."""
    facts, namer = subject.facts, subject.namer
    yield from plan_names(facts, subject.linked.by("about"))
    claims = [n for n in subject.linked.by("about") if facts.has_class(n, VNDX["Claim"])][:MOST_ROWS]
    if not claims:
        return None
    yield from facts.read(claims, *_SAID)
    yield from plan_evidence(
        facts,
        (e for claim in claims for e in facts.nodes(claim, VNDX["hasEvidence"])),
        (s for claim in claims for s in facts.nodes(claim, VNDX["statedIn"])),
    )
    claimants = [c for claim in claims for c in facts.nodes(claim, VNDX["claimant"])]
    yield from plan_names(facts, claimants)
    content = [
        {
            "claim": Reference(namer.name(claim), path_of(claim.value)),
            "claimants": [
                Reference(namer.name(c), path_of(c.value)) for c in facts.nodes(claim, VNDX["claimant"])
            ],
            "quotations": quotations(facts, namer, facts.nodes(claim, VNDX["hasEvidence"])),
            "sources": sources_of(facts, namer, claim),
        }
        for claim in claims
    ]
    return Section("claims", ("Nhận định", "Claims"), "entity/claims.html", content, incoming=_CLAIMS_ABOUT)
