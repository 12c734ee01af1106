"""The dated things around a thing, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.facts import Text
from api.entity_pages.figure_words import moment_words
from api.entity_pages.naming import path_of, plan_names
from api.entity_pages.properties import INCOMING, is_own, local_name
from api.entity_pages.sections import PageSubject, Section
from api.entity_pages.values import FactWriter
from graph.model.namespaces import VNDX
from graph.query.lookups import Plan

_OWN_DATES: Final = tuple(
    VNDX[name]
    for name in (
        *("issueDate", "adoptionDate", "effectiveDate", "launchDate", "startDate", "endDate"),
        *("publishedDate", "attestedOn", "usersAsOf"),
    )
)
_OF_OTHERS: Final = tuple(VNDX[name] for name in ("issueDate", "startDate", "launchDate", "attestedOn"))
_FROM: Final = frozenset(
    VNDX[name]
    for name in (
        *("adopts", "adoptedBy", "implements", "basedOn", "supersedes", "launches", "launchedAt"),
        *("servesProgramme", "occasionOf", "organiser", "participant", "ledBy", "member", "signer"),
        *("partOfEvent", "operator", "developer", "soldOn", "methodDocument", "about", "partOfPlatform"),
    )
)
_MOST_LOOKED_AT: Final = 150
_MOST_SHOWN: Final = 40
_FEWEST: Final = 3


@dataclass(frozen=True)
class Moment:
    """Something on a time line.

    Attributes:
        date: as it can be sorted, e.g. ``2020-12-31`` or ``2021``.
        when: in words.
        relation: what it has to do with the thing, in words.
        name: what it is called, empty for a date of the thing itself.
        path: its page.

    """

    date: str
    when: str
    relation: str
    name: Text
    path: str = ""


def plan_timeline(subject: PageSubject) -> Plan[Section | None]:
    """Plan the time line of a thing; None where it would say little."""
    facts, namer, node = subject.facts, subject.namer, subject.node
    related = list(_related(subject))[:_MOST_LOOKED_AT]
    yield from facts.read((found for found, _, _ in related), *_OF_OTHERS)
    dated = [found for found in related if facts.value(found[0], *_OF_OTHERS)]
    if not dated:
        return None
    yield from plan_names(facts, (found for found, _, _ in dated))
    writer = FactWriter(facts, namer)
    moments = [
        Moment(date, moment_words(date, subject.language), writer.label(predicate), Text(""))
        for predicate in _OWN_DATES
        if (date := facts.value(node, predicate))
    ]
    for found, predicate, is_incoming in dated:
        date = facts.value(found, *_OF_OTHERS)
        relation = _relation(subject, writer, predicate, is_incoming=is_incoming)
        when = moment_words(date, subject.language)
        moments.append(Moment(date, when, relation, namer.name(found), path_of(found.value)))
    if len(moments) < _FEWEST:
        return None
    moments.sort(key=lambda moment: (moment.date, moment.name))
    content = {"moments": moments[-_MOST_SHOWN:], "left_out": max(0, len(moments) - _MOST_SHOWN)}
    return Section("timeline", ("Dòng thời gian", "Time line"), "entity/timeline.html", content)


def _related(subject: PageSubject) -> Iterator[tuple[NamedNode, NamedNode, bool]]:
    seen = {subject.node}
    for predicate in subject.facts.predicates(subject.node):
        if predicate in _FROM and is_own(predicate):
            yield from _new(seen, subject.facts.nodes(subject.node, predicate), predicate, is_incoming=False)
    for predicate, nodes in subject.linked.nodes.items():
        if predicate in _FROM:
            yield from _new(seen, nodes, predicate, is_incoming=True)


def _new(
    seen: set[NamedNode], nodes: Iterable[NamedNode], predicate: NamedNode, *, is_incoming: bool
) -> Iterator[tuple[NamedNode, NamedNode, bool]]:
    for node in nodes:
        if node not in seen:
            seen.add(node)
            yield node, predicate, is_incoming


def _relation(subject: PageSubject, writer: FactWriter, predicate: NamedNode, *, is_incoming: bool) -> str:
    said = INCOMING.get(local_name(predicate)) if is_incoming else None
    return said[subject.language != "vi"] if said else writer.label(predicate)
