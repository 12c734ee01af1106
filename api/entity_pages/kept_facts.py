"""What pages tell of again and again, in memory: figures, quotations, sources, documents, people, concepts.

A page of a province tells of hundreds of figures, each with its evidence and sources. Reading them from a
store on disk is most of the time that such a page takes; together they are a small part of a snapshot, most
of which tells of units and their versions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from pyoxigraph import NamedNode, Triple

from api.entity_pages.facts import NOTHING_KEPT, Facts, KeptFacts, Value
from api.kept_by_snapshot import SnapshotValues
from graph.model.namespaces import OA, OWL, RDF, SKOS, VNDX
from graph.query.engine import Engine, SnapshotView
from graph.query.errors import EngineUnavailableError
from graph.query.lookups import LinkPage, Outgoing, Plan

_CLASSES: Final = (
    *(VNDX[name] for name in ("Observation", "Target", "Claim", "Conflict", "Evidence", "Source")),
    *(VNDX[name] for name in ("Document", "Organisation", "Person", "Membership", "Event", "Platform")),
    *(VNDX[name] for name in ("Programme", "Product", "Place", "Work", "Period")),
    *(SKOS["Concept"], OWL["Class"], OWL["ObjectProperty"], OWL["DatatypeProperty"]),
)
_MOST_OF_CLASS: Final = 20_000
"""Of a class with more than this the others are looked up when they are needed."""

_AT_ONCE: Final = 500
_SELECTOR: Final = OA["hasSelector"]


class KeptFactsOfSnapshots:
    """Keeps them for the snapshot that is served; pages that are made before they are read do without.

    Args:
        engine: of which the snapshots are.

    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: SnapshotValues[KeptFacts] = SnapshotValues(lambda view: view.lookup(plan_kept_facts()))
        self._reading: asyncio.Task[None] | None = None

    def now(self, view: SnapshotView) -> KeptFacts:
        """Give what is known by now: nothing, until it has been read in the background."""
        kept = self._kept.known(view)
        if kept is not None:
            return kept
        if view.id and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._read())
        return NOTHING_KEPT

    async def _read(self) -> None:
        with suppress(EngineUnavailableError):  # then the next page asks again
            async with self._engine.view() as view:
                await self._kept.of(view)


def plan_kept_facts() -> Plan[KeptFacts]:
    """Plan to read all that is said of the things of these classes, and of the selectors of quotations."""
    terms: dict[Value, Value] = {}
    kept: dict[NamedNode, dict[NamedNode, Sequence[Value]]] = {}
    for cls in _CLASSES:
        members: list[Triple] = yield LinkPage(cls, RDF["type"], limit=_MOST_OF_CLASS)
        nodes = [found.subject for found in members if isinstance(found.subject, NamedNode)]
        yield from _plan_nodes([node for node in nodes if node not in kept], kept, terms)
    selectors = dict.fromkeys(
        value for said in list(kept.values()) for value in said.get(_SELECTOR, ()) if _is_new(value, kept)
    )
    yield from _plan_nodes([node for node in selectors if isinstance(node, NamedNode)], kept, terms)
    return kept


def _plan_nodes(
    nodes: Sequence[NamedNode],
    kept: dict[NamedNode, dict[NamedNode, Sequence[Value]]],
    terms: dict[Value, Value],
) -> Plan[None]:
    for batch in _batches(nodes):
        facts = Facts("")
        facts.add((yield Outgoing(tuple(batch))))
        for node in batch:
            # Terms are shared: the same classes, sources and units come thousands of times.
            kept[node] = {
                name: tuple(terms.setdefault(value, value) for value in facts.values(node, name))
                for name in facts.predicates(node)
            }


def _batches(nodes: Sequence[NamedNode]) -> Iterator[Sequence[NamedNode]]:
    for start in range(0, len(nodes), _AT_ONCE):
        yield nodes[start : start + _AT_ONCE]


def _is_new(value: Value, kept: KeptFacts) -> bool:
    return isinstance(value, NamedNode) and value not in kept
