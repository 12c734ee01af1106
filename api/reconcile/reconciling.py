"""From queries to candidates: units and other things asked, conditions judged, and who is surely meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from api.admission import Place
from api.reconcile.agreement import agrees, properties_of
from api.reconcile.facts import Facts, look_up
from api.reconcile.ids import entity_iri
from api.reconcile.model import Candidate, Condition, Feature, Query, TypeRule
from api.reconcile.terms import Terms
from api.reconcile.things import ThingCandidates
from api.reconcile.units import CONFLICT, DAY, UNIT_CLASSES, UnitCandidates, is_judged, levels_of
from graph.matching.matcher import MATCH_LEAD, MATCH_SCORE
from graph.query.engine import SnapshotView
from graph.search.document_numbers import find_number
from graph.search.words import key

_UNKNOWN: Final = 0.95
"""A factor for what a condition asks for and nobody knows: it decides between namesakes, no more."""

_OTHER_TYPE: Final = 0.7


@dataclass(frozen=True)
class Sources:
    """What candidates come from: of one snapshot."""

    units: UnitCandidates
    things: ThingCandidates
    terms: Terms


@dataclass(frozen=True)
class _Found:
    """What a query may mean, before its conditions on properties of the graph are judged.

    Attributes:
        query: what was asked.
        named: IRIs that it may be, if there are such entities.
        candidates: in no order.

    """

    query: Query
    named: tuple[str, ...]
    candidates: Sequence[Candidate]


async def reconcile(
    place: Place, view: SnapshotView, sources: Sources, queries: Sequence[Query]
) -> list[list[Candidate]]:
    """Give the candidates of each query, best first; each query is judged by itself."""
    found = await place.run_each(partial(_find, sources), queries)
    facts = await view.lookup(look_up(*_wanted(found, sources.terms)))
    return [_decided(one, facts, sources.terms) for one in found]


def _find(sources: Sources, query: Query) -> _Found:
    named = tuple(iri for text in query.texts if (iri := entity_iri(text)))
    known = [found for iri in named if (found := sources.units.known(iri))]
    if known:
        return _Found(query, (), known)
    terms = sources.terms
    is_strict = bool(query.types) and (query.rule is not TypeRule.SHOULD or len(query.types) == 1)
    classes = terms.under(query.types, every=query.rule is TypeRule.ALL) if is_strict else terms.offered()
    candidates = _candidates(sources, query, classes)
    if query.types and not is_strict:
        right = terms.under(query.types)
        candidates = [_with(found, "type", found.cls in right, _OTHER_TYPE) for found in candidates]
    return _Found(query, named, candidates)


def _candidates(sources: Sources, query: Query, classes: frozenset[str]) -> list[Candidate]:
    """Give units and things; what has a name only in part, or nearly, if nothing has it as a whole."""
    levels, others = levels_of(classes), classes - UNIT_CLASSES
    things = sources.things.find(query, others, in_part=False)
    units: list[Candidate] = []
    if levels is not None and (not things or sources.units.has_name(query)):
        units = sources.units.find(_without_numbers(query), levels)
    if things or any(candidate.score >= MATCH_SCORE for candidate in units):
        return [*units, *things]
    return [*units, *sources.things.find(query, others)]


def _without_numbers(query: Query) -> Query:
    """Leave out what is the number of a document, whose symbols may be names of units: Tư is one."""
    texts = tuple(text for text in query.texts if find_number(key(text).split()) is None)
    return query if len(texts) == len(query.texts) else replace(query, texts=texts)


def _wanted(found: Iterable[_Found], terms: Terms) -> tuple[list[str], list[str]]:
    """Give the entities and properties that must be looked up to judge conditions."""
    iris: list[str] = []
    properties: list[str] = []
    for one in found:
        iris += one.named
        for candidate in one.candidates:
            conditions = _open(candidate, one.query, terms)
            if conditions:
                iris.append(candidate.iri)
                properties += (prop for condition in conditions for prop in properties_of(condition))
    return iris, list(dict.fromkeys(properties))


def _open(candidate: Candidate, query: Query, terms: Terms) -> list[Condition]:
    """Give the conditions that were not judged when a candidate was found; unknown properties say nothing."""
    is_unit = candidate.cls in UNIT_CLASSES
    return [
        condition
        for condition in query.conditions
        if not (is_judged(condition) if is_unit else condition.property == DAY)
        and terms.property(condition.property)
    ]


def _decided(found: _Found, facts: Facts, terms: Terms) -> list[Candidate]:
    known = [_known(iri, facts, terms) for iri in found.named if facts.is_known(iri)]
    if known:
        return [replace(known[0], match=len(known) == 1), *known[1:]]
    judged = (_judged(candidate, found.query, facts, terms) for candidate in found.candidates)
    ranked = sorted((one for one in judged if one is not None), key=lambda one: -one.score)
    if not ranked:
        return []
    lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else MATCH_LEAD
    sure = ranked[0].score >= MATCH_SCORE and lead >= MATCH_LEAD
    return [replace(ranked[0], match=sure), *ranked[1:]][: found.query.limit]


def _judged(candidate: Candidate, query: Query, facts: Facts, terms: Terms) -> Candidate | None:
    """Judge the open conditions; None if one that is required does not agree."""
    for condition in _open(candidate, query, terms):
        agreed = agrees(condition, candidate.iri, facts)
        if condition.required and not agreed:
            return None
        if agreed is None:
            candidate = replace(candidate, score=round(candidate.score * _UNKNOWN, 2))
        else:
            candidate = _with(candidate, f"property:{condition.property}", agreed, CONFLICT)
    missed = {f"property:{condition.property}" for condition in query.conditions if condition.required}
    if any(feature.id in missed and not feature.value for feature in candidate.features):
        return None
    return candidate


def _with(candidate: Candidate, feature: str, value: bool, factor: float) -> Candidate:
    """Add a feature to a candidate; where it is not so, its score falls by a factor."""
    score = candidate.score if value else round(candidate.score * factor, 2)
    return replace(candidate, score=score, features=(*candidate.features, Feature(feature, value)))


def _known(iri: str, facts: Facts, terms: Terms) -> Candidate:
    name, cls = facts.names.get(iri) or {"vi": iri}, terms.most_specific(facts.types.get(iri, ()))
    return Candidate(iri, name, {}, cls, 100.0, (Feature("id", value=True),))
