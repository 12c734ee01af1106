"""Units of today, as what holds an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.matching.gazetteer import Unit


class CurrentShare(StrEnum):
    """How a unit of today holds an earlier one."""

    SAME = "same"
    WHOLE = "whole"
    PART = "part"
    COMMUNES = "communes"


@dataclass(frozen=True, slots=True)
class CurrentUnit:
    """A unit of today that holds some or all of an earlier one.

    Attributes:
        unit: the unit of today.
        name: its official name today.
        share: how it holds the other; `COMMUNES` if the other was abolished and its communes came here.
        province: the official name of the province it lies in, or is.
        legal_bases: the IRIs of the documents that made it so.
        clause: of the last of them, as printed; empty if unknown.
        continues: whether it is the same unit, in a later register.

    """

    unit: Unit
    name: str
    share: CurrentShare
    province: str
    legal_bases: tuple[str, ...] = ()
    clause: str = ""
    continues: bool = False
