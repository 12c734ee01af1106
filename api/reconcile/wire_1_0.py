"""The wire format of the draft of version 1.0 of the Reconciliation Service API.

https://reconciliation-api.github.io/specs/draft/. The draft has renamed members while it was written: what
clients send is understood under either name (``pid`` and ``propertyId``, ``v`` and ``propertyValue``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    TypeAdapter,
    model_validator,
)

from api.reconcile import previewing
from api.reconcile.extending import Cell, Extension, Reference, TextValue
from api.reconcile.ids import entity_id
from api.reconcile.model import (
    DEFAULT_LIMIT,
    MOST_CANDIDATES,
    Candidate,
    Condition,
    Feature,
    Quantifier,
    Query,
    in_language,
)
from api.reconcile.reading_requests import BATCH_SIZE
from api.reconcile.terms import DEFAULT_TYPES, Term, Terms
from api.reconcile.values import ValuesModel, texts_of, values_of
from api.reconcile.wire_0_2 import NAME, ExtendModel, candidate_of, cell_of, meta, property_of, type_of
from api.services import VERSION

ROOT: Final = "/reconcile/1.0-draft"

_FEATURES: Final = {
    "id": {"vi": "đúng mã định danh", "en": "is the identifier"},
    "name": {"vi": "tên khớp", "en": "name fits"},
    "likeness": {"vi": "tên giống", "en": "likeness of the name"},
    "unitType": {"vi": "loại đơn vị khớp", "en": "unit type fits"},
    "address": {"vi": "phần còn lại của địa chỉ khớp", "en": "rest of the address fits"},
    "time": {"vi": "thời điểm khớp", "en": "time fits"},
    "type": {"vi": "đúng kiểu", "en": "is of the type"},
    "whole": {"vi": "cả chuỗi là tên", "en": "whole text is the name"},
    "words": {"vi": "các từ kèm số hiệu khớp", "en": "words beside the number fit"},
}
_HOW: Final = {"vi": "khớp theo cách", "en": "how it matches"}


class ConditionModel(BaseModel):
    """A condition on the name, or on a property."""

    match_type: Annotated[Literal["name", "property"], Field(alias="matchType")]
    property_id: Annotated[StrictStr | None, Field(validation_alias=AliasChoices("propertyId", "pid"))] = None
    property_value: Annotated[ValuesModel, Field(validation_alias=AliasChoices("propertyValue", "v"))]
    required: StrictBool = False
    match_quantifier: Annotated[Quantifier, Field(alias="matchQuantifier")] = Quantifier.ANY
    match_qualifier: Annotated[StrictStr | None, Field(alias="matchQualifier")] = None

    @model_validator(mode="after")
    def _names_its_property(self) -> Self:
        if (self.match_type == "property") != (self.property_id is not None):
            raise ValueError("a condition has a property if, and only if, its matchType is property")
        return self


class QueryModel(BaseModel):
    """A query."""

    model_config = ConfigDict(extra="forbid")

    conditions: Annotated[list[ConditionModel], Field(min_length=1)]
    type: StrictStr | None = None
    limit: Annotated[float, Field(ge=1, allow_inf_nan=False)] = DEFAULT_LIMIT
    lang: StrictStr | None = None
    dir: StrictStr | None = None

    def to_query(self) -> Query:
        """Give the query of the common model."""
        names = [found for found in self.conditions if found.match_type == "name"]
        properties = [found for found in self.conditions if found.property_id is not None]
        return Query(
            texts=tuple(text for name in names for text in texts_of(values_of(name.property_value))),
            types=(self.type,) if self.type else (),
            conditions=tuple(
                Condition(
                    found.property_id or "",
                    values_of(found.property_value),
                    found.match_quantifier,
                    found.required,
                )
                for found in properties
            ),
            limit=min(int(self.limit), MOST_CANDIDATES),
        )


class BatchModel(BaseModel):
    """A batch of queries."""

    queries: list[QueryModel]


BATCH: Final = TypeAdapter(BatchModel)
EXTEND: Final = TypeAdapter(ExtendModel)


def manifest(terms: Terms, root: str, language: str) -> dict[str, Any]:
    """Give the service manifest.

    Args:
        terms: for the default types.
        root: where the service is, without a slash at its end.
        language: of names.

    """
    return {
        "versions": ["1.0-draft"],
        "name": NAME[language],
        "documentation": f"{root}/docs",
        "serviceVersion": VERSION,
        "view": {"url": f"{root}/page/{{+id}}"},
        "defaultTypes": [type_of(terms, name, language) for name in DEFAULT_TYPES if name in terms.types],
        "suggest": {"entity": True, "property": True, "type": True},
        "preview": {"width": previewing.WIDTH, "height": previewing.HEIGHT},
        "extend": {"proposeProperties": True, "propertySettings": [_limit_setting(language)]},
        "batchSize": BATCH_SIZE,
        "lang": language,
        "standardizedScore": True,
    }


def _limit_setting(language: str) -> dict[str, Any]:
    texts = {
        "vi": ("Số giá trị tối đa", "Mỗi ô nhiều nhất bấy nhiêu giá trị; 0 là tất cả"),
        "en": ("Most values", "At most so many values in a cell; 0 for all"),
    }
    name, help_text = texts[language]
    return {"type": "number", "default": 0, "id": "limit", "name": name, "helpText": help_text}


def result_batch(results: Iterable[Sequence[Candidate]], terms: Terms, language: str) -> dict[str, Any]:
    """Give the results of a batch in the order of its queries."""
    return {
        "results": [
            {"candidates": [_candidate(candidate, terms, language) for candidate in candidates]}
            for candidates in results
        ]
    }


def _candidate(candidate: Candidate, terms: Terms, language: str) -> dict[str, Any]:
    features = [_feature(feature, terms, language) for feature in candidate.features]
    return candidate_of(candidate, terms, language) | {"features": features}


def _feature(feature: Feature, terms: Terms, language: str) -> dict[str, Any]:
    return {"id": feature.id, "name": _feature_name(feature.id, terms, language), "value": feature.value}


def _feature_name(name: str, terms: Terms, language: str) -> str:
    kind, _, local = name.partition(":")
    if kind == "property":
        term = terms.property(local)
        return in_language(term.name, language) if term else local
    return f"{_HOW[language]}: {local}" if kind == "match" else in_language(_FEATURES[name], language)


def suggested_entities(found: Iterable[Candidate], terms: Terms, language: str) -> dict[str, Any]:
    """Give suggested entities."""
    return {
        "result": [
            {
                "id": entity_id(one.iri),
                "name": in_language(one.name, language),
                "description": in_language(one.description, language),
                "lang": language,
                "notable": [
                    {"id": term.id, "name": in_language(term.name, language), "lang": language}
                    for term in terms.line(one.cls)
                ],
            }
            for one in found
        ]
    }


def proposals(found: Sequence[Term], kind: str, limit: int | None, language: str) -> dict[str, Any]:
    """Give proposed properties."""
    said: dict[str, Any] = {"type": kind} if kind else {}
    if limit is not None:
        said["limit"] = limit
    properties = [property_of(term, language) | {"lang": language} for term in found[:limit]]
    return said | {"properties": properties}


def extension(found: Extension, terms: Terms, language: str) -> dict[str, Any]:
    """Give the answer to a data extension query: rows in the order of the ids, values by property."""
    ids = [setting.id for setting, _ in found.properties]
    return {
        "meta": meta(found, terms, language),
        "rows": [
            {
                "id": name,
                "properties": [
                    {"id": prop, "values": [_cell(cell, language) for cell in cells]}
                    for prop, cells in zip(ids, row, strict=True)
                ],
            }
            for name, row in found.rows
        ],
    }


def _cell(cell: Cell, language: str) -> Mapping[str, Any]:
    match cell:
        case TextValue(_, said) if said:
            return {**cell_of(cell), "lang": said}
        case Reference():
            return {**cell_of(cell), "lang": language}
        case _:
            return cell_of(cell)
