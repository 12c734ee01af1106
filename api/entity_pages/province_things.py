"""What refers to a province or to one that it succeeds, looked up once for all sections of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Facts
from api.entity_pages.province_scope import Member, plan_scope
from api.entity_pages.rounds import subjects_of
from api.entity_pages.sections import PageSubject
from graph.model.namespaces import VNDX
from graph.query.lookups import Plan

_ABOUT: Final = VNDX["about"]
_INDICATOR: Final = VNDX["indicator"]
_RANK: Final = VNDX["rank"]
_JURISDICTION: Final = VNDX["jurisdiction"]


@dataclass(frozen=True)
class ProvinceThings:
    """Things that refer to a province of the scope of a page.

    Attributes:
        scope: the province of the page, then those that it succeeds.
        member_of: the things, each with the number of its province in the scope.
        facts: at least the classes and labels of the things.

    """

    scope: list[Member]
    member_of: Mapping[NamedNode, int]
    facts: Facts

    def of_class(self, cls: NamedNode) -> dict[NamedNode, int]:
        """Give those of a class."""
        return {node: at for node, at in self.member_of.items() if cls in self.facts.classes(node)}


def plan_figures(subject: PageSubject) -> Plan[ProvinceThings]:
    """Plan to find what is measured and aimed at in the provinces, with indicators and ranks."""
    things = yield from plan_things(subject, (_ABOUT,))
    yield from things.facts.read(things.member_of, _INDICATOR, _RANK)
    return things


def plan_of_jurisdiction(subject: PageSubject) -> Plan[ProvinceThings]:
    """Plan to find what the provinces are the jurisdiction of: documents, events, people and more."""
    return (yield from plan_things(subject, (_JURISDICTION,)))


def plan_things(subject: PageSubject, ways: Iterable[NamedNode]) -> Plan[ProvinceThings]:
    """Plan to find what refers to the provinces by some properties."""
    scope = yield from subject.once(plan_scope)
    member_of = yield from _referring(subject, scope, tuple(ways))
    facts = subject.facts
    yield from facts.name(member_of)
    return ProvinceThings(scope, member_of, facts)


def _referring(
    subject: PageSubject, scope: list[Member], ways: tuple[NamedNode, ...]
) -> Plan[dict[NamedNode, int]]:
    member_of: dict[NamedNode, int] = {}
    for number, member in enumerate(scope):
        for way in ways:
            known = subject.linked.nodes.get(way) if member.is_subject else None
            found = known if known is not None else (yield from subjects_of(member.node, way))
            for node in found:
                member_of.setdefault(node, number)
    return member_of
