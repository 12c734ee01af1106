"""The pages of sources and of quotations: everything known from a text, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.evidence import Quotation, plan_evidence, quotations
from api.entity_pages.facts import nodes_of
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import OA, VNDX
from graph.query.lookups import LinkPage, Plan

_MOST: Final = 300
_HAS_SOURCE: Final = OA["hasSource"]
_HAS_EVIDENCE: Final = VNDX["hasEvidence"]


@dataclass(frozen=True)
class Passage:
    """Words of a text with what they are evidence for."""

    quotation: Quotation
    statements: Sequence[Reference]


@dataclass(frozen=True)
class Reading:
    """What is known from a text.

    Attributes:
        passages: in the order of the text; those whose place is unknown come last.
        total: how many there are, also those that are not shown.
        unquoted: what the source states without its words being kept.
        has_places: whether the places of the words in the text are known.

    """

    passages: Sequence[Passage]
    total: int
    unquoted: Sequence[Reference]
    has_places: bool


def plan_reading(subject: PageSubject) -> Plan[Section | None]:
    """Plan what is known from a source."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    links = yield LinkPage(node, _HAS_SOURCE, limit=_MOST)
    evidence = nodes_of(t.subject for t in links)
    yield from plan_evidence(facts, evidence)
    supported = yield from _plan_supported(evidence)
    stated = yield LinkPage(node, VNDX["statedIn"], limit=_MOST)
    statements = list(dict.fromkeys(s for found in supported.values() for s in found))
    unquoted = [s for s in nodes_of(t.subject for t in stated) if s not in set(statements)]
    yield from plan_names(facts, (*statements, *unquoted))
    passages = [
        Passage(q, _references(subject, supported[q.node])) for q in quotations(facts, namer, evidence)
    ]
    if not (passages or unquoted):
        return None
    content = Reading(
        passages,
        subject.linked.counts.get(_HAS_SOURCE, len(passages)),
        _references(subject, unquoted),
        any(passage.quotation.start is not None for passage in passages),
    )
    return Section(
        "reading",
        ("Dữ kiện lấy từ nguồn này", "What is known from this source"),
        "entity/reading.html",
        content,
        incoming=frozenset({"hasSource", "statedIn"}),
    )


def plan_passage(subject: PageSubject) -> Plan[Section | None]:
    """Plan the words of an evidence and what they support."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    yield from plan_evidence(facts, (), facts.nodes(node, _HAS_SOURCE))
    statements = subject.linked.by("hasEvidence")
    yield from plan_names(facts, statements)
    found = quotations(facts, namer, (node,))
    if not found:
        return None
    content = Passage(found[0], _references(subject, statements))
    shown = frozenset({_HAS_SOURCE, OA["hasSelector"], VNDX["section"]})
    return Section(
        "passage",
        ("Lời văn", "Words"),
        "entity/passage.html",
        content,
        properties=shown,
        incoming=frozenset({"hasEvidence"}),
    )


def _plan_supported(evidence: Sequence[NamedNode]) -> Plan[dict[NamedNode, list[NamedNode]]]:
    supported: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for found in evidence:
        links = yield LinkPage(found, _HAS_EVIDENCE, limit=20)
        supported[found] = list(nodes_of(t.subject for t in links))
    return supported


def _references(subject: PageSubject, nodes: Sequence[NamedNode]) -> list[Reference]:
    found = [Reference(subject.namer.name(node), path_of(node.value)) for node in nodes]
    return sorted(found, key=lambda reference: reference.name)
