"""What goes over the wire about single units."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.collections.schemas import Reference


class UnitVersion(BaseModel):
    """A unit between two days."""

    id: str
    type: list[str]
    officialName: dict[str, str]  # noqa: N815 - as the ontology names it
    name: dict[str, str]
    unitType: Reference | None  # noqa: N815
    partOf: Reference | None  # noqa: N815
    validFrom: str | None  # noqa: N815
    validTo: str | None  # noqa: N815
    legalBasis: list[Reference]  # noqa: N815
    clause: list[str]
    editorialNote: dict[str, list[str]]  # noqa: N815


class UnitTransfer(BaseModel):
    """What one unit gave to another in a change."""

    id: str
    type: list[str]
    fromUnit: Reference | None  # noqa: N815
    toUnit: Reference | None  # noqa: N815
    share: Reference | None
    transferKind: Reference | None  # noqa: N815
    note: dict[str, list[str]]


class Change(BaseModel):
    """A reorganisation, a continuation or an abolition of units."""

    id: str
    type: list[str]
    label: dict[str, str]
    effectiveDate: str | None  # noqa: N815
    legalBasis: list[Reference]  # noqa: N815
    clause: list[str]
    note: dict[str, list[str]]


class UnitChange(Change):
    """A change that concerned a unit."""

    transfers: list[UnitTransfer] = Field(description="those from this unit or to it")


class UnitHistory(BaseModel):
    """What a unit was, from its first day to its last, and what changed it; both in the order of time."""

    unit: Reference
    versions: list[UnitVersion]
    changes: list[UnitChange]
    snapshot: str


class LineageStep(BaseModel):
    """One step of a chain."""

    date: str = Field(description="the first day after it")
    kind: Literal["version", "transfer", "parts"] = Field(
        description="the unit itself changed; an act moved it or a part of it; its parts tell where they went"
    )
    status: Literal["stated", "derived"]
    from_: Reference = Field(alias="from")
    to: Reference
    share: Literal["whole", "part"]
    version: UnitVersion | None
    change: Change | None
    transfer: UnitTransfer | None
    legalBasis: list[Reference]  # noqa: N815
    via: list[Reference] = Field(description="the parts that tell")


class LineageEnd(BaseModel):
    """A unit at the end of a chain."""

    share: Literal["whole", "part"] = Field(description="whether nothing but whole transfers leads there")
    unit: dict[str, Any] = Field(description="as in the collection of units")


class LineageOpen(BaseModel):
    """A unit for which nothing is known of what came before or after it."""

    unit: Reference
    date: str | None = Field(description="the day on which it began, or on which it was no longer there")


class UnitLineage(BaseModel):
    """What a unit became, or what it came from, over any number of reorganisations."""

    unit: Reference
    at: str | None
    units: list[LineageEnd]
    steps: list[LineageStep] = Field(description="in the order of time")
    complete: bool = Field(description="whether the chain breaks off nowhere")
    open: list[LineageOpen] = Field(description="where it breaks off")
    snapshot: str
