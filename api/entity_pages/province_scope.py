"""Whose facts the page of a province shows: its own, and beside them those of its predecessors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.days import last_day
from api.entity_pages.facts import Link
from api.entity_pages.sections import PageSubject
from graph.model.namespaces import VNDX
from graph.query.lookups import Plan

_PREDECESSORS: Final = (VNDX["succeeds"], VNDX["continues"])
_FROM: Final = VNDX["validFrom"]
_TO: Final = VNDX["validTo"]


@dataclass(frozen=True)
class Member:
    """A province whose facts are shown.

    Attributes:
        node: its IRI.
        link: to its page.
        valid_from: its first day, empty if it was there when the register began.
        valid_to: the first day on which it was no longer there, empty if it still is.
        is_subject: whether the page is about it.

    """

    node: NamedNode
    link: Link
    valid_from: str = ""
    valid_to: str = ""
    is_subject: bool = True

    @property
    def last_day(self) -> str:
        """Its last day, empty if it still is."""
        return last_day(self.valid_to)


def plan_scope(subject: PageSubject) -> Plan[list[Member]]:
    """Plan to find the province of a page and those that it succeeds, the province first."""
    node = subject.description.node
    predecessors = {
        found
        for predicate in _PREDECESSORS
        for found in subject.description.values(predicate)
        if isinstance(found, NamedNode)
    }
    # The province from which a merged one has its code, and mostly its name, comes before the others.
    code = node.value.rpartition("/")[2]
    ordered = sorted(predecessors, key=lambda found: (not found.value.endswith(f"/{code}"), found.value))
    nodes = [node, *ordered]
    facts = subject.facts
    yield from facts.read(nodes, _FROM, _TO)
    yield from facts.name(nodes)
    return [
        Member(found, facts.link(found), facts.value(found, _FROM), facts.value(found, _TO), found == node)
        for found in nodes
    ]
