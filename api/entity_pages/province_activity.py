"""What runs, happened and was said of offices in a province: its platforms, events and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from api.entity_pages.citations import BACKING, Citation, cite
from api.entity_pages.facts import Facts, Link, Text
from api.entity_pages.province_scope import Member
from api.entity_pages.province_things import plan_of_jurisdiction, plan_things
from api.entity_pages.rounds import subjects_of
from api.entity_pages.sections import PageSubject, Section
from graph.model.namespaces import VNDX
from graph.query.lookups import Plan

_COVERAGE: Final = VNDX["coverage"]
_OF_EVENTS: Final = (VNDX["place"], VNDX["organiser"])
_PLATFORM_KIND: Final = VNDX["platformKind"]
_OPERATOR: Final = VNDX["operator"]
_LAUNCHED: Final = VNDX["launchDate"]
_EVENT_KIND: Final = VNDX["eventKind"]
_START: Final = VNDX["startDate"]
_END: Final = VNDX["endDate"]
_MEMBER: Final = VNDX["member"]
_ROLE: Final = VNDX["role"]
_ATTESTED: Final = VNDX["attestedOn"]
_ORGANISATION: Final = VNDX["organisation"]


@dataclass(frozen=True)
class PlatformEntry:
    """A platform: its kind, who operates it, and since when, as far as that is known."""

    link: Link
    kind: Link | None
    operators: Sequence[Link]
    launched: str
    member: int


@dataclass(frozen=True)
class EventEntry:
    """An event with its kind and its dates; the end is empty if it took a day."""

    link: Link
    kind: Link | None
    start: str
    end: str
    member: int


@dataclass(frozen=True)
class RoleEntry:
    """A role in which a person was seen on a date; that is no term of office."""

    person: Link
    role: Text
    organisation: Link | None
    attested: str
    member: int
    citations: Sequence[Citation]


@dataclass(frozen=True)
class ListContent:
    """What each of these sections shows: its scope and its entries."""

    scope: Sequence[Member]
    entries: Sequence[PlatformEntry | EventEntry | RoleEntry]


def plan_platforms(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the platforms that serve a province or one that it succeeds."""
    things = yield from plan_things(subject, (_COVERAGE,))
    scope, facts, member_of = things.scope, things.facts, things.of_class(VNDX["Platform"])
    if not member_of:
        return None
    yield from facts.read(member_of, _PLATFORM_KIND, _OPERATOR, _LAUNCHED)
    yield from facts.name(facts.all_nodes(member_of, _PLATFORM_KIND, _OPERATOR))
    entries = [
        PlatformEntry(
            facts.link(node),
            _link(facts, node, _PLATFORM_KIND),
            [facts.link(found) for found in facts.nodes(node, _OPERATOR)],
            facts.value(node, _LAUNCHED),
            member,
        )
        for node, member in member_of.items()
    ]
    entries.sort(key=lambda entry: (entry.member, entry.link.text))
    title = ("Nền tảng", "Platforms")
    content = ListContent(scope, entries)
    return Section("platforms", title, "unit/platforms.html", content, things=frozenset(member_of))


def plan_events(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the events in, of or by a province or one that it succeeds."""
    things = yield from subject.once(plan_of_jurisdiction)
    held = yield from plan_things(subject, _OF_EVENTS)
    scope, facts, member_of = things.scope, things.facts, things.of_class(VNDX["Event"])
    for node, member in held.of_class(VNDX["Event"]).items():
        member_of[node] = min(member, member_of.get(node, member))
    if not member_of:
        return None
    yield from facts.read(member_of, _EVENT_KIND, _START, _END)
    yield from facts.name(facts.all_nodes(member_of, _EVENT_KIND))
    entries = [
        EventEntry(
            facts.link(node),
            _link(facts, node, _EVENT_KIND),
            facts.value(node, _START),
            facts.value(node, _END),
            member,
        )
        for node, member in member_of.items()
    ]
    entries.sort(key=lambda entry: (entry.start, entry.link.text), reverse=True)
    title = ("Sự kiện", "Events")
    content = ListContent(scope, entries)
    return Section("events", title, "unit/events.html", content, things=frozenset(member_of))


def plan_people(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section of the people seen in office in a province or one that it succeeds."""
    things = yield from subject.once(plan_of_jurisdiction)
    scope, facts, member_of = things.scope, things.facts, things.of_class(VNDX["Person"])
    person_of: dict[NamedNode, NamedNode] = {}
    for person in member_of:
        person_of |= dict.fromkeys((yield from subjects_of(person, _MEMBER)), person)
    if not person_of:
        return None
    yield from facts.read(person_of, _ROLE, _ATTESTED, _ORGANISATION, *BACKING)
    yield from facts.name(facts.all_nodes(person_of, _ORGANISATION))
    citations = yield from cite(facts, person_of)
    entries = [
        RoleEntry(
            facts.link(person),
            facts.text(node, _ROLE),
            _link(facts, node, _ORGANISATION),
            facts.value(node, _ATTESTED),
            member_of[person],
            citations[node],
        )
        for node, person in person_of.items()
    ]
    entries.sort(key=lambda entry: (entry.attested, entry.person.text), reverse=True)
    title = ("Người giữ chức vụ", "People in office")
    shown = frozenset(person_of.values())
    return Section("people", title, "unit/people.html", ListContent(scope, entries), things=shown)


def _link(facts: Facts, node: NamedNode, predicate: NamedNode) -> Link | None:
    found = facts.node(node, predicate)
    return facts.link(found) if found else None
