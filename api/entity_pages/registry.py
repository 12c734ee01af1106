"""Which classes have which sections, in the order in which a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.province_activity import plan_events, plan_people, plan_platforms
from api.entity_pages.province_documents import plan_documents
from api.entity_pages.province_ranks import plan_ranks
from api.entity_pages.province_targets import plan_targets
from api.entity_pages.sections import PageSubject, Section, SectionPlanner
from api.entity_pages.unit_history import plan_history, plan_history_of_ended, plan_history_of_present
from api.entity_pages.unit_parts import plan_parts
from graph.model.namespaces import RDF, VNDX
from graph.query.lookups import Plan

_UNIT_SECTIONS: Final[tuple[SectionPlanner, ...]] = (plan_history, plan_parts)

SECTIONS: Final[Mapping[NamedNode, Sequence[SectionPlanner]]] = {
    VNDX["Province"]: (
        *(plan_history_of_ended, plan_ranks, plan_targets, plan_documents),
        *(plan_platforms, plan_events, plan_people, plan_parts, plan_history_of_present),
    ),
    VNDX["District"]: _UNIT_SECTIONS,
    VNDX["Commune"]: _UNIT_SECTIONS,
}
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
