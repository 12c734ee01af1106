"""The parts of a page: what a template shows, and how it is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from api.entities.description import Description
from graph.query.lookups import Plan


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


SectionPlanner: TypeAlias = Callable[[PageSubject], Plan["Section | None"]]
"""Plans the look-ups of a section; it gives None if there is nothing to show."""
