"""The pages of sources and of quotations: everything known from a text, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.evidence import Quotation, plan_evidence, quotations
from api.entity_pages.facts import Facts, nodes_of
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import OA, VNDX
from graph.query.lookups import LinkPage, Plan

_MOST: Final = 1_000
_ON_A_PAGE: Final = 60
_UNPLACED: Final = 2**31
_HAS_SOURCE: Final = OA["hasSource"]
_HAS_SELECTOR: Final = OA["hasSelector"]
_START: Final = OA["start"]
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
        total: how many there are, also those on other pages.
        first: the number of the first one, from 0.
        before: where the page before begins, None for none.
        after: where the page after begins, None for none.
        unquoted: what the source states without its words being kept; on the first page.
        has_places: whether the places of the words in the text are known.

    """

    passages: Sequence[Passage]
    total: int
    first: int
    before: int | None
    after: int | None
    unquoted: Sequence[Reference]
    has_places: bool


def plan_reading(subject: PageSubject) -> Plan[Section | None]:
    """Plan what is known from a source."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    links = yield LinkPage(node, _HAS_SOURCE, limit=_MOST)
    ordered = yield from _plan_order(facts, nodes_of(t.subject for t in links))
    start = min(subject.start, max(0, len(ordered) - 1))
    evidence = ordered[start : start + _ON_A_PAGE]
    yield from plan_evidence(facts, evidence)
    stated = yield LinkPage(node, VNDX["statedIn"], limit=_MOST)
    statements = nodes_of(t.subject for t in stated)
    yield from facts.read(statements, _HAS_EVIDENCE)
    supported = yield from _plan_supported(facts, statements, evidence)
    unquoted = [s for s in statements if not facts.values(s, _HAS_EVIDENCE)] if not start else []
    yield from plan_names(facts, (*(s for found in supported.values() for s in found), *unquoted))
    words = {found.node: found for found in quotations(facts, namer, evidence)}
    passages = [Passage(words[e], _references(subject, supported[e])) for e in evidence if e in words]
    if not (passages or unquoted):
        return None
    content = Reading(
        passages,
        len(ordered),
        start,
        max(0, start - _ON_A_PAGE) if start else None,
        start + _ON_A_PAGE if start + _ON_A_PAGE < len(ordered) else None,
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


def _plan_order(facts: Facts, evidence: Sequence[NamedNode]) -> Plan[list[NamedNode]]:
    """Plan the order of evidence in its text, by where the words begin."""
    yield from facts.read(evidence, _HAS_SELECTOR)
    selectors = {e: facts.nodes(e, _HAS_SELECTOR) for e in evidence}
    yield from facts.read((s for found in selectors.values() for s in found), _START)

    def place(node: NamedNode) -> tuple[int, str]:
        starts = [int(start) for s in selectors[node] if (start := facts.value(s, _START)).isdigit()]
        return min(starts, default=_UNPLACED), node.value

    return sorted(evidence, key=place)


def _plan_supported(
    facts: Facts, statements: Sequence[NamedNode], evidence: Sequence[NamedNode]
) -> Plan[dict[NamedNode, list[NamedNode]]]:
    """Plan what each evidence supports; the statements of the source need no look-up of their own."""
    supported: dict[NamedNode, list[NamedNode]] = {found: [] for found in evidence}
    for statement in statements:
        for found in facts.nodes(statement, _HAS_EVIDENCE):
            if found in supported:
                supported[found].append(statement)
    for found, members in supported.items():
        if not members:
            links = yield LinkPage(found, _HAS_EVIDENCE, limit=20)
            supported[found] = list(nodes_of(t.subject for t in links))
    return supported


def _references(subject: PageSubject, nodes: Sequence[NamedNode]) -> list[Reference]:
    found = [Reference(subject.namer.name(node), path_of(node.value)) for node in nodes]
    return sorted(found, key=lambda reference: reference.name)
