"""The pages of concepts and of concept schemes: what is broader, what is narrower."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Text, nodes_of
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import SKOS
from graph.query.lookups import LinkPage, Plan

_MOST: Final = 600
_BROADER: Final = SKOS["broader"]


@dataclass(frozen=True)
class Branch:
    """A concept with what is narrower."""

    concept: Reference
    narrower: Sequence[Branch]


def plan_scheme(subject: PageSubject) -> Plan[Section | None]:
    """Plan the concepts of a scheme, the narrower ones below the broader."""
    links = yield LinkPage(subject.node, SKOS["inScheme"], limit=_MOST)
    concepts = nodes_of(t.subject for t in links)
    if not concepts:
        return None
    facts = subject.facts
    yield from facts.read(concepts, _BROADER)
    yield from plan_names(facts, concepts)
    below: defaultdict[NamedNode | None, list[NamedNode]] = defaultdict(list)
    known = set(concepts)
    for concept in concepts:
        parents: list[NamedNode | None] = [p for p in facts.nodes(concept, _BROADER) if p in known]
        for parent in parents or [None]:
            below[parent].append(concept)
    content = {"branches": _branches(subject, None, below), "total": len(concepts)}
    title = ("Các khái niệm trong bảng", "The concepts of the scheme")
    left_out = frozenset({"inScheme"})
    return Section("concepts", title, "entity/scheme.html", content, incoming=left_out)


def plan_place_among_concepts(subject: PageSubject) -> Plan[Section | None]:
    """Plan what is broader and what is narrower than a concept."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    line: list[NamedNode] = []
    at = facts.node(node, _BROADER)
    while at is not None and at not in line:
        line.insert(0, at)
        yield from facts.read((at,), _BROADER)
        at = facts.node(at, _BROADER)
    narrower = subject.linked.nodes.get(_BROADER, ())
    if not (line or narrower):
        return None
    yield from plan_names(facts, (*line, *narrower))
    content = {
        "broader": [Reference(namer.name(found), path_of(found.value)) for found in line],
        "narrower": sorted(
            (Reference(namer.name(found), path_of(found.value)) for found in narrower),
            key=lambda reference: reference.name,
        ),
        "here": namer.name(node),
    }
    title = ("Rộng hơn, hẹp hơn", "Broader and narrower")
    return Section(
        "place-among-concepts",
        title,
        "entity/concept.html",
        content,
        properties=frozenset({_BROADER}),
        incoming=frozenset({"broader"}),
    )


def _branches(
    subject: PageSubject,
    parent: NamedNode | None,
    below: Mapping[NamedNode | None, Sequence[NamedNode]],
    above: frozenset[NamedNode] = frozenset(),
) -> list[Branch]:
    found = [
        Branch(
            Reference(subject.namer.name(node), path_of(node.value)),
            _branches(subject, node, below, above | {node}),
        )
        for node in below.get(parent, ())
        if node not in above
    ]
    return sorted(found, key=_letters)


def _letters(branch: Branch) -> Text:
    return Text(branch.concept.name.text.lower(), branch.concept.path)
