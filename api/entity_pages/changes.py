"""The pages of changes of administrative units: the units before and after, and what went where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Text
from api.entity_pages.linked import Reference
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

_MOST: Final = 120
_TRANSFER: Final = (*(VNDX[n] for n in ("fromUnit", "toUnit", "transferKind", "share")), SKOS["note"])


@dataclass(frozen=True)
class Transferred:
    """What went from one unit to another."""

    before: Reference
    after: Reference
    kind: Text
    share: Text
    note: Text
    path: str


@dataclass(frozen=True)
class Change:
    """A change of units.

    Attributes:
        transfers: what went where.
        before: units that ended, where no transfers are told.
        after: units that were created.
        total: how many units ended.

    """

    transfers: Sequence[Transferred]
    before: Sequence[Reference]
    after: Sequence[Reference]
    total: int


def plan_change(subject: PageSubject) -> Plan[Section | None]:
    """Plan the units before and after a change."""
    facts, node = subject.facts, subject.node
    transfers = facts.nodes(node, VNDX["transfer"])[:_MOST]
    yield from facts.read(transfers, *_TRANSFER)
    ended, created = facts.nodes(node, VNDX["dissolvedUnit"]), facts.nodes(node, VNDX["createdUnit"])
    named = [n for t in transfers for n in facts.nodes(t, *_TRANSFER[:4])]
    yield from plan_names(facts, (*named, *ended, *created))
    untold = ended if not transfers else [u for u in ended if u not in set(named)]
    content = Change(
        [_transferred(subject, transfer) for transfer in transfers],
        _references(subject, untold),
        _references(subject, created),
        len(ended),
    )
    shown = frozenset(VNDX[n] for n in ("transfer", "dissolvedUnit", "createdUnit"))
    title = ("Trước và sau", "Before and after")
    left_out = frozenset({"changedBy"})
    return Section("change", title, "entity/change.html", content, properties=shown, incoming=left_out)


def _transferred(subject: PageSubject, transfer: NamedNode) -> Transferred:
    facts, namer = subject.facts, subject.namer

    def reference(name: str) -> Reference:
        node = facts.node(transfer, VNDX[name])
        return Reference(namer.name(node), path_of(node.value)) if node else Reference(Text(""), "")

    note = facts.text(transfer, SKOS["note"])
    kind = facts.node(transfer, VNDX["transferKind"])
    said = facts.text(kind, SKOS["prefLabel"], language=note.language).text if kind else ""
    return Transferred(
        reference("fromUnit"),
        reference("toUnit"),
        reference("transferKind").name,
        reference("share").name,
        note if note.text.lower() != said.lower() else Text(""),
        path_of(transfer.value),
    )


def _references(subject: PageSubject, nodes: Sequence[NamedNode]) -> list[Reference]:
    found = [Reference(subject.namer.name(node), path_of(node.value)) for node in nodes]
    return sorted(found, key=lambda reference: reference.name)
