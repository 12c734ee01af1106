"""Why a row was linked as it was, and what became of the unit: as data, and in the words of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum, StrEnum
from typing import Final

from graph.linking.current_units import CurrentShare, CurrentUnit
from graph.matching.matcher import Candidate


class Difference(Enum):
    """In what way a text differs from the unit that it names."""

    NAME = "the name is spelt otherwise"
    KIND = "the type of unit is left out or another"
    AROUND = "what lies around is named otherwise"
    NOT_THEN = "it was not so on that day"
    NO_LONGER = "it is no longer so"


class Fate(StrEnum):
    """What became of a unit."""

    UNKNOWN = "unknown"
    SAME = "same"
    COMMUNES = "communes"
    SPLIT = "split"
    CONTINUED = "continued"
    WHOLE = "whole"
    PART = "part"


_FATES: Final = {
    Fate.UNKNOWN: "what became of it is not known",
    Fate.SAME: "there still",
    Fate.SPLIT: "split: partly in each of {count} units of today",
    Fate.CONTINUED: "unchanged in the register of today",
    Fate.WHOLE: "now wholly in another unit",
    Fate.PART: "part of it is in another unit",
}


def differences(candidate: Candidate, day: date | None) -> tuple[Difference, ...]:
    """Say in what ways a text differs from a unit; none if it fits in every way."""
    features = candidate.features
    told = (
        (features.name, Difference.NAME),
        (features.kind, Difference.KIND),
        (features.around, Difference.AROUND),
        (features.time, Difference.NOT_THEN if day else Difference.NO_LONGER),
    )
    return tuple(difference for value, difference in told if value < 1)


def fate(current: Sequence[CurrentUnit]) -> Fate:
    """Say what became of a unit that is held by units of today."""
    shares = {each.share for each in current}
    if not current:
        return Fate.UNKNOWN
    if CurrentShare.SAME in shares:
        return Fate.SAME
    if CurrentShare.COMMUNES in shares:
        return Fate.COMMUNES
    if len(current) > 1:
        return Fate.SPLIT
    if current[0].continues:
        return Fate.CONTINUED
    return Fate.WHOLE if CurrentShare.WHOLE in shares else Fate.PART


def reason_text(candidate: Candidate, day: date | None, current: Sequence[CurrentUnit]) -> str:
    """Say both in English, as linked tables have it."""
    fit = ", ".join(difference.value for difference in differences(candidate, day))
    return f"{fit or 'it fits in every way'}; {_fate_text(current)}"


def _fate_text(current: Sequence[CurrentUnit]) -> str:
    found = fate(current)
    if found is Fate.COMMUNES:
        return f"abolished, its communes are in {len(current)} unit{'s' * (len(current) > 1)} of today"
    return _FATES[found].format(count=len(current))
