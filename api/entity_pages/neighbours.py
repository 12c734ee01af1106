"""Which neighbours of a thing are worth drawing, and how each is related to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from pyoxigraph import NamedNode

from api.addresses import name_of
from api.charts.neighbourhood import Neighbour, Neighbourhood, lay_out
from api.entity_pages.linked import Linked
from api.entity_pages.naming import Namer, path_of, plan_names
from api.entity_pages.properties import INCOMING, is_own, is_shown_incoming, local_name, order_of
from api.entity_pages.sections import PageSubject
from api.entity_pages.values import FactWriter
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

MOST: Final = 14
_MOST_SOURCES: Final = 3
_FEWEST: Final = 2
_PLAIN: Final = frozenset(
    {
        *(
            VNDX[name]
            for name in (
                *("hasEvidence", "hasVersion", "status", "basis", "unitOfMeasure", "era", "trust", "section"),
                *("partOfTransitive", "dateBasis", "operatorBasis", "hasPart", "transfer", "conflictKind"),
                *("claimKind", "share", "transferKind", "unitType", "documentType", "documentClass"),
                *("versionOf", "attests", "preferred", "changedBy", "fromUnit", "toUnit", "createdUnit"),
                *("dissolvedUnit", "succeeds", "succeededBy", "partlySucceeds", "partlySucceededBy"),
                *("continues", "continuedBy"),
            )
        ),
        SKOS["topConceptOf"],
        SKOS["exactMatch"],
        SKOS["closeMatch"],
    }
)
"""Kinds of links that a drawing need not show: parts, or qualities that thousands of things share, or what a
unit was and became, which has a diagram of its own."""

_LAST: Final = frozenset({VNDX["statedIn"]})
_COLOURS: Final = (
    ("AdministrativeUnit", 1),
    ("Document", 2),
    ("Platform", 3),
    ("Programme", 3),
    ("Organisation", 4),
    ("Person", 4),
    ("Event", 5),
    ("Observation", 6),
    ("Target", 6),
    ("Indicator", 6),
)


def plan_neighbourhood(subject: PageSubject, writer: FactWriter) -> Plan[Neighbourhood | None]:
    """Plan the drawing of a thing among its neighbours; None if it has too few of them."""
    chosen = _chosen(subject)
    if len(chosen) < _FEWEST:
        return None
    yield from plan_names(subject.facts, (node for node, _, _ in chosen))
    neighbours = [_neighbour(subject, writer, *found) for found in chosen]
    return lay_out(subject.namer.name(subject.node).text, neighbours)


def _chosen(subject: PageSubject) -> list[tuple[NamedNode, NamedNode, bool]]:
    """Choose neighbours: one of each kind of link in turn, so that no kind fills the drawing."""
    kinds = [*_outgoing(subject), *_incoming(subject.linked)]
    kinds.sort(key=lambda kind: kind[0][1] in _LAST)
    seen = {subject.node}
    chosen: list[tuple[NamedNode, NamedNode, bool]] = []
    for row in zip_longest(*kinds):
        for found in row:
            if found is not None and found[0] not in seen and len(chosen) < MOST:
                seen.add(found[0])
                chosen.append(found)
    return sorted(chosen, key=lambda found: (found[2], order_of(found[1])))


def _outgoing(subject: PageSubject) -> Iterator[Sequence[tuple[NamedNode, NamedNode, bool]]]:
    for predicate in sorted(subject.facts.predicates(subject.node), key=order_of):
        if is_own(predicate) and predicate not in _PLAIN:
            nodes = subject.facts.nodes(subject.node, predicate)
            found = [(n, predicate, False) for n in nodes if _is_whole(n, subject.node)]
            if found:
                yield found[: _MOST_SOURCES if predicate in _LAST else MOST]


def _incoming(linked: Linked) -> Iterator[Sequence[tuple[NamedNode, NamedNode, bool]]]:
    for predicate in sorted(linked.counts, key=order_of):
        if is_shown_incoming(predicate) and predicate not in _PLAIN:
            nodes = linked.nodes.get(predicate) or linked.examples.get(predicate, ())
            found = [(n, predicate, True) for n in nodes if _is_neighbour(n)]
            if found:
                yield found[:MOST]


def _is_neighbour(node: NamedNode) -> bool:
    """Say whether a thing stands for itself: no fragment, and no version of a unit."""
    return bool(name_of(node.value)) and "#" not in node.value and "/version/" not in node.value


def _is_whole(node: NamedNode, subject: NamedNode) -> bool:
    is_part = node.value.startswith((subject.value + "#", subject.value + "/"))
    return _is_neighbour(node) and not is_part


def _neighbour(
    subject: PageSubject, writer: FactWriter, node: NamedNode, predicate: NamedNode, is_incoming: bool
) -> Neighbour:
    name = subject.namer.in_context(node)
    relation = writer.label(predicate)
    if is_incoming:
        kind = next((k for k in ("Observation", "Target") if subject.facts.has_class(node, VNDX[k])), "")
        key = local_name(predicate)
        said = INCOMING.get(f"{key} {kind}") or INCOMING.get(key)
        relation = said[subject.language != "vi"] if said else relation
    return Neighbour(name.text, name.language, path_of(node.value), relation, _colour(subject.namer, node))


def _colour(namer: Namer, node: NamedNode) -> int:
    return next((colour for name, colour in _COLOURS if namer.facts.has_class(node, VNDX[name])), 6)
