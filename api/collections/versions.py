"""Dated versions of administrative units: what a unit was called on a day, and what was in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.collections.edges import Edges, Plan, Term, nodes_of
from graph.model.namespaces import VNDX

UNIT: Final = VNDX["AdministrativeUnit"]
_HAS_VERSION: Final = VNDX["hasVersion"]
_VERSION_OF: Final = VNDX["versionOf"]
_PART_OF: Final = VNDX["partOf"]
_FROM: Final = VNDX["validFrom"]
_TO: Final = VNDX["validTo"]
_NAME: Final = VNDX["officialName"]


@dataclass(frozen=True)
class Version:
    """A version of a unit.

    Attributes:
        node: its IRI.
        valid_from: its first day, empty if it was so when the register began.
        valid_to: the first day on which it is no longer so, empty if it still is.

    """

    node: NamedNode
    valid_from: str = ""
    valid_to: str = ""

    def holds_on(self, day: str) -> bool:
        """Say whether the unit is so on a day, as ISO 8601 writes days."""
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)


def versions_of(units: Iterable[NamedNode]) -> Plan[dict[NamedNode, list[Version]]]:
    """Plan to find the versions of units, the oldest first."""
    found = yield Edges(tuple(units), (_HAS_VERSION,))
    unit_of = {edge.object: edge.subject for edge in found if isinstance(edge.object, NamedNode)}
    bounds: defaultdict[NamedNode, dict[NamedNode, str]] = defaultdict(dict)
    for edge in (yield Edges(tuple(unit_of), (_FROM, _TO))):
        bounds[edge.subject][edge.predicate] = edge.object.value
    versions: defaultdict[NamedNode, list[Version]] = defaultdict(list)
    for node, unit in unit_of.items():
        versions[unit].append(Version(node, bounds[node].get(_FROM, ""), bounds[node].get(_TO, "")))
    return {
        unit: sorted(each, key=lambda version: (version.valid_from, version.node.value))
        for unit, each in versions.items()
    }


def valid_version(versions: Sequence[Version], day: str) -> Version | None:
    """Give the version that is valid on a day."""
    return next((version for version in versions if version.holds_on(day)), None)


def parts_on(units: Iterable[NamedNode], day: str) -> Plan[tuple[NamedNode, ...]]:
    """Plan to find the units that lay directly in some units on a day."""
    versions = nodes_of(edge.subject for edge in (yield Edges(tuple(units), incoming=(_PART_OF,))))
    facts: defaultdict[NamedNode, dict[NamedNode, Term]] = defaultdict(dict)
    for edge in (yield Edges(versions, (_VERSION_OF, _FROM, _TO))):
        facts[edge.subject][edge.predicate] = edge.object
    valid = (
        found[_VERSION_OF]
        for node, found in facts.items()
        if _VERSION_OF in found and Version(node, _text(found, _FROM), _text(found, _TO)).holds_on(day)
    )
    return tuple(sorted(nodes_of(valid), key=str))


def _text(found: Mapping[NamedNode, Term], predicate: NamedNode) -> str:
    return found[predicate].value if predicate in found else ""


def names_on(versions: Mapping[NamedNode, NamedNode]) -> Plan[dict[NamedNode, str]]:
    """Plan to find the official names of units.

    Args:
        versions: the version whose name is wanted, by unit.

    """
    found = yield Edges(tuple(set(versions.values())), (_NAME,))
    named = {edge.subject: edge.object.value for edge in found}
    return {unit: named[version] for unit, version in versions.items() if version in named}
