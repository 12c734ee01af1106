"""The pages of conflicts: what the sources say, side by side, and which reading was preferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.evidence import Quotation, SourceView, plan_evidence, quotations, sources_of
from api.entity_pages.facts import Text
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from api.pages.notes import says_more_than
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

_SAID: Final = tuple(VNDX[n] for n in ("hasEvidence", "statedIn", "statement", "status"))


@dataclass(frozen=True)
class Opposed:
    """A statement in a conflict."""

    statement: Reference
    words: Text
    quotations: Sequence[Quotation]
    sources: Sequence[SourceView]
    preferred: bool


def plan_conflict(subject: PageSubject) -> Plan[Section | None]:
    """Plan the statements of a conflict."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    statements = facts.nodes(node, VNDX["conflictingStatement"])
    if not statements:
        return None
    yield from facts.read(statements, *_SAID)
    about = facts.nodes(node, VNDX["about"])
    yield from plan_names(facts, (*statements, *about))
    yield from plan_evidence(
        facts,
        (e for s in statements for e in facts.nodes(s, VNDX["hasEvidence"])),
        (source for s in statements for source in facts.nodes(s, VNDX["statedIn"])),
    )
    preferred = facts.nodes(node, VNDX["preferred"])
    opposed = [_opposed(subject, s, preferred=s in preferred) for s in statements]
    addresses = {source.url for each in opposed for source in each.sources}
    notes = facts.texts(node, SKOS["note"])
    content = {
        "statements": opposed,
        "decided": bool(preferred),
        "notes": [note for note in notes if says_more_than(note.text, addresses)],
        "about": [Reference(namer.name(found), path_of(found.value)) for found in about],
    }
    told = (VNDX[n] for n in ("conflictingStatement", "preferred", "about", "conflictKind"))
    shown = frozenset({*told, SKOS["note"]})
    title = ("Các nguồn nói gì", "What the sources say")
    return Section("statements", title, "entity/conflict.html", content, properties=shown)


def _opposed(subject: PageSubject, statement: NamedNode, *, preferred: bool) -> Opposed:
    facts, namer = subject.facts, subject.namer
    return Opposed(
        Reference(namer.name(statement), path_of(statement.value)),
        facts.text(statement, VNDX["statement"]),
        quotations(facts, namer, facts.nodes(statement, VNDX["hasEvidence"])),
        sources_of(facts, namer, statement),
        preferred,
    )
