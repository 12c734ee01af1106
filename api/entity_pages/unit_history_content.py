"""What the section of a unit's history holds, as its template knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from api.charts.lineage import Box, Diagram
from api.entity_pages.days import last_day
from api.entity_pages.facts import Link, Text


@dataclass(frozen=True)
class Act:
    """What a change is based on."""

    link: Link
    clause: str = ""


@dataclass(frozen=True)
class HistoryStep:
    """A row of the table of steps.

    Attributes:
        date: the first day after it.
        change: the page of the change that it is part of, empty for none.
        kind: ``whole``, ``part``, ``unchanged``, ``renamed`` (the unit itself), ``parts`` (derived from where
            parts belonged) or ``contains`` (a unit and its own parts).
        before: the unit before, as it was called then; several if they are the parts of the one after.
        after: the unit after; several if they are the parts of the one before.
        acts: what it is based on.
        note: how the act puts it.
        via: the parts that tell.

    """

    date: str
    change: str
    kind: str
    before: Sequence[Link]
    after: Sequence[Link]
    acts: Sequence[Act]
    note: Text
    via: Sequence[Link]


@dataclass(frozen=True)
class UnitVersion:
    """A row of the table of versions."""

    name: str
    kind: Link | None
    parent: Link | None
    valid_from: str
    valid_to: str
    acts: Sequence[Act]
    note: Text

    @property
    def last_day(self) -> str:
        """Its last day, empty if it still is."""
        return last_day(self.valid_to)


class Fate(Enum):
    """What became of a unit that has ended."""

    UNCHANGED = "unchanged"
    WHOLE = "whole"
    PARTS = "parts"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PlacedUnit:
    """A unit of today with what it is in.

    Attributes:
        link: to it.
        parent: to what it is in, None for a province.
        whole: whether all of the ended unit went there.

    """

    link: Link
    parent: Link | None
    whole: bool


@dataclass(frozen=True)
class Today:
    """What an ended unit is today.

    Attributes:
        fate: in short.
        ended: the first day on which the unit was no longer there.
        units: where it lies today.
        derived: whether that is derived from its parts, as no act says it.
        open: units whose further fate is not known here.

    """

    fate: Fate
    ended: str
    units: Sequence[PlacedUnit]
    derived: bool
    open: Sequence[Link]

    @property
    def last_day(self) -> str:
        """The last day of the unit."""
        return last_day(self.ended)


@dataclass(frozen=True)
class DrawnState:
    """A box of the diagram with what is written in it."""

    box: Box
    name: str
    path: str
    valid_from: str
    valid_to: str
    acts: Sequence[Act]
    is_subject: bool

    @property
    def last_day(self) -> str:
        """Its last day, empty if it still is."""
        return last_day(self.valid_to)


@dataclass(frozen=True)
class DrawnLineage:
    """The diagram with its texts."""

    diagram: Diagram
    states: Sequence[DrawnState]
    gaps: Sequence[tuple[float, str]]


@dataclass(frozen=True)
class HistoryContent:
    """What the section shows.

    Attributes:
        name: of the unit.
        today: what it is today if it has ended.
        drawing: the diagram; None if there is nothing to draw, or too much.
        units: how many units the lineage has.
        steps: all of it as a table.
        versions: what the unit was called itself.
        open_ends: units whose past is not known here, with the day on which they appear.
        query: that finds the transfers.

    """

    name: str
    today: Today | None
    drawing: DrawnLineage | None
    units: int
    steps: Sequence[HistoryStep]
    versions: Sequence[UnitVersion]
    open_ends: Sequence[tuple[Link, str]]
    query: str
