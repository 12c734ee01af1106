"""What answers of the draft of version 1.0 look like, as the JSON schemas of the specification have it.

They describe the interface and check it in tests; answers are written without them, as that costs the time.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr

from api.reconcile import answers_0_2 as older
from api.reconcile.answers_0_2 import Answer, DateCell, FloatCell, IntegerCell, Number


class Feature(older.Feature):
    """A reason for a score."""

    name: Annotated[StrictStr, Field(min_length=1)]


class Candidate(Answer):
    """An entity that may be meant."""

    id: Annotated[StrictStr, Field(min_length=1)]
    name: Annotated[StrictStr, Field(min_length=1)]
    description: StrictStr | None = None
    type: list[older.TypeReference]
    score: older.Score
    match: StrictBool
    features: list[Feature]


class Result(Answer):
    """The candidates of a query, best first."""

    candidates: list[Candidate]


class ResultBatch(Answer):
    """The results of a batch in the order of its queries."""

    results: list[Result]


class View(Answer):
    """A URI template with the variable ``id`` (RFC 6570)."""

    url: Annotated[StrictStr, Field(pattern=r"^https?://.*\{\+id\}")]


class Preview(Answer):
    """How large cards are."""

    width: StrictInt
    height: StrictInt


class Suggest(Answer):
    """What is suggested."""

    entity: Literal[True]
    property: Literal[True]
    type: Literal[True]


class NumberSetting(Answer):
    """A setting of a property that is a number."""

    type: Literal["number"]
    default: Number
    id: StrictStr
    name: StrictStr
    helpText: StrictStr  # noqa: N815


class Extend(Answer):
    """What data extension offers."""

    proposeProperties: StrictBool  # noqa: N815
    propertySettings: list[NumberSetting]  # noqa: N815


class Manifest(Answer):
    """The service manifest."""

    versions: Annotated[list[Literal["1.0-draft"]], Field(min_length=1)]
    name: StrictStr
    documentation: StrictStr
    serviceVersion: StrictStr  # noqa: N815
    view: View
    defaultTypes: list[older.Type]  # noqa: N815
    suggest: Suggest
    preview: Preview
    extend: Extend
    batchSize: StrictInt  # noqa: N815
    lang: Literal["vi", "en"]
    standardizedScore: Literal[True]  # noqa: N815


class Notable(older.TypeReference):
    """A type of a suggested entity."""

    lang: StrictStr


class SuggestedEntity(Answer):
    """An entity that may be meant by what has been typed."""

    id: StrictStr
    name: StrictStr
    description: StrictStr
    lang: StrictStr
    notable: list[Notable]


class SuggestedEntities(Answer):
    """Entities that may be meant, the likeliest first."""

    result: list[SuggestedEntity]


class Property(older.Property):
    """A property."""

    lang: StrictStr


class Proposals(Answer):
    """Properties that entities of a type have."""

    type: StrictStr | None = None
    limit: StrictInt | None = None
    properties: list[Property]


class EntityCell(older.EntityCell):
    """A value that is an entity."""

    lang: StrictStr


class TextCell(older.TextCell):
    """A value that is a text, with its language if it has one."""

    lang: StrictStr | None = None


Cell = EntityCell | TextCell | IntegerCell | FloatCell | DateCell


class PropertyValues(Answer):
    """The values of a property of an entity."""

    id: StrictStr
    values: list[Cell]


class Row(Answer):
    """What an entity has."""

    id: StrictStr
    properties: list[PropertyValues]


class Extension(Answer):
    """Values by entity and property, in the order in which they were asked for."""

    meta: list[older.Meta]
    rows: list[Row]
