"""What goes over the wire: identifiers, and what they are of."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from api.collections.schemas import Reference
from api.sameas.identifiers import System

MOST_IDS: Final = 200

Id = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]


class Strength(StrEnum):
    """How strong a link is."""

    EXACT = "exact"
    CLOSE = "close"
    SAME_CODE = "sameCode"


class Status(StrEnum):
    """What is known of an identifier."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


class SameAsParameters(BaseModel):
    """The parameters of a request for one identifier."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id = Field(
        description="an IRI, an address or an identifier: of Wikidata (Q26575), GeoNames (geonames:1905497), "
        "OpenStreetMap (r1902967), Who's On First (wof:85680605), ISO 3166-2 (VN-69), HASC (VN.TY), "
        "FIPS (VM85), the statistics office with its era (gso:2004:19), or ours (unit/2025/19)",
        examples=["VN-69"],
    )


class SameAsRequest(RootModel[Annotated[list[Id], Field(min_length=1, max_length=MOST_IDS)]]):
    """The body of a request for many: a list of identifiers."""

    model_config = ConfigDict(json_schema_extra={"examples": [["VN-69", "Q26575", "gso:2025:19"]]})


class IdentifierModel(BaseModel):
    """An identifier of a thing."""

    system: System
    id: str
    iri: str | None = Field(description="its IRI; a code has none")
    strength: Strength = Field(
        description="exact: it is of this very thing; close: of one that it continues, or sources disagree"
    )


class SameThing(BaseModel):
    """A thing of ours, and all its identifiers."""

    entity: Reference
    validFrom: str | None = Field(description="the first day of a unit")  # noqa: N815
    validTo: str | None = Field(description="the first day on which it was no longer there")  # noqa: N815
    strength: Strength = Field(
        description="how strongly the identifier asked for is linked to it; sameCode: the same code, but "
        "it says not of which register"
    )
    identifiers: list[IdentifierModel]


class SameAsAnswer(BaseModel):
    """What one identifier is of."""

    id: str = Field(description="as it was given")
    system: System | None
    iri: str | None
    status: Status
    message: dict[str, str] = Field(description="the same in words, by language")
    things: list[SameThing]


class SingleSameAs(SameAsAnswer):
    """The answer to a request for one identifier."""

    snapshot: str


class SameAsAnswers(BaseModel):
    """The answers for many identifiers, in their order."""

    items: list[SameAsAnswer]
    total: int
    snapshot: str
