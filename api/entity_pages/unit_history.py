"""What a unit was and what became of it: the section of its page, with a diagram and the same as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode

from api.charts.lineage import Box, Diagram, lay_out
from api.collections.versions import Version, versions_of
from api.entity_pages.days import last_day
from api.entity_pages.facts import Link, Text
from api.entity_pages.rounds import looked_up
from api.entity_pages.sections import PageSubject, Section
from api.entity_pages.unit_history_content import (
    Act,
    DrawnLineage,
    DrawnState,
    Fate,
    HistoryContent,
    HistoryStep,
    PlacedUnit,
    Today,
    UnitVersion,
)
from api.entity_pages.unit_states import Columns, Span, UnitState, in_columns, spans_of
from api.units.lineage import Lineage, trace
from api.units.steps import Direction, Step, StepKind
from graph.model import iris
from graph.model.namespaces import SKOS, VNDX
from graph.query.lookups import Plan

MAX_DRAWN: Final = 30
"""With more units than this a diagram says less than a table."""

_NAME: Final = VNDX["officialName"]
_TYPE: Final = VNDX["unitType"]
_PART_OF: Final = VNDX["partOf"]
_BASIS: Final = VNDX["legalBasis"]
_CLAUSE: Final = VNDX["clause"]
_NUMBER: Final = VNDX["number"]
_TO: Final = VNDX["validTo"]
_NOTE: Final = SKOS["note"]
_EDITORIAL: Final = SKOS["editorialNote"]
_FATES: Final = (
    *("succeeds", "succeededBy", "partlySucceeds", "partlySucceededBy", "continues", "continuedBy"),
)
_SHOWN: Final = frozenset(
    VNDX[name]
    for name in (
        *("hasVersion", "officialName", "unitType", "partOf", "validFrom", "validTo", "changedBy"),
        *_FATES,
    )
)
_INCOMING: Final = frozenset(
    {"versionOf", "fromUnit", "toUnit", "dissolvedUnit", "createdUnit", "absentFromEra", *_FATES}
)
_CONTINUATION: Final = VNDX["Continuation"]


def plan_history(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section; it is None for a unit that nothing is known to have happened to."""
    node = subject.description.node
    back = yield from looked_up(trace(node, Direction.BACKWARD))
    on = yield from looked_up(trace(node, Direction.FORWARD))
    steps = sorted({*back.steps, *on.steps}, key=lambda s: (s.date, s.before.value, s.after.value))
    units = list(dict.fromkeys((node, *(unit for step in steps for unit in (step.before, step.after)))))
    reader = _HistoryReader(subject)
    yield from reader.read(units, steps, [*on.ends])
    versions = reader.versions(node)
    if not steps and len(versions) < 2:
        return None
    drawing = reader.drawing(steps) if len(units) <= MAX_DRAWN else None
    content = HistoryContent(
        name=reader.span_on(node, "").name,
        today=reader.today(on),
        drawing=drawing,
        units=len(units),
        steps=reader.steps(steps),
        versions=versions,
        open_ends=[(reader.link(each.unit), each.date) for each in back.open],
        query=_query(node),
    )
    title = ("Đơn vị này qua các thời kỳ", "What it was and what it became")
    return Section("history", title, "unit/history.html", content, properties=_SHOWN, incoming=_INCOMING)


def plan_history_of_ended(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section if the unit has ended: then its page begins with what it is today."""
    if not subject.description.values(_TO):
        return None
    return (yield from plan_history(subject))


def plan_history_of_present(subject: PageSubject) -> Plan[Section | None]:
    """Plan the section if the unit is there today."""
    if subject.description.values(_TO):
        return None
    return (yield from plan_history(subject))


class _HistoryReader:
    """Reads what has to be known of a lineage, and writes it for the template."""

    def __init__(self, subject: PageSubject) -> None:
        self._subject = subject.description.node
        self._facts = subject.facts
        self._versions: Mapping[NamedNode, list[Version]] = {}
        self._spans: dict[NamedNode, list[Span]] = {}

    def read(
        self,
        units: Sequence[NamedNode],
        steps: Sequence[Step],
        ends: Sequence[NamedNode],
    ) -> Plan[None]:
        """Plan to look everything up."""
        facts = self._facts
        named = units if len(units) <= MAX_DRAWN else [self._subject]
        self._versions = yield from looked_up(versions_of(named))
        nodes = [version.node for held in self._versions.values() for version in held]
        yield from facts.read(nodes, _NAME)
        own = [version.node for version in self._versions.get(self._subject, ())]
        yield from facts.read(own, _TYPE, _PART_OF, _BASIS, _CLAUSE, _EDITORIAL)
        renamed = [step.version for step in steps if step.version]
        yield from facts.read(renamed, _BASIS, _CLAUSE)
        changes = [step.change for step in steps if step.change]
        yield from facts.read(changes, _BASIS, _CLAUSE)
        yield from facts.read([step.transfer for step in steps if step.transfer], _NOTE)
        yield from facts.read([*units, *ends], _PART_OF)
        acts = facts.all_nodes([*own, *renamed, *changes], _BASIS)
        yield from facts.read(acts, _NUMBER)
        yield from facts.name(
            [
                *(*units, *acts, *changes),
                *(part for step in steps for part in step.via),
                *facts.all_nodes(own, _TYPE, _PART_OF),
                *facts.all_nodes(ends, _PART_OF),
            ]
        )
        for unit in units:
            self._spans[unit] = spans_of(
                Span(facts.value(version.node, _NAME), version.valid_from, version.valid_to)
                for version in self._versions.get(unit, ())
            )

    def link(self, unit: NamedNode) -> Link:
        return self._facts.link(unit)

    def span_on(self, unit: NamedNode, day: str) -> Span:
        """Give what a unit was called on a day, the latest without one."""
        spans = self._spans.get(unit, [])
        found = next((span for span in spans if day and span.holds_on(day)), None)
        return found or (spans[-1] if spans else Span(self.link(unit).text))

    def versions(self, unit: NamedNode) -> list[UnitVersion]:
        facts = self._facts
        found = []
        for version in self._versions.get(unit, ()):
            kind, parent = facts.node(version.node, _TYPE), facts.node(version.node, _PART_OF)
            found.append(
                UnitVersion(
                    facts.value(version.node, _NAME),
                    self.link(kind) if kind else None,
                    self.link(parent) if parent else None,
                    version.valid_from,
                    version.valid_to,
                    self._acts(version.node),
                    facts.text(version.node, _EDITORIAL),
                )
            )
        return found

    def steps(self, steps: Sequence[Step]) -> list[HistoryStep]:
        """Give the rows of the table; all steps between a unit and its own parts on a day are one."""
        rows: dict[tuple[object, ...], HistoryStep] = {}
        ordered = sorted(steps, key=lambda step: (step.date, self._kind(step) != "contains"))
        whole = Counter(unit for step in steps for unit in (step.before, step.after))
        for step in ordered:
            row = self._step(step)
            key: tuple[object, ...] = (step,)
            if row.kind == "contains":
                # The unit that is in the most steps is the one that the others are parts of.
                is_before = whole[step.before] >= whole[step.after]
                key = (step.date, step.before if is_before else step.after)
                known = rows.get(key)
                if known is not None and is_before:
                    row = replace(known, after=[*known.after, *row.after])
                elif known is not None:
                    row = replace(known, before=[*known.before, *row.before])
            rows[key] = row
        return list(rows.values())

    def _step(self, step: Step) -> HistoryStep:
        basis = step.change or step.version
        return HistoryStep(
            step.date,
            self.link(step.change).path if step.change else "",
            self._kind(step),
            [self._called(step.before, last_day(step.date))],
            [self._called(step.after, step.date)],
            self._acts(basis) if basis else (),
            self._facts.text(step.transfer, _NOTE) if step.transfer else Text(""),
            [self.link(part) for part in step.via],
        )

    def today(self, on: Lineage) -> Today | None:
        ended = self._versions[self._subject][-1].valid_to if self._versions.get(self._subject) else ""
        if not ended:
            return None
        units = [self._placed(unit, whole=whole) for unit, whole in on.ends.items() if unit != self._subject]
        transfers = [step for step in on.steps if step.kind is not StepKind.VERSION]
        if not units:
            fate = Fate.UNKNOWN
        elif len(units) > 1 or not units[0].whole:
            fate = Fate.PARTS
        elif all(self._kind(step) == "unchanged" for step in transfers):
            fate = Fate.UNCHANGED
        else:
            fate = Fate.WHOLE
        return Today(
            fate=fate,
            ended=ended,
            units=sorted(units, key=lambda placed: (not placed.whole, placed.link.text)),
            derived=any(step.kind is StepKind.PARTS for step in transfers),
            open=[self.link(each.unit) for each in on.open],
        )

    def drawing(self, steps: Sequence[Step]) -> DrawnLineage | None:
        columns = in_columns(self._subject, steps, self._spans)
        if not columns.states:
            return None
        diagram = lay_out(columns.states, columns.flows)
        states = [
            self._drawn(columns.units[key], box) for key, box in diagram.boxes.items() if not box.through
        ]
        return DrawnLineage(diagram, states, self._gaps(columns, diagram))

    def _gaps(self, columns: Columns, diagram: Diagram) -> list[tuple[float, str]]:
        return list(zip(diagram.gaps, columns.dates, strict=True))

    def _drawn(self, state: UnitState, box: Box) -> DrawnState:
        unit = state.unit
        span = state.span or Span(self.link(unit).text)
        acts = dict.fromkeys(
            act for step in state.steps for basis in (step.change,) if basis for act in self._acts(basis)
        )
        if unit == self._subject and not acts:
            acts = dict.fromkeys(self._acts_of_version(span.valid_from))
        return DrawnState(
            box,
            span.name,
            self.link(unit).path,
            span.valid_from,
            span.valid_to,
            list(acts),
            unit == self._subject,
        )

    def _acts_of_version(self, valid_from: str) -> list[Act]:
        versions = self._versions.get(self._subject, ())
        found = [version.node for version in versions if valid_from and version.valid_from == valid_from]
        return [act for node in found for act in self._acts(node)]

    def _placed(self, unit: NamedNode, *, whole: bool) -> PlacedUnit:
        parent = self._facts.node(unit, _PART_OF)
        is_told = parent is not None and parent != iris.country()
        return PlacedUnit(self.link(unit), self.link(parent) if parent and is_told else None, whole)

    def _called(self, unit: NamedNode, day: str) -> Link:
        link = self.link(unit)
        name = self.span_on(unit, day).name
        # The label in the language of the page says no more than the name in Vietnamese, but is not of then.
        latest = self._spans.get(unit, [])
        return link if latest and latest[-1].name == name else Link(name, link.path, "vi")

    def _acts(self, basis: NamedNode) -> list[Act]:
        clause = self._facts.value(basis, _CLAUSE)
        acts = []
        for document in self._facts.nodes(basis, _BASIS):
            link = self._facts.link(document)
            number = self._facts.value(document, _NUMBER)
            acts.append(Act(Link(number, link.path) if number else link, clause))
        return acts

    def _kind(self, step: Step) -> str:
        if step.kind is StepKind.VERSION:
            return "renamed"
        if step.kind is StepKind.PARTS:
            return "parts" if step.via else "contains"
        if step.change and _CONTINUATION in self._facts.classes(step.change):
            return "unchanged"
        return "whole" if step.whole else "part"


def _query(unit: NamedNode) -> str:
    return f"""PREFIX vndx: <{VNDX.iri}>

SELECT ?date ?from ?to ?share ?act ?clause WHERE {{
  {unit} vndx:changedBy ?change .
  ?change vndx:effectiveDate ?date ; vndx:transfer ?transfer .
  ?transfer vndx:fromUnit ?from ; vndx:toUnit ?to ; vndx:share ?share .
  FILTER({unit} IN (?from, ?to))
  OPTIONAL {{ ?change vndx:legalBasis ?act }}
  OPTIONAL {{ ?change vndx:clause ?clause }}
}}
ORDER BY ?date ?from ?to
"""
