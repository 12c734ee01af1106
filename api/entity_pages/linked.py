"""What links to a thing: by kind with counts, grouped by meaning, the first of each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Triple

from api.addresses import name_of
from api.entity_pages.facts import Facts, Text, nodes_of
from api.entity_pages.naming import Namer, path_of, plan_names
from api.entity_pages.properties import INCOMING, is_shown_incoming, local_name
from graph.model.namespaces import RDF, VNDX
from graph.query.lookups import Incoming, LinkCount, LinkCounts, LinkPage, Plan

MOST_READ: Final = 200
"""Links of one kind are read whole if there are no more than this; of more, some examples."""

MOST_SHOWN: Final = 8
_EXAMPLES: Final = 100
_KINDS: Final = (
    *("Observation", "Target", "Claim", "Conflict", "Document", "Organisation", "Person", "Event"),
    *("Programme", "Platform", "UnitChange", "UnitVersion", "Product", "Membership", "Transfer"),
)
# What the inference adds for queries says nothing to readers that other links do not say.
_LEFT_OUT: Final = frozenset(VNDX[name] for name in ("partOfTransitive", "hasPart"))


@dataclass(frozen=True)
class Linked:
    """What links to a thing.

    Attributes:
        counts: of links by property.
        nodes: where they come from, of the kinds with no more than `MOST_READ`.
        examples: some of those of the other kinds.

    """

    counts: Mapping[NamedNode, int] = field(default_factory=dict)
    nodes: Mapping[NamedNode, Sequence[NamedNode]] = field(default_factory=dict)
    examples: Mapping[NamedNode, Sequence[NamedNode]] = field(default_factory=dict)

    def by(self, *names: str) -> list[NamedNode]:
        """Give what links by some properties of the own vocabulary, as far as it was read."""
        found = (node for name in names for node in self.nodes.get(VNDX[name], ()))
        return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Reference:
    """Something that is linked to."""

    name: Text
    path: str
    note: str = ""


@dataclass(frozen=True)
class LinkGroup:
    """Links of one meaning.

    Attributes:
        key: the last part of the IRI of the property.
        title: what they mean, seen from the thing.
        count: how many there are.
        shown: the first of them.
        total: how many links the property has in all, of which the full list tells.

    """

    key: str
    title: tuple[str, str]
    count: int
    shown: Sequence[Reference]
    total: int


def plan_linked(node: NamedNode) -> Plan[Linked]:
    """Plan what links to a thing; kinds with very many links are not read."""
    counted: list[LinkCount] = yield LinkCounts(node)
    counts = {
        c.predicate: c.number
        for c in counted
        if is_shown_incoming(c.predicate) and c.predicate not in _LEFT_OUT
    }
    nodes: dict[NamedNode, tuple[NamedNode, ...]] = {}
    for predicate, number in counts.items():
        if number <= MOST_READ:
            pairs: list[Triple] = yield LinkPage(node, predicate, limit=MOST_READ)
            nodes[predicate] = nodes_of(t.subject for t in pairs if t.subject != node)
    examples: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    if len(nodes) < len(counts):
        some: list[Triple] = yield Incoming(node, _EXAMPLES)
        for triple in some:
            if isinstance(triple.subject, NamedNode) and triple.predicate not in nodes:
                examples[triple.predicate].append(triple.subject)
    return Linked(counts, nodes, examples)


def plan_groups(
    facts: Facts,
    namer: Namer,
    linked: Linked,
    left_out: Collection[str],
    things: Collection[NamedNode] = (),
) -> Plan[list[LinkGroup]]:
    """Plan the groups of links.

    Args:
        facts: takes in what the names need.
        namer: gives names.
        linked: what links to the thing.
        left_out: what is shown elsewhere on the page: keys of `properties.INCOMING`.
        things: further things that are.

    """
    wanted = {p: n for p, n in linked.counts.items() if local_name(p) not in left_out}
    known = [n for p in wanted for n in (*linked.nodes.get(p, ()), *linked.examples.get(p, ()))]
    yield from facts.name(known)
    grouped: dict[tuple[NamedNode, str], list[NamedNode]] = {}
    for predicate in wanted:
        for node in linked.nodes.get(predicate, ()):
            if node not in things and name_of(node.value):
                grouped.setdefault((predicate, _kind(facts, predicate, node)), []).append(node)
        if predicate not in linked.nodes:
            some = [n for n in linked.examples.get(predicate, ()) if n not in things and name_of(n.value)]
            grouped[predicate, ""] = some[:MOST_SHOWN]
    grouped = {
        key: nodes for key, nodes in grouped.items() if f"{local_name(key[0])} {key[1]}" not in left_out
    }
    shown = {
        key: sorted(nodes, key=lambda n: namer.label(n).text)[:MOST_SHOWN] for key, nodes in grouped.items()
    }
    yield from plan_names(facts, (node for nodes in shown.values() for node in nodes))
    groups = []
    for (predicate, kind), nodes in grouped.items():
        key = local_name(predicate)
        total = wanted[predicate]
        references = [Reference(namer.in_context(n), path_of(n.value)) for n in shown[predicate, kind]]
        count = len(nodes) if predicate in linked.nodes else total
        title = INCOMING.get(f"{key} {kind}") or INCOMING.get(key) or (key, key)
        groups.append(LinkGroup(key, title, count, references, total))
    order = {key: place for place, key in enumerate(INCOMING)}
    return sorted(groups, key=lambda group: order.get(group.key, len(order)))


def _kind(facts: Facts, predicate: NamedNode, node: NamedNode) -> str:
    """Give the class by which links of a property are told apart, empty if they are not."""
    key = local_name(predicate)
    classes = facts.values(node, RDF["type"])
    return next((kind for kind in _KINDS if VNDX[kind] in classes and f"{key} {kind}" in INCOMING), "")
