"""The parts of a page: what a template shows, and how it is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar, cast

from api.entities.description import Description
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

    """

    name: str
    title: tuple[str, str]
    template: str
    content: object


@dataclass(frozen=True)
class PageSubject:
    """What a page is about, as planners of sections need it.

    Attributes:
        description: everything that the graph says of the entity itself.
        language: of the page.
        root: the path under which the service is seen.

    """

    description: Description
    language: str
    root: str
    _found: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    def once(self, plan: Callable[[PageSubject], Plan[Result]]) -> Plan[Result]:
        """Plan what several sections of the page need: the first that asks runs the plan, for all of them."""
        if plan not in self._found:
            self._found[plan] = yield from plan(self)
        return cast("Result", self._found[plan])


SectionPlanner: TypeAlias = Callable[[PageSubject], Plan["Section | None"]]
"""Plans the look-ups of a section; it gives None if there is nothing to show."""
