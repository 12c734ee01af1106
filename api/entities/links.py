"""What links to an entity: by kind with counts, and page by page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Triple

from api.entities.description import describe_all
from graph.model.namespaces import RDF, VNDX
from graph.query.lookups import LinkCount, LinkCounts, LinkPage, Plan, References

MAX_LISTED: Final = 20
"""Links of one kind are listed in the document of an entity if there are no more than this."""

_FIGURES: Final = frozenset({VNDX["Observation"], VNDX["Target"]})
_TYPE: Final = RDF["type"]


@dataclass(frozen=True)
class IncomingKind:
    """The links of one kind that lead to an entity.

    Attributes:
        predicate: the kind.
        count: how many there are.
        nodes: where they come from, by IRI; empty if there are too many to list.

    """

    predicate: NamedNode
    count: int
    nodes: tuple[NamedNode, ...] = ()


@dataclass(frozen=True)
class Links:
    """What links to an entity.

    Attributes:
        kinds: by the IRI of the predicate.
        references: class and label of the nodes that are listed.
        figures: the observations and targets about the entity that are listed, by IRI.
        described: the description of those.

    """

    kinds: tuple[IncomingKind, ...]
    references: tuple[Triple, ...] = ()
    figures: tuple[NamedNode, ...] = ()
    described: tuple[Triple, ...] = field(default=(), repr=False)


def incoming(node: NamedNode) -> Plan[Links]:
    """Plan what links to a node."""
    counts: list[LinkCount] = yield LinkCounts(node)
    kinds: list[IncomingKind] = []
    for predicate, count in counts:
        pairs: list[Triple] = []
        if count <= MAX_LISTED:
            pairs = yield LinkPage(node, predicate, limit=MAX_LISTED)
        kinds.append(IncomingKind(predicate, count, _subjects(pairs)))
    listed = dict.fromkeys(other for kind in kinds for other in kind.nodes)
    references: list[Triple] = yield References(tuple(listed))
    about = next((kind.nodes for kind in kinds if kind.predicate == VNDX["about"]), ())
    measured = {t.subject for t in references if t.predicate == _TYPE and t.object in _FIGURES}
    figures = tuple(found for found in about if found in measured)
    described = (yield from describe_all(figures)) if figures else ()
    return Links(tuple(kinds), tuple(references), figures, described)


def _subjects(triples: list[Triple]) -> tuple[NamedNode, ...]:
    return tuple(t.subject for t in triples if isinstance(t.subject, NamedNode))
