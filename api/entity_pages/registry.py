"""Which classes have which sections, in the order in which a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.sections import PageSubject, Section, SectionPlanner
from graph.model.namespaces import RDF
from graph.query.lookups import Plan

SECTIONS: Final[Mapping[NamedNode, Sequence[SectionPlanner]]] = {}
"""By class; an entity of several of them has the sections of all, those of the first class first."""


def plan_sections(subject: PageSubject) -> Plan[list[Section]]:
    """Plan the sections of an entity."""
    classes = set(subject.description.values(RDF["type"]))
    planners = [planner for cls, planners in SECTIONS.items() if cls in classes for planner in planners]
    found = []
    for planner in dict.fromkeys(planners):
        section = yield from planner(subject)
        if section is not None:
            found.append(section)
    return found
