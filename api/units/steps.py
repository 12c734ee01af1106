"""Steps from one unit to another, as plain data: what a chain of units is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode


class Direction(Enum):
    """Which way in time."""

    FORWARD = "successors"
    BACKWARD = "predecessors"


class StepKind(Enum):
    """How one unit leads to another."""

    VERSION = "version"
    """The same unit, with another name, type or parent."""
    TRANSFER = "transfer"
    """A legal act moved the whole or a part of a unit to another one."""
    PARTS = "parts"
    """Parts of the unit belonged to the other one from then on: derived from the register."""


@dataclass(frozen=True)
class Step:
    """One step, told in the order of time whatever the direction that was asked for.

    Attributes:
        date: the first day after it, as ISO 8601 writes days.
        kind: how.
        before: the unit before it.
        after: the unit after it.
        whole: whether the whole of the unit before went into the one after.
        change: the reorganisation, of a transfer.
        transfer: the transfer itself.
        version: the version that begins, of the same unit.
        via: the parts that tell.

    """

    date: str
    kind: StepKind
    before: NamedNode
    after: NamedNode
    whole: bool
    change: NamedNode | None = None
    transfer: NamedNode | None = None
    version: NamedNode | None = None
    via: tuple[NamedNode, ...] = ()


@dataclass(frozen=True)
class Open:
    """A unit for which nothing is known of what comes before its first day, or from an end on."""

    unit: NamedNode
    date: str
