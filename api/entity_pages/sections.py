"""The parts of a page: what a template shows, and how it is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias, TypeVar, cast

from pyoxigraph import NamedNode

from api.entities.description import Description
from api.entity_pages.facts import NOTHING_KEPT, Facts, KeptFacts
from api.entity_pages.linked import Linked
from api.entity_pages.naming import Namer
from graph.query.lookups import Plan

Result = TypeVar("Result")


@dataclass(frozen=True)
class Section:
    """A part of a page.

    Attributes:
        name: the fragment by which it is linked to, e.g. ``ranks``.
        title: in Vietnamese and English.
        template: the file that shows it, below ``templates``; it finds the section as ``section``.
        content: what it shows, as the template knows it.
        properties: those of the entity that it shows, so that the page does not show them again.
        incoming: the same for links to the entity: keys of `properties.INCOMING`.
        things: the same for single things that link to it, where it does not show all of a kind.

    """

    name: str
    title: tuple[str, str]
    template: str
    content: object
    properties: frozenset[NamedNode] = frozenset()
    incoming: frozenset[str] = frozenset()
    things: frozenset[NamedNode] = frozenset()


@dataclass(frozen=True)
class PageSubject:
    """What a page is about, as planners of sections need it.

    Attributes:
        description: everything that the graph says of the entity itself.
        language: of the page.
        root: the path under which the service is seen.
        linked: what links to the entity.
        start: where a long list begins, of the one section that has pages.
        kept: what is known of many nodes already.

    """

    description: Description
    language: str
    root: str
    linked: Linked = field(default_factory=Linked)
    start: int = 0
    kept: KeptFacts = field(default_factory=lambda: NOTHING_KEPT, repr=False)
    _found: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    @property
    def node(self) -> NamedNode:
        """The entity."""
        return self.description.node

    @cached_property
    def facts(self) -> Facts:
        """What is known so far; planners add to it what they look up."""
        whole = () if self.description.omitted else (self.node,)
        return Facts(self.language, self.description.triples, self.kept, whole)

    @cached_property
    def namer(self) -> Namer:
        """Gives names, of what the facts know."""
        return Namer(self.facts)

    def once(self, plan: Callable[[PageSubject], Plan[Result]]) -> Plan[Result]:
        """Plan what several sections of the page need: the first that asks runs the plan, for all of them."""
        if plan not in self._found:
            self._found[plan] = yield from plan(self)
        return cast("Result", self._found[plan])


SectionPlanner: TypeAlias = Callable[[PageSubject], Plan["Section | None"]]
"""Plans the look-ups of a section; it gives None if there is nothing to show."""
