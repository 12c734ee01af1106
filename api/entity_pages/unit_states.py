"""From the steps of a lineage to the states and flows of its diagram: which unit stands in which column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from api.charts.lineage import Flow, FlowKind, State
from api.entity_pages.days import last_day
from api.units.steps import Step, StepKind


@dataclass(frozen=True)
class Span:
    """What a unit was called for some time.

    Attributes:
        name: with the type.
        valid_from: its first day, empty if it was so when the register began.
        valid_to: the first day on which it was no longer so, empty if it still is.

    """

    name: str
    valid_from: str = ""
    valid_to: str = ""

    def holds_on(self, day: str) -> bool:
        """Say whether the unit was called so on a day."""
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)


class Moment(NamedTuple):
    """When steps happen: on a day, and there in an order, as a unit may be made of parts that then change."""

    date: str
    order: int = 0


@dataclass(frozen=True)
class UnitState:
    """A unit in a column, as it was then.

    Attributes:
        key: of the state.
        unit: its IRI.
        span: what it was called; None if it is not known.
        steps: those that led here, as acts are written at what they made.

    """

    key: str
    unit: NamedNode
    span: Span | None
    steps: Sequence[Step] = ()


@dataclass(frozen=True)
class Columns:
    """A lineage in columns.

    Attributes:
        dates: of the gaps between columns.
        states: for the layout.
        flows: for the layout.
        units: what each state is, by key; those that are passed through too.

    """

    dates: Sequence[str]
    states: Sequence[State]
    flows: Sequence[Flow]
    units: Mapping[str, UnitState]


_FIRST: Final = "0000-00-00"


def spans_of(names: Iterable[Span]) -> list[Span]:
    """Join the spans that follow each other with the same name, as then only what is around has changed."""
    joined: list[Span] = []
    for span in names:
        if joined and joined[-1].name == span.name and joined[-1].valid_to == span.valid_from:
            joined[-1] = Span(span.name, joined[-1].valid_from, span.valid_to)
        else:
            joined.append(span)
    return joined


def in_columns(
    subject: NamedNode, steps: Sequence[Step], spans: Mapping[NamedNode, Sequence[Span]]
) -> Columns:
    """Give the columns of a lineage.

    Args:
        subject: the unit whose changes of name and type are shown; those of others are not.
        steps: of any kind and in both directions, each with a date.
        spans: of each unit, joined, the oldest first.

    """
    moments = _moments([step for step in steps if step.kind is not StepKind.VERSION and step.date])
    renamed = {Moment(later.valid_from) for _, later in pairwise(spans.get(subject, ()))}
    ordered = sorted({*moments.values(), *renamed})
    index = {moment: at for at, moment in enumerate(ordered)}
    reached: defaultdict[NamedNode, set[int]] = defaultdict(set)
    for step, moment in moments.items():
        reached[step.before].add(index[moment])
        reached[step.after].add(index[moment] + 1)
    for moment in renamed:
        reached[subject] |= {index[moment], index[moment] + 1}
    leaving = {(step.before, index[moment]) for step, moment in moments.items()}
    made: defaultdict[str, list[Step]] = defaultdict(list)
    for step, moment in moments.items():
        made[_key(step.after, index[moment] + 1)].append(step)

    states, flows, units = [], [], {}
    for unit, columns in reached.items():
        last: Span | None = None
        for column in range(min(columns), max(columns) + 1):
            key = _key(unit, column)
            day = _day(ordered, column, leaves=(unit, column) in leaving)
            span = next((each for each in spans.get(unit, ()) if each.holds_on(day)), None)
            through = column > min(columns) and span == last and key not in made
            labelled = key in made or (unit == subject and column > 0 and ordered[column - 1] in renamed)
            states.append(State(key, column, through, labelled))
            units[key] = UnitState(key, unit, span, tuple(made.get(key, ())))
            if column > min(columns):
                flows.append(Flow(_key(unit, column - 1), key, FlowKind.SAME))
            last = span
    for step, moment in moments.items():
        at = index[moment]
        flows.append(Flow(_key(step.before, at), _key(step.after, at + 1), _kind(step)))
    return Columns([moment.date for moment in ordered], states, flows, units)


def _key(unit: NamedNode, column: int) -> str:
    return f"{column} {unit.value}"


def _kind(step: Step) -> FlowKind:
    if step.kind is StepKind.PARTS:
        return FlowKind.DERIVED
    return FlowKind.WHOLE if step.whole else FlowKind.PART


def _day(moments: Sequence[Moment], column: int, *, leaves: bool) -> str:
    """Give the day for which a state is described: the last before it changes, else its first."""
    if column < len(moments) and (leaves or column == 0):
        return last_day(moments[column].date)
    return moments[column - 1].date if column else _FIRST


def _moments(steps: Iterable[Step]) -> dict[Step, Moment]:
    """Give when each step happens.

    What tells of a unit and its own parts comes before, or after, what happened to these on the same day.
    """
    by_date: defaultdict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_date[step.date].append(step)
    return {step: Moment(date, order) for date, found in by_date.items() for step, order in _ordered(found)}


def _ordered(steps: Sequence[Step]) -> Iterator[tuple[Step, int]]:
    into: defaultdict[NamedNode, list[Step]] = defaultdict(list)
    for step in steps:
        into[step.after].append(step)
    known: dict[Step, int] = {}

    def order(step: Step) -> int:
        if step not in known:
            known[step] = 0  # a step that leads back to itself, if there ever is one, ends here
            before = [other for other in into[step.before] if _is_of_parts(other) or _is_of_parts(step)]
            known[step] = max((order(other) + 1 for other in before), default=0)
        return known[step]

    for step in steps:
        yield step, order(step)


def _is_of_parts(step: Step) -> bool:
    """Say whether a step is that from a unit to its own parts, or back."""
    return step.kind is StepKind.PARTS and not step.via
