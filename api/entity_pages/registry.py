"""Which classes have which sections, in the order in which a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.agents import plan_issued, plan_roles, plan_signed
from api.entity_pages.changes import plan_change
from api.entity_pages.concepts import plan_place_among_concepts, plan_scheme
from api.entity_pages.conflicts import plan_conflict
from api.entity_pages.documents import plan_relations
from api.entity_pages.documents import plan_targets as plan_targets_set
from api.entity_pages.figures import plan_beside, plan_claim, plan_figure
from api.entity_pages.graphs import plan_contents, plan_query
from api.entity_pages.indicators import plan_indicator_figures, plan_indicator_targets
from api.entity_pages.measured import plan_claims, plan_measured
from api.entity_pages.province_activity import plan_events, plan_people, plan_platforms
from api.entity_pages.province_documents import plan_documents
from api.entity_pages.province_ranks import plan_ranks
from api.entity_pages.province_targets import plan_targets
from api.entity_pages.sections import PageSubject, Section, SectionPlanner
from api.entity_pages.sources import plan_passage, plan_reading
from api.entity_pages.timeline import plan_timeline
from api.entity_pages.unit_history import plan_history, plan_history_of_ended, plan_history_of_present
from api.entity_pages.unit_parts import plan_parts
from graph.model.namespaces import RDF, SH, SKOS, VNDX
from graph.query.lookups import Plan

_UNIT_SECTIONS: Final[tuple[SectionPlanner, ...]] = (plan_history, plan_parts)
_ABOUT: Final = (plan_measured, plan_claims)

SECTIONS: Final[Mapping[NamedNode, Sequence[SectionPlanner]]] = {
    VNDX["Observation"]: (plan_figure, plan_beside),
    VNDX["Target"]: (plan_figure, plan_beside),
    VNDX["Claim"]: (plan_claim,),
    VNDX["Conflict"]: (plan_conflict,),
    VNDX["Document"]: (plan_relations, plan_targets_set, *_ABOUT, plan_timeline),
    VNDX["Platform"]: (*_ABOUT, plan_timeline),
    VNDX["Programme"]: (*_ABOUT, plan_timeline),
    VNDX["Event"]: (*_ABOUT, plan_timeline),
    VNDX["Product"]: _ABOUT,
    VNDX["Place"]: _ABOUT,
    VNDX["Work"]: _ABOUT,
    VNDX["Organisation"]: (plan_roles, plan_issued, *_ABOUT, plan_timeline),
    VNDX["Person"]: (plan_roles, plan_signed, *_ABOUT, plan_timeline),
    VNDX["Indicator"]: (
        plan_place_among_concepts,
        plan_indicator_figures,
        plan_indicator_targets,
        plan_claims,
    ),
    VNDX["Source"]: (plan_reading,),
    VNDX["Evidence"]: (plan_passage,),
    VNDX["UnitChange"]: (plan_change,),
    VNDX["NamedGraph"]: (plan_contents,),
    SKOS["ConceptScheme"]: (plan_scheme,),
    SKOS["Concept"]: (plan_place_among_concepts,),
    SH["SPARQLSelectExecutable"]: (plan_query,),
    VNDX["Province"]: (
        *(plan_history_of_ended, plan_ranks, plan_targets, plan_documents),
        *(plan_platforms, plan_events, plan_people, plan_parts, plan_history_of_present),
    ),
    VNDX["District"]: _UNIT_SECTIONS,
    VNDX["Commune"]: _UNIT_SECTIONS,
}
"""By class; an entity of several of them has the sections of all, those of the first class first."""


FACTS_FIRST: Final = tuple(
    VNDX[name]
    for name in (
        *("Document", "Platform", "Programme", "Event", "Organisation", "Person", "Product", "Work"),
        *("Place", "NamedGraph", "Source", "Period"),
    )
)
"""Classes whose pages begin with the facts; those of others begin with their sections."""


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
