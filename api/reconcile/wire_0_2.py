"""The wire format of version 0.2 of the Reconciliation Service API, which OpenRefine speaks.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictStr, TypeAdapter, model_validator

from api.reconcile import previewing
from api.reconcile.extending import Cell, DateValue, Extension, Reference, Setting, TextValue
from api.reconcile.ids import IDENTIFIER_SPACE, SCHEMA_SPACE, entity_id
from api.reconcile.model import (
    DEFAULT_LIMIT,
    MOST_CANDIDATES,
    Candidate,
    Condition,
    Query,
    TypeRule,
    in_language,
)
from api.reconcile.reading_requests import BATCH_SIZE
from api.reconcile.terms import DEFAULT_TYPES, Term, Terms
from api.reconcile.values import ValuesModel, texts_of, values_of
from api.services import VERSION

ROOT: Final = "/reconcile/0.2"
NAME: Final = {
    "vi": "VNDX: đơn vị hành chính, văn bản, nền tảng số Việt Nam",
    "en": "VNDX: Vietnam's administrative units, documents, platforms",
}


class PropertyModel(BaseModel):
    """A condition on a property."""

    pid: StrictStr
    v: ValuesModel


class QueryModel(BaseModel):
    """A query (section 4.1): a text, conditions on properties, or both."""

    model_config = ConfigDict(extra="forbid")

    query: StrictStr | None = None
    type: StrictStr | list[StrictStr] = []
    limit: Annotated[float, Field(ge=1, allow_inf_nan=False)] = DEFAULT_LIMIT
    properties: list[PropertyModel] = []
    type_strict: Literal["any", "should", "all"] = "any"

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.query is None and not self.properties:
            raise ValueError("a query has a text in `query`, or conditions in `properties`")
        return self

    def to_query(self) -> Query:
        """Give the query of the common model."""
        types = self.type if isinstance(self.type, list) else [self.type]
        return Query(
            texts=texts_of((self.query,)) if self.query else (),
            types=tuple(filter(None, types)),
            rule=TypeRule(self.type_strict),
            conditions=tuple(Condition(found.pid, values_of(found.v)) for found in self.properties),
            limit=min(int(self.limit), MOST_CANDIDATES),
        )


class ExtendPropertyModel(BaseModel):
    """A property whose values are wanted."""

    id: StrictStr
    settings: dict[str, Any] = {}

    def to_setting(self) -> Setting:
        """Give the property with its settings; what is no number of values counts as none."""
        try:
            limit = int(self.settings.get("limit") or 0)
        except (TypeError, ValueError, OverflowError):
            limit = 0
        return Setting(self.id, max(0, limit))


class ExtendModel(BaseModel):
    """A data extension query (section 7.3)."""

    ids: list[StrictStr]
    properties: list[ExtendPropertyModel]


BATCH: Final = TypeAdapter(dict[str, QueryModel])
EXTEND: Final = TypeAdapter(ExtendModel)


def manifest(terms: Terms | None, root: str, language: str) -> dict[str, Any]:
    """Give the service manifest (section 3.1).

    Args:
        terms: for the default types; None if no snapshot is here.
        root: where the service is, without a slash at its end.
        language: of names.

    """
    endpoint = root + ROOT

    def suggested(kind: str) -> dict[str, str]:
        return {
            "service_url": endpoint,
            "service_path": f"/suggest/{kind}",
            "flyout_service_url": endpoint,
            "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
        }

    return {
        "versions": ["0.2"],
        "name": NAME[language],
        "identifierSpace": IDENTIFIER_SPACE,
        "schemaSpace": SCHEMA_SPACE,
        "documentation": f"{root}/docs",
        "serviceVersion": VERSION,
        "view": {"url": f"{root}/page/{{{{id}}}}"},
        "defaultTypes": [type_of(terms, name, language) for name in DEFAULT_TYPES if name in terms.types]
        if terms
        else [],
        "suggest": {kind: suggested(kind) for kind in ("entity", "property", "type")},
        "preview": {
            "url": f"{endpoint}/preview?id={{{{id}}}}",
            "width": previewing.WIDTH,
            "height": previewing.HEIGHT,
        },
        "extend": {
            "propose_properties": {"service_url": endpoint, "service_path": "/extend/propose"},
            "property_settings": [_limit_setting(language)],
        },
        "batchSize": BATCH_SIZE,
    }


def _limit_setting(language: str) -> dict[str, Any]:
    texts = {
        "vi": ("Số giá trị tối đa", "Mỗi ô nhiều nhất bấy nhiêu giá trị; 0 là tất cả"),
        "en": ("Most values", "At most so many values in a cell; 0 for all"),
    }
    label, help_text = texts[language]
    return {"type": "number", "default": 0, "label": label, "name": "limit", "help_text": help_text}


def type_of(terms: Terms, name: str, language: str) -> dict[str, Any]:
    """Give a type with those right above it."""
    term = terms.types[name]
    found: dict[str, Any] = {"id": term.id, "name": in_language(term.name, language)}
    if term.broader:
        found["broader"] = [type_of(terms, broader, language) for broader in term.broader]
    return found


def result_batch(
    keys: Iterable[str], results: Iterable[Sequence[Candidate]], terms: Terms, language: str
) -> dict[str, Any]:
    """Give the results of a batch by the keys of its queries (section 4.2)."""
    return {
        key: {"result": [candidate_of(candidate, terms, language) for candidate in candidates]}
        for key, candidates in zip(keys, results, strict=True)
    }


def candidate_of(candidate: Candidate, terms: Terms, language: str) -> dict[str, Any]:
    """Give a candidate."""
    found: dict[str, Any] = {
        "id": entity_id(candidate.iri),
        "name": in_language(candidate.name, language),
        "type": _types(candidate.cls, terms, language),
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": feature.id, "value": feature.value} for feature in candidate.features],
    }
    if description := in_language(candidate.description, language):
        found["description"] = description
    return found


def _types(cls: str, terms: Terms, language: str) -> list[dict[str, str]]:
    return [{"id": term.id, "name": in_language(term.name, language)} for term in terms.line(cls)]


def suggested_entities(found: Iterable[Candidate], terms: Terms, language: str) -> dict[str, Any]:
    """Give suggested entities (section 6.3)."""
    return {
        "result": [
            {
                "id": entity_id(one.iri),
                "name": in_language(one.name, language),
                "description": in_language(one.description, language),
                "notable": _types(one.cls, terms, language),
            }
            for one in found
        ]
    }


def suggested_types(found: Iterable[Term], terms: Terms, language: str) -> dict[str, Any]:
    """Give suggested types, each with its description and those right above it."""
    return {"result": [type_of(terms, term.id, language) | _description(term, language) for term in found]}


def suggested_properties(found: Iterable[Term], language: str) -> dict[str, Any]:
    """Give suggested properties."""
    return {"result": [property_of(term, language) for term in found]}


def property_of(term: Term, language: str) -> dict[str, str]:
    """Give a property."""
    return {"id": term.id, "name": in_language(term.name, language)} | _description(term, language)


def _description(term: Term, language: str) -> dict[str, str]:
    text = in_language(term.description, language)
    return {"description": text} if text else {}


def proposals(found: Sequence[Term], kind: str, limit: int | None, language: str) -> dict[str, Any]:
    """Give proposed properties (section 7.2)."""
    said: dict[str, Any] = {"type": kind} if kind else {}
    if limit is not None:
        said["limit"] = limit
    return said | {"properties": [property_of(term, language) for term in found[:limit]]}


def extension(found: Extension, terms: Terms, language: str) -> dict[str, Any]:
    """Give the answer to a data extension query: rows by id, and values by property (section 7.4)."""
    ids = [setting.id for setting, _ in found.properties]
    return {
        "meta": meta(found, terms, language),
        "rows": {
            name: {prop: list(map(cell_of, cells)) for prop, cells in zip(ids, row, strict=True)}
            for name, row in found.rows
        },
    }


def meta(found: Extension, terms: Terms, language: str) -> list[dict[str, Any]]:
    """Give what is known of the properties of an extension; one that there is not has its id as its name."""
    described = []
    for setting, term in found.properties:
        said: dict[str, Any] = {
            "id": setting.id,
            "name": in_language(term.name, language) if term else setting.id,
        }
        if term and term.range in terms.types:
            kind = terms.types[term.range]
            said["type"] = {"id": kind.id, "name": in_language(kind.name, language)}
        described.append(said)
    return described


def cell_of(cell: Cell) -> Mapping[str, Any]:
    """Give a value."""
    match cell:
        case Reference(identifier, name):
            return {"id": identifier, "name": name}
        case TextValue(text):
            return {"str": text}
        case DateValue(time):
            return {"date": time}
        case int():
            return {"int": cell}
        case _:
            return {"float": cell}
