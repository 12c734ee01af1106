"""Suggestions for what is being typed: entities, types and properties."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from api.admission import Place
from api.reconcile.facts import look_up
from api.reconcile.ids import entity_iri
from api.reconcile.model import Candidate
from api.reconcile.opened import Opened
from api.reconcile.terms import Term, matching
from graph.search.statements import Filters
from graph.search.words import key

_LONGEST = 200


async def entities(
    place: Place, snapshot: Opened, prefix: str, types: Sequence[str], *, limit: int, offset: int = 0
) -> list[Candidate]:
    """Give entities that may be meant by what has been typed; an id or IRI leads to its entity."""
    terms = snapshot.sources.terms
    if iri := entity_iri(prefix):
        found = await _by_iri(snapshot, iri)
        if found is not None:
            return [] if offset else [found]
    classes = terms.under(types) if types else terms.offered()
    if not classes or not key(prefix):
        return []
    filters = Filters(classes=classes)
    hits = await place.run(partial(snapshot.index.suggest, prefix[:_LONGEST], filters, offset + limit))
    return [
        Candidate(
            hit.shown.iri,
            _texts(hit.shown.label_vi, hit.shown.label_en),
            _texts(hit.shown.description_vi, hit.shown.description_en),
            hit.shown.cls,
            round(100 * hit.score, 2),
            (),
        )
        for hit in hits[offset:]
    ]


def types(snapshot: Opened, prefix: str) -> list[Term]:
    """Give types by the beginnings of their names or ids; all of them for an empty prefix."""
    return matching(snapshot.sources.terms.types.values(), prefix)


def properties(snapshot: Opened, prefix: str, kind: str) -> list[Term]:
    """Give properties by the beginnings of their names or ids, those that a type has if one is given."""
    terms = snapshot.sources.terms
    found = matching(terms.properties.values(), prefix)
    if not kind:
        return found
    of_type = {term.id for term in terms.proposed(kind)}
    return sorted(found, key=lambda term: term.id not in of_type)


async def _by_iri(snapshot: Opened, iri: str) -> Candidate | None:
    if unit := snapshot.sources.units.known(iri):
        return unit
    facts = await snapshot.view.lookup(look_up([iri], []))
    if not facts.is_known(iri):
        return None
    cls = snapshot.sources.terms.most_specific(facts.types.get(iri, ()))
    return Candidate(iri, facts.names.get(iri) or {"vi": iri}, {}, cls, 100.0, ())


def _texts(vietnamese: str, english: str) -> dict[str, str]:
    return {language: text for language, text in (("vi", vietnamese), ("en", english)) if text}
