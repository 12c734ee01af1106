"""What answers of version 0.2 look like, as the JSON schemas of the specification have it.

They describe the interface and check it in tests; answers are written without them, as that costs the time.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StrictBool, StrictFloat, StrictInt, StrictStr

DATE_TIME = r"^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"
Number = StrictInt | StrictFloat
Score = Annotated[Number, Field(ge=0, le=100)]


class Answer(BaseModel):
    """A part of an answer, which has nothing else."""

    model_config = ConfigDict(extra="forbid")


class TypeReference(Answer):
    """A type, shown with an entity."""

    id: StrictStr
    name: StrictStr


class Type(TypeReference):
    """A type, with those right above it."""

    description: StrictStr | None = None
    broader: list[Type] = []


class Property(Answer):
    """A property."""

    id: StrictStr
    name: StrictStr
    description: StrictStr | None = None


class Feature(Answer):
    """A reason for a score."""

    id: StrictStr
    value: StrictBool | Number


class Candidate(Answer):
    """An entity that may be meant."""

    id: Annotated[StrictStr, Field(min_length=1)]
    name: Annotated[StrictStr, Field(min_length=1)]
    description: StrictStr | None = None
    type: list[TypeReference]
    score: Score
    match: StrictBool
    features: list[Feature]


class Result(Answer):
    """The candidates of a query, best first."""

    result: list[Candidate]


class ResultBatch(RootModel[dict[str, Result]]):
    """The results of a batch, by the keys of its queries."""


class View(Answer):
    """A template in which ``{{id}}`` stands for an id."""

    url: Annotated[StrictStr, Field(pattern=r"^https?://.*\{\{id\}\}")]


class Preview(View):
    """Where cards are, and how large."""

    width: StrictInt
    height: StrictInt


class SuggestService(Answer):
    """Where suggestions are."""

    service_url: Annotated[StrictStr, Field(pattern="^https?://")]
    service_path: Annotated[StrictStr, Field(pattern="^/")]
    flyout_service_url: StrictStr
    flyout_service_path: Annotated[StrictStr, Field(pattern=r"\$\{id\}")]


class SuggestServices(Answer):
    """Where suggestions of each kind are."""

    entity: SuggestService
    property: SuggestService
    type: SuggestService


class Service(Answer):
    """Where a service is."""

    service_url: StrictStr
    service_path: StrictStr


class NumberSetting(Answer):
    """A setting of a property that is a number."""

    type: Literal["number"]
    default: Number
    label: StrictStr
    name: StrictStr
    help_text: StrictStr


class Extend(Answer):
    """What data extension offers."""

    propose_properties: Service
    property_settings: list[NumberSetting]


class Manifest(Answer):
    """The service manifest."""

    versions: Annotated[list[Literal["0.2"]], Field(min_length=1)]
    name: StrictStr
    identifierSpace: StrictStr  # noqa: N815
    schemaSpace: StrictStr  # noqa: N815
    documentation: StrictStr
    serviceVersion: StrictStr  # noqa: N815
    view: View
    defaultTypes: list[Type]  # noqa: N815
    suggest: SuggestServices
    preview: Preview
    extend: Extend
    batchSize: StrictInt  # noqa: N815


class SuggestedEntity(Answer):
    """An entity that may be meant by what has been typed."""

    id: StrictStr
    name: StrictStr
    description: StrictStr
    notable: list[TypeReference]


class SuggestedEntities(Answer):
    """Entities that may be meant, the likeliest first."""

    result: list[SuggestedEntity]


class SuggestedTypes(Answer):
    """Types that may be meant."""

    result: list[Type]


class SuggestedProperties(Answer):
    """Properties that may be meant."""

    result: list[Property]


class Proposals(Answer):
    """Properties that entities of a type have."""

    type: StrictStr | None = None
    limit: StrictInt | None = None
    properties: list[Property]


class EntityCell(Answer):
    """A value that is an entity."""

    id: StrictStr
    name: StrictStr


class TextCell(Answer):
    """A value that is a text, or a date of less precision than a day."""

    str: StrictStr


class IntegerCell(Answer):
    """A value that is a whole number."""

    int: StrictInt


class FloatCell(Answer):
    """A value that is a number."""

    float: Number


class DateCell(Answer):
    """A value that is a date, written with a time."""

    date: Annotated[StrictStr, Field(pattern=DATE_TIME)]


Cell = EntityCell | TextCell | IntegerCell | FloatCell | DateCell


class Meta(Answer):
    """A property of an extension."""

    id: StrictStr
    name: StrictStr
    type: TypeReference | None = None


class Extension(Answer):
    """Values by entity and property."""

    meta: list[Meta]
    rows: dict[str, dict[str, list[Cell]]]
