"""The pages of named graphs: what each states, by class, with some examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.addresses import name_of
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from api.entity_pages.values import FactWriter
from graph.model.namespaces import RDF, RDFS, SCHEMA, SH, VNDX, VOID
from graph.query.lookups import GraphContents, Plan

_MOST_TRIPLES: Final = 4_000
_MOST_EXAMPLES: Final = 6
_TYPE: Final = RDF["type"]


@dataclass(frozen=True)
class Members:
    """The things of one class that a graph describes."""

    cls: str
    path: str
    count: int
    examples: Sequence[Reference]


def plan_contents(subject: PageSubject) -> Plan[Section | None]:
    """Plan what a named graph describes; large graphs are left to queries."""
    size = subject.facts.value(subject.node, VOID["triples"])
    if not size.isdigit() or int(size) > _MOST_TRIPLES:
        return Section(
            "contents", ("Nội dung", "Contents"), "entity/graph.html", {"members": (), "size": size}
        )
    triples = yield GraphContents(subject.node, limit=_MOST_TRIPLES)
    by_class: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for triple in triples:
        cls, node = triple.object, triple.subject
        if triple.predicate != _TYPE or not (isinstance(cls, NamedNode) and isinstance(node, NamedNode)):
            continue
        if cls in VNDX and name_of(node.value) and "#" not in node.value:
            by_class[cls].append(node)
    facts = subject.facts
    yield from facts.read(by_class, RDFS["label"])
    chosen = {cls: sorted(nodes, key=str)[:_MOST_EXAMPLES] for cls, nodes in by_class.items()}
    yield from plan_names(facts, (node for nodes in chosen.values() for node in nodes))
    writer = FactWriter(facts, subject.namer)
    members = [
        Members(
            writer.label(cls),
            path_of(cls.value),
            len(nodes),
            [Reference(subject.namer.name(node), path_of(node.value)) for node in chosen[cls]],
        )
        for cls, nodes in by_class.items()
    ]
    members.sort(key=lambda found: (-found.count, found.cls))
    content = {"members": members, "size": size}
    return Section("contents", ("Nội dung", "Contents"), "entity/graph.html", content)


def plan_query(subject: PageSubject) -> Plan[Section | None]:
    """Give the text of an example query, to be run."""
    text = subject.facts.value(subject.node, _SELECT)
    yield from ()
    content = {"text": text}
    told_to_programs = {SH["prefixes"], SCHEMA["keywords"], SCHEMA["target"]}
    shown = frozenset({_SELECT, *told_to_programs})
    return Section("query", ("Truy vấn", "Query"), "entity/query.html", content, properties=shown)


_SELECT: Final = SH["select"]
